#include "engine/engine.hpp"

#include <future>

#include "engine/domain/item_json.hpp"
#include "engine/execution.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

/// Timers fired in one transaction: enough to share a commit, and few enough that commands do not wait long
/// behind them.
constexpr int timers_per_commit = 500;

/// What makes two commands the same for an idempotency key.
std::string request_of(Command const& command) {
  return nlohmann::json{{"item", command.item.value()}, {"type", command.type}, {"payload", command.payload}}
      .dump();
}

/// Entries looked at for the latest instant that anything about an item counts from. More than one, since a
/// timer that fired late counts at an earlier instant than the entries written before it.
constexpr std::int64_t entries_looked_at = 1000;

Instant latest_of(store::Reader const& reader) {
  std::int64_t const size = reader.journal_head().size;
  Instant latest{};
  for (store::JournalLine const& line :
       reader.journal(std::max<std::int64_t>(0, size - entries_looked_at), size)) {
    auto const entry = nlohmann::json::parse(line.leaf);
    // An account that was made today, or a text that was erased, must not end the play of a plan that stands
    // in January.
    if (!entry.contains("item") || entry.value("type", "") == erasure_event) continue;
    latest = std::max(latest, parse_instant(entry.at("at").get<std::string>()).value());
  }
  return latest;
}

}  // namespace

Engine::Engine(store::Store& store, Clock& clock, decision::Rules rules) : store_(store), clock_(clock) {
  put_in_force(std::make_shared<decision::Rules const>(std::move(rules)));
  auto const reader = store_.read();
  latest_ = latest_of(*reader);
  organisation_ = std::make_shared<Organisation const>(reader->organisation());
}

Instant Engine::now() const { return std::max(clock_.now(), latest_.load()); }

std::shared_ptr<decision::Rules const> Engine::put_in_force(std::shared_ptr<decision::Rules const> rules) {
  std::lock_guard const lock(rules_mutex_);
  auto before = all_rules_.empty() ? nullptr : all_rules_.back();
  rules_ = rules.get();
  all_rules_.push_back(std::move(rules));
  return before;
}

void Engine::reload_organisation() {
  put_organisation_in_force(std::make_shared<Organisation const>(store_.read()->organisation()));
}

void Engine::put_organisation_in_force(std::shared_ptr<Organisation const> organisation) {
  std::lock_guard const lock(organisation_mutex_);
  organisation_ = std::move(organisation);
}

std::shared_ptr<Organisation const> Engine::organisation() const {
  std::lock_guard const lock(organisation_mutex_);
  return organisation_;
}

Result<WorkItem> Engine::transact(store::Transaction& transaction, Command const& command) {
  if (!command.idempotency_key.empty())
    if (auto const reply = transaction.reply(command.actor.username, command.idempotency_key)) {
      if (reply->request != request_of(command))
        return refuse(Reason::GuardFailed, "",
                      {"同一幂等键已用于其他请求", "this idempotency key was used for another request"});
      std::optional<WorkItem> item = transaction.item(command.item);
      if (!item) return refuse(Reason::NotFound, "", {"没有这个事项", "there is no such item"});
      item->status = status_from_json(nlohmann::json::parse(reply->answer));
      return std::move(*item);
    }
  Instant const at = now();
  raise_latest(at);
  auto const organisation = this->organisation();
  Execution execution(transaction, rules(), *organisation, at);
  execution.catch_up(command.item, at);
  Result<WorkItem> item = execution.run(command, at);
  if (!item) return item;
  if (!command.idempotency_key.empty())
    transaction.put_reply(command.actor.username, command.idempotency_key,
                          {request_of(command), status_to_json(item->status).dump()});
  return item;
}

void Engine::submit(Command command, Answer answer) {
  auto const outcome =
      std::make_shared<Result<WorkItem>>(refuse(Reason::Unavailable, "", {"未执行", "not run"}));
  store::Work work = [this, command = std::move(command),
                      outcome](store::Transaction& transaction) -> Result<void> {
    *outcome = transact(transaction, command);
    if (!*outcome) return tl::unexpected(outcome->error());
    return {};
  };
  store_.write(std::move(work), [outcome, answer = std::move(answer)](Result<void> durable) {
    if (!durable) return answer(tl::unexpected(durable.error()));
    answer(std::move(*outcome));
  });
}

Result<WorkItem> Engine::submit_and_wait(Command command) {
  std::promise<Result<WorkItem>> promise;
  auto future = promise.get_future();
  submit(std::move(command), [&promise](Result<WorkItem> item) { promise.set_value(std::move(item)); });
  return future.get();
}

void Engine::raise_latest(Instant to) {
  Instant known = latest_.load();
  while (known < to && !latest_.compare_exchange_weak(known, to)) {
  }
}

Result<int> Engine::advance(Instant to) {
  int total = 0;
  for (bool more = true; more;) {
    int fired = 0;
    auto const organisation = this->organisation();
    Result<void> const written = store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      fired = 0;
      Execution execution(transaction, rules(), *organisation, std::max(to, latest_.load()));
      // One at a time: a timer that fires may set another that is due before the next.
      for (; fired < timers_per_commit; ++fired) {
        std::vector<Timer> const due = transaction.timers_due(to, 1);
        if (due.empty()) break;
        execution.fire(due.front());
      }
      return {};
    });
    if (!written) return tl::unexpected(written.error());
    if (fired > 0) raise_latest(to);
    total += fired;
    more = fired == timers_per_commit;
  }
  return total;
}

std::vector<PossibleAction> Engine::actions(store::Reader const& reader, WorkItem const& item,
                                            Username const& actor) const {
  auto const organisation = this->organisation();
  Participant const* const participant = organisation->participant(actor);
  std::vector<PossibleAction> actions;
  if (!participant) return actions;
  std::vector<UnitId> leads;
  if (item.definition.parent && item.definition.role == UnitRole::Support)
    for (WorkItem const& sibling : reader.children(*item.definition.parent))
      if (sibling.definition.role == UnitRole::Lead && !sibling.status.cancelled && sibling.definition.unit)
        leads.push_back(*sibling.definition.unit);
  Instant const at = now();
  std::vector<Absence> const absences = reader.absences_at(at);
  decision::Context const context{
      at, item, leads, *organisation, [&] { return reader.evidence_of(item.id()); }, rules(), &absences};
  for (decision::PossibleEvent& event : decision::possible_events(*participant, context)) {
    PossibleAction action{event.type, event.label, {}, event.needs, {}};
    for (decision::Field const& field : event.needs)
      if (field.required) action.needs.push_back(field.name);
    for (Fault& fault : event.blocked_by) action.blocked_by.push_back(std::move(fault.detail));
    actions.push_back(std::move(action));
  }
  return actions;
}

}  // namespace xiaohao
