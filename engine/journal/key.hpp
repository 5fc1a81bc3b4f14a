#pragma once

// The keys that sign the journal's heads. The secret one lives in a file of its own beside the database,
// never in it, so that a copy of the database cannot sign; the public ones are entries of the journal.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/journal/merkle.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::journal {

/// What a head is made with, as one word that stands inside what is signed: nobody can pass one for the
/// other.
enum class Suite { Sha256Ed25519, Sm3Sm2 };
std::string_view to_string(Suite suite);  ///< `SHA-256 Ed25519`, `SM3 SM2`
std::optional<Suite> suite_named(std::string_view name);
HashAlgorithm hash_of(Suite suite);

class PublicKey {
 public:
  /// Reads a SubjectPublicKeyInfo in DER (RFC 5280, RFC 8410). Malformed unless it is the one encoding of an
  /// Ed25519 key or of an SM2 key.
  static Result<PublicKey> from_der(std::string_view der);
  static Result<PublicKey> from_pem(std::string_view pem);

  Suite suite() const { return suite_; }
  std::string const& der() const { return der_; }
  std::string pem() const;
  /// The hash of the DER, by the suite's own hash, in hexadecimal: what people compare.
  std::string const& id() const { return id_; }

  bool verifies(std::string_view message, std::string_view signature) const;

  friend bool operator==(PublicKey const& a, PublicKey const& b) { return a.der_ == b.der_; }

 private:
  friend class SigningKey;
  explicit PublicKey(std::shared_ptr<void> handle);
  std::shared_ptr<void> handle_;  ///< EVP_PKEY
  Suite suite_;
  std::string der_;
  std::string id_;
};

class SigningKey {
 public:
  static SigningKey generate(Suite suite);
  /// An Ed25519 key from its 32 bytes (RFC 8032): for test vectors.
  static SigningKey from_seed(std::string_view seed);

  /// Reads PKCS#8 in PEM. Refuses: NotFound when there is no file; Unavailable when others than its owner may
  /// read it, or it holds no key of ours.
  static Result<SigningKey> load(std::string const& path);
  /// Writes the key to a new file that only its owner may read, synced, and the public key to `PATH.pub`.
  /// Refuses: NotPossible when the file exists; StorageFull or Unavailable.
  Result<void> save(std::string const& path) const;

  PublicKey const& public_key() const { return public_key_; }
  std::string sign(std::string_view message) const;  ///< 64 bytes; for SM2 the DER of r and s

 private:
  explicit SigningKey(std::shared_ptr<void> handle);
  std::shared_ptr<void> handle_;
  PublicKey public_key_;
};

/// What joins a key to the journal: signed by the key itself and, when it takes over, by the one before.
/// `previous_id` is empty for the first key; `at` is the instant of the entry, as the journal writes it.
std::string key_statement(PublicKey const& key, std::string_view previous_id, std::string_view at);

}  // namespace xiaohao::journal
