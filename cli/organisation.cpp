#include "cli/organisation.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include "cli/account_book.hpp"
#include "cli/acting.hpp"
#include "cli/arguments.hpp"
#include "cli/group_change.hpp"
#include "engine/group_change.hpp"
#include "engine/hand_over.hpp"
#include "engine/json/document.hpp"
#include "engine/organisation_change.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao organisation list --db URL [--search TEXT] [--json]\n"
    "xiaohao organisation add-unit UNIT --db URL --by USERNAME --name NAME --kind agency|township\n"
    "xiaohao organisation change-unit UNIT --db URL --by USERNAME [--name NAME] [--kind KIND] [--head "
    "USERNAME]\n"
    "                     [--leader USERNAME] [--retire]\n"
    "xiaohao organisation add-person USERNAME --db URL --by USERNAME --name NAME --role ROLE[,ROLE…] [--unit "
    "UNIT] [--email ADDRESS]\n"
    "xiaohao organisation change-person USERNAME --db URL --by USERNAME [--name …] [--role …] [--unit …] "
    "[--email …] [--leaves]\n"
    "xiaohao organisation add-group GROUP --db URL --by USERNAME --name NAME\n"
    "xiaohao organisation change-group GROUP --db URL --by USERNAME [--name NAME] [--retire] [--add "
    "UNIT[,…]] "
    "[--remove UNIT[,…]]\n"
    "                     [--decide UNIT=cancel|UNIT=SUCCESSOR[,…] --reason TEXT]\n"
    "xiaohao organisation hand-over-unit UNIT --to UNIT --reason TEXT --db URL --by USERNAME\n"
    "xiaohao organisation hand-over-person USERNAME --to USERNAME --reason TEXT --db URL --by USERNAME\n"
    "Units, people, groups, and the hand-over of their work. `xiaohao resync` does the same from a file.\n\n"
    "  --by      whose change it is: a system administrator's for units, a security administrator's for "
    "people, a\n"
    "            leader's or coordinator's for groups and hand-overs; what ends shares is a leader's\n"
    "  --decide  what becomes of the shares of a unit that is taken out; nothing said: they stay open\n"
    "  --retire  the unit is closed: it has no open item, no active person, and is in no group; a group: it "
    "has\n"
    "            no member, and no open task names it\n"
    "  --leaves  the person becomes inactive; sessions and tokens end\n\n"
    "A running server holds its database: use its page /admin/organisation or its API. `list` reads beside "
    "it.\n\n"
    "Example: xiaohao organisation change-unit songshizhen --db var/xiaohao.db --by admin --leader leader\n";

Grammar const grammar{
    {"--json", "--help", "--retire", "--leaves"},
    {"--db", "--by", "--name", "--kind", "--head", "--leader", "--role", "--unit", "--email", "--to",
     "--reason", "--search", "--add", "--remove", "--decide"},
    0,
    2,
    "list, add-unit, change-unit, add-person, change-person, add-group, change-group, hand-over-unit or "
    "hand-over-person"};

struct Verb {
  std::string_view name;
  std::vector<std::string> options;  ///< besides --db, --by and --json
};

std::vector<Verb> const& verbs() {
  static std::vector<Verb> const all{
      {"list", {"--search"}},
      {"add-unit", {"--name", "--kind"}},
      {"change-unit", {"--name", "--kind", "--head", "--leader", "--retire"}},
      {"add-person", {"--name", "--role", "--unit", "--email"}},
      {"change-person", {"--name", "--role", "--unit", "--email", "--leaves"}},
      {"add-group", {"--name"}},
      {"change-group", {"--name", "--retire", "--add", "--remove", "--decide", "--reason"}},
      {"hand-over-unit", {"--to", "--reason"}},
      {"hand-over-person", {"--to", "--reason"}}};
  return all;
}

Refusal in_words(Refusal refusal) {
  static std::map<std::string, std::string> const options{
      {"/id", "UNIT"},      {"/username", "USERNAME"}, {"/name", "--name"},
      {"/kind", "--kind"},  {"/head", "--head"},       {"/supervising_leader", "--leader"},
      {"/roles", "--role"}, {"/unit", "--unit"},       {"/email", "--email"},
      {"/to", "--to"},      {"/reason", "--reason"},   {"/retired", "--retire"},
      {"/add", "--add"},    {"/remove", "--remove"},   {"/decide", "--decide"},
      {"/group", "GROUP"}};
  for (Fault& fault : refusal.faults)
    if (auto const found = options.find(fault.pointer); found != options.end()) fault.pointer = found->second;
  return refusal;
}

