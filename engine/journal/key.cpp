#include "engine/journal/key.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/journal/base64.hpp"

namespace xiaohao::journal {
namespace {

/// The identity that GB/T 32918 signatures carry when the parties have agreed on none.
constexpr std::string_view sm2_identity = "1234567812345678";
constexpr std::size_t key_bytes_max = 16 << 10;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using KeyHandle = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;
using Bio = std::unique_ptr<BIO, Free>;

EVP_PKEY* raw(std::shared_ptr<void> const& handle) { return static_cast<EVP_PKEY*>(handle.get()); }
std::shared_ptr<void> shared(KeyHandle key) { return {key.release(), Free{}}; }

std::optional<Suite> suite_of(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519")) return Suite::Sha256Ed25519;
  if (EVP_PKEY_is_a(key, "SM2")) return Suite::Sm3Sm2;
  return std::nullopt;
}

std::string der_of(EVP_PKEY* key) {
  unsigned char* bytes = nullptr;
  int const size = i2d_PUBKEY(key, &bytes);
  if (size <= 0) throw std::runtime_error("cannot encode a public key");
  std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

std::string contents(BIO* bio) {
  char* bytes = nullptr;
  long const size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

Bio memory(std::string_view bytes = {}) {
  Bio bio(bytes.empty() ? BIO_new(BIO_s_mem())
                        : BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  if (!bio) throw std::bad_alloc();
  return bio;
}

unsigned char const* bytes_of(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

/// A context that signs or verifies with `key`, made by `init`.
template <class Init>
Context prepared(EVP_PKEY* key, Suite suite, Init init) {
  Context context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* parameters = nullptr;
  bool const sm2 = suite == Suite::Sm3Sm2;
  if (!context || init(context.get(), &parameters, sm2 ? EVP_sm3() : nullptr, nullptr, key) != 1 ||
      (sm2 &&
       EVP_PKEY_CTX_set1_id(parameters, sm2_identity.data(), static_cast<int>(sm2_identity.size())) != 1))
    throw std::runtime_error("OpenSSL cannot use a key");
  return context;
}

auto unusable(std::string const& path, std::string const& zh, std::string const& en) {
  return refuse(Reason::Unavailable, "", {path + "：" + zh, path + " " + en});
}

Result<void> write_new(std::string const& path, std::string const& text, mode_t mode) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) {
    if (errno == EEXIST)
      return refuse(Reason::NotPossible, "",
                    {path + " 已存在，未覆盖", path + " exists already; nothing is overwritten"});
    std::string const why = std::strerror(errno);
    return unusable(path, "无法写入（" + why + "）", "cannot be written (" + why + "); check the folder");
  }
  bool const written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  std::string const why = std::strerror(errno);
  ::close(file);
  if (written) return {};
  ::unlink(path.c_str());
  return refuse(Reason::StorageFull, "",
                {path + " 写入失败（" + why + "）", path + " could not be written (" + why + ")"});
}

}  // namespace

std::string_view to_string(Suite suite) {
  return suite == Suite::Sha256Ed25519 ? "SHA-256 Ed25519" : "SM3 SM2";
}

std::optional<Suite> suite_named(std::string_view name) {
  for (Suite const suite : {Suite::Sha256Ed25519, Suite::Sm3Sm2})
    if (name == to_string(suite)) return suite;
  return std::nullopt;
}

HashAlgorithm hash_of(Suite suite) {
  return suite == Suite::Sha256Ed25519 ? HashAlgorithm::Sha256 : HashAlgorithm::Sm3;
}

PublicKey::PublicKey(std::shared_ptr<void> handle)
    : handle_(std::move(handle)), suite_(suite_of(raw(handle_)).value()), der_(der_of(raw(handle_))) {
  id_ = to_hexadecimal(hash(der_, hash_of(suite_)));
}

Result<PublicKey> PublicKey::from_der(std::string_view der) {
  unsigned char const* at = bytes_of(der);
  KeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (!key || !suite_of(key.get()) || der_of(key.get()) != der)
    return refuse(Reason::Malformed, "",
                  {"不是 Ed25519 或 SM2 公钥", "not the DER of an Ed25519 or SM2 public key"});
  return PublicKey(shared(std::move(key)));
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
  Bio const bio = memory(pem);
  KeyHandle key(pem.empty() ? nullptr : PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
  if (!key || !suite_of(key.get()))
    return refuse(Reason::Malformed, "",
                  {"不是 PEM 格式的 Ed25519 或 SM2 公钥", "not the PEM of an Ed25519 or SM2 public key"});
  return PublicKey(shared(std::move(key)));
}

std::string PublicKey::pem() const {
  Bio const bio = memory();
  PEM_write_bio_PUBKEY(bio.get(), raw(handle_));
  return contents(bio.get());
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const {
  Context const context = prepared(raw(handle_), suite_, EVP_DigestVerifyInit);
  return EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                          message.size()) == 1;
}

SigningKey::SigningKey(std::shared_ptr<void> handle) : handle_(handle), public_key_(std::move(handle)) {}

SigningKey SigningKey::generate(Suite suite) {
  KeyHandle key(EVP_PKEY_Q_keygen(nullptr, nullptr, suite == Suite::Sha256Ed25519 ? "ED25519" : "SM2"));
  if (!key) throw std::runtime_error("OpenSSL cannot make a key");
  return SigningKey(shared(std::move(key)));
}

SigningKey SigningKey::from_seed(std::string_view seed) {
  KeyHandle key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes_of(seed), seed.size()));
  if (!key) throw std::runtime_error("an Ed25519 seed has 32 bytes");
  return SigningKey(shared(std::move(key)));
}

Result<SigningKey> SigningKey::load(std::string const& path) {
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    if (errno == ENOENT) return refuse(Reason::NotFound, "", {"没有密钥 " + path, "there is no key " + path});
    std::string const why = std::strerror(errno);
    return unusable(path, "无法读取（" + why + "）", "cannot be read (" + why + ")");
  }
  struct stat about {};
  std::array<char, key_bytes_max> bytes{};
  bool const known = ::fstat(file, &about) == 0;
  ssize_t const size = ::read(file, bytes.data(), bytes.size());
  ::close(file);
  if (!known || (about.st_mode & 077) != 0)
    return unusable(path, "权限过宽；请执行 chmod 600", "can be read by others than its owner; chmod 600 it");
  std::string_view const pem(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  Bio const bio = memory(pem);
  KeyHandle key(pem.empty() ? nullptr : PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  if (!key || !suite_of(key.get()))
    return unusable(path, "不是可用的私钥；请从备份恢复",
                    "is no private key of ours; restore it from its copy");
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return SigningKey(shared(std::move(key)));
}

Result<void> SigningKey::save(std::string const& path) const {
  Bio const bio = memory();
  PEM_write_bio_PKCS8PrivateKey(bio.get(), raw(handle_), nullptr, nullptr, 0, nullptr, nullptr);
  if (auto written = write_new(path, contents(bio.get()), 0600); !written) return written;
  ::unlink((path + ".pub").c_str());  // of a key that is no longer here
  return write_new(path + ".pub", public_key_.pem(), 0644);
}

std::string SigningKey::sign(std::string_view message) const {
  Context const context = prepared(raw(handle_), public_key_.suite(), EVP_DigestSignInit);
  std::array<unsigned char, 256> signature{};
  std::size_t size = signature.size();
  if (EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(message), message.size()) != 1)
    throw std::runtime_error("OpenSSL cannot sign");
  return {reinterpret_cast<char const*>(signature.data()), size};
}

std::string key_statement(PublicKey const& key, std::string_view previous_id, std::string_view at) {
  return "xiaohao-key/1\n" + std::string(to_string(key.suite())) + "\n" + key.id() + "\n" +
         std::string(previous_id.empty() ? "-" : previous_id) + "\n" + std::string(at) + "\n";
}

}  // namespace xiaohao::journal
