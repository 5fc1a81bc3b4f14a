#include "engine/rehearsal/stage.hpp"

#include <algorithm>

namespace xiaohao::rehearsal {
namespace {

constexpr int notices_looked_back_max = 1000;

bool fits(WorkItem const& item, store::ItemFilter const& filter) {
  return (!filter.plan || *filter.plan == item.definition.plan) &&
         (!filter.kind || *filter.kind == item.definition.kind) &&
         (!filter.parent || filter.parent == item.definition.parent) &&
         (!filter.number || *filter.number == item.definition.number) &&
         (!filter.open || *filter.open == item.status.open());
}

}  // namespace

Stage::Stage(store::Reader const& reader, PlanYear year)
    : before_(&reader), organisation_(reader.organisation()), entries_(reader.journal_head().size) {
  if (auto const plan = reader.plan(year)) plans_.push_back(*plan);
  store::ItemFilter filter;
  filter.plan = year;
  std::vector<WorkItem> items = reader.items(filter);
  std::sort(items.begin(), items.end(),
            [](WorkItem const& left, WorkItem const& right) { return left.id() < right.id(); });
  for (WorkItem& item : items) {
    ItemId const id = item.id();
    place_item(std::move(item));
    std::vector<Timer> timers = reader.timers_of(id);
    std::sort(timers.begin(), timers.end(),
              [](Timer const& left, Timer const& right) { return left.id < right.id; });
    for (Timer const& timer : timers) put_timer(timer);
  }
}

void Stage::place_item(WorkItem item) {
  ItemId const id = item.id();
  if (item.definition.parent) children_[*item.definition.parent].push_back(id);
  place_.emplace(id, items_.size());
  last_item_ = std::max(last_item_, id.value());
  items_.push_back(std::move(item));
}

std::vector<ItemId> const& Stage::children_of(ItemId parent) const {
  static std::vector<ItemId> const none;
  auto const found = children_.find(parent);
  return found == children_.end() ? none : found->second;
}

std::vector<Plan> Stage::plans() const { return plans_; }

std::optional<Plan> Stage::plan(PlanYear year) const {
  auto const found =
      std::find_if(plans_.begin(), plans_.end(), [&](Plan const& plan) { return plan.year == year; });
  return found == plans_.end() ? std::nullopt : std::optional(*found);
}

std::optional<std::string> Stage::definition(std::string const& name) const {
  auto const found = definitions_.find(name);
  if (found != definitions_.end()) return found->second;
  return before_ ? before_->definition(name) : std::nullopt;
}

std::optional<WorkItem> Stage::item(ItemId id) const {
  auto const found = place_.find(id);
  return found == place_.end() ? std::nullopt : std::optional(items_[found->second]);
}

std::vector<WorkItem> Stage::children(ItemId parent) const {
  std::vector<WorkItem> children;
  children.reserve(children_of(parent).size());
  for (ItemId const id : children_of(parent)) children.push_back(known_item(id));
  return children;
}

std::vector<UnitId> Stage::lead_units(ItemId task) const {
  std::vector<UnitId> units;
  for (ItemId const id : children_of(task)) {
    WorkItem const& share = known_item(id);
    if (share.definition.kind == ItemKind::Assignment && share.definition.role == UnitRole::Lead &&
        share.definition.unit && !share.status.cancelled)
      units.push_back(*share.definition.unit);
  }
  return units;
}

std::vector<WorkItem> Stage::items(store::ItemFilter const& filter) const {
  std::vector<WorkItem> found;
  for (WorkItem const& item : items_)
    if (fits(item, filter)) found.push_back(item);
  return found;
}

std::vector<Evidence> Stage::evidence_of(ItemId item) const {
  std::vector<Evidence> pieces = before_ ? before_->evidence_of(item) : std::vector<Evidence>{};
  if (auto const found = evidence_.find(item); found != evidence_.end())
    pieces.insert(pieces.end(), found->second.begin(), found->second.end());
  return pieces;
}

std::optional<Timer> Stage::first_timer() const {
  if (order_.empty()) return std::nullopt;
  auto const& [due, id, item] = *order_.begin();
  for (Timer const& timer : timers_.at(item))
    if (timer.id == id) return timer;
  return std::nullopt;
}

std::vector<Timer> Stage::timers_due(Instant now, int limit) const {
  std::vector<Timer> due;
  for (auto const& [at, id, item] : order_) {
    if (at > now || static_cast<int>(due.size()) >= limit) break;
    for (Timer const& timer : timers_.at(item))
      if (timer.id == id) due.push_back(timer);
  }
  return due;
}

std::optional<Instant> Stage::next_timer() const {
  return order_.empty() ? std::nullopt : std::optional(std::get<0>(*order_.begin()));
}

std::vector<Timer> Stage::timers_of(ItemId item) const {
  auto const found = timers_.find(item);
  return found == timers_.end() ? std::vector<Timer>{} : found->second;
}

/// Only what was told before the rehearsal can have been acknowledged: in it nobody reads.
std::vector<Notice> Stage::notices(store::NoticeFilter const& filter) const {
  return before_ ? before_->notices(filter) : std::vector<Notice>{};
}

std::optional<Finding> Stage::finding(ItemId item) const {
  if (auto const found = findings_.find(item); found != findings_.end()) return found->second;
  return before_ ? before_->finding(item) : std::nullopt;
}

void Stage::put_finding(Finding const& finding) { findings_.insert_or_assign(finding.item, finding); }
void Stage::put_plan(Plan const& plan) { plans_.push_back(plan); }
void Stage::put_unit(Unit const& unit) { organisation_.units.insert_or_assign(unit.id, unit); }
void Stage::put_group(UnitGroup const& group) { organisation_.groups.insert_or_assign(group.id, group); }
void Stage::put_participant(Participant const& participant) {
  organisation_.participants.insert_or_assign(participant.username, participant);
}
void Stage::put_definition(std::string const& name, std::string const& json) { definitions_[name] = json; }

ItemId Stage::next_item_id() { return ItemId{++last_item_}; }

void Stage::insert_item(WorkItem const& item, std::vector<std::string> const&) { place_item(item); }

void Stage::update_item(ItemId id, ItemStatus const& status, std::vector<std::string> const&) {
  items_[place_.at(id)].status = status;
}

void Stage::insert_evidence(Evidence const& evidence) { evidence_[evidence.item].push_back(evidence); }

void Stage::withdraw_evidence(ItemId item, Sha256Hex const& sha256) {
  for (Evidence& piece : evidence_[item])
    if (piece.sha256 == sha256) piece.withdrawn = true;
}

std::int64_t Stage::append(JournalEntry entry) {
  entry.index = entries_++;
  if (listener_) listener_(entry);
  if (entry.item) histories_[*entry.item].push_back(std::move(entry));
  return entries_ - 1;
}

std::vector<store::JournalLine> Stage::history(ItemId item) const {
  std::vector<store::JournalLine> lines;
  if (before_) lines = before_->history(item);
  if (auto const found = histories_.find(item); found != histories_.end())
    for (JournalEntry const& entry : found->second) lines.push_back({entry.index, leaf_of(entry)});
  return lines;
}

std::vector<JournalEntry> Stage::entries_of(ItemId item) const {
  std::vector<JournalEntry> entries;
  if (before_) entries = before_->entries_of(item);
  if (auto const found = histories_.find(item); found != histories_.end())
    entries.insert(entries.end(), found->second.begin(), found->second.end());
  return entries;
}

// Who stays silent or away while a year is rehearsed is what the database says already.
std::vector<Silence> Stage::silences_at(Instant at) const {
  return before_ ? before_->silences_at(at) : std::vector<Silence>{};
}
std::vector<Silence> Stage::silences(int limit) const {
  return before_ ? before_->silences(limit) : std::vector<Silence>{};
}
std::vector<Absence> Stage::absences_at(Instant at) const {
  return before_ ? before_->absences_at(at) : std::vector<Absence>{};
}
std::vector<Absence> Stage::absences(int limit) const {
  return before_ ? before_->absences(limit) : std::vector<Absence>{};
}

void Stage::put_timer(Timer const& timer) {
  cancel_timer(timer.item, timer.kind, timer.key);
  Timer kept = timer;
  kept.id = TimerId{++last_timer_};
  order_.emplace(kept.due, kept.id, kept.item);
  timers_[timer.item].push_back(std::move(kept));
}

void Stage::cancel_timer(ItemId item, std::string const& kind, std::string const& key) {
  auto const found = timers_.find(item);
  if (found == timers_.end()) return;
  std::erase_if(found->second, [&](Timer const& timer) {
    if (timer.kind != kind || timer.key != key) return false;
    order_.erase({timer.due, timer.id, timer.item});
    return true;
  });
}

void Stage::cancel_timers(ItemId item, std::string const& kind) {
  auto const found = timers_.find(item);
  if (found == timers_.end()) return;
  std::erase_if(found->second, [&](Timer const& timer) {
    if (timer.kind != kind) return false;
    order_.erase({timer.due, timer.id, timer.item});
    return true;
  });
}

bool Stage::insert_notice(Notice const& notice) {
  if (!keys_.insert(notice.key).second) return false;
  // What an entry of the journal causes has a key of its own; only a ladder's steps can come again.
  if (before_ && notice.key.find("/event/") == std::string::npos) {
    store::NoticeFilter filter;
    filter.item = notice.item;
    filter.limit = notices_looked_back_max;
    for (Notice const& known : before_->notices(filter))
      if (known.key == notice.key) return false;
  }
  told_.push_back(
      {notice.item, notice.recipient, notice.channel, notice.step, notice.decided_at, notice.withheld});
  return true;
}

}  // namespace xiaohao::rehearsal
