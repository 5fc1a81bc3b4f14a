#include "engine/audit/tree_check.hpp"

#include <vector>

#include "engine/audit/text_check.hpp"

namespace xiaohao::audit {
namespace {

using journal::Hash;
using store::sqlite::Connection;
using store::sqlite::Query;

/// A gap beyond this is one forged position, not so many deleted rows.
constexpr std::int64_t gap_max = 1'000'000;

std::string entry_name(std::int64_t position) { return "journal/" + std::to_string(position); }
std::string node_name(int level, std::int64_t position) {
  return "journal_node/" + std::to_string(level) + "/" + std::to_string(position);
}

/// Roots of complete subtrees, largest first: all that is needed to go on, and to give the root at any
/// moment.
class Frontier {
 public:
  explicit Frontier(journal::HashAlgorithm with) : with_(with) {}

  void append(Hash hash) {
    for (std::int64_t at = size_; at % 2 == 1; at /= 2) {
      hash = journal::node_hash(subtrees_.back(), hash, with_);
      subtrees_.pop_back();
    }
    subtrees_.push_back(std::move(hash));
    ++size_;
  }
  Hash root() const {
    if (subtrees_.empty()) return journal::empty_root(with_);
    Hash root = subtrees_.back();
    for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left)
      root = journal::node_hash(*left, root, with_);
    return root;
  }
  std::int64_t size() const { return size_; }

 private:
  journal::HashAlgorithm with_;
  std::vector<Hash> subtrees_;
  std::int64_t size_ = 0;
};

class TreeCheck {
 public:
  TreeCheck(Connection& connection, journal::HashAlgorithm with,
            std::optional<store::sqlite::Seal> const& seal, std::set<std::int64_t> const& sizes,
            SeeEntry const& see, Report& report)
      : connection_(connection),
        with_(with),
        seal_(seal),
        sizes_(sizes),
        see_(see),
        report_(report),
        frontier_(with),
        texts_(connection, with) {}

  Tree run() {
    find_faulty_nodes();
    walk_entries();
    name_faulty_nodes();
    name_missing_tail();
    texts_.finish(report_);
    report_.extent.entries = tree_.size;
    return std::move(tree_);
  }

 private:
  Connection& connection_;
  journal::HashAlgorithm with_;
  std::optional<store::sqlite::Seal> const& seal_;
  std::set<std::int64_t> const& sizes_;
  SeeEntry const& see_;
  Report& report_;
  Frontier frontier_;
  TextCheck texts_;
  Tree tree_;
  std::set<std::pair<int, std::int64_t>> faulty_nodes_;  ///< that are not what the two below them make

  /// Every node above the leaves against its two children, from below.
  void find_faulty_nodes() {
    Query nodes = connection_.query("journal_nodes_with_children");
    while (nodes.next()) {
      int const level = nodes.small(0);
      if (level < 1 || level > 62 || nodes.is_null(3) || nodes.is_null(4))
        continue;  // named by `name_missing_nodes`
      if (journal::node_hash(nodes.text(3), nodes.text(4), with_) != nodes.text(2))
        faulty_nodes_.insert({level, nodes.integer(1)});
    }
  }

  /// A node that was changed does not fit the one above it either; that one is not to blame.
  void name_faulty_nodes() {
    for (auto const& [level, position] : faulty_nodes_) {
      if (level == 0 || faulty_nodes_.contains({level - 1, 2 * position}) ||
          faulty_nodes_.contains({level - 1, 2 * position + 1}))
        continue;
      std::string const first = std::to_string(position << level),
                        last = std::to_string(((position + 1) << level) - 1);
      report_.add(Kind::Edited, node_name(level, position),
                  {"树节点（第 " + first + "–" + last + " 条）与其下两个节点不符",
                   "the node over entries " + first + " to " + last + " is not what the two below it make"});
    }
  }

  void walk_entries() {
    Query entries = connection_.query("journal_with_leaf_hashes");
    std::int64_t expected = 0;
    while (entries.next()) {
      std::int64_t const position = entries.integer(0);
      if (position < 0) {
        report_.add(Kind::PutIn, entry_name(position), {"序号不成立", "has no place in the journal"});
        continue;
      }
      if (position - expected > gap_max) {
        report_.add(Kind::PutIn, entry_name(position),
                    {"序号不成立", "stands far beyond the end of the journal"});
        continue;
      }
      for (; expected < position; ++expected) name_gap(expected);
      ++expected;
      take(position, entries);
    }
    tree_.size = expected;
    tree_.roots[frontier_.size()] = frontier_.root();
  }

  void name_gap(std::int64_t position) {
    report_.add(Kind::Deleted, entry_name(position), {"该条日志不在了", "the entry is gone"});
    tree_.entries_gone = true;
    Query node = connection_.query("journal_node");
    node.bind(":level", 0).bind(":position", position);
    append(node.next() ? node.text(0) : Hash());
  }

