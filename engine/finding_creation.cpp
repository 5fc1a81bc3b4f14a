#include "engine/finding_creation.hpp"

#include <algorithm>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/domain/campaigns.hpp"
#include "engine/domain/plain_text.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

Date last_day_of(PlanYear plan) {
  using namespace std::chrono;
  return Date{year{plan.value()} / December / 31};
}

void check_length(std::string const& text, std::string const& pointer, bool may_be_empty, std::size_t max,
                  std::vector<Fault>& faults) {
  if (!may_be_empty && is_blank(text)) {
    faults.push_back({pointer, {"请填写", "must be written"}});
  } else if (text.size() > max) {
    std::string const limit = std::to_string(max);
    faults.push_back(
        {pointer, {"太长，最多 " + limit + " 字节", "must be at most " + limit + " bytes long"}});
  }
}

nlohmann::json or_null(std::optional<ItemId> const& item) {
  return item ? nlohmann::json(item->value()) : nlohmann::json();
}

nlohmann::json payload_of(Finding const& finding) {
  nlohmann::json linked = nlohmann::json::array();
  for (ItemId const& item : finding.linked) linked.push_back(item.value());
  nlohmann::json payload{
      {"source", finding.source},         {"reference", finding.reference},
      {"common", finding.common},         {"rectification", to_string(finding.rectification)},
      {"linked", std::move(linked)},      {"group", or_null(finding.similar)},
      {"checks", or_null(finding.checks)}};
  if (finding.fed_back) payload["fed_back"] = to_string(*finding.fed_back);
  if (finding.person) payload["person"] = finding.person->value();
  for (auto const& [name, words] :
       {std::pair{"problem", &finding.problem}, {"goal", &finding.goal}, {"measures", &finding.measures}})
    if (!words->empty()) payload[name] = *words;
  return payload;
}

/// The latest of the same unit and group that was closed before `finding` came.
std::optional<ItemId> closed_before(store::Reader const& reader, Finding const& finding,
                                    WorkItem const& item) {
  std::optional<ItemId> found;
  Instant latest{};
  for (Finding const& other : reader.findings(finding.plan)) {
    if (other.item == finding.item || other.similar != finding.similar || other.is_self_check()) continue;
    std::optional<WorkItem> const closed = reader.item(other.item);
    if (!closed || closed->definition.unit != item.definition.unit) continue;
    auto const& closed_at = closed->status.closed_at;
    if (!closed_at || *closed_at > finding.registered_at || *closed_at < latest) continue;
    latest = *closed_at;
    found = other.item;
  }
  return found;
}

}  // namespace

Result<void> may_about_findings(Asking const& asking, char const* event) {
  Participant const* const person = asking.organisation.participant(asking.who);
  if (person && asking.rules.permissions.may_at_large(*person, event)) return {};
  return refuse(Reason::Forbidden, "",
                {"您无权进行此操作", "you may not do this with findings; the permission table says who may"});
}

void expect_plain_name(std::string const& text, std::string const& pointer, bool may_be_empty,
                       std::vector<Fault>& faults) {
  check_length(text, pointer, may_be_empty, finding_name_bytes_max, faults);
  if (!is_plain(text))
    faults.push_back({pointer,
                      {"含有不可见字符或换行，请删去",
                       "has line breaks or characters that cannot be seen; leave them out"}});
}

void expect_words(std::string const& text, std::string const& pointer, bool may_be_empty,
                  std::vector<Fault>& faults) {
  check_length(text, pointer, may_be_empty, finding_words_bytes_max, faults);
  if (has_controls(text))
    faults.push_back({pointer, {"含有控制字符，请删去", "has control characters; leave them out"}});
}

Rectification rectification_of(calendar::Schedule const& schedule) {
  if (schedule.kind == calendar::ScheduleKind::Immediate) return Rectification::Immediate;
  return schedule.kind == calendar::ScheduleKind::Open ? Rectification::LongTerm : Rectification::Dated;
}

calendar::Schedule read_finding_deadline(std::string const& phrase, PlanYear plan,
                                         std::optional<Rectification> rectification, Asking const& asking,
                                         std::vector<Fault>& faults) {
  Date const today = local_date(asking.now);
  auto const reading = calendar::try_deadline(
      phrase, {plan.value(), today, &asking.rules.calendar, asking.rules.settings.immediate_days});
  if (!reading) {
    faults.push_back({"/deadline", reading.error().detail});
    return {};
  }
  calendar::Schedule schedule = reading->schedule;
  bool const long_term = rectification.value_or(rectification_of(schedule)) == Rectification::LongTerm;
  if (long_term && (!schedule.due || schedule.recurrence)) {
    schedule.due = last_day_of(plan);  // closed by the year's check, not by a day of its own
    schedule.recurrence.reset();
  }
  if (!schedule.due || schedule.recurrence)
    faults.push_back({"/deadline",
                      {"没有写明一个完成日期；请写如“6月底”，长期坚持的请注明“长期坚持”",
                       "names no single day by which it is done; write one, such as 6月底, or register it as "
                       "long_term"}});
  // Pace and acceptance count from the day the unit is given it, not from New Year.
  if (schedule.due && today <= *schedule.due && schedule.start.value_or(Date{}) < today)
    schedule.start = today;
  return schedule;
}

std::int64_t tell_of_finding(store::Transaction& transaction, ItemId item, char const* type,
                             nlohmann::json payload, Asking const& asking) {
  return transaction.append({0,
                             asking.now,
                             asking.written_at(),
                             Actor::person(asking.who),
                             item,
                             type,
                             std::move(payload),
                             nlohmann::json::object(),
                             {}});
}

WorkItem create_finding(store::Transaction& transaction, Execution& execution, Finding& finding,
                        ItemDefinition definition, char const* occasion, Asking const& asking) {
  definition.id = finding.item = transaction.next_item_id();
  definition.plan = finding.plan;
  definition.kind = ItemKind::Finding;
  definition.number = transaction.next_finding_number(finding.plan);
  definition.content = finding.source + (finding.reference.empty() ? "" : "　" + finding.reference);
  calendar::Schedule by_its_day;
  by_its_day.due = definition.schedule.due;
  if (auto const plan = transaction.plan(finding.plan))
    definition.campaigns = campaigns_of(by_its_day, plan->campaigns);
  finding.registered_by = asking.who;
  finding.registered_at = asking.now;
  execution.create(std::move(definition), {}, asking.now);
  transaction.put_finding(finding);
  std::int64_t const index =
      tell_of_finding(transaction, finding.item, registering_event, payload_of(finding), asking);
  WorkItem const item = *transaction.item(finding.item);
  execution.tell(item, {occasion, "owner", finding.goal, asking.who}, index, asking.now);
  return item;
}

void recognise_relapse(store::Transaction& transaction, Execution& execution, Finding& finding,
                       Asking const& asking) {
  if (finding.relapse_of || !finding.similar || finding.is_self_check()) return;
  WorkItem const item = *transaction.item(finding.item);
  std::optional<ItemId> const before = closed_before(transaction, finding, item);
  if (!before) return;
  finding.relapse_of = before;
  transaction.put_finding(finding);
  std::int64_t const index =
      tell_of_finding(transaction, finding.item, relapsing_event, {{"of", before->value()}}, asking);
  std::string const words = "原已销号事项 " + std::to_string(before->value());
  for (char const* audience : {"coordinator", "leadership"})
    execution.tell(item, {"relapsed", audience, words, asking.who}, index, asking.now);
}

}  // namespace xiaohao
