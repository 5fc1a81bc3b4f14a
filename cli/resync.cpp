#include "cli/resync.hpp"

#include <filesystem>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/database.hpp"
#include "cli/decision_list.hpp"
#include "cli/kept_rules.hpp"
#include "engine/engine.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "workflows/organisation.hpp"
#include "workflows/resync.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao resync --db URL --organisation FILE [--decide UNIT=cancel|UNIT=SUCCESSOR[,…] --reason TEXT]\n"
    "               [--commit --as USER] [--json]\n"
    "What a new list of members means for the shares of a running plan. Without --commit it only says so.\n\n"
    "  --organisation FILE  xiaohao-organisation/1: its units and groups take the place of those of the same "
    "id\n"
    "  --decide LIST        what becomes of the shares of a unit that has left its group: cancelled, or "
    "taken over\n"
    "                       by another unit. Shares that nobody decides on stay open and are listed each "
    "time\n"
    "  --reason TEXT        why; kept with each share that ends\n"
    "  --as USER            whose decision it is: a leader where shares end, else a leader or coordinator\n\n"
    "A new share begins today. A running server holds its database: stop it before --commit.\n\n"
    "Example: xiaohao resync --db var/xiaohao.db --organisation members.json --decide xiangA=xiangB \\\n"
    "           --reason 撤乡并镇 --commit --as leader\n";

constexpr json::Limits file_limits{.bytes_max = 16 << 20};

Refusal wrong(std::string const& detail) { return {Reason::Malformed, {{"", {detail, detail}}}}; }

Result<workflows::OrganisationFile> organisation_of(std::string const& name) {
  bool const is_name = name.find_first_of("./") == std::string::npos;
  if (is_name && !std::filesystem::exists(name))
    if (auto const text = workflows::shipped("organisation/" + name + ".json"))
      return json::read(*text).and_then(workflows::read_organisation);
  return json::read_file(name, file_limits).and_then(workflows::read_organisation);
}

Result<std::map<UnitId, workflows::DepartureDecision>> decisions_of(std::string const& list,
                                                                    std::string const& reason) {
  auto const read = read_decisions(list);
  if (!read) return tl::unexpected(read.error());
  std::map<UnitId, workflows::DepartureDecision> decisions;
  for (auto const& [unit, successor] : *read)
    decisions.emplace(unit, workflows::DepartureDecision{successor, reason});
  return decisions;
}

/// Whoever changes the list must run the plan; ending shares asks for more, and the engine looks at that
/// itself.
Result<Actor> actor_of(Organisation const& organisation, std::string const& username) {
  Participant const* const person = organisation.participant(Username{username});
  if (!person || !person->active)
    return tl::unexpected(
        Refusal{Reason::Malformed, {{"", {"", "knows nobody of that name; see `xiaohao user list`"}}}});
  if (!person->has(Role::Leader) && !person->has(Role::Coordinator))
    return tl::unexpected(Refusal{
        Reason::Forbidden, {{"", {"", "may not change who is in a group; a leader or coordinator may"}}}});
  return Actor::person(Username{username});
}

std::string unit_name(Organisation const& organisation, UnitId const& id) {
  Unit const* const unit = organisation.unit(id);
  return unit ? unit->name : id.value();
}

nlohmann::json date_json(std::optional<Date> const& date) {
  return date ? nlohmann::json(to_string(*date)) : nlohmann::json(nullptr);
}

struct Outcome {
  workflows::Resync const& resync;
  MembershipChange const& change;
  bool committed;
};

bool is_decided(Outcome const& outcome, workflows::Departure const& departure) {
  return std::any_of(outcome.change.departures.begin(), outcome.change.departures.end(),
                     [&](Command const& command) { return command.item == departure.share.id(); });
}

void print_json(Outcome const& outcome, std::ostream& out) {
  Organisation const& organisation = outcome.change.organisation;
  nlohmann::json shares = nlohmann::json::array(), departures = nlohmann::json::array();
  for (ItemDraft const& draft : outcome.change.shares) {
    ItemDefinition const& share = draft.definition;
    shares.push_back({{"task", share.parent->value()},
                      {"number", share.number},
                      {"title", share.title},
                      {"unit", share.unit->value()},
                      {"name", unit_name(organisation, *share.unit)},
                      {"role", to_string(*share.role)},
                      {"start", date_json(share.schedule.start)},
                      {"due", date_json(share.schedule.due)}});
  }
  for (workflows::Departure const& departure : outcome.resync.departures)
    departures.push_back({{"item", departure.share.id().value()},
                          {"task", departure.task.id().value()},
                          {"number", departure.share.definition.number},
                          {"title", departure.share.definition.title},
                          {"unit", departure.share.definition.unit->value()},
                          {"name", unit_name(organisation, *departure.share.definition.unit)},
                          {"decided", is_decided(outcome, departure)}});
  out << nlohmann::json{{"committed", outcome.committed}, {"new_shares", shares}, {"departures", departures}}
             .dump()
      << "\n";
}