  void append(Hash hash) {
    frontier_.append(std::move(hash));
    if (sizes_.contains(frontier_.size())) tree_.roots[frontier_.size()] = frontier_.root();
  }

  void take(std::int64_t position, Query const& row) {
    std::string const leaf = row.text(2);
    Hash const recomputed = journal::leaf_hash(leaf, with_);
    append(recomputed);
    Hash const stored = row.is_null(3) ? Hash() : row.text(3);
    auto entry = entry_of(leaf);
    auto const item = row.is_null(1) ? std::nullopt : std::optional(row.integer(1));
    bool doubtful = false;
    auto const doubt = [&] {
      doubtful = true;
      if (item) tree_.items_in_doubt.insert(*item);
      if (entry && entry->item) tree_.items_in_doubt.insert(entry->item->value());
    };
    if (row.is_null(3)) {
      if (seal_ && position >= seal_->journal_size) {
        report_.add(Kind::PutIn, entry_name(position),
                    {"该条日志不是本程序写入的", "the entry was not written by this program"});
        doubt();
      } else {
        report_.add(Kind::Deleted, node_name(0, position),
                    {"该条日志的散列值不在了", "the entry's hash is gone"});
      }
    } else if (stored != recomputed) {
      // A hash that fits the node above it is the one that was stored; then the entry is what changed.
      bool const hash_was_changed = faulty_nodes_.contains({1, position / 2});
      if (entry && entry->index != position && is_hash_of(entry->index, recomputed)) {
        std::string const other = std::to_string(entry->index);
        report_.add(Kind::Reordered, entry_name(position),
                    {"此处是第 " + other + " 条", "holds entry " + other});
        doubt();
      } else if (hash_was_changed) {
        faulty_nodes_.insert({0, position});
        report_.add(Kind::Edited, node_name(0, position),
                    {"该条日志的散列值被改动", "the entry's hash was changed"});
      } else {
        report_.add(Kind::Edited, entry_name(position),
                    {"该条日志不是当时写入的内容", "the entry is not what was written"});
        doubt();
      }
    } else if (!entry || entry->index != position) {
      report_.add(Kind::Damaged, entry_name(position),
                  {"该条日志无法读取", entry ? "the entry names another place" : "the entry cannot be read"});
      doubt();
    }
    if (entry && item != (entry->item ? std::optional(entry->item->value()) : std::nullopt))
      report_.add(Kind::Edited, entry_name(position),
                  {"所属事项与日志内容不符", "stands under another item than the entry says"});
    if (doubtful) return;
    if (!texts_.put_back(*entry, report_)) doubt();
    see_(*entry);
  }

  bool is_hash_of(std::int64_t position, Hash const& hash) {
    Query node = connection_.query("journal_node");
    node.bind(":level", 0).bind(":position", position);
    return node.next() && node.text(0) == hash;
  }

  /// Nodes for which there are no entries, and entries at the end that the seal counted.
  void name_missing_tail() {
    if (seal_)
      for (std::int64_t position = tree_.size; position < std::min(seal_->journal_size, tree_.size + gap_max);
           ++position) {
        report_.add(Kind::Deleted, entry_name(position), {"该条日志不在了", "the entry is gone"});
        tree_.entries_gone = true;
      }
    std::int64_t const counted = std::max(tree_.size, seal_ ? seal_->journal_size : 0);
    std::map<int, std::int64_t> found;
    Query places = connection_.query("journal_node_places");
    while (places.next()) {
      int const level = places.small(0);
      std::int64_t const position = places.integer(1);
      bool const fits = level >= 0 && level <= 62 && position >= 0 && position < counted >> level;
      if (!fits)
        report_.add(Kind::PutIn, node_name(level, position),
                    {"日志中没有这一段", "there are no entries for it"});
      else
        name_missing_nodes(level, found[level], position);
    }
    for (int level = 0; counted >> level > 0; ++level)
      name_missing_nodes(level, found[level], counted >> level);
  }

  void name_missing_nodes(int level, std::int64_t& next, std::int64_t position) {
    for (; next < position; ++next)
      if (level > 0) report_.add(Kind::Deleted, node_name(level, next), {"树节点不在了", "the node is gone"});
    next = position + 1;
  }
};

}  // namespace

Tree check_tree(Connection& connection, journal::HashAlgorithm with,
                std::optional<store::sqlite::Seal> const& seal, std::set<std::int64_t> const& sizes,
                SeeEntry const& see, Report& report) {
  return TreeCheck(connection, with, seal, sizes, see, report).run();
}

}  // namespace xiaohao::audit
