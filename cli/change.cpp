#include "cli/change.hpp"

#include <ostream>

#include "cli/database.hpp"
#include "cli/rule_options.hpp"
#include "engine/engine.hpp"
#include "engine/json/document.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao change --db URL (--calendar FILE | --policy FILE | --phrase ITEM=PHRASE)\n"
    "               [--at INSTANT] [--commit --as USER] [--json]\n"
    "What other rules mean for a running year: which open due dates, lights and coming steps of the ladder\n"
    "would be others, before and after, and why. Without --commit it only says so.\n\n"
    "  --calendar FILE       xiaohao-calendar/1: takes the place of the whole calendar\n"
    "  --policy FILE         xiaohao-policy/1: its sections take the place of those in force\n"
    "  --phrase ITEM=PHRASE  another deadline for one item, or for a task and its shares: 12=10月底\n"
    "  --at INSTANT          when it counts from; now, unless given, and never before what has happened\n"
    "  --commit --as USER    carries it out, in one transaction, as a leader decides\n\n"
    "The change itself tells nobody: what is told later is what is listed. `rehearse --db` with the same\n"
    "options plays it on. A running server holds its database: stop it before --commit, and start it again\n"
    "to run by what was changed.\n\n"
    "Example: xiaohao change --db var/xiaohao.db --calendar 2027.json --commit --as leader\n";

constexpr std::size_t rows_printed_max = 20;

Refusal wrong(std::string const& detail) { return {Reason::Malformed, {{"", {detail, detail}}}}; }

nlohmann::json instant_json(std::optional<Instant> const& at) {
  return at ? nlohmann::json(to_string(*at)) : nlohmann::json(nullptr);
}

std::string unit_of(WorkItem const& item, Organisation const& organisation) {
  if (!item.definition.unit) return "";
  Unit const* const unit = organisation.unit(*item.definition.unit);
  return unit ? unit->name : item.definition.unit->value();
}

nlohmann::json item_json(WorkItem const& item, Organisation const& organisation) {
  return {{"item", item.id().value()},
          {"number", item.definition.number},
          {"kind", to_string(item.definition.kind)},
          {"title", item.definition.title},
          {"unit", item.definition.unit ? nlohmann::json(item.definition.unit->value()) : nullptr},
          {"name", unit_of(item, organisation)}};
}

void print_json(Effects const& effects, Organisation const& organisation, bool committed, std::ostream& out) {
  nlohmann::json dues = nlohmann::json::array(), lights = dues, steps = dues;
  for (DueChange const& due : effects.dues) {
    nlohmann::json row = item_json(due.item, organisation);
    row["before"] = due.item.status.due ? nlohmann::json(to_string(*due.item.status.due)) : nullptr;
    row["after"] = to_string(due.after);
    row["phrase"] = due.phrase;
    row["reason"] = {{"zh", due.reason.zh}, {"en", due.reason.en}};
    dues.push_back(std::move(row));
  }
  for (LightChange const& light : effects.lights) {
    nlohmann::json row = item_json(light.item, organisation);
    row["before"] = to_string(light.before);
    row["after"] = to_string(light.after);
    row["reason"] = {{"zh", light.reason.zh}, {"en", light.reason.en}};
    lights.push_back(std::move(row));
  }
  for (StepChange const& step : effects.steps) {
    nlohmann::json row = item_json(step.item, organisation);
    row["step"] = step.step;
    row["before"] = instant_json(step.before);
    row["after"] = instant_json(step.after);
    row["recipients"] = nlohmann::json::array();
    for (Username const& who : step.recipients) row["recipients"].push_back(who.value());
    steps.push_back(std::move(row));
  }
  out << nlohmann::json{{"committed", committed}, {"dues", dues}, {"lights", lights}, {"steps", steps}}.dump()
      << "\n";
}

template <class Row, class Print>
void print_rows(std::vector<Row> const& rows, char const* what, Organisation const& organisation,
                std::ostream& out, Print print) {
  for (std::size_t at = 0; at < rows.size() && at < rows_printed_max; ++at) {
    WorkItem const& item = rows[at].item;
    std::string const unit = unit_of(item, organisation);
    out << what << " " << item.id().value() << " " << item.definition.title << (unit.empty() ? "" : ", ")
        << unit << ": ";
    print(rows[at]);
    out << "\n";
  }
  if (rows.size() > rows_printed_max)
    out << what << " … " << rows.size() - rows_printed_max << " more; --json lists all\n";
}

std::string when(std::optional<Instant> const& at) {
  return at ? to_string(*at).substr(0, 16) : std::string("never");
}

