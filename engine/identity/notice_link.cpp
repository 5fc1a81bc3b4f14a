#include "engine/identity/notice_link.hpp"

#include <charconv>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "engine/identity/secret.hpp"

namespace xiaohao::identity {
namespace {

std::string mac_of(std::string_view secret, Notice const& notice, std::string_view expires) {
  std::string const text = "acknowledge\n" + std::to_string(notice.id.value()) + "\n" +
                           notice.recipient.value() + "\n" + notice.key + "\n" + std::string(expires);
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<unsigned char const*>(text.data()), text.size(), bytes, &size);
  std::string hex;
  for (unsigned int at = 0; at < size; ++at)
    for (int const digit : {bytes[at] >> 4, bytes[at] & 15}) hex += "0123456789abcdef"[digit];
  return hex;
}

struct Pieces {
  std::string_view id, expires, mac;
};

std::optional<Pieces> pieces_of(std::string_view token) {
  auto const first = token.find('.');
  auto const second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return Pieces{token.substr(0, first), token.substr(first + 1, second - first - 1),
                token.substr(second + 1)};
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

}  // namespace

Result<void> keep_link_secret(store::Store& store) {
  if (store.read()->secret(notice_link_secret)) return {};
  return store.write_and_wait([](store::Transaction& transaction) -> Result<void> {
    if (!transaction.secret(notice_link_secret)) transaction.put_secret(notice_link_secret, new_secret());
    return {};
  });
}

std::string notice_token(std::string_view secret, Notice const& notice, Instant expires) {
  std::string const seconds =
      std::to_string(std::chrono::floor<std::chrono::seconds>(expires).time_since_epoch().count());
  return std::to_string(notice.id.value()) + "." + seconds + "." + mac_of(secret, notice, seconds);
}

std::optional<NoticeId> notice_in_token(std::string_view token) {
  auto const pieces = pieces_of(token);
  auto const id = pieces ? number(pieces->id) : std::nullopt;
  return id ? std::optional(NoticeId{*id}) : std::nullopt;
}

TokenReading read_notice_token(std::string_view secret, Notice const& notice, std::string_view token,
                               Instant now) {
  auto const pieces = pieces_of(token);
  auto const expires = pieces ? number(pieces->expires) : std::nullopt;
  if (secret.empty() || !expires || number(pieces->id) != notice.id.value()) return TokenReading::Forged;
  std::string const mac = mac_of(secret, notice, pieces->expires);
  if (mac.size() != pieces->mac.size() || CRYPTO_memcmp(mac.data(), pieces->mac.data(), mac.size()) != 0)
    return TokenReading::Forged;
  bool const over = now >= Instant{std::chrono::seconds{*expires}};
  return over ? TokenReading::Expired : TokenReading::Good;
}

}  // namespace xiaohao::identity
