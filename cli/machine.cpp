#include "cli/machine.hpp"

#include <algorithm>
#include <fstream>
#include <istream>
#include <map>
#include <optional>
#include <ostream>

#include "cli/arguments.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/statechart/unrolled.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao machine FILE --events FILE|- [--json] [--guards true|false|JSON] [--delays JSON]\n"
    "Runs a statechart (XState v5 machine JSON) without a database: one line for the initial state, one for "
    "each event.\n\n"
    "  --events   JSON lines {\"type\":\"…\"}; {\"type\":\"advance\",\"by\":\"P3D\"} lets time pass and "
    "fires delays; - reads standard input\n"
    "  --guards   how guards answer: true (the default), false, or by name {\"g1\":true}; unnamed ones are "
    "false\n"
    "  --delays   how long named delays take: {\"due-3wd\":\"P12D\",\"publicity\":60000}; unnamed ones never "
    "end\n\n"
    "Example: echo '{\"type\":\"accept\"}' | xiaohao machine workflows/lifecycles/assignment.json --events "
    "-\n";

Result<statechart::GuardEvaluator> guards_from(std::string const& text) {
  auto const document = json::read(text);
  if (!document) return tl::unexpected(document.error());
  if (document->is_boolean())
    return statechart::GuardEvaluator(
        [answer = document->get<bool>()](statechart::Call const&) { return answer; });
  bool const by_name = document->is_object() && std::all_of(document->begin(), document->end(),
                                                            [](auto const& v) { return v.is_boolean(); });
  if (!by_name)
    return malformed("", "will not do; it must be true, false, or an object of guard names and booleans");
  return statechart::GuardEvaluator([answers = *document](statechart::Call const& call) {
    auto const found = answers.find(call.name);
    return found != answers.end() && found->template get<bool>();
  });
}

using NamedDelays = std::map<std::string, Duration>;

