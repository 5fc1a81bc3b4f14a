#include "engine/audit/replay_check.hpp"

#include <charconv>

#include "engine/decision/decide.hpp"
#include "engine/domain/entry_types.hpp"
#include "engine/domain/item_json.hpp"
#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"
#include "engine/store/sqlite/migrations.hpp"
#include "engine/store/sqlite/register.hpp"
#include "engine/store/sqlite/sealing.hpp"
#include "engine/store/sqlite/transaction.hpp"

namespace xiaohao::audit {
namespace {

using store::sqlite::Connection;
using store::sqlite::Query;
using store::sqlite::SqliteTransaction;

std::optional<store::RegisterState> anchor_in(JournalEntry const& entry) {
  if (entry.type != "journal.sealed") return std::nullopt;
  auto const changes = entry.payload.find("row_changes"), chain = entry.payload.find("chain");
  if (changes == entry.payload.end() || !changes->is_number_integer() || chain == entry.payload.end() ||
      !chain->is_string())
    return std::nullopt;
  auto const bytes = journal::from_base64(chain->get_ref<std::string const&>());
  return bytes ? std::optional(store::RegisterState{changes->get<std::int64_t>(), *bytes}) : std::nullopt;
}

std::map<std::string, std::pair<std::int64_t, std::int64_t>> counts_in(Connection& connection) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> counts;
  Query rows = connection.query("all_counts");
  while (rows.next()) {
    std::string key = std::to_string(rows.integer(0));
    for (int column = 1; column <= 4; ++column) key += "/" + rows.text(column);
    counts[key] = {rows.integer(5), rows.integer(6)};
  }
  return counts;
}

}  // namespace

Replay::Replay(decision::Rules const& rules)
    : rules_(rules), memory_(":memory:", store::sqlite::Access::Writer, true) {
  (void)store::sqlite::migrate(memory_, ":memory:");
  memory_.execute(
      "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN");  // plans and units are not replayed
}

void Replay::see(JournalEntry const& entry) {
  try {
    if (auto const anchor = anchor_in(entry)) anchors_[entry.index] = *anchor;
    play(entry);
  } catch (std::exception const&) {
    if (entry.item)
      if (auto const known = items_.find(*entry.item); known != items_.end()) known->second.in_doubt = true;
    unplayable_.push_back(
        {Kind::Unproven,
         "journal/" + std::to_string(entry.index),
         {"该条日志无法重演", "the entry cannot be replayed: no decision of ours writes such a one"}});
  }
}

void Replay::play(JournalEntry const& entry) {
  if (!entry.item) {
    if (!only_tells(entry.type)) unknown_types_.emplace(entry.type, entry.index);
    return;
  }
  if (entry.type == "item.created") {
    WorkItem created{definition_from_json(entry.payload.at("definition")),
                     status_from_json(entry.payload.at("status"))};
    if (created.id() != *entry.item) throw std::runtime_error("another item");
    ItemId const id = created.id();
    items_.insert_or_assign(id, Item{std::move(created), false});
    return;
  }
  auto const known = items_.find(*entry.item);
  if (entry.outcome.empty()) {
    if (!only_tells(entry.type)) unknown_types_.emplace(entry.type, entry.index);
    return;
  }
  if (known == items_.end()) throw std::runtime_error("an item that was not created");
  Item& item = known->second;
  if (entry.outcome.at("version").get<std::int64_t>() != item.item.status.version + 1) item.in_doubt = true;
  auto replayed = decision::replay(item.item.definition, item.item.status, entry, rules_);
  if (!replayed) {
    unknown_types_.emplace(entry.type, entry.index);
    item.in_doubt = true;
    return;
  }
  item.item.status = std::move(replayed->status);
  store::sqlite::Sealing unused("", nullptr);
  SqliteTransaction transaction(memory_, unused);
  for (Evidence const& piece : replayed->consequences.attached) transaction.insert_evidence(piece);
  for (Sha256Hex const& sha256 : replayed->consequences.withdrawn)
    transaction.withdraw_evidence(*entry.item, sha256);
}

void Replay::put_items() {
  store::sqlite::Sealing unused("", nullptr);
  SqliteTransaction transaction(memory_, unused);
  for (auto& [id, item] : items_) {
    std::optional<std::vector<std::string>> active;
    try {
      active = decision::active_states_of(item.item.status, rules_);
    } catch (std::exception const&) {  // the status is what some entry says, and need not be one of ours
    }
    if (!active) item.in_doubt = true;
    try {
      transaction.insert_item(item.item, active.value_or(std::vector<std::string>()));
    } catch (
        store::sqlite::DatabaseError const&) {  // breaks a rule of the tables; so nothing of ours wrote it
      item.in_doubt = true;
    }
  }
}

bool Replay::is_in_doubt(std::string const& table, std::string const& key, Tree const& tree) const {
  if (table == "count") return tree.entries_gone || !tree.items_in_doubt.empty();
  std::int64_t id = 0;
  std::from_chars(key.data(), key.data() + key.size(), id);  // the item is the first part of each key
  auto const known = items_.find(ItemId{id});
  return tree.entries_gone || tree.items_in_doubt.contains(id) ||
         (known != items_.end() && known->second.in_doubt);
}

void Replay::compare(Connection& connection, Tree const& tree, Report& report) {
  put_items();
  bool counts_in_doubt = tree.entries_gone || !tree.items_in_doubt.empty();
  for (auto const& [id, item] : items_) counts_in_doubt = counts_in_doubt || item.in_doubt;
  for (std::string const table : {"item", "item_status", "evidence"})
    for (store::sqlite::RowDifference const& row :
         store::sqlite::compare_table(table, memory_, connection, journal::HashAlgorithm::Sha256)) {
      if (is_in_doubt(table, row.key, tree))
        report.add(Kind::Unproven, row.name(),
                   {"日志中有关条目不完整或无法重演，无法核对",
                    "what the journal tells of it is not whole, so it cannot be held against it"});
      else
        report.add(!row.found        ? Kind::Deleted
                   : !row.registered ? Kind::PutIn
                                     : Kind::Edited,
                   row.name(), {"与重演日志的结果不符", "is not what the journal's entries make of it"});
    }
  compare_counts(connection, counts_in_doubt, report);
  report.findings.insert(report.findings.end(), unplayable_.begin(), unplayable_.end());
  note_unknown_types(report);
  report.extent.items = static_cast<std::int64_t>(items_.size());
}

void Replay::compare_counts(Connection& connection, bool in_doubt, Report& report) {
  auto const expected = counts_in(memory_), found = counts_in(connection);
  auto const add = [&](Kind kind, std::string const& key) {
    report.add(in_doubt ? Kind::Unproven : kind, "count/" + key,
               {"计数与重演日志的结果不符", "the counter is not what the journal's entries make"});
  };
  for (auto const& [key, count] : expected) {
    auto const there = found.find(key);
    if (there == found.end())
      add(Kind::Deleted, key);
    else if (there->second != count)
      add(Kind::Edited, key);
  }
  for (auto const& [key, count] : found)
    if (!expected.contains(key)) add(Kind::PutIn, key);
}

void Replay::note_unknown_types(Report& report) const {
  for (auto const& [type, index] : unknown_types_)
    report.notes.push_back(
        {"日志第 " + std::to_string(index) + " 条的类型 " + type + " 本程序不认识，已隔离，不影响其他条目",
         "entry " + std::to_string(index) + " has the type " + type +
             ", which this program does not know: set apart, and without effect on the others"});
}

}  // namespace xiaohao::audit
