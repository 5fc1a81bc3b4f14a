#include "cli/migrate_lifecycle.hpp"

#include <algorithm>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/database.hpp"
#include "cli/kept_rules.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/lifecycle_migration.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "workflows/lifecycle.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao migrate-lifecycle --db URL --lifecycle FILE --mapping FILE [--commit --as USER] [--json]\n"
    "Moves the running items of a lifecycle to a new version of it. Without --commit it only says what would "
    "move and\n"
    "what cannot. Closed and cancelled items keep the version they ended under.\n\n"
    "  --lifecycle FILE  the new version, xiaohao-lifecycle/1; refused unless `xiaohao check` finds nothing "
    "wrong\n"
    "  --mapping FILE    xiaohao-migration/1: from, to, and where each state goes that the new version does "
    "not have\n"
    "  --as USER         whose decision it is: one of the leadership group\n\n"
    "All items move in one transaction, or none. A running server holds its database: stop it before "
    "--commit.\n"
    "Exit code 1: some item cannot move.\n\n"
    "Example: xiaohao migrate-lifecycle --db var/xiaohao.db --lifecycle assignment-2.json --mapping "
    "to-2.json\n";

Refusal wrong(std::string const& detail) { return {Reason::Malformed, {{"", {detail, detail}}}}; }

/// Adds the new version to `rules`, to run the kinds of items that the old one runs. Its document, as it will
/// be kept.
Result<std::string> add_version(std::string const& path, migration::Mapping const& mapping,
                                decision::Rules& rules) {
  auto const document = json::file_text(path, statechart::machine_limits);
  if (!document) return document;
  auto const running = std::find_if(rules.lifecycle_of.begin(), rules.lifecycle_of.end(),
                                    [&](auto const& each) { return each.second == mapping.from; });
  ItemKind const kind = running == rules.lifecycle_of.end() ? ItemKind::Assignment : running->first;
  auto definition = workflows::read_lifecycle(*document, kind);
  if (!definition) return tl::unexpected(definition.error());
  if (definition->name() != mapping.to)
    return malformed("/version", "this is " + shown(definition->name()) + ", and the mapping leads to " +
                                     shown(mapping.to) + "; name the same version in both");
  rules.lifecycles.insert_or_assign(mapping.to, std::move(*definition));
  return document;
}

nlohmann::ordered_json item_json(WorkItem const& item) {
  ItemDefinition const& definition = item.definition;
  return {{"item", item.id().value()},
          {"number", definition.number},
          {"title", definition.title},
          {"unit", definition.unit ? nlohmann::ordered_json(definition.unit->value())
                                   : nlohmann::ordered_json(nullptr)}};
}

void print_json(std::vector<ItemMove> const& moves, migration::Mapping const& mapping, bool committed,
                std::ostream& out) {
  auto would_move = nlohmann::ordered_json::array(), refused = nlohmann::ordered_json::array();
  for (ItemMove const& move : moves) {
    nlohmann::ordered_json line = item_json(move.before);
    if (move.decision) {
      nlohmann::json const& outcome = move.decision->entry.outcome;
      line["from"] = outcome.at("from");
      line["to"] = outcome.at("to");
      line["application_lapses"] = outcome.contains("application_lapses");
      would_move.push_back(std::move(line));
    } else {
      Text const& why = move.decision.error().first().detail;
      line["zh"] = why.zh;
      line["en"] = why.en;
      refused.push_back(std::move(line));
    }
  }
  out << nlohmann::ordered_json{{"from", mapping.from},
                                {"to", mapping.to},
                                {"committed", committed},
                                {"moves", std::move(would_move)},
                                {"refused", std::move(refused)}}
             .dump()
      << "\n";
}

