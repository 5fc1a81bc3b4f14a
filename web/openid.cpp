#include "web/openid.hpp"

#include <algorithm>
#include <array>

#include "engine/identity/id_token.hpp"
#include "engine/identity/secret.hpp"
#include "engine/journal/base64.hpp"
#include "engine/journal/merkle.hpp"
#include "engine/json/reader.hpp"
#include "web/http/target.hpp"

namespace xiaohao::web {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::hours description_kept{1};
constexpr std::size_t username_bytes_max = 64;

tl::unexpected<Refusal> unanswered() {
  return refuse(
      Reason::Unavailable, "",
      {"统一身份认证没有应答，请用密码登录", "the provider does not answer; sign in with your password"});
}
tl::unexpected<Refusal> unrecognised(std::string zh, std::string en) {
  return refuse(Reason::Unauthenticated, "", {std::move(zh), std::move(en)});
}

std::string text_at(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string asked(std::map<std::string, std::string> const& query, char const* name) {
  auto const found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

std::string pairs(std::initializer_list<std::pair<char const*, std::string>> list) {
  std::string text;
  for (auto const& [name, value] : list)
    text += (text.empty() ? "" : "&") + std::string(name) + "=" + encode_component(value);
  return text;
}

/// State, nonce and verifier, each of 43 characters that need no quoting in a cookie.
struct Memory {
  std::string state, nonce, verifier;

  std::string text() const { return state + "." + nonce + "." + verifier; }
  static std::optional<Memory> read(std::string const& text) {
    auto const first = text.find('.'), second = text.find('.', first + 1);
    if (first == text.npos || second == text.npos) return std::nullopt;
    Memory memory{text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
    if (memory.state.empty() || memory.nonce.empty() || memory.verifier.empty()) return std::nullopt;
    return memory;
  }
};

/// Ways to prove oneself that are more than something one knows (RFC 8176).
bool has_second_factor(Json const& claims) {
  constexpr std::array<std::string_view, 7> stronger{"mfa", "otp", "hwk", "swk", "sc", "fpt", "face"};
  auto const methods = claims.find("amr");
  return methods != claims.end() && methods->is_array() &&
         std::any_of(methods->begin(), methods->end(), [&](Json const& method) {
           return method.is_string() && std::find(stronger.begin(), stronger.end(),
                                                  method.get_ref<std::string const&>()) != stronger.end();
         });
}

}  // namespace

Result<Json> OpenIdProvider::fetched(std::string const& url) const {
  ProviderAnswer const answer = exchange_(url, "", {});
  if (answer.status != 200) return unanswered();
  Result<Json> document = json::read(answer.body);
  if (!document || !document->is_object()) return unanswered();
  return document;
}

Result<Json> OpenIdProvider::description() {
  std::lock_guard const lock(mutex_);
  if (!described_.is_null() && clock_.now() - described_at_ < description_kept) return described_;
  Result<Json> document = fetched(settings_.issuer + "/.well-known/openid-configuration");
  if (!document) return document;
  bool const whole = text_at(*document, "issuer") == settings_.issuer &&
                     !text_at(*document, "authorization_endpoint").empty() &&
                     !text_at(*document, "token_endpoint").empty() && !text_at(*document, "jwks_uri").empty();
  if (!whole) return unanswered();
  described_ = *document;
  described_at_ = clock_.now();
  return described_;
}

Result<OpenIdProvider::Begun> OpenIdProvider::begin() {
  Result<Json> const described = description();
  if (!described) return tl::unexpected(described.error());
  Memory const memory{identity::new_secret(), identity::new_secret(), identity::new_secret()};
  std::string const end = text_at(*described, "authorization_endpoint");
  std::string const location =
      end + (end.find('?') == end.npos ? "?" : "&") +
      pairs({{"response_type", "code"},
             {"client_id", settings_.client_id},
             {"redirect_uri", settings_.redirect_uri},
             {"scope", "openid profile"},
             {"state", memory.state},
             {"nonce", memory.nonce},
             {"code_challenge", identity::to_base64url(journal::sha256(memory.verifier))},
             {"code_challenge_method", "S256"}});
  return Begun{location, memory.text()};
}

Result<std::string> OpenIdProvider::token_for(std::string const& code, std::string const& verifier,
                                              Json const& described) const {
  std::string form = pairs({{"grant_type", "authorization_code"},
                            {"code", code},
                            {"redirect_uri", settings_.redirect_uri},
                            {"client_id", settings_.client_id},
                            {"code_verifier", verifier}});
  std::vector<std::string> headers;
  if (!settings_.client_secret.empty())
    headers.push_back("Authorization: Basic " +
                      journal::to_base64(encode_component(settings_.client_id) + ":" +
                                         encode_component(settings_.client_secret)));
  ProviderAnswer const answer = exchange_(text_at(described, "token_endpoint"), form, headers);
  if (answer.status == 0 || answer.status >= 500) return unanswered();
  Result<Json> const document = json::read(answer.body);
  std::string token = document && document->is_object() ? text_at(*document, "id_token") : "";
  if (answer.status != 200 || token.empty())
    return unrecognised("统一身份认证不承认这次登录，请重试",
                        "the provider does not know this sign-in; try again");
  return token;
}

Result<OpenIdProvider::Recognised> OpenIdProvider::finish(std::map<std::string, std::string> const& query,
                                                          std::string const& memory_text) {
  auto const memory = Memory::read(memory_text);
  if (!memory || asked(query, "state") != memory->state)
    return unrecognised("这次登录不是在本浏览器开始的，请重新登录",
                        "this sign-in did not begin in this browser; begin again");
  // RFC 9207: an answer of another provider is not taken for this one's.
  if (std::string const issuer = asked(query, "iss"); !issuer.empty() && issuer != settings_.issuer)
    return unrecognised("应答来自另一个提供方", "the answer is another provider's");
  if (std::string const error = asked(query, "error"); !error.empty())
    return unrecognised("统一身份认证没有完成登录", "the provider ended the sign-in: " + error.substr(0, 60));
  Result<Json> const described = description();
  if (!described) return tl::unexpected(described.error());
  Result<std::string> const token = token_for(asked(query, "code"), memory->verifier, *described);
  if (!token) return tl::unexpected(token.error());
  Result<Json> const keys = fetched(text_at(*described, "jwks_uri"));
  if (!keys) return tl::unexpected(keys.error());
  Result<Json> const claims = identity::verify_id_token(
      *token, *keys, {settings_.issuer, settings_.client_id, memory->nonce, clock_.now()});
  if (!claims) return tl::unexpected(claims.error());
  std::string const username = text_at(*claims, settings_.username_claim.c_str());
  if (username.empty() || username.size() > username_bytes_max)
    return unrecognised("统一身份认证没有给出用户名", "the provider gives no user name");
  return Recognised{Username{username}, has_second_factor(*claims)};
}

}  // namespace xiaohao::web