Result<void> put_unit(store::Transaction& transaction, std::string const& verb, UnitId const& id,
                      Arguments const& arguments, Asking const& asking) {
  Organisation const organisation = transaction.organisation();
  Unit const* const known = organisation.unit(id);
  if (verb == "change-unit" && !known)
    return refuse(Reason::NotFound, "/id", {"没有这个单位", "there is no such unit"});
  Unit unit = known ? *known : Unit{id, "", "", false, std::nullopt, std::nullopt};
  if (auto const name = arguments.option("--name")) unit.name = *name;
  if (auto const kind = arguments.option("--kind")) unit.kind = *kind;
  if (auto const head = arguments.option("--head")) unit.head = Username{*head};
  if (auto const leader = arguments.option("--leader")) unit.supervising_leader = Username{*leader};
  if (arguments.has("--retire")) unit.retired = true;
  auto const done = verb == "add-unit" ? add_unit(transaction, unit, asking)
                                       : change_unit(transaction, unit, version_of(*known), asking);
  if (!done) return tl::unexpected(done.error());
  return {};
}

Result<void> put_person(store::Transaction& transaction, std::string const& verb, Username const& username,
                        Arguments const& arguments, Asking const& asking) {
  Organisation const organisation = transaction.organisation();
  Participant const* const known = organisation.participant(username);
  if (verb == "change-person" && !known)
    return refuse(Reason::NotFound, "/username", {"没有这个人", "there is no such person"});
  Participant person = known ? *known : Participant{username, "", std::nullopt, {}, "", true};
  if (auto const name = arguments.option("--name")) person.name = *name;
  if (auto const unit = arguments.option("--unit")) person.unit = UnitId{*unit};
  if (auto const email = arguments.option("--email")) person.email = *email;
  if (auto const text = arguments.option("--role")) {
    Result<std::vector<Role>> roles = roles_in(*text);
    if (!roles) return tl::unexpected(roles.error());
    person.roles = std::move(*roles);
  }
  if (arguments.has("--leaves")) person.active = false;
  auto const done = verb == "add-person"
                        ? add_participant(transaction, person, asking)
                        : change_participant(transaction, person, version_of(*known), asking);
  if (!done) return tl::unexpected(done.error());
  return {};
}

Result<void> change(std::string const& verb, std::string const& whom, Arguments const& arguments,
                    Clock const& clock, std::ostream& out) {
  Result<ActingDatabase> const database = ActingDatabase::open(*arguments.option("--db"));
  if (!database) return tl::unexpected(database.error());
  Asking const asking = database->asking(Username{*arguments.option("--by")}, clock.now());
  std::string const to = arguments.option("--to").value_or("");
  std::string const reason = arguments.option("--reason").value_or("");
  std::optional<HandedOver> moved;
  std::string done_in_words = "done";
  Result<void> const written =
      database->store().write_and_wait([&](store::Transaction& transaction) -> Result<void> {
        if (verb.ends_with("group")) {
          Result<std::string> words = change_group(transaction, verb, GroupId{whom}, arguments, asking);
          if (!words) return tl::unexpected(words.error());
          done_in_words = std::move(*words);
          return {};
        }
        if (verb.ends_with("unit") && !verb.starts_with("hand"))
          return put_unit(transaction, verb, UnitId{whom}, arguments, asking);
        if (!verb.starts_with("hand"))
          return put_person(transaction, verb, Username{whom}, arguments, asking);
        Result<HandedOver> done =
            verb == "hand-over-unit"
                ? hand_over_unit(transaction, UnitId{whom}, UnitId{to}, reason, asking)
                : hand_over_person(transaction, Username{whom}, Username{to}, reason, asking);
        if (!done) return tl::unexpected(done.error());
        moved = std::move(*done);
        return {};
      });
  if (!written) return written;
  if (moved)
    out << moved->items.size() << " items handed over, " << moved->made.size() << " made for the other unit, "
        << moved->absences << " absences\n";
  else
    out << done_in_words << "\n";
  return {};
}

nlohmann::json roles_json(Participant const& person) {
  nlohmann::json roles = nlohmann::json::array();
  for (Role const role : person.roles) roles.push_back(to_string(role));
  return roles;
}

