#include "engine/journal/merkle.hpp"

#include <gmock/gmock.h>
#include <map>

namespace xiaohao::journal {
namespace {

/// A tree in memory, appended to as a store does.
class Tree {
 public:
  void append(std::string const& leaf) {
    for (Node const& node : nodes_completed_by(leaf, size_, reader()))
      nodes_[{node.level, node.position}] = node.hash;
    leaves_.push_back(leaf);
    ++size_;
  }
  NodeReader reader() const {
    return [this](int level, std::int64_t position) { return nodes_.at({level, position}); };
  }
  Hash root(std::int64_t size) const { return root_of(size, reader()); }
  std::string const& leaf(std::int64_t index) const { return leaves_[static_cast<std::size_t>(index)]; }

  /// RFC 9162 §2.1.1 word for word, from all the leaves.
  Hash plain_root(std::size_t begin, std::size_t size) const {
    if (size == 0) return empty_root();
    if (size == 1) return leaf_hash(leaves_[begin]);
    std::size_t left = 1;
    while (left * 2 < size) left *= 2;
    return node_hash(plain_root(begin, left), plain_root(begin + left, size - left));
  }

 private:
  std::int64_t size_ = 0;
  std::map<std::pair<int, std::int64_t>, Hash> nodes_;
  std::vector<std::string> leaves_;
};

std::string hex(Hash const& hash) {
  std::string text;
  for (char c : hash) {
    auto const byte = static_cast<unsigned char>(c);
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

constexpr std::int64_t sizes = 70;

Tree grown() {
  Tree tree;
  for (std::int64_t index = 0; index < sizes; ++index) tree.append("entry " + std::to_string(index));
  return tree;
}

TEST(Merkle, HasThePublishedRootOfTheCertificateTransparencyVectors) {
  Tree tree;
  for (std::string const& leaf :
       std::vector<std::string>{"", std::string(1, '\0'), "\x10", "\x20\x21", "\x30\x31", "\x40\x41\x42\x43",
                                "\x50\x51\x52\x53\x54\x55\x56\x57",
                                "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"})
    tree.append(leaf);
  EXPECT_EQ(hex(tree.root(0)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(tree.root(1)), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(hex(tree.root(8)), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(Merkle, RootsAgreeWithThePlainDefinition) {
  Tree const tree = grown();
  for (std::int64_t size = 0; size <= sizes; ++size)
    EXPECT_EQ(tree.root(size), tree.plain_root(0, static_cast<std::size_t>(size)));
}

TEST(Merkle, EachEntryIsProvedInEachTreeThatHoldsItAndNoOther) {
  Tree const tree = grown();
  for (std::int64_t size = 1; size <= sizes; ++size)
    for (std::int64_t index = 0; index < size; ++index) {
      auto const proof = inclusion_proof(index, size, tree.reader());
      EXPECT_TRUE(proves_inclusion(index, size, leaf_hash(tree.leaf(index)), proof, tree.root(size)));
      EXPECT_FALSE(proves_inclusion((index + 1) % size == index ? size : (index + 1) % size, size,
                                    leaf_hash(tree.leaf(index)), proof, tree.root(size)));
      auto longer = proof;
      longer.push_back(tree.root(1));
      EXPECT_FALSE(proves_inclusion(index, size, leaf_hash(tree.leaf(index)), longer, tree.root(size)));
    }
}

TEST(Merkle, EachTreeIsProvedToContinueEachEarlierOne) {
  Tree const tree = grown();
  for (std::int64_t to = 1; to <= sizes; ++to)
    for (std::int64_t from = 1; from <= to; ++from) {
      auto const proof = consistency_proof(from, to, tree.reader());
      EXPECT_TRUE(proves_consistency(from, to, tree.root(from), tree.root(to), proof));
      EXPECT_FALSE(proves_consistency(from, to, tree.root(from - 1), tree.root(to), proof));
    }
}

}  // namespace
}  // namespace xiaohao::journal