void print_words(std::vector<ItemMove> const& moves, migration::Mapping const& mapping, bool committed,
                 std::ostream& out) {
  std::size_t refused = 0;
  for (ItemMove const& move : moves) {
    ItemDefinition const& definition = move.before.definition;
    out << (move.decision ? "→ " : "✗ ") << move.before.id().value() << " " << definition.number << " "
        << definition.title << (definition.unit ? " " + definition.unit->value() : "") << ": ";
    if (move.decision) {
      nlohmann::json const& outcome = move.decision->entry.outcome;
      out << outcome.at("from").dump() << " → " << outcome.at("to").dump()
          << (outcome.contains("application_lapses") ? "; 申请失效 its application lapses" : "") << "\n";
    } else {
      ++refused;
      out << move.decision.error().first().detail.zh << "；" << move.decision.error().first().detail.en
          << "\n";
    }
  }
  out << mapping.from << " → " << mapping.to << ": " << moves.size() - refused
      << (committed ? " items moved" : " items would move") << ", " << refused << " cannot";
  if (!committed) out << (refused ? "; none moves until all can" : "; --commit moves them");
  out << "\n";
}

}  // namespace

int migrate_lifecycle_command(std::vector<std::string> const& arguments, Clock const& clock,
                              std::ostream& out, std::ostream& err) {
  auto const read = Arguments::read(
      arguments, {{"--help", "--json", "--commit"}, {"--db", "--lifecycle", "--mapping", "--as"}, 0, 0, ""});
  if (!read) return report(err, "migrate-lifecycle", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  bool const commit = read->has("--commit");
  for (char const* needed : {"--db", "--lifecycle", "--mapping"})
    if (!read->option(needed))
      return report(err, "migrate-lifecycle", wrong(std::string(needed) + " is missing; see --help"));
  if (commit && !read->option("--as"))
    return report(err, "migrate-lifecycle",
                  wrong("--as is missing; say whose decision it is, such as --as leader"));
  auto const path = database_path(*read->option("--db"));
  if (!path) return report(err, "migrate-lifecycle: --db", path.error());
  std::string const mapping_path = *read->option("--mapping");
  auto mapping = json::read_file(mapping_path).and_then(migration::read_mapping);
  if (!mapping) return report(err, mapping_path, mapping.error());

  std::unique_ptr<store::Store> store;
  std::shared_ptr<store::Reader const> reader;
  if (commit) {
    auto opened = store::open_sqlite(*path);
    if (!opened) return report(err, "migrate-lifecycle: --db", opened.error());
    store = std::move(*opened);
    reader = store->read();
  } else {
    auto opened = store::read_sqlite(*path);
    if (!opened) return report(err, "migrate-lifecycle: --db", opened.error());
    reader = std::move(*opened);
  }
  auto in_force = rules_in_force(*reader);
  if (!in_force) return report(err, "migrate-lifecycle: --db", in_force.error());
  decision::Rules& rules = in_force->rules;
  std::string const lifecycle_path = *read->option("--lifecycle");
  auto const document = add_version(lifecycle_path, *mapping, rules);
  if (!document) return report(err, lifecycle_path, document.error());
  auto const prepared = migration::Migration::prepare(rules, std::move(*mapping));
  if (!prepared) return report(err, mapping_path, prepared.error());

  Instant const now = clock.now();
  Username const username{read->option("--as").value_or("")};
  std::vector<ItemMove> const moves = moves_of(*reader, *prepared, rules, Actor::person(username), now);
  bool const all_can =
      std::all_of(moves.begin(), moves.end(), [](ItemMove const& move) { return move.decision.has_value(); });
  reader.reset();
  if (commit && all_can) {
    auto const moved = migrate_items(*store, rules, *prepared, *document, username, {now, now});
    if (!moved) return report(err, "migrate-lifecycle", moved.error());
  }
  if (read->has("--json"))
    print_json(moves, prepared->mapping(), commit && all_can, out);
  else
    print_words(moves, prepared->mapping(), commit && all_can, out);
  return all_can ? exit_done : exit_no;
}

}  // namespace xiaohao::cli