Result<void> list(Arguments const& arguments, std::ostream& out) {
  auto const reader = read_accounts(*arguments.option("--db"));
  if (!reader) return tl::unexpected(reader.error());
  Organisation const organisation = (*reader)->organisation();
  std::string const search = arguments.option("--search").value_or("");
  auto const wanted = [&](std::string const& id, std::string const& name) {
    return id.find(search) != std::string::npos || name.find(search) != std::string::npos;
  };
  nlohmann::json units = nlohmann::json::array(), groups = nlohmann::json::array();
  for (auto const& [id, unit] : organisation.units) {
    nlohmann::json people = nlohmann::json::array();
    bool found = wanted(id.value(), unit.name);
    for (auto const& [username, person] : organisation.participants) {
      if (person.unit != id) continue;
      found = found || wanted(username.value(), person.name);
      people.push_back({{"username", username.value()},
                        {"name", person.name},
                        {"roles", roles_json(person)},
                        {"active", person.active}});
    }
    if (!found) continue;
    if (!arguments.has("--json"))
      out << id.value() << "\t" << unit.name << "\t" << unit.kind << "\t"
          << (unit.retired ? "retired" : "in office") << "\t" << people.size() << " people\n";
    units.push_back(
        {{"id", id.value()},
         {"name", unit.name},
         {"kind", unit.kind},
         {"head", unit.head ? nlohmann::json(unit.head->value()) : nlohmann::json(nullptr)},
         {"supervising_leader", unit.supervising_leader ? nlohmann::json(unit.supervising_leader->value())
                                                        : nlohmann::json(nullptr)},
         {"retired", unit.retired},
         {"people", std::move(people)}});
  }
  for (auto const& [id, group] : organisation.groups) {
    if (!wanted(id.value(), group.name)) continue;
    nlohmann::json members = nlohmann::json::array();
    for (UnitId const& member : group.members) members.push_back(member.value());
    if (!arguments.has("--json"))
      out << id.value() << "\t" << group.name << "\tgroup\t"
          << (is_retired(group)     ? std::string("retired")
              : group.members_known ? std::to_string(members.size()) + " members"
                                    : std::string("members unknown"))
          << "\n";
    groups.push_back({{"id", id.value()},
                      {"name", group.name},
                      {"retired", is_retired(group)},
                      {"members", std::move(members)}});
  }
  if (arguments.has("--json"))
    out << nlohmann::json{{"units", std::move(units)}, {"groups", std::move(groups)}}.dump() << "\n";
  return {};
}

}  // namespace

int organisation_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                         std::ostream& err) {
  auto const read = Arguments::read(arguments, grammar);
  if (!read) return report(err, "organisation", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  auto const usage = [&](std::string const& where, std::string const& detail) {
    return report(err, where, Refusal{Reason::Malformed, {{"", {detail, detail}}}});
  };
  std::string const verb = read->words().empty() ? "" : read->words()[0];
  auto const known =
      std::find_if(verbs().begin(), verbs().end(), [&](Verb const& each) { return each.name == verb; });
  if (known == verbs().end())
    return usage("organisation",
                 (verb.empty() ? "nothing to do" : "\"" + shown(verb) + "\" is not known here") +
                     std::string("; it is ") + grammar.words_are);
  std::string const where = "organisation " + verb;
  for (char const* option :
       {"--name", "--kind", "--head", "--leader", "--role", "--unit", "--email", "--to", "--reason",
        "--search", "--retire", "--leaves", "--add", "--remove", "--decide"}) {
    bool const given = read->has(option) || read->option(option).has_value();
    bool const belongs =
        std::find(known->options.begin(), known->options.end(), option) != known->options.end();
    if (given && !belongs) return usage(where, std::string(option) + " does not belong here; see --help");
  }
  if (!read->option("--db"))
    return usage(where, "--db is missing; give the database, such as --db var/xiaohao.db");
  bool const lists = verb == "list";
  if (lists != (read->words().size() == 1))
    return usage(where,
                 lists ? "list takes no name; see --help" : "UNIT, GROUP or USERNAME is missing; see --help");
  if (!lists && !read->option("--by")) return usage(where, "--by is missing; say whose change it is");
  Result<void> const done = lists ? list(*read, out) : change(verb, read->words()[1], *read, clock, out);
  return done ? exit_done : report(err, where, in_words(done.error()));
}

}  // namespace xiaohao::cli