void print_words(Outcome const& outcome, std::ostream& out) {
  Organisation const& organisation = outcome.change.organisation;
  for (ItemDraft const& draft : outcome.change.shares)
    out << "+ " << draft.definition.number << " " << draft.definition.title << ": "
        << unit_name(organisation, *draft.definition.unit) << ", from "
        << to_string(*draft.definition.schedule.start) << "\n";
  int open = 0;
  for (workflows::Departure const& departure : outcome.resync.departures) {
    bool const decided = is_decided(outcome, departure);
    if (!decided) ++open;
    out << (decided ? "- " : "? ") << departure.share.definition.number << " "
        << departure.share.definition.title << ": "
        << unit_name(organisation, *departure.share.definition.unit)
        << (decided ? ", ends"
                    : " has left; stays open until somebody decides: --decide " +
                          departure.share.definition.unit->value() + "=cancel or =SUCCESSOR")
        << "\n";
  }
  out << outcome.change.shares.size() << " new shares, " << outcome.change.departures.size() << " ended, "
      << open << " undecided"
      << (outcome.committed ? "; done\n" : "; nothing changed yet, --commit carries it out\n");
}

}  // namespace

int resync_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                   std::ostream& err) {
  auto const read = Arguments::read(arguments, {{"--help", "--json", "--commit"},
                                                {"--db", "--organisation", "--decide", "--reason", "--as"},
                                                0,
                                                0,
                                                ""});
  if (!read) return report(err, "resync", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  for (char const* needed : {"--db", "--organisation"})
    if (!read->option(needed))
      return report(err, "resync", wrong(std::string(needed) + " is missing; see --help"));
  if (read->has("--commit") && !read->option("--as"))
    return report(err, "resync", wrong("--as is missing; say whose decision it is, such as --as leader"));
  if (read->option("--decide") && !read->option("--reason"))
    return report(err, "resync", wrong("--reason is missing; say why the shares end"));
  auto const path = database_path(*read->option("--db"));
  if (!path) return report(err, "resync: --db", path.error());
  std::string const organisation_name = *read->option("--organisation");
  auto const file = organisation_of(organisation_name);
  if (!file) return report(err, organisation_name, file.error());
  std::map<UnitId, workflows::DepartureDecision> decisions;
  if (auto const list = read->option("--decide")) {
    auto decided = decisions_of(*list, *read->option("--reason"));
    if (!decided) return report(err, "resync: --decide", decided.error());
    decisions = std::move(*decided);
  }
  std::unique_ptr<store::Store> store;
  std::shared_ptr<store::Reader const> reader;
  if (read->has("--commit")) {
    auto opened = store::open_sqlite(*path);
    if (!opened) return report(err, "resync: --db", opened.error());
    store = std::move(*opened);
    reader = store->read();
  } else {
    auto opened = store::read_sqlite(*path);
    if (!opened) return report(err, "resync: --db", opened.error());
    reader = std::move(*opened);
  }
  auto const installed = rules_in_force(*reader);
  if (!installed) return report(err, "rules in force", installed.error());
  Instant const now = clock.now();
  Date const today = local_date(now);
  Organisation const known = reader->organisation();
  Actor actor = Actor::person(Username{read->option("--as").value_or("")});
  if (read->option("--as"))
    if (auto const person = actor_of(known, *read->option("--as")); !person)
      return report(err, "resync: --as " + shown(*read->option("--as")), person.error());
  workflows::Resync const resync =
      workflows::resync_of(*reader, workflows::updated(known, file->organisation), today);
  auto const change = workflows::change_of(resync, *reader, decisions, actor, today);
  if (!change) return report(err, "resync: --decide", change.error());
  reader.reset();
  if (store) {
    auto const done = change_membership(*store, installed->rules, *change, actor, {now, now});
    if (!done) return report(err, "resync", done.error());
  }
  Outcome const outcome{resync, *change, store != nullptr};
  read->has("--json") ? print_json(outcome, out) : print_words(outcome, out);
  return exit_done;
}

}  // namespace xiaohao::cli
