#pragma once

// The journal's Merkle tree, as RFC 9162 §2.1 defines it, over SHA-256 or, where a county must use the
// national algorithms, SM3 (GB/T 32905).
//
// Hashes of complete subtrees are kept by (level, position): level 0 are leaves, a node at level n covers 2^n
// leaves from position·2^n on. Appending computes only the nodes it completes, and proofs read only the nodes
// they need, so both grow with the logarithm of the size.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace xiaohao::journal {

using Hash = std::string;  ///< 32 bytes

enum class HashAlgorithm { Sha256, Sm3 };

Hash sha256(std::string_view bytes);
Hash hash(std::string_view bytes, HashAlgorithm with);
Hash leaf_hash(std::string_view leaf, HashAlgorithm with = HashAlgorithm::Sha256);  ///< of 0x00 ‖ leaf
Hash node_hash(Hash const& left, Hash const& right,
               HashAlgorithm with = HashAlgorithm::Sha256);   ///< of 0x01 ‖ left ‖ right
Hash empty_root(HashAlgorithm with = HashAlgorithm::Sha256);  ///< of nothing

struct Node {
  int level;
  std::int64_t position;
  Hash hash;
};

/// Reads the stored hash of a complete subtree. It must be there.
using NodeReader = std::function<Hash(int level, std::int64_t position)>;

/// The nodes that the leaf at `index` (the tree's size so far) completes, itself first.
std::vector<Node> nodes_completed_by(std::string_view leaf, std::int64_t index, NodeReader const& read,
                                     HashAlgorithm with = HashAlgorithm::Sha256);

Hash root_of(std::int64_t size, NodeReader const& read, HashAlgorithm with = HashAlgorithm::Sha256);

/// RFC 9162 §2.1.3.1 and §2.1.4.1. The index lies below the size, and both sizes within the tree.
std::vector<Hash> inclusion_proof(std::int64_t index, std::int64_t size, NodeReader const& read,
                                  HashAlgorithm with = HashAlgorithm::Sha256);
std::vector<Hash> consistency_proof(std::int64_t from, std::int64_t to, NodeReader const& read,
                                    HashAlgorithm with = HashAlgorithm::Sha256);

/// RFC 9162 §2.1.3.2 and §2.1.4.2: false for anything but the one proof that fits.
bool proves_inclusion(std::int64_t index, std::int64_t size, Hash const& leaf, std::vector<Hash> const& proof,
                      Hash const& root, HashAlgorithm with = HashAlgorithm::Sha256);
bool proves_consistency(std::int64_t from, std::int64_t to, Hash const& from_root, Hash const& to_root,
                        std::vector<Hash> const& proof, HashAlgorithm with = HashAlgorithm::Sha256);

}  // namespace xiaohao::journal
