#include "tests/mutants/harm.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "engine/statechart/interpreter.hpp"

namespace xiaohao::mutants {
namespace {

using statechart::Configuration;
using statechart::Definition;

enum Person { Insider, Outsider, Clock };

/// What is known of one item in its present cycle.
struct Account {
  Configuration at;
  bool evidence = false;
  bool applied = false;
  bool shares_closed = false;  ///< of a task, as the last event said
  int contributors = 0;        ///< bits by person
  int first_reviewer = -1;

  auto key() const {
    return std::tie(at.active, at.history, at.entered, evidence, applied, shares_closed, contributors,
                    first_reviewer);
  }
  bool operator<(Account const& other) const { return key() < other.key(); }
};

struct World {
  std::vector<Person> people;
  bool may_attach = true;
};

bool answer(Account const& account, Person who, std::string const& guard) {
  bool const took_part = who != Clock && (account.contributors >> who & 1) != 0;
  if (guard == "evidence_is_present") return account.evidence;
  if (guard == "actor_is_not_contributor") return !took_part;
  if (guard == "actor_is_independent") return !took_part && who != Insider && account.first_reviewer != who;
  if (guard == "extension_may_be_granted") return !took_part;
  if (guard == "redo_day_is_to_come") return true;
  if (guard == "extension_is_possible") return !account.applied;
  if (guard == "all_shares_are_closed") return account.shares_closed;
  if (guard == "some_share_is_open") return !account.shares_closed;
  return false;
}

void act(Account& account, Person who, std::string const& action) {
  auto const contribute = [&] {
    if (who != Clock) account.contributors |= 1 << who;
  };
  if (action == "attach_evidence") account.evidence = true, contribute();
  if (action == "withdraw_evidence") account.evidence = false, contribute();
  if (action == "record_report" || action == "record_extension_request") contribute();
  if (action == "freeze_application") account.applied = true, contribute();
  if (action == "record_first_review") account.first_reviewer = who;
  if (action == "record_return") account.applied = false, account.first_reviewer = -1;
  if (action == "record_cancellation") account.applied = false;
  if (action == "begin_next_cycle")
    account.evidence = account.applied = false, account.contributors = 0, account.first_reviewer = -1;
}

bool is(Definition const& lifecycle, Configuration const& at, std::string const& tag) {
  return std::any_of(at.active.begin(), at.active.end(), [&](statechart::StateIndex index) {
    auto const& tags = lifecycle.state(index).tags;
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  });
}

std::set<std::string> events_at(Definition const& lifecycle, Configuration const& at) {
  std::set<std::string> events;
  for (statechart::StateIndex index : at.active)
    for (auto const& transition : lifecycle.state(index).on)
      if (!transition.event.starts_with("xstate.done."))
        events.insert(transition.event == "*" ? "anything" : transition.event);
  return events;
}

class Play {
 public:
  Play(Definition const& lifecycle, World world) : lifecycle_(lifecycle), world_(std::move(world)) {
    Account begun;
    auto const first = statechart::initial(
        lifecycle, [&](statechart::Call const& guard) { return answer(begun, Clock, guard.name); });
    if (!first) {
      endless_ = true;
      return;
    }
    begun.at = first->configuration;
    for (auto const& call : first->actions) act(begun, Clock, call.name);
    add(begun, std::nullopt);
    for (std::size_t place = 0; place < seen_.size() && !endless_ && seen_.size() < 200'000; ++place)
      go_on_from(place);
  }

  bool endless() const { return endless_; }
  std::vector<Account> const& seen() const { return seen_; }
  bool is_closed(Account const& account) const { return is(lifecycle_, account.at, "closed"); }

  /// Whether somewhere nothing leads to an end any more.
  bool gets_stuck() const {
    std::vector<bool> ends(seen_.size());
    std::vector<std::size_t> open;
    for (std::size_t place = 0; place < seen_.size(); ++place)
      if (is_closed(seen_[place]) || is(lifecycle_, seen_[place].at, "cancelled"))
        ends[place] = true, open.push_back(place);
    while (!open.empty()) {
      std::size_t const place = open.back();
      open.pop_back();
      for (std::size_t origin : origins_[place])
        if (!ends[origin]) ends[origin] = true, open.push_back(origin);
    }
    return std::find(ends.begin(), ends.end(), false) != ends.end();
  }

 private:
  Definition const& lifecycle_;
  World world_;
  std::vector<Account> seen_;
  std::vector<std::vector<std::size_t>> origins_;
  std::map<Account, std::size_t> places_;
  bool endless_ = false;

  void add(Account account, std::optional<std::size_t> from) {
    auto const [place, is_new] = places_.emplace(account, seen_.size());
    if (is_new) seen_.push_back(std::move(account)), origins_.emplace_back();
    if (from) origins_[place->second].push_back(*from);
  }

  void go_on_from(std::size_t place) {
    Account const from = seen_[place];
    for (std::string const& event : events_at(lifecycle_, from.at)) {
      bool const by_clock = event.starts_with("xstate.after.");
      for (Person who : by_clock ? std::vector<Person>{Clock} : world_.people)
        for (bool shares_closed : event == "share.changed" ? std::vector<bool>{false, true}
                                                           : std::vector<bool>{from.shares_closed}) {
          Account next = from;
          next.shares_closed = shares_closed;
          auto const step = statechart::step(lifecycle_, from.at, event, [&](statechart::Call const& guard) {
            return answer(next, who, guard.name);
          });
          if (!step) {
            endless_ = true;
            return;
          }
          bool const attaches = std::any_of(step->actions.begin(), step->actions.end(),
                                            [](auto const& call) { return call.name == "attach_evidence"; });
          if (!step->taken || (attaches && !world_.may_attach)) continue;
          next.at = step->configuration;
          for (auto const& call : step->actions) act(next, who, call.name);
          add(std::move(next), place);
        }
    }
  }
};

bool closes(Play const& play) {
  return std::any_of(play.seen().begin(), play.seen().end(),
                     [&](Account const& account) { return play.is_closed(account); });
}

}  // namespace

std::optional<std::string> harm_of(Definition const& lifecycle) {
  bool const is_task = lifecycle.id() == "task";
  Play const all(lifecycle, {{Insider, Outsider}, true});
  if (all.endless()) return "never comes to rest";
  if (all.gets_stuck()) return "comes to where nobody can close or cancel it";
  for (Account const& account : all.seen()) {
    if (!all.is_closed(account)) continue;
    if (is_task && !account.shares_closed) return "closes with an open share";
    if (!is_task && !account.applied) return "is closed without an application";
  }
  if (is_task) return std::nullopt;
  if (closes(Play(lifecycle, {{Insider, Outsider}, false}))) return "closes without evidence";
  for (Person alone : {Insider, Outsider})
    if (closes(Play(lifecycle, {{alone}, true}))) return "closes by one person alone";
  return std::nullopt;
}

}  // namespace xiaohao::mutants
