#include "engine/replay/replay.hpp"

#include <algorithm>
#include <limits>

#include "engine/decision/decide.hpp"
#include "engine/decision/due_change.hpp"
#include "engine/domain/item_json.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::replay {
namespace {

/// Numbers that allow whatever some number may have allowed then.
decision::Rules without_numbers(decision::Rules rules) {
  rules.settings.extension_working_days_before = 0;
  rules.settings.extensions_max = std::numeric_limits<int>::max();
  return rules;
}

void keep_delays(PlayedItem& played, decision::Decision const& decision) {
  for (std::string const& event : decision.delays_cancelled) played.delays.erase(event);
  for (decision::DelayToStart const& delay : decision.delays) played.delays[delay.event] = delay.due;
}

void keep_evidence(PlayedItem& played, decision::Consequences const& then) {
  for (Evidence const& piece : then.attached) played.evidence.push_back(piece);
  for (Sha256Hex const& sha256 : then.withdrawn)
    for (Evidence& piece : played.evidence)
      if (piece.sha256 == sha256) piece.withdrawn = true;
}

}  // namespace

Replay::Replay(decision::Rules const& rules, Organisation const& organisation, Against against)
    : rules_(rules),
      asked_(against == Against::Everything ? rules : without_numbers(rules)),
      organisation_(organisation),
      against_(against) {}

void Replay::take(JournalEntry const& entry) {
  if (entry.type == migration::event && !entry.item) return prepare(entry);
  if (!entry.item) return;
  latest_ = std::max(latest_, entry.at);
  if (entry.type == "item.created") return create(entry);
  auto const found = items_.find(*entry.item);
  if (found == items_.end()) return differ(entry, "事项尚未下达", "the item has not been created before");
  if (!entry.outcome.contains("configuration")) return;  // it moved no state: a step of the ladder
  PlayedItem& played = found->second;
  if (!rules_.lifecycle(played.item.status.lifecycle))
    return differ(entry, "没有保存生命周期 " + played.item.status.lifecycle,
                  "the lifecycle " + played.item.status.lifecycle + " is not kept");
  if (entry.type == migration::event)
    migrate(played, entry);
  else
    decide(played, entry);
  // What was written counts for what comes after it, so that one difference is named once.
  ItemStatus const before = played.item.status;
  auto replayed = decision::replay(played.item.definition, before, entry, rules_);
  if (!replayed)
    return differ(entry, "其生命周期没有这样的状态", "its lifecycle knows no such configuration");
  played.item.status = std::move(replayed->status);
  if (played.item.status.version != before.version + 1 ||
      entry.outcome.value("version", std::int64_t{0}) != played.item.status.version)
    differ(entry, "版本不是上一版本加一", "its version does not follow the one before");
}

void Replay::create(JournalEntry const& entry) {
  ItemDefinition definition = definition_from_json(entry.payload.at("definition"));
  ItemStatus const status = status_from_json(entry.payload.at("status"));
  if (definition.id != *entry.item || items_.contains(definition.id))
    return differ(entry, "事项编号重复或不符", "the item's id is another's, or not its own");
  if (!rules_.lifecycle(status.lifecycle))
    return differ(entry, "没有保存生命周期 " + status.lifecycle,
                  "the lifecycle " + status.lifecycle + " is not kept");
  ItemStatus fresh;
  fresh.lifecycle = status.lifecycle;
  fresh.due = definition.schedule.due;
  fresh.groups_unknown = status.groups_unknown;
  decision::Decision const begun = decision::begin(definition, fresh, asked_, entry.at);
  if (begun.status != status)
    differ(entry, "下达时的状态与生命周期不符",
           "the item's first status is not the one its lifecycle begins with");
  if (definition.parent) children_[*definition.parent].insert(definition.id);
  ItemId const id = definition.id;
  auto const [at, fresh_item] = items_.emplace(id, PlayedItem{{std::move(definition), status}, {}, {}});
  keep_delays(at->second, begun);
}