void print_words(Effects const& effects, Organisation const& organisation, bool committed,
                 std::ostream& out) {
  print_rows(effects.dues, "due", organisation, out, [&](DueChange const& due) {
    out << (due.item.status.due ? to_string(*due.item.status.due) : std::string("open")) << " -> "
        << to_string(due.after) << ", \"" << due.phrase << "\": " << due.reason.en;
  });
  print_rows(effects.lights, "light", organisation, out, [&](LightChange const& light) {
    out << to_string(light.before) << " -> " << to_string(light.after) << ", " << light.reason.en;
  });
  print_rows(effects.steps, "step", organisation, out, [&](StepChange const& step) {
    out << step.step << " " << when(step.before) << " -> " << when(step.after);
    for (Username const& who : step.recipients)
      out << (&who == &step.recipients.front() ? ", to " : ", ") << who.value();
  });
  out << effects.dues.size() << " due dates, " << effects.lights.size() << " lights and "
      << effects.steps.size() << " coming steps "
      << (committed ? "are others now; done\n"
                    : "would be others; nothing changed yet, --commit carries it out\n");
}

/// Everything that has fallen due by then goes by the rules before.
Result<Effects> carry_out(store::Store& store, Rulebooks const& books, Actor const& actor, Moment moment) {
  VirtualClock clock{moment.at};
  Engine engine(store, clock, books.in_force.rules);
  if (engine.now() > moment.at)
    return tl::unexpected(wrong("something has happened until " + to_string(engine.now()) +
                                "; a change counts from then at the earliest: --at " +
                                to_string(engine.now())));
  if (auto const advanced = engine.advance(moment.at); !advanced) return tl::unexpected(advanced.error());
  return change_rules(store, books.change(), books.documents, actor, moment);
}

}  // namespace

int change_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                   std::ostream& err) {
  auto const read =
      Arguments::read(arguments, {{"--help", "--json", "--commit"},
                                  {"--db", "--calendar", "--policy", "--phrase", "--at", "--as"},
                                  0,
                                  0,
                                  ""});
  if (!read) return report(err, "change", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  if (!read->option("--db")) return report(err, "change", wrong("--db is missing; see --help"));
  if (!read->option("--calendar") && !read->option("--policy") && !read->option("--phrase"))
    return report(err, "change",
                  wrong("nothing is to change; give --calendar FILE, --policy FILE or --phrase ITEM=PHRASE"));
  if (read->has("--commit") && !read->option("--as"))
    return report(err, "change", wrong("--as is missing; say whose decision it is, such as --as leader"));
  auto const path = database_path(*read->option("--db"));
  if (!path) return report(err, "change: --db", path.error());
  Instant const now = clock.now();
  Moment moment{now, now};
  if (auto const text = read->option("--at")) {
    auto const at = parse_instant(*text);
    if (!at) return report(err, "change: --at", at.error());
    if (*at > now) return report(err, "change: --at", wrong("lies in the future; leave it out for now"));
    moment.at = *at;
  }

  std::unique_ptr<store::Store> store;
  std::shared_ptr<store::Reader const> reader;
  if (read->has("--commit")) {
    auto opened = store::open_sqlite(*path);
    if (!opened) return report(err, "change: --db", opened.error());
    store = std::move(*opened);
    reader = store->read();
  } else {
    auto opened = store::read_sqlite(*path);
    if (!opened) return report(err, "change: --db", opened.error());
    reader = std::move(*opened);
  }
  auto in_force = rules_in_force(*reader);
  if (!in_force) return report(err, "rules in force", in_force.error());
  auto const books = read_rulebooks(*read, std::move(*in_force), "change");
  if (!books) return report(err, books.error().where, books.error().refusal);
  Organisation const organisation = reader->organisation();
  Result<Effects> effects = store ? Result<Effects>{} : effects_of(*reader, books->change(), moment.at);
  reader.reset();
  if (store) effects = carry_out(*store, *books, Actor::person(Username{*read->option("--as")}), moment);
  if (!effects) {
    bool const of_person = effects.error().reason == Reason::Forbidden;
    bool const of_phrase = effects.error().first().pointer.starts_with("/phrases");
    Refusal refusal = effects.error();
    if (of_phrase) refusal.faults.front().pointer.clear();
    return report(err,
                  of_person   ? "change: --as " + shown(*read->option("--as"))
                  : of_phrase ? std::string("change: --phrase")
                              : std::string("change"),
                  refusal);
  }
  read->has("--json") ? print_json(*effects, organisation, store != nullptr, out)
                      : print_words(*effects, organisation, store != nullptr, out);
  return exit_done;
}

}  // namespace xiaohao::cli
