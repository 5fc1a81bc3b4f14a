// What changed rules mean for what is open.

#include <algorithm>
#include <unordered_map>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/decision/coming_steps.hpp"
#include "engine/past.hpp"
#include "engine/rule_change.hpp"

namespace xiaohao {
namespace {

constexpr int notices_looked_back_max = 1000;
constexpr int silences_max = 1000;  // and absences: the latest
constexpr std::size_t steps_max = 100;

class Effected {
 public:
  Effected(store::Reader const& reader, RuleChange const& change, Instant now)
      : reader_(reader),
        before_(change.before),
        after_(change.after),
        now_(now),
        organisation_(reader.organisation()),
        items_(reader.items({})),
        silences_(reader.silences(silences_max)),
        absences_(reader.absences(silences_max)) {
    std::sort(items_.begin(), items_.end(),
              [](WorkItem const& left, WorkItem const& right) { return left.id() < right.id(); });
    for (WorkItem const& item : items_) {
      by_id_.emplace(item.id(), &item);
      ItemDefinition const& definition = item.definition;
      if (definition.kind == ItemKind::Assignment && definition.role == UnitRole::Lead && definition.parent &&
          definition.unit && !item.status.cancelled)
        leads_[*definition.parent].push_back(*definition.unit);
    }
  }

  Result<Effects> of(std::vector<PhraseChange> const& phrases) {
    for (std::size_t at = 0; at < phrases.size(); ++at)
      if (auto taken = take(phrases[at], "/phrases/" + std::to_string(at)); !taken)
        return tl::unexpected(taken.error());
    for (WorkItem const& item : items_)
      if (item.status.open()) look_at(item);
    return std::move(effects_);
  }

 private:
  struct NewDue {
    Date due;
    std::string phrase;
    Text reason;
  };

  store::Reader const& reader_;
  decision::Rules const& before_;
  decision::Rules const& after_;
  Instant now_;
  Organisation organisation_;
  std::vector<WorkItem> items_;
  std::vector<Silence> silences_;
  std::vector<Absence> absences_;
  std::unordered_map<ItemId, WorkItem const*> by_id_;
  std::unordered_map<ItemId, std::vector<UnitId>> leads_;
  std::unordered_map<ItemId, NewDue> decided_;
  Effects effects_;

  static Refusal wrong(std::string const& pointer, std::string const& zh, std::string const& en) {
    return {Reason::Malformed, {{pointer, {zh, en}}}};
  }

  /// What a share's phrase counts from is when its task began, not when its unit joined.
  Date reference_of(WorkItem const& item) const {
    using namespace std::chrono;
    WorkItem const* source = &item;
    if (item.definition.kind == ItemKind::Assignment && item.definition.parent)
      if (auto const task = by_id_.find(*item.definition.parent); task != by_id_.end()) source = task->second;
    return source->definition.schedule.start.value_or(year{item.definition.plan.value()} / January / 1);
  }

  calendar::Read<calendar::Reading> read(WorkItem const& item, std::string const& phrase,
                                         decision::Rules const& rules) const {
    return calendar::try_deadline(phrase, {item.definition.plan.value(), reference_of(item), &rules.calendar,
                                           rules.settings.immediate_days});
  }

  Result<void> take(PhraseChange const& change, std::string const& pointer) {
    std::string const id = std::to_string(change.item.value());
    auto const found = by_id_.find(change.item);
    if (found == by_id_.end())
      return tl::unexpected(
          wrong(pointer, "没有事项 " + id + "；请核对编号", "there is no item " + id + "; check the number"));
    WorkItem const& item = *found->second;
    if (!item.status.open())
      return tl::unexpected(wrong(pointer, "事项 " + id + " 已办结或终止，时限不再变动",
                                  "item " + id + " is closed or cancelled; its date stays as it was"));
    auto const reading = read(item, change.phrase, after_);
    if (!reading) return tl::unexpected(wrong(pointer, reading.error().detail.zh, reading.error().detail.en));
    if (reading->schedule.recurrence || !reading->schedule.due)
      return tl::unexpected(wrong(
          pointer, "“" + change.phrase + "”没有写明一个完成日期；请写如“10月底”",
          "\"" + change.phrase + "\" names no single day by which it is done; write one, such as 10月底"));
    NewDue const due{*reading->schedule.due, change.phrase, reading->explanation};
    decided_.insert_or_assign(item.id(), due);
    if (item.definition.kind != ItemKind::Task) return {};
    for (WorkItem const& share : items_)
      if (share.definition.parent == item.id() && share.definition.kind == ItemKind::Assignment &&
          share.status.open() && share.status.due == item.status.due)
        decided_.insert_or_assign(share.id(), due);
    return {};
  }

