#include "engine/identity/totp.hpp"

#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdexcept>

namespace xiaohao::identity {
namespace {

bool same_code(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

/// RFC 3986 unreserved characters stay.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    auto const byte = static_cast<unsigned char>(c);
    if (plain)
      encoded += c;
    else
      (encoded += '%') += {digits[byte >> 4], digits[byte & 15]};
  }
  return encoded;
}

}  // namespace

std::string new_totp_secret() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be used: no source of randomness");
  std::string secret(20, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::int64_t step_of(Totp const& totp, Instant now) {
  return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch() / totp.step;
}

// RFC 4226, 5.3 and 5.4: the last half byte says where in the digest the 31 bits of the code begin.
std::string code_of(Totp const& totp, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t place = 0; place < counter.size(); ++place)
    counter[place] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * place));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_MD const* const hash = totp.hash == TotpHash::Sha1 ? EVP_sha1() : EVP_sha256();
  if (!HMAC(hash, totp.secret.data(), static_cast<int>(totp.secret.size()), counter.data(), counter.size(),
            digest.data(), &size))
    throw std::runtime_error("OpenSSL refuses HMAC");
  std::size_t const at = digest[size - 1] & 0x0F;
  std::uint32_t value = 0;
  for (std::size_t place = 0; place < 4; ++place) value = (value << 8) | digest[at + place];
  value &= 0x7FFFFFFF;
  std::string code(static_cast<std::size_t>(totp.digits), '0');
  for (auto digit = code.rbegin(); digit != code.rend(); ++digit, value /= 10)
    *digit = static_cast<char>('0' + value % 10);
  return code;
}

std::optional<std::int64_t> accepted_step(Totp const& totp, std::string_view code, Instant now,
                                          std::optional<std::int64_t> last_accepted) {
  std::int64_t const present = step_of(totp, now);
  std::optional<std::int64_t> accepted;
  for (std::int64_t step = present - 1; step <= present + 1; ++step)
    if (same_code(code, code_of(totp, step)) && (!last_accepted || step > *last_accepted) && !accepted)
      accepted = step;
  return accepted;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t waiting = 0;
  int bits = 0;
  for (char const c : bytes) {
    waiting = (waiting << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(waiting >> (bits - 5)) & 31];
  }
  if (bits > 0) text += alphabet[(waiting << (5 - bits)) & 31];
  return text;
}

std::string provisioning_uri(Totp const& totp, std::string_view issuer, std::string_view username) {
  std::string const from = percent_encoded(issuer);
  return "otpauth://totp/" + from + ":" + percent_encoded(username) + "?secret=" + base32(totp.secret) +
         "&issuer=" + from + "&algorithm=" + (totp.hash == TotpHash::Sha1 ? "SHA1" : "SHA256") +
         "&digits=" + std::to_string(totp.digits) + "&period=" + std::to_string(totp.step.count());
}

}  // namespace xiaohao::identity
