#pragma once

// The signed sayings about the journal against the journal: its keys, the seal, kept heads, heads from
// elsewhere.

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/audit/report.hpp"
#include "engine/audit/tree_check.hpp"
#include "engine/journal/key_chain.hpp"
#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/seal.hpp"

namespace xiaohao::audit {

/// What lies beside the database. Read before the database is, so that a running server cannot be ahead of
/// it.
struct FilesBeside {
  std::optional<store::sqlite::Seal> seal;  ///< `PATH.seal`
  bool seal_unreadable = false;
  std::vector<journal::SignedHead> heads;  ///< `PATH.heads`
  bool heads_unreadable = false;
};
FilesBeside files_beside(std::string const& path);

class HeadCheck {
 public:
  HeadCheck(store::sqlite::Connection& connection, std::string path, FilesBeside beside,
            std::vector<journal::SignedHead> elsewhere);

  std::optional<store::sqlite::Seal> const& seal() const { return seal_; }
  std::set<std::int64_t> sizes() const;  ///< whose roots are needed
  void run(Tree const& tree, Report& report);

 private:
  store::sqlite::Connection& connection_;
  std::string path_;
  FilesBeside beside_;
  std::vector<journal::SignedHead> kept_, elsewhere_;
  std::optional<store::sqlite::Seal> seal_;
  journal::KeyChain keys_;

  void read_keys(Report& report);
  void check_key_files(Report& report) const;
  void check_seal(Tree const& tree, Report& report) const;
  void check_seal_file(Tree const& tree, Report& report) const;
  void check_heads(std::vector<journal::SignedHead> const& heads,
                   std::function<std::string(journal::TreeHead const&)> const& name, Tree const& tree,
                   Report& report) const;
  bool is_signed(journal::SignedHead const& head) const;
};

}  // namespace xiaohao::audit