Result<NamedDelays> delays_from(std::string const& text) {
  auto const document = json::read(text);
  if (!document) return tl::unexpected(document.error());
  NamedDelays delays;
  json::Fields fields(*document, "");
  if (document->is_object())
    for (auto const& [name, value] : document->items()) {
      if (!value.is_string()) {
        delays[name] = Duration{fields.integer(name, 0, 999'999'999'999)};
        continue;
      }
      auto const duration = parse_duration(fields.text(name));
      if (!duration)
        fields.fault(name, duration.error().first().detail.en);
      else
        delays[name] = *duration;
    }
  if (Result<void> const read = fields.finish(); !read) return tl::unexpected(read.error());
  return delays;
}

/// Delays wait here; the earlier goes first, and of two at the same time the one that was started first.
class Player {
 public:
  Player(statechart::Definition definition, statechart::GuardEvaluator guard, NamedDelays delays,
         std::ostream& out)
      : machine_(std::move(definition)), guard_(std::move(guard)), delays_(std::move(delays)), out_(out) {}

  Result<void> begin() {
    auto const first = machine_.begin(guard_);
    if (!first) return tl::unexpected(first.error());
    take(*first);
    print();
    return {};
  }

  Result<void> send(std::string const& event) {
    if (Result<void> sent = fire(event); !sent) return sent;
    print();
    return {};
  }

  Result<void> advance(Duration by) {
    Duration const until = now_ + by;
    for (int count = 0;; ++count) {
      auto const next = std::min_element(waiting_.begin(), waiting_.end(),
                                         [](Waiting const& a, Waiting const& b) { return a.due < b.due; });
      if (next == waiting_.end() || next->due > until) break;
      if (count == 100'000) return malformed("", "fires more than 100,000 delays; advance by less");
      now_ = next->due;
      std::string const event = next->event;
      waiting_.erase(next);
      if (Result<void> fired = fire(event); !fired) return fired;
    }
    now_ = until;
    print();
    return {};
  }

 private:
  struct Waiting {
    Duration due;
    std::string event;
  };
  statechart::Unrolled machine_;
  statechart::GuardEvaluator guard_;
  NamedDelays delays_;
  std::ostream& out_;
  std::vector<std::string> actions_;
  std::vector<Waiting> waiting_;
  Duration now_{0};

  Result<void> fire(std::string const& event) {
    auto const& next = machine_.send(machine_.event(event), guard_);
    if (!next) return tl::unexpected(next.error());
    take(*next);
    return {};
  }

  void take(statechart::Step const& step) {
    for (statechart::Call const& action : step.actions) actions_.push_back(action.name);
    for (std::string const& event : step.cancelled)
      std::erase_if(waiting_, [&](Waiting const& w) { return w.event == event; });
    for (statechart::DelayedEvent const& delay : step.started)
      if (auto const wait = length_of(delay.delay)) waiting_.push_back({now_ + *wait, delay.event});
    if (step.configuration.done) waiting_.clear();
  }

  std::optional<Duration> length_of(statechart::Delay const& delay) const {
    if (auto const* fixed = std::get_if<Duration>(&delay)) return *fixed;
    auto const named = delays_.find(std::get<std::string>(delay));
    return named == delays_.end() ? std::nullopt : std::optional(named->second);
  }

  void print() {
    statechart::Configuration const& at = machine_.configuration();
    nlohmann::json const line{
        {"value", statechart::value_of(machine_.definition(), at)}, {"actions", actions_}, {"done", at.done}};
    out_ << line.dump() << "\n";
    actions_.clear();
  }
};

Result<void> play(Player& player, std::istream& events) {
  if (Result<void> begun = player.begin(); !begun) return begun;
  std::string line;
  for (int number = 1; std::getline(events, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::string const where = "line " + std::to_string(number) + ": ";
    auto const event = json::read(line);
    if (!event) return malformed("", where + event.error().first().detail.en);
    auto const type = event->is_object() ? event->find("type") : event->end();
    if (!event->is_object() || type == event->end() || !type->is_string())
      return malformed("", where + "not an event; it must be an object with a type");
    if (*type != "advance") {
      if (Result<void> sent = player.send(type->get<std::string>()); !sent) return sent;
      continue;
    }
    auto const by = event->find("by");
    auto const duration =
        by != event->end() && by->is_string()
            ? parse_duration(by->get_ref<std::string const&>())
            : Result<Duration>(malformed("", "by is missing; it must be an ISO 8601 duration such as P3D"));
    if (!duration) return malformed("", where + duration.error().first().detail.en);
    if (Result<void> advanced = player.advance(*duration); !advanced) return advanced;
  }
  return {};
}

}  // namespace

int machine_command(std::vector<std::string> const& arguments, std::istream& in, std::ostream& out,
                    std::ostream& err) {
  auto const read =
      Arguments::read(arguments, {{"--json", "--help"}, {"--events", "--guards", "--delays"}, 0, 1, "FILE"});
  if (!read) return report(err, "machine", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  auto const events = read->option("--events");
  if (read->words().empty() || !events)
    return report(
        err, "machine",
        Refusal{Reason::Malformed,
                {{"", {"", "FILE or --events is missing; give both, --events - for standard input"}}}});
  std::string const& file = read->words().front();
  auto const document = json::read_ordered_file(file, statechart::machine_limits);
  if (!document) return report(err, file, document.error());
  auto const definition = statechart::load(*document);
  if (!definition) return report(err, file, definition.error());
  auto const guard = guards_from(read->option("--guards").value_or("true"));
  if (!guard) return report(err, "machine: --guards", guard.error());
  auto const delays = delays_from(read->option("--delays").value_or("{}"));
  if (!delays) return report(err, "machine: --delays", delays.error());
  std::ifstream events_file;
  if (*events != "-") {
    events_file.open(*events);
    if (!events_file)
      return report(err, "machine: --events",
                    Refusal{Reason::NotFound,
                            {{"", {"", "cannot open " + *events + "; give a file that can be read"}}}});
  }
  Player player(*definition, *guard, *delays, out);
  if (Result<void> played = play(player, *events == "-" ? in : events_file); !played)
    return report(err, file, played.error());
  return exit_done;
}

}  // namespace xiaohao::cli
