#include "engine/identity/password_hash.hpp"

#include <array>
#include <sodium.h>
#include <stdexcept>

#include "engine/identity/secret.hpp"

namespace xiaohao::identity {

PasswordHasher::PasswordHasher(HashCost cost) : cost_(cost), of_nobody_(hash(new_secret())) {}

std::string PasswordHasher::hash(std::string const& password) const {
  std::array<char, crypto_pwhash_STRBYTES> encoded{};
  if (crypto_pwhash_str_alg(encoded.data(), password.data(), password.size(), cost_.passes,
                            static_cast<std::size_t>(cost_.memory_bytes), crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("no memory for a password's hash");
  return encoded.data();
}

bool PasswordHasher::matches(std::string const& encoded, std::string const& password) const {
  return crypto_pwhash_str_verify(encoded.c_str(), password.data(), password.size()) == 0;
}

bool PasswordHasher::outdated(std::string const& encoded) const {
  return crypto_pwhash_str_needs_rehash(encoded.c_str(), cost_.passes,
                                        static_cast<std::size_t>(cost_.memory_bytes)) != 0;
}

}  // namespace xiaohao::identity
