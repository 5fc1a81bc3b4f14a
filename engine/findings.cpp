#include "engine/findings.hpp"

#include <algorithm>

#include "engine/finding_creation.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

constexpr std::size_t linked_max = 50;

/// Everything that is wrong with one wish.
class Checked {
 public:
  Checked(store::Reader const& reader, FindingWish const& wish, Asking const& asking)
      : reader_(reader), wish_(wish), asking_(asking) {}

  std::vector<Fault> faults;
  calendar::Schedule schedule;

  void check() {
    expect_plain_name(wish_.source, "/source", false, faults);
    if (wish_.source == self_check_source)
      fault("/source", "举一反三自查由统筹人员推送，不单独登记",
            "a self-check is pushed from the finding it is for, not registered");
    expect_plain_name(wish_.reference, "/reference", true, faults);
    expect_plain_name(wish_.title, "/title", false, faults);
    expect_words(wish_.problem, "/problem", false, faults);
    expect_words(wish_.goal, "/goal", true, faults);
    expect_words(wish_.measures, "/measures", true, faults);
    check_whose();
    if (!reader_.plan(wish_.plan))
      return fault("/plan", "没有这个年度的方案", "there is no plan of that year");
    schedule = read_finding_deadline(wish_.deadline, wish_.plan, wish_.rectification, asking_, faults);
    check_days();
    check_links();
  }

 private:
  store::Reader const& reader_;
  FindingWish const& wish_;
  Asking const& asking_;

  void fault(std::string pointer, std::string zh, std::string en) {
    faults.push_back({std::move(pointer), {std::move(zh), std::move(en)}});
  }

  void check_whose() {
    if (!asking_.organisation.unit(wish_.unit))
      return fault("/unit", wish_.unit.value().empty() ? "请填写责任单位" : "没有这个单位",
                   wish_.unit.value().empty() ? "must name a unit" : "there is no such unit");
    if (!wish_.person) return;
    Participant const* const person = asking_.organisation.participant(*wish_.person);
    if (!person || !person->active || person->unit != wish_.unit)
      fault("/person", "责任单位没有这个人", "is nobody of the responsible unit");
  }

  void check_days() {
    Date const today = local_date(asking_.now);
    if (wish_.fed_back && *wish_.fed_back > today)
      fault("/fed_back", "反馈日期不能在今天之后", "must not be in the future");
    using namespace std::chrono;
    Date const first = wish_.fed_back.value_or(Date{year{wish_.plan.value()} / January / 1});
    if (schedule.due && *schedule.due < first)
      fault("/deadline", "整改时限 " + to_string(*schedule.due) + " 早于 " + to_string(first),
            "is due on " + to_string(*schedule.due) + ", before " + to_string(first));
  }

  void check_links() {
    if (wish_.linked.size() > linked_max)
      return fault("/linked", "最多关联 50 项任务", "at most 50 tasks can be linked");
    for (std::size_t at = 0; at < wish_.linked.size(); ++at) {
      auto const item = reader_.item(wish_.linked[at]);
      if (!item || item->definition.kind != ItemKind::Task || item->definition.plan != wish_.plan)
        fault("/linked/" + std::to_string(at), "本方案没有这项任务", "is no task of this plan");
    }
    if (!wish_.similar_to) return;
    auto const like = reader_.finding(*wish_.similar_to);
    if (!like || like->plan != wish_.plan || like->is_self_check())
      fault("/similar_to", "本方案没有这个反馈问题", "is no finding of this plan that others can be like");
  }
};

/// Whether the same is there already: by the source's number, or as an open item of the same words.
std::optional<Refusal> there_already(store::Reader const& reader, FindingWish const& wish) {
  auto const refusal = [](char const* pointer, ItemId item) {
    std::string const id = std::to_string(item.value());
    return Refusal{Reason::NotPossible,
                   {{pointer, {"已经登记为事项 " + id, "is registered already, as item " + id}}}};
  };
  if (!wish.reference.empty())
    if (auto const known = reader.finding_named(wish.plan, wish.source, wish.reference))
      return refusal("/reference", known->item);
  for (Finding const& other : reader.findings(wish.plan)) {
    if (other.source != wish.source || other.reference != wish.reference) continue;
    auto const item = reader.item(other.item);
    if (item && item->status.open() && item->definition.unit == wish.unit &&
        item->definition.title == wish.title)
      return refusal("/title", other.item);
  }
  return std::nullopt;
}

}  // namespace

Result<Finding> register_finding(store::Transaction& transaction, FindingWish const& wish,
                                 Asking const& asking) {
  if (auto const may = may_about_findings(asking, "finding.register"); !may)
    return tl::unexpected(may.error());
  Checked checked(transaction, wish, asking);
  checked.check();
  if (!checked.faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(checked.faults)});
  if (auto refusal = there_already(transaction, wish)) return tl::unexpected(std::move(*refusal));
  Finding finding;
  finding.plan = wish.plan;
  finding.source = wish.source;
  finding.reference = wish.reference;
  finding.fed_back = wish.fed_back;
  finding.common = wish.common;
  finding.rectification = wish.rectification.value_or(rectification_of(checked.schedule));
  finding.problem = wish.problem;
  finding.goal = wish.goal;
  finding.measures = wish.measures;
  finding.person = wish.person;
  finding.linked = wish.linked;
  ItemDefinition definition{ItemId{0}, wish.plan,  std::nullopt, ItemKind::Finding,
                            0,         wish.title, "",           checked.schedule,
                            {},        wish.unit,  std::nullopt, {},
                            {},        {},         {},           {}};
  Execution execution(transaction, asking.rules, asking.organisation, asking.written_at());
  create_finding(transaction, execution, finding, std::move(definition), "finding", asking);
  if (!wish.similar_to) return finding;
  Finding first = *transaction.finding(*wish.similar_to);
  if (!first.similar) {
    first.similar = first.item;
    transaction.put_finding(first);
    tell_of_finding(transaction, first.item, grouping_event, {{"group", first.item.value()}}, asking);
  }
  finding.similar = first.similar;
  transaction.put_finding(finding);
  tell_of_finding(transaction, finding.item, grouping_event, {{"group", finding.similar->value()}}, asking);
  recognise_relapse(transaction, execution, finding, asking);
  return finding;
}

std::string problem_of(store::Reader const& reader, Finding const& finding) {
  if (!finding.checks) return finding.problem;
  auto const first = reader.finding(*finding.checks);
  return first ? first->problem : std::string();
}

}  // namespace xiaohao
