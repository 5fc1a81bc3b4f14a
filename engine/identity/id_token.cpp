#include "engine/identity/id_token.hpp"

#include <algorithm>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <vector>

#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::identity {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::seconds difference_forgiven{60};
constexpr std::size_t token_bytes_max = 16 << 10;
constexpr int rsa_bits_min = 2048;
constexpr std::size_t coordinate_bytes = 32;

template <auto Free>
struct Freed {
  template <class Value>
  void operator()(Value* value) const {
    Free(value);
  }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

tl::unexpected<Refusal> refused(std::string zh, std::string en) {
  return refuse(Reason::Unauthenticated, "", {std::move(zh), std::move(en)});
}

std::string text_at(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

unsigned char const* bytes_of(std::string const& text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

Number number_at(Json const& key, char const* name) {
  auto const bytes = from_base64url(text_at(key, name));
  return Number(bytes ? BN_bin2bn(bytes_of(*bytes), static_cast<int>(bytes->size()), nullptr) : nullptr);
}

Key key_from(char const* type, OSSL_PARAM_BLD* builder) {
  Parameters const parameters(OSSL_PARAM_BLD_to_param(builder));
  KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1)
    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
  return Key(key);
}

Key rsa_key(Json const& key) {
  Number const modulus = number_at(key, "n"), exponent = number_at(key, "e");
  Builder const builder(OSSL_PARAM_BLD_new());
  if (!modulus || !exponent || BN_num_bits(modulus.get()) < rsa_bits_min) return nullptr;
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  return key_from("RSA", builder.get());
}

Key elliptic_key(Json const& key) {
  auto const x = from_base64url(text_at(key, "x")), y = from_base64url(text_at(key, "y"));
  if (text_at(key, "crv") != "P-256" || !x || !y || x->size() != coordinate_bytes ||
      y->size() != coordinate_bytes)
    return nullptr;
  std::string const point = "\x04" + *x + *y;
  Builder const builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  return key_from("EC", builder.get());
}

/// RFC 7518 §3.4 writes the two numbers side by side, OpenSSL reads them in DER.
std::string der_of(std::string const& signature) {
  if (signature.size() != 2 * coordinate_bytes) return {};
  int const half = coordinate_bytes;
  EcSignature const pair(ECDSA_SIG_new());
  ECDSA_SIG_set0(pair.get(), BN_bin2bn(bytes_of(signature), half, nullptr),
                 BN_bin2bn(bytes_of(signature) + half, half, nullptr));
  unsigned char* der = nullptr;
  int const size = i2d_ECDSA_SIG(pair.get(), &der);
  std::string text =
      size > 0 ? std::string(reinterpret_cast<char*>(der), static_cast<std::size_t>(size)) : "";
  OPENSSL_free(der);
  return text;
}

/// The keys of the set that may have made the signature: of its kind, for signing, and of its name.
std::vector<Json> candidates(Json const& keys, std::string const& algorithm, std::string const& kid) {
  std::vector<Json> found;
  auto const list = keys.is_object() ? keys.find("keys") : keys.end();
  if (!keys.is_object() || list == keys.end() || !list->is_array()) return found;
  for (Json const& key : *list) {
    if (!key.is_object()) continue;
    auto const is_or_absent = [&](char const* name, std::string_view value) {
      return !key.contains(name) || text_at(key, name) == value;
    };
    bool const of_kind = text_at(key, "kty") == (algorithm == "RS256" ? "RSA" : "EC");
    if (of_kind && is_or_absent("use", "sig") && is_or_absent("alg", algorithm) &&
        (kid.empty() || text_at(key, "kid") == kid))
      found.push_back(key);
  }
  return found;
}

Result<void> check_signature(std::string const& signed_part, std::string const& signature,
                             std::string const& algorithm, std::string const& kid, Json const& keys) {
  std::vector<Json> const found = candidates(keys, algorithm, kid);
  if (found.size() != 1)
    return refused("身份令牌的签名密钥不在提供方公布的密钥中",
                   "the token is signed with a key that the provider does not publish");
  Key const key = algorithm == "RS256" ? rsa_key(found.front()) : elliptic_key(found.front());
  if (!key) return refused("提供方公布的密钥不能用", "the provider's key is malformed or too weak");
  std::string const proof = algorithm == "RS256" ? signature : der_of(signature);
  Digest const digest(EVP_MD_CTX_new());
  bool const holds = !proof.empty() &&
                     EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
                     EVP_DigestVerify(digest.get(), bytes_of(proof), proof.size(), bytes_of(signed_part),
                                      signed_part.size()) == 1;
  if (holds) return {};
  return refused("身份令牌的签名不成立", "the token's signature does not hold");
}

bool is_for(Json const& claims, std::string const& client_id) {
  auto const audience = claims.find("aud");
  if (audience == claims.end()) return false;
  if (audience->is_string()) return *audience == client_id;
  if (!audience->is_array() || std::find(audience->begin(), audience->end(), client_id) == audience->end())
    return false;
  return audience->size() == 1 || text_at(claims, "azp") == client_id;
}

std::optional<Instant> instant_at(Json const& claims, char const* name) {
  auto const found = claims.find(name);
  if (found == claims.end() || !found->is_number_integer()) return std::nullopt;
  auto const seconds = found->get<std::int64_t>();
  constexpr std::int64_t last = 253'402'300'799;  // the end of the year 9999
  if (seconds < 0 || seconds > last) return std::nullopt;
  return Instant{std::chrono::seconds{seconds}};
}

Result<void> check_claims(Json const& claims, IdTokenTerms const& terms) {
  if (!claims.is_object() || text_at(claims, "iss") != terms.issuer)
    return refused("身份令牌来自另一个提供方", "the token is another issuer's");
  if (!is_for(claims, terms.client_id))
    return refused("身份令牌不是给本系统的", "the token is for somebody else");
  if (terms.nonce.empty() || text_at(claims, "nonce") != terms.nonce)
    return refused("身份令牌不属于这次登录", "the token is of another sign-in");
  auto const expires = instant_at(claims, "exp"), issued = instant_at(claims, "iat");
  if (!expires || *expires + difference_forgiven <= terms.now)
    return refused("身份令牌已过期", "the token has expired");
  if (!issued || *issued > terms.now + difference_forgiven)
    return refused("身份令牌的时间还没有到", "the token is from the future");
  if (text_at(claims, "sub").empty()) return refused("身份令牌没有说明是谁", "the token names nobody");
  return {};
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
  std::string text = journal::to_base64(bytes);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(std::min(text.find('='), text.size()));
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.find_first_of("+/=") != std::string_view::npos) return std::nullopt;
  std::string standard(text);
  std::replace(standard.begin(), standard.end(), '-', '+');
  std::replace(standard.begin(), standard.end(), '_', '/');
  standard.append((4 - standard.size() % 4) % 4, '=');
  return journal::from_base64(standard);
}

Result<nlohmann::json> verify_id_token(std::string_view token, nlohmann::json const& keys,
                                       IdTokenTerms const& terms) {
  std::size_t const first = token.find('.'), second = token.find('.', first + 1);
  if (token.size() > token_bytes_max || first == token.npos || second == token.npos ||
      token.find('.', second + 1) != token.npos)
    return refused("不是身份令牌", "is no token");
  auto const head = from_base64url(token.substr(0, first));
  auto const body = from_base64url(token.substr(first + 1, second - first - 1));
  auto const signature = from_base64url(token.substr(second + 1));
  if (!head || !body || !signature) return refused("不是身份令牌", "is no token");
  Result<Json> const header = json::read(*head);
  Result<Json> claims = json::read(*body);
  if (!header || !claims || !header->is_object()) return refused("不是身份令牌", "is no token");
  std::string const algorithm = text_at(*header, "alg");
  if ((algorithm != "RS256" && algorithm != "ES256") || header->contains("crit"))
    return refused("身份令牌的签名算法不被接受", "the token's algorithm is not taken");
  std::string const signed_part(token.substr(0, second));
  if (auto holds = check_signature(signed_part, *signature, algorithm, text_at(*header, "kid"), keys); !holds)
    return tl::unexpected(holds.error());
  if (auto fine = check_claims(*claims, terms); !fine) return tl::unexpected(fine.error());
  return std::move(*claims);
}

}  // namespace xiaohao::identity