void Replay::decide(PlayedItem& played, JournalEntry const& entry) {
  end_delay(played, entry);
  Command command{played.item.id(), entry.type, entry.payload, entry.actor, played.item.status.version, ""};
  bool const everything = against_ == Against::Everything;
  if (!everything) command.actor.automatic = true;  // whether he may is not asked again
  std::vector<UnitId> const leads = leads_of(played.item);
  decision::Context const context{
      entry.at, played.item, leads, everything ? organisation_ : nobody_, [&] { return played.evidence; },
      asked_};
  // Other rules moved its due date: no event of its lifecycle did.
  Result<decision::Decision> const decided =
      entry.type == "due.changed"
          ? Result<decision::Decision>(decision::change_due(entry.payload, entry.actor, context))
          : decision::decide(command, context);
  if (!decided)
    return differ(entry, "现在会被拒绝：" + decided.error().first().detail.zh,
                  "it would be refused now: " + decided.error().first().detail.en);
  compare(entry, decided->entry.outcome);
  keep_delays(played, *decided);
  keep_evidence(played, decided->consequences);
}

void Replay::prepare(JournalEntry const& entry) {
  auto prepared =
      migration::read_mapping(entry.payload.at("mapping")).and_then([&](migration::Mapping mapping) {
        return migration::Migration::prepare(rules_, std::move(mapping));
      });
  if (!prepared)
    return differ(entry, "状态对应表不成立：" + prepared.error().first().detail.zh,
                  "its mapping of states does not hold: " + prepared.error().first().detail.en);
  migration_.emplace(std::move(*prepared));
}

void Replay::migrate(PlayedItem& played, JournalEntry const& entry) {
  if (!migration_) return differ(entry, "此前没有状态对应表", "no mapping of states stands before it");
  auto const moved = migration_->move(played.item, asked_, entry.actor, entry.at);
  if (!moved)
    return differ(entry, "现在会被拒绝：" + moved.error().first().detail.zh,
                  "it would be refused now: " + moved.error().first().detail.en);
  compare(entry, moved->entry.outcome);
  keep_delays(played, *moved);
}

void Replay::compare(JournalEntry const& entry, nlohmann::json const& outcome) {
  if (outcome == entry.outcome) return;
  for (auto const& [name, value] : outcome.items())
    if (auto const written = entry.outcome.find(name); written == entry.outcome.end() || *written != value)
      return differ(entry, "日志中的 " + name + " 与生命周期得出的不同",
                    "its " + name + " is " +
                        (written == entry.outcome.end() ? "not there" : written->dump()) + ", and " +
                        value.dump() + " follows from its lifecycle");
  differ(entry, "日志中有多余的内容", "its outcome says more than follows from its lifecycle");
}

/// Time alone sets off what a delay brings, and at the instant the delay ends.
void Replay::end_delay(PlayedItem& played, JournalEntry const& entry) {
  if (!entry.type.starts_with("xstate.after.")) return;
  auto const delay = played.delays.find(entry.type);
  if (delay == played.delays.end())
    differ(entry, "该时限没有开始", "the delay had not begun");
  else if (against_ == Against::Everything && delay->second != entry.at)
    differ(entry, "时限应于 " + to_string(delay->second) + " 届满",
           "the delay ends at " + to_string(delay->second) + ", not at " + to_string(entry.at));
  if (delay != played.delays.end()) played.delays.erase(delay);
}

std::vector<UnitId> Replay::leads_of(WorkItem const& item) const {
  std::vector<UnitId> leads;
  if (!item.definition.parent || item.definition.role != UnitRole::Support) return leads;
  auto const siblings = children_.find(*item.definition.parent);
  if (siblings == children_.end()) return leads;
  for (ItemId const id : siblings->second) {
    WorkItem const& sibling = items_.at(id).item;
    if (sibling.definition.kind == ItemKind::Assignment && !sibling.status.cancelled &&
        sibling.definition.role == UnitRole::Lead && sibling.definition.unit)
      leads.push_back(*sibling.definition.unit);
  }
  return leads;
}

void Replay::differ(JournalEntry const& entry, std::string zh, std::string en) {
  if (differences_.size() >= differences_max) return;
  std::string const where = entry.type + " at " + to_string(entry.at) + ": ";
  differences_.push_back({entry.index, entry.item, {where + zh, where + en}});
}

}  // namespace xiaohao::replay
