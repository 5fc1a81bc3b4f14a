#include "cli/silence.hpp"

#include <limits>
#include <map>
#include <ostream>

#include "cli/account_book.hpp"
#include "cli/acting.hpp"
#include "cli/arguments.hpp"
#include "engine/json/document.hpp"
#include "engine/silencing.hpp"

namespace xiaohao::cli {
namespace {

constexpr int listed_max = 1000;

constexpr char const* help =
    "xiaohao silence set --db URL --by USERNAME --until DATE --reason TEXT [--item ID] [--unit UNIT] "
    "[--person USERNAME]\n"
    "                    [--step STEP]\n"
    "xiaohao silence end ID --db URL --by USERNAME\n"
    "xiaohao silence list --db URL [--json]\n"
    "Steps that fall due within a silence are decided as ever, and recorded as not sent, with the reason.\n\n"
    "  --by      who sets or ends it: somebody whom the permission table lets `silence`\n"
    "  --until   the last day, inclusive; a year from now at most\n"
    "  --item, --unit, --person   one at least; all that are given must hold\n"
    "  --step    only this step, as notices name it: urge; left out: every step\n\n"
    "A running server holds its database: use its page /notices/silences or its API. `list` reads beside "
    "it.\n\n"
    "Example: xiaohao silence set --db var/xiaohao.db --by coordinator --unit songshizhen --until 2024-07-15 "
    "--reason "
    "\"flood relief\"\n";

Grammar const grammar{{"--json", "--help"},
                      {"--db", "--by", "--until", "--reason", "--item", "--unit", "--person", "--step"},
                      0,
                      2,
                      "set, end or list"};

Refusal in_words(Refusal refusal) {
  static std::map<std::string, std::string> const options{{"/item", "--item"},        {"/unit", "--unit"},
                                                          {"/recipient", "--person"}, {"/reason", "--reason"},
                                                          {"/until", "--until"},      {"/step", "--step"}};
  for (Fault& fault : refusal.faults)
    if (auto const found = options.find(fault.pointer); found != options.end()) fault.pointer = found->second;
  return refusal;
}

tl::unexpected<Refusal> wrong(char const* where, std::string detail) {
  return refuse(Reason::Malformed, where, {detail, detail});
}

std::optional<std::int64_t> number(std::string const& text) {
  Result<int> const value = whole_number(text, 1, std::numeric_limits<int>::max());
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

Result<Silence> read_wish(Arguments const& arguments) {
  Silence wish;
  if (auto const item = arguments.option("--item")) {
    auto const id = number(*item);
    if (!id) return wrong("--item", "must be the number of an item");
    wish.item = ItemId{*id};
  }
  if (auto const unit = arguments.option("--unit")) wish.unit = UnitId{*unit};
  if (auto const person = arguments.option("--person")) wish.recipient = Username{*person};
  wish.step = arguments.option("--step").value_or("");
  wish.reason = arguments.option("--reason").value_or("");
  auto const until = parse_date(arguments.option("--until").value_or(""));
  if (!until) return wrong("--until", "must be a date, as 2024-07-15");
  wish.until = end_of_day(*until);
  return wish;
}

Result<void> change(std::string const& verb, Arguments const& arguments, Clock const& clock,
                    std::ostream& out) {
  if (!arguments.option("--by")) return wrong("--by", "is missing; say who sets or ends it");
  Result<Silence> const wish = verb == "set" ? read_wish(arguments) : Silence{};
  if (!wish) return tl::unexpected(wish.error());
  auto const id = verb == "end" ? number(arguments.words()[1]) : std::nullopt;
  if (verb == "end" && !id) return wrong("ID", "must be the number of a silence, as `list` shows it");
  Result<ActingDatabase> const database = ActingDatabase::open(*arguments.option("--db"));
  if (!database) return tl::unexpected(database.error());
  Asking const asking = database->asking(Username{*arguments.option("--by")}, clock.now());
  std::int64_t written_id = 0;
  Result<void> const written =
      database->store().write_and_wait([&](store::Transaction& transaction) -> Result<void> {
        Result<Silence> const silence =
            verb == "set" ? set_silence(transaction, *wish, asking) : end_silence(transaction, *id, asking);
        if (!silence) return tl::unexpected(silence.error());
        written_id = silence->id;
        return {};
      });
  if (written) out << (verb == "set" ? "set " : "ended ") << written_id << "\n";
  return written;
}

Result<void> list(Arguments const& arguments, Clock const& clock, std::ostream& out) {
  auto const reader = read_accounts(*arguments.option("--db"));
  if (!reader) return tl::unexpected(reader.error());
  nlohmann::json items = nlohmann::json::array();
  for (Silence const& s : (*reader)->silences(listed_max)) {
    bool const runs = s.runs(clock.now());
    std::string const on = (s.item ? "item " + std::to_string(s.item->value()) + " " : "") +
                           (s.unit ? "unit " + s.unit->value() + " " : "") +
                           (s.recipient ? "person " + s.recipient->value() + " " : "") +
                           (s.step.empty() ? "every step" : s.step);
    items.push_back({{"id", s.id},
                     {"on", on},
                     {"reason", s.reason},
                     {"from", to_string(s.from)},
                     {"until", to_string(s.ended_at.value_or(s.until))},
                     {"set_by", s.set_by.value()},
                     {"running", runs}});
    if (!arguments.has("--json"))
      out << s.id << "\t" << (runs ? "running" : "ended") << "\t" << on << "\t"
          << to_string(s.ended_at.value_or(s.until)) << "\t" << s.set_by.value() << "\t" << shown(s.reason)
          << "\n";
  }
  if (arguments.has("--json")) out << nlohmann::json{{"items", std::move(items)}}.dump() << "\n";
  return {};
}

}  // namespace

int silence_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                    std::ostream& err) {
  auto const read = Arguments::read(arguments, grammar);
  if (!read) return report(err, "silence", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  auto const usage = [&](std::string const& where, std::string const& detail) {
    return report(err, where, Refusal{Reason::Malformed, {{"", {detail, detail}}}});
  };
  std::string const verb = read->words().empty() ? "" : read->words()[0];
  if (verb != "set" && verb != "end" && verb != "list")
    return usage("silence", (verb.empty() ? "nothing to do" : "\"" + shown(verb) + "\" is not known here") +
                                std::string("; it is set, end or list"));
  if (!read->option("--db"))
    return usage("silence " + verb, "--db is missing; give the database, such as --db var/xiaohao.db");
  if ((verb == "end") != (read->words().size() == 2))
    return usage("silence " + verb,
                 verb == "end" ? "ID is missing; see --help" : "takes no further word; see --help");
  Result<void> const done = verb == "list" ? list(*read, clock, out) : change(verb, *read, clock, out);
  return done ? exit_done : report(err, "silence " + verb, in_words(done.error()));
}

}  // namespace xiaohao::cli