  std::optional<NewDue> new_due(WorkItem const& item) const {
    if (auto const decided = decided_.find(item.id()); decided != decided_.end())
      return decided->second.due == item.status.due ? std::nullopt : std::optional(decided->second);
    std::string const& phrase = item.definition.schedule.phrase;
    if (!item.status.due || phrase.empty() || item.definition.kind == ItemKind::Occurrence)
      return std::nullopt;
    auto const was = read(item, phrase, before_);
    if (!was || was->schedule.due != item.status.due) return std::nullopt;  // somebody has given another
    auto const is = read(item, phrase, after_);
    if (!is || !is->schedule.due || is->schedule.due == item.status.due) return std::nullopt;
    return NewDue{*is->schedule.due, phrase, is->explanation};
  }

  void look_at(WorkItem const& item) {
    WorkItem after = item;
    if (auto const due = new_due(item)) {
      after.status.due = due->due;
      effects_.dues.push_back({item, due->due, due->phrase, due->reason});
    }
    if (item.definition.kind == ItemKind::Task) return;  // its light and its ladder are its shares'
    auto const was = decision::light_of(item, now_, before_.lights, before_.calendar);
    auto const is = decision::light_of(after, now_, after_.lights, after_.calendar);
    if (was.light != is.light) {
      Text why;
      for (Text const& reason : is.reasons.empty() ? was.reasons : is.reasons)
        why = {why.zh + (why.zh.empty() ? "" : "；") + reason.zh,
               why.en + (why.en.empty() ? "" : "; ") + reason.en};
      effects_.lights.push_back({item, was.light, is.light, std::move(why)});
    }
    compare_ladders(item, after);
  }

  std::vector<UnitId> leads_of(WorkItem const& item) const {
    if (!item.definition.parent || item.definition.role != UnitRole::Support) return {};
    auto const leads = leads_.find(*item.definition.parent);
    return leads == leads_.end() ? std::vector<UnitId>{} : leads->second;
  }

  std::vector<decision::FutureStep> coming(decision::Escalation const* ladder, WorkItem const& item) const {
    if (!ladder) return {};
    std::vector<UnitId> const leads = leads_of(item);
    auto const notices = [&] {
      store::NoticeFilter filter;
      filter.item = item.id();
      filter.limit = notices_looked_back_max;
      return reader_.notices(filter);
    };
    auto const history = [&] { return stood(reader_.entries_of(item.id()), item, before_); };
    return decision::coming_steps(*ladder, item, now_,
                                  {organisation_, leads, now_, notices, history, &silences_, &absences_},
                                  steps_max);
  }

  void compare_ladders(WorkItem const& item, WorkItem const& after) {
    if (before_.escalation == after_.escalation && item.status.due == after.status.due) return;
    auto const was = coming(before_.escalation.get(), item);
    auto const is = coming(after_.escalation.get(), after);
    auto const find = [](auto const& steps, std::string const& id) -> decision::FutureStep const* {
      for (decision::FutureStep const& step : steps)
        if (step.id == id) return &step;
      return nullptr;
    };
    bool const moved = item.status.due != after.status.due;
    for (decision::FutureStep const& old : was) {
      auto const* const now = find(is, old.id);
      if (now && now->at == old.at && (moved || now->recipients == old.recipients)) continue;
      effects_.steps.push_back({item, old.id, old.at, now ? std::optional(now->at) : std::nullopt,
                                now ? now->recipients : old.recipients});
    }
    for (decision::FutureStep const& now : is)
      if (!find(was, now.id)) effects_.steps.push_back({item, now.id, std::nullopt, now.at, now.recipients});
  }
};

}  // namespace

Result<Effects> effects_of(store::Reader const& reader, RuleChange const& change, Instant now) {
  return Effected(reader, change, now).of(change.phrases);
}

}  // namespace xiaohao
