#include "engine/audit/audit.hpp"

#include <filesystem>
#include <functional>

#include "engine/audit/decision_check.hpp"
#include "engine/audit/evidence_check.hpp"
#include "engine/audit/head_check.hpp"
#include "engine/audit/register_check.hpp"
#include "engine/audit/replay_check.hpp"
#include "engine/audit/schema_check.hpp"
#include "engine/audit/tree_check.hpp"
#include "engine/migration/stored_lifecycles.hpp"
#include "engine/store/sqlite/migrations.hpp"
#include "engine/store/sqlite/reader.hpp"

namespace xiaohao::audit {
namespace {

using store::sqlite::Connection;
using store::sqlite::DatabaseError;

/// What cannot be read is one more finding, and does not keep the next check from running.
void guarded(char const* what, Report& report, std::function<void()> const& check) {
  try {
    check();
  } catch (DatabaseError const& error) {
    report.add(Kind::Damaged, std::string("schema/") + what,
               {std::string("无法读取：") + error.what(), error.what()});
  } catch (std::exception const& error) {
    report.add(Kind::Damaged, std::string("schema/") + what,
               {std::string("无法核对：") + error.what(), error.what()});
  }
}

tl::unexpected<Refusal> no_database(std::string const& path, std::string const& why) {
  return refuse(Reason::Malformed, "",
                {path + " 不是销号台的数据库", path + " is no database of ours (" + why + ")"});
}

/// Histories are played by the lifecycles they were made under.
void add_kept_lifecycles(Connection& connection, decision::Rules& rules, Report& report) {
  auto const added = migration::add_stored_lifecycles(store::sqlite::SqliteReader(connection), rules);
  if (!added) report.add(Kind::Damaged, "definition", added.error().first().detail);
}

void run_checks(Connection& connection, std::string const& path, FilesBeside beside, Means const& means,
                Report& report) {
  guarded("structure", report, [&] { check_schema(connection, report); });
  std::optional<HeadCheck> heads;
  guarded("heads", report, [&] { heads.emplace(connection, path, std::move(beside), means.known_heads); });
  std::optional<store::sqlite::Seal> const seal = heads ? heads->seal() : std::nullopt;
  auto const with = journal::hash_of(seal ? seal->suite : journal::Suite::Sha256Ed25519);
  decision::Rules rules = means.rules;
  guarded("definitions", report, [&] { add_kept_lifecycles(connection, rules, report); });
  Replay replay(rules);
  Decisions decisions(rules);
  Tree tree;
  guarded("journal", report, [&] {
    tree = check_tree(
        connection, with, seal, heads ? heads->sizes() : std::set<std::int64_t>{},
        [&](JournalEntry const& entry) {
          replay.see(entry);
          decisions.see(entry);
        },
        report);
    decisions.note(report);
  });
  report.size = tree.size;
  if (auto const root = tree.roots.find(tree.size); root != tree.roots.end()) report.root = root->second;
  guarded("register", report, [&] { check_register(connection, with, seal, replay.anchors(), report); });
  if (heads) guarded("heads", report, [&] { heads->run(tree, report); });
  guarded("items", report, [&] { replay.compare(connection, tree, report); });
  guarded("evidence", report, [&] { check_evidence(connection, means.evidence_directory, report); });
  report.notes.push_back(
      {"session.last_seen_at 只是缓存，未核对", "session.last_seen_at is only a cache and was not compared"});
}

}  // namespace

Result<Report> audit(std::string const& path, Means const& means) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return refuse(
        Reason::NotFound, "",
        {"没有数据库 " + path, "there is no database " + path + "; give the file that `xiaohao init` made"});
  FilesBeside beside = files_beside(path);
  Report report;
  try {
    Connection connection(path, store::sqlite::Access::Reader);
    connection.execute("BEGIN");
    if (Result<void> const schema = store::sqlite::expect_newest_schema(connection, path); !schema)
      return refuse(Reason::Malformed, "", schema.error().first().detail);
    run_checks(connection, path, std::move(beside), means, report);
  } catch (DatabaseError const& error) {
    if (error.code != SQLITE_CORRUPT && error.code != SQLITE_ERROR) return no_database(path, error.what());
    report.add(Kind::Damaged, "schema/file", {std::string("文件损坏：") + error.what(), error.what()});
  }
  return report;
}

}  // namespace xiaohao::audit
