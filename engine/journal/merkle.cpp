#include "engine/journal/merkle.hpp"

#include <bit>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdexcept>

namespace xiaohao::journal {
namespace {

/// The largest power of two below `size`, for sizes above 1.
std::int64_t split(std::int64_t size) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size - 1)));
}

int level_of(std::int64_t power) { return std::countr_zero(static_cast<std::uint64_t>(power)); }

/// The hash of the leaves [begin, begin + size); `begin` is a multiple of every power of two below the size.
Hash range_hash(std::int64_t begin, std::int64_t size, NodeReader const& read, HashAlgorithm with) {
  if (std::has_single_bit(static_cast<std::uint64_t>(size))) return read(level_of(size), begin / size);
  std::int64_t const left = split(size);
  return node_hash(range_hash(begin, left, read, with), range_hash(begin + left, size - left, read, with),
                   with);
}

void add_path(std::int64_t index, std::int64_t begin, std::int64_t size, NodeReader const& read,
              HashAlgorithm with, std::vector<Hash>& path) {
  if (size == 1) return;
  std::int64_t const left = split(size);
  if (index < left) {
    add_path(index, begin, left, read, with, path);
    path.push_back(range_hash(begin + left, size - left, read, with));
  } else {
    add_path(index - left, begin + left, size - left, read, with, path);
    path.push_back(range_hash(begin, left, read, with));
  }
}

void add_subproof(std::int64_t from, std::int64_t begin, std::int64_t size, bool whole,
                  NodeReader const& read, HashAlgorithm with, std::vector<Hash>& proof) {
  if (from == size) {
    if (!whole) proof.push_back(range_hash(begin, size, read, with));
    return;
  }
  std::int64_t const left = split(size);
  if (from <= left) {
    add_subproof(from, begin, left, whole, read, with, proof);
    proof.push_back(range_hash(begin + left, size - left, read, with));
  } else {
    add_subproof(from - left, begin + left, size - left, false, read, with, proof);
    proof.push_back(range_hash(begin, left, read, with));
  }
}

}  // namespace

Hash sha256(std::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), digest);
  return Hash(reinterpret_cast<char const*>(digest), sizeof digest);
}

Hash hash(std::string_view bytes, HashAlgorithm with) {
  if (with == HashAlgorithm::Sha256) return sha256(bytes);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sm3(), nullptr) != 1)
    throw std::runtime_error("this OpenSSL has no SM3");
  return Hash(reinterpret_cast<char const*>(digest), size);
}

Hash leaf_hash(std::string_view leaf, HashAlgorithm with) {
  std::string bytes(1, '\0');
  bytes += leaf;
  return hash(bytes, with);
}

Hash node_hash(Hash const& left, Hash const& right, HashAlgorithm with) {
  return hash("\x01" + left + right, with);
}

Hash empty_root(HashAlgorithm with) { return hash("", with); }

std::vector<Node> nodes_completed_by(std::string_view leaf, std::int64_t index, NodeReader const& read,
                                     HashAlgorithm with) {
  std::vector<Node> nodes{{0, index, leaf_hash(leaf, with)}};
  while (nodes.back().position % 2 == 1) {
    Node const& right = nodes.back();
    nodes.push_back({right.level + 1, right.position / 2,
                     node_hash(read(right.level, right.position - 1), right.hash, with)});
  }
  return nodes;
}

Hash root_of(std::int64_t size, NodeReader const& read, HashAlgorithm with) {
  return size == 0 ? empty_root(with) : range_hash(0, size, read, with);
}

std::vector<Hash> inclusion_proof(std::int64_t index, std::int64_t size, NodeReader const& read,
                                  HashAlgorithm with) {
  std::vector<Hash> path;
  add_path(index, 0, size, read, with, path);
  return path;
}

std::vector<Hash> consistency_proof(std::int64_t from, std::int64_t to, NodeReader const& read,
                                    HashAlgorithm with) {
  std::vector<Hash> proof;
  if (from > 0 && from < to) add_subproof(from, 0, to, true, read, with, proof);
  return proof;
}

bool proves_inclusion(std::int64_t index, std::int64_t size, Hash const& leaf, std::vector<Hash> const& proof,
                      Hash const& root, HashAlgorithm with) {
  if (index < 0 || index >= size) return false;
  std::int64_t fn = index, sn = size - 1;
  Hash value = leaf;
  for (Hash const& step : proof) {
    if (sn == 0) return false;
    if (fn % 2 == 1 || fn == sn) {
      value = node_hash(step, value, with);
      while (fn % 2 == 0 && fn != 0) fn /= 2, sn /= 2;
    } else {
      value = node_hash(value, step, with);
    }
    fn /= 2;
    sn /= 2;
  }
  return sn == 0 && value == root;
}

bool proves_consistency(std::int64_t from, std::int64_t to, Hash const& from_root, Hash const& to_root,
                        std::vector<Hash> const& proof, HashAlgorithm with) {
  if (from < 0 || from > to) return false;
  if (from == to) return proof.empty() && from_root == to_root;
  if (from == 0) return proof.empty() && from_root == empty_root(with);
  std::vector<Hash> path = proof;
  if (std::has_single_bit(static_cast<std::uint64_t>(from))) path.insert(path.begin(), from_root);
  if (path.empty()) return false;
  std::int64_t fn = from - 1, sn = to - 1;
  while (fn % 2 == 1) fn /= 2, sn /= 2;
  Hash old_hash = path.front(), new_hash = path.front();
  for (std::size_t at = 1; at < path.size(); ++at) {
    if (sn == 0) return false;
    if (fn % 2 == 1 || fn == sn) {
      old_hash = node_hash(path[at], old_hash, with);
      new_hash = node_hash(path[at], new_hash, with);
      while (fn % 2 == 0 && fn != 0) fn /= 2, sn /= 2;
    } else {
      new_hash = node_hash(new_hash, path[at], with);
    }
    fn /= 2;
    sn /= 2;
  }
  return sn == 0 && old_hash == from_root && new_hash == to_root;
}

}  // namespace xiaohao::journal
