#include "engine/audit/register_check.hpp"

#include "engine/store/sqlite/register.hpp"
#include "engine/store/sqlite/sealing.hpp"

namespace xiaohao::audit {
namespace {

using store::RegisterState;
using store::sqlite::Connection;
using store::sqlite::Query;

std::string line_name(std::int64_t position) { return "row_change/" + std::to_string(position); }

/// The chain after so many lines, recomputed, for each length that is asked for.
using Chains = std::map<std::int64_t, journal::Hash>;

std::int64_t walk(Connection& connection, journal::HashAlgorithm with, Chains& wanted, Report& report) {
  journal::Hash chain = store::sqlite::empty_chain(with);
  std::int64_t length = 0;
  auto const keep = [&] {
    if (auto const asked = wanted.find(length); asked != wanted.end()) asked->second = chain;
  };
  keep();
  Query lines = connection.query("row_changes");
  while (lines.next()) {
    std::int64_t const position = lines.integer(0);
    if (position != length) {
      report.add(
          position < length ? Kind::PutIn : Kind::Deleted, line_name(position < length ? position : length),
          {"行变更登记不连续", "the register of rows has a gap before line " + std::to_string(position)});
      length = position;
      chain.clear();  // nothing to compute the next from: taken as it stands, and the seal decides
    }
    std::string const stored = lines.text(4);
    if (!chain.empty()) {
      auto const hash = lines.is_null(3) ? std::nullopt : std::optional(lines.text(3));
      if (store::sqlite::next_chain(chain, lines.text(1), lines.text(2), hash, with) != stored)
        report.add(
            Kind::Edited, line_name(position),
            {"行变更登记的这一行不是当时写入的内容", "the line of the register is not what was written"});
    }
    chain = stored;
    ++length;
    keep();
  }
  return length;
}

}  // namespace

void check_register(Connection& connection, journal::HashAlgorithm with,
                    std::optional<store::sqlite::Seal> const& seal,
                    std::map<std::int64_t, RegisterState> const& anchors, Report& report) {
  Chains chains;
  if (seal) chains[seal->changes];
  for (auto const& [index, anchor] : anchors) chains[anchor.changes];
  std::int64_t const length = walk(connection, with, chains, report);
  if (seal && length < seal->changes)
    report.add(Kind::CutShort, line_name(length),
               {"行变更登记缺少末尾 " + std::to_string(seal->changes - length) + " 行",
                "the register of rows lacks its last " + std::to_string(seal->changes - length) + " lines"});
  else if (seal && length > seal->changes)
    report.add(Kind::PutIn, line_name(seal->changes),
               {"封印之后的登记不是本程序写入的", "lines of the register were put in after it was sealed"});
  else if (seal && chains[seal->changes] != seal->chain)
    report.add(Kind::Rewritten, line_name(seal->changes - 1),
               {"行变更登记与封印不符", "the register is not the one that was sealed"});
  for (auto const& [index, anchor] : anchors)
    if (chains[anchor.changes] != anchor.chain) {
      std::string const at = std::to_string(index);
      report.add(Kind::Rewritten, line_name(anchor.changes - 1),
                 {"前 " + std::to_string(anchor.changes) + " 行登记与日志第 " + at + " 条所载不符",
                  "the first " + std::to_string(anchor.changes) +
                      " lines of the register are not those that entry " + at + " of the journal tells of"});
      break;  // what follows a rewritten line differs as well
    }
  for (store::sqlite::RowDifference const& row : compare_with_register(connection, with)) {
    Kind const kind = !row.found ? Kind::Deleted : !row.registered ? Kind::PutIn : Kind::Edited;
    report.add(kind, row.name(),
               kind == Kind::Deleted
                   ? Text{"该行被本程序之外删除", "the row was deleted by something other than this program"}
               : kind == Kind::PutIn ? Text{"该行不是本程序写入的", "the row was not written by this program"}
                                     : Text{"该行被本程序之外改动",
                                            "the row was changed by something other than this program"});
  }
  for (std::string const& table : store::sqlite::tables_of(connection.handle()))
    report.extent.rows += store::sqlite::rows_in(table, connection);
}

}  // namespace xiaohao::audit
