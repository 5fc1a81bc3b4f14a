#include "engine/execution.hpp"

#include <algorithm>

#include "engine/decision/due_change.hpp"
#include "engine/domain/item_json.hpp"
#include "engine/domain/occurrence.hpp"
#include "engine/json/document.hpp"
#include "engine/past.hpp"
#include "engine/share_passing.hpp"

namespace xiaohao {
namespace {

/// How far back a planner looks at what an item's people were told.
constexpr int notices_looked_back_max = 1000;

/// The kind of the timer that makes the next occurrence of a series. There is one for each occurrence that
/// was not followed yet, so none is followed twice.
constexpr char const* recurrence = "recurrence";

/// What the ladder of an item depends on.
bool same_ladder(ItemStatus const& a, ItemStatus const& b) {
  return a.due == b.due && a.applied_at == b.applied_at && a.closed == b.closed && a.cancelled == b.cancelled;
}

bool is_share(WorkItem const& item) {
  return item.definition.kind == ItemKind::Assignment && !item.status.cancelled;
}

}  // namespace

std::vector<UnitId> Execution::leads_of(WorkItem const& item) const {
  bool const is_led = item.definition.parent && item.definition.role == UnitRole::Support;
  return is_led ? transaction_.lead_units(*item.definition.parent) : std::vector<UnitId>{};
}

Result<WorkItem> Execution::run(Command const& command, Instant at) {
  std::optional<WorkItem> item = transaction_.item(command.item);
  if (!item) return refuse(Reason::NotFound, "", {"没有这个事项", "there is no such item"});
  std::vector<UnitId> const leads = leads_of(*item);
  decision::Context const context{
      at,     *item,      leads, organisation_, [&] { return transaction_.evidence_of(command.item); },
      rules_, &absences()};
  Result<decision::Decision> decided = decision::decide(command, context);
  if (!decided) return tl::unexpected(decided.error());
  if (auto const& taker = decided->consequences.handed_to)
    if (auto const may = check_taker(transaction_, organisation_, *item, *taker); !may)
      return tl::unexpected(may.error());
  return write(*item, std::move(*decided), at);
}

WorkItem Execution::write(WorkItem const& before, decision::Decision decision, Instant at) {
  WorkItem const after{before.definition, decision.status};
  transaction_.update_item(after.id(), after.status, decision.active_states);
  for (Evidence const& piece : decision.consequences.attached) transaction_.insert_evidence(piece);
  for (Sha256Hex const& sha256 : decision.consequences.withdrawn)
    transaction_.withdraw_evidence(after.id(), sha256);
  set_delays(after.id(), decision);
  if (!same_ladder(before.status, after.status)) set_ladder(after, at);
  decision.entry.recorded_at = recorded_at_;
  bool const closes = after.status.closed && !before.status.closed;
  if (closes) transaction_.keep_head();
  Actor const actor = decision.entry.actor;
  std::string const reason = decision.entry.payload.value("reason", "");
  std::int64_t const index = transaction_.append(std::move(decision.entry));
  notify(after, decision.consequences, index, at);
  for (decision::Forward const& forwarded : decision.consequences.forwards)
    forward(after, forwarded, actor, at);
  if (after.definition.kind == ItemKind::Finding) note_on_finding(after, decision.consequences, at);
  if (auto const& taker = decision.consequences.handed_to) hand_over(after, *taker, index, reason, actor, at);
  if (decision.consequences.tell_parent && after.definition.parent) sum_up(*after.definition.parent, at);
  if (closes) bring_next_forward(after, at);
  return after;
}

void Execution::set_delays(ItemId item, decision::Decision const& decision) {
  for (std::string const& event : decision.delays_cancelled) transaction_.cancel_timer(item, "after", event);
  for (decision::DelayToStart const& delay : decision.delays)
    transaction_.put_timer({TimerId{0}, item, delay.due, "after", delay.event});
}

void Execution::set_ladder(WorkItem const& item, Instant at) {
  transaction_.cancel_timers(item.id(), "escalation");
  if (!rules_.escalation) return;
  if (auto const next = rules_.escalation->next_step(item, at))
    transaction_.put_timer({TimerId{0}, item.id(), next->at, "escalation", next->name});
}

decision::Surroundings Execution::surroundings_of(WorkItem const& item,
                                                  std::vector<UnitId> const& leads) const {
  auto const notices = [this, id = item.id()] {
    store::NoticeFilter filter;
    filter.item = id;
    filter.limit = notices_looked_back_max;
    return transaction_.notices(filter);
  };
  auto const history = [this, &item] { return stood(transaction_.entries_of(item.id()), item, rules_); };
  return {organisation_, leads, recorded_at_, notices, history, &silences(), &absences()};
}

std::vector<Silence> const& Execution::silences() const {
  if (!silences_) silences_ = transaction_.silences_at(recorded_at_);
  return *silences_;
}

std::vector<Absence> const& Execution::absences() const {
  if (!absences_) absences_ = transaction_.absences_at(recorded_at_);
  return *absences_;
}

void Execution::notify(WorkItem const& item, decision::Consequences const& then, std::int64_t index,
                       Instant at) {
  if (!rules_.escalation || then.occasions.empty()) return;
  std::vector<UnitId> const leads = leads_of(item);
  for (decision::Occasion const& occasion : then.occasions)
    for (Notice const& notice :
         rules_.escalation->notices_of_occasion(item, occasion, at, index, surroundings_of(item, leads)))
      transaction_.insert_notice(notice);
}

void Execution::tell(WorkItem const& item, decision::Occasion occasion, std::int64_t index, Instant at) {
  decision::Consequences told;
  told.occasions.push_back(std::move(occasion));
  notify(item, told, index, at);
}

/// What the campaigns read of a finding: in which of them measures were added, and it was looked at again.
void Execution::note_on_finding(WorkItem const& item, decision::Consequences const& then, Instant at) {
  if (then.measures.empty() && !then.rechecked) return;
  std::optional<Finding> finding = transaction_.finding(item.id());
  if (!finding) return;
  auto const plan = transaction_.plan(item.definition.plan);
  std::string const campaign = plan ? campaign_at(local_date(at), plan->campaigns) : std::string();
  auto const mark = [&](std::vector<std::string>& campaigns) {
    if (!campaign.empty() && std::find(campaigns.begin(), campaigns.end(), campaign) == campaigns.end())
      campaigns.push_back(campaign);
  };
  if (!then.measures.empty()) {
    finding->measures += (finding->measures.empty() ? "" : "\n") + then.measures;
    mark(finding->deepened);
  }
  if (then.rechecked) mark(finding->rechecked);
  transaction_.put_finding(*finding);
}

void Execution::hand_over(WorkItem const& share, UnitId const& taker, std::int64_t index,
                          std::string const& words, Actor const& actor, Instant at) {
  ItemId const id = transaction_.next_item_id();
  create(share_for(share.definition, taker, id), {}, at);
  tell_handed_over(id, index, words, actor, at);
}

void Execution::tell_handed_over(ItemId item, std::int64_t index, std::string const& words,
                                 Actor const& actor, Instant at) {
  tell(*transaction_.item(item), {"handed_over", "owner", words, actor.username}, index, at);
}

void Execution::forward(WorkItem const& task, decision::Forward const& forwarded, Actor const& actor,
                        Instant at) {
  Actor passed_on = actor;
  passed_on.automatic = true;  // whoever may do it to the task need not be asked again for each share
  for (WorkItem const& child : transaction_.children(task.id())) {
    if (!child.status.open()) continue;
    // A share that cannot take the event where it stands is left as it is.
    (void)run({child.id(), forwarded.event, forwarded.payload, passed_on, std::nullopt, ""}, at);
  }
}

int Execution::groups_unknown(WorkItem const& task) const {
  int count = 0;
  for (NamedUnit const& named : task.definition.named_units) {
    if (named.members_known) continue;
    bool const known_since =
        std::any_of(organisation_.groups.begin(), organisation_.groups.end(), [&](auto const& entry) {
          UnitGroup const& group = entry.second;
          auto const& spellings = group.spellings;  // what it was called before it was renamed
          bool const is_meant = group.name == named.name ||
                                std::find(spellings.begin(), spellings.end(), named.name) != spellings.end();
          return is_meant && group.members_known;
        });
    if (!known_since) ++count;
  }
  return count;
}

void Execution::sum_up(ItemId task_id, Instant at) {
  std::optional<WorkItem> const task = transaction_.item(task_id);
  if (!task || task->status.cancelled) return;
  int shares = 0, closed = 0;
  std::int64_t progress = 0, weights = 0;
  for (WorkItem const& child : transaction_.children(task_id)) {
    if (!is_share(child)) continue;
    ++shares;
    if (child.status.closed) ++closed;
    int const weight = rules_.lights.weight_of(child);
    weights += weight;
    progress += static_cast<std::int64_t>(weight) * child.status.progress;
  }
  nlohmann::json const sums{{"shares", shares},
                            {"shares_closed", closed},
                            {"groups_unknown", groups_unknown(*task)},
                            {"progress", weights ? progress / weights : 0}};
  (void)run({task_id, "share.changed", sums, Actor::engine(), std::nullopt, ""}, at);
}

void Execution::fire(Timer const& timer) {
  transaction_.cancel_timer(timer.item, timer.kind, timer.key);
  if (timer.kind == "after") {
    (void)run({timer.item, timer.key, nlohmann::json::object(), Actor::clock(), std::nullopt, ""}, timer.due);
    return;
  }
  std::optional<WorkItem> const item = transaction_.item(timer.item);
  if (item && timer.kind == recurrence) return make_next(*item, timer.due);
  if (!item || !rules_.escalation) return;
  std::vector<UnitId> const leads = leads_of(*item);
  decision::Surroundings const surroundings = surroundings_of(*item, leads);
  auto const set_next = [&] {
    if (auto const next = rules_.escalation->next_step(*item, timer.due))
      transaction_.put_timer({TimerId{0}, timer.item, next->at, "escalation", next->name});
  };
  if (!rules_.escalation->applies(*item, timer.key, timer.due, surroundings)) return set_next();
  nlohmann::json payload{{"step", timer.key}};
  if (item->status.due) payload["due"] = to_string(*item->status.due);
  transaction_.append({0, timer.due, recorded_at_, Actor::clock(), timer.item, "escalation.step",
                       std::move(payload), nlohmann::json::object()});
  for (Notice const& notice : rules_.escalation->notices_of_step(*item, timer.key, timer.due, surroundings))
    transaction_.insert_notice(notice);
  set_next();
}

void Execution::await_next(WorkItem const& item, Instant at) {
  if (!has_next_occurrence(item.definition)) return;
  Instant const begins = start_of_day(*item.definition.schedule.start);
  transaction_.put_timer({TimerId{0}, item.id(), std::max(at, begins), recurrence, "next"});
}

void Execution::bring_next_forward(WorkItem const& item, Instant at) {
  if (item.definition.kind != ItemKind::Occurrence) return;
  for (Timer const& timer : transaction_.timers_of(item.id())) {
    if (timer.kind != recurrence) continue;
    transaction_.cancel_timer(timer.item, timer.kind, timer.key);
    make_next(item, at);
  }
}

void Execution::make_next(WorkItem const& present, Instant at) {
  ItemDefinition const& definition = present.definition;
  if (definition.parent)
    if (auto const task = transaction_.item(*definition.parent); task && task->status.cancelled) return;
  auto const plan = transaction_.plan(definition.plan);
  auto next = next_occurrence(definition, plan ? plan->campaigns : std::vector<Campaign>{});
  if (!next) return;
  next->id = transaction_.next_item_id();
  create(std::move(*next), {}, at);
}

WorkItem Execution::change_due(WorkItem const& item, Date due, std::string const& phrase, Text const& reason,
                               Actor const& actor, Instant at) {
  std::vector<UnitId> const leads = leads_of(item);
  decision::Context const context{
      at, item, leads, organisation_, [&] { return transaction_.evidence_of(item.id()); }, rules_};
  nlohmann::json payload{
      {"due", to_string(due)}, {"phrase", phrase}, {"reason", reason.zh}, {"reason_en", reason.en}};
  if (item.status.due) payload["before"] = to_string(*item.status.due);
  return write(item, decision::change_due(std::move(payload), actor, context), at);
}

void Execution::renew_ladder(WorkItem const& item, Instant at) { set_ladder(item, at); }

void Execution::catch_up(ItemId item, Instant at) {
  std::vector<Timer> timers = transaction_.timers_of(item);
  std::erase_if(timers, [&](Timer const& timer) { return timer.due > at; });
  std::sort(timers.begin(), timers.end(),
            [](Timer const& a, Timer const& b) { return std::tie(a.due, a.id) < std::tie(b.due, b.id); });
  for (Timer const& timer : timers) fire(timer);
}

void Execution::create(ItemDefinition definition, ItemStatus status, Instant at) {
  status.lifecycle = rules_.lifecycle_of.at(definition.kind);
  status.due = definition.schedule.due;
  decision::Decision const begun = decision::begin(definition, std::move(status), rules_, at);
  WorkItem const item{std::move(definition), begun.status};
  transaction_.insert_item(item, begun.active_states);
  set_delays(item.id(), begun);
  set_ladder(item, at);
  await_next(item, at);
  transaction_.append(
      {0,
       at,
       recorded_at_,
       Actor::engine(),
       item.id(),
       "item.created",
       {{"definition", definition_to_json(item.definition)}, {"status", status_to_json(item.status)}},
       nlohmann::json::object()});
}

}  // namespace xiaohao
