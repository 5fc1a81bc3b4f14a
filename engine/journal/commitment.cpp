#include "engine/journal/commitment.hpp"

#include <openssl/rand.h>
#include <stdexcept>

namespace xiaohao::journal {

std::string new_salt() {
  std::string salt(salt_bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size())) != 1)
    throw std::runtime_error("no source of randomness for a salt");
  return salt;
}

Hash commitment_of(std::string_view salt, std::string_view text, HashAlgorithm with) {
  std::string bytes = "xiaohao-text/1\n";
  bytes += salt;
  bytes += text;
  return hash(bytes, with);
}

}  // namespace xiaohao::journal
