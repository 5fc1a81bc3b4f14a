#include "workflows/instantiate.hpp"

#include <algorithm>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/calendar/periods.hpp"
#include "engine/domain/campaigns.hpp"
#include "engine/json/reader.hpp"
#include "workflows/shares.hpp"

namespace xiaohao::workflows {
namespace {

using calendar::Schedule;

/// Who answers for a row's milestones.
struct MilestoneOwner {
  UnitId unit;
  std::optional<Text> doubt;
};

class Instantiation {
 public:
  Instantiation(Checklist const& checklist, OrganisationFile const& file, PlanTerms const& terms)
      : checklist_(checklist), file_(file), organisation_(file.organisation), terms_(terms) {}

  Result<PlanDraft> run() {
    Plan& plan = draft_.plan;
    plan.year = terms_.year;
    plan.title = checklist_.title;
    plan.source = checklist_.source;
    plan.doubts = checklist_.doubts;
    plan.doubts.insert(plan.doubts.end(), file_.doubts.begin(), file_.doubts.end());
    if (terms_.year != checklist_.year) plan.doubts.push_back(of_another_year());
    std::size_t index = 0;
    for (ChecklistCampaign const& campaign : checklist_.campaigns)
      add_campaign(campaign, json::join_pointer("/campaigns", index++));
    index = 0;
    for (ChecklistItem const& item : checklist_.items) add_row(item, json::join_pointer("/items", index++));
    if (!faults_.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults_)});
    return std::move(draft_);
  }

 private:
  Checklist const& checklist_;
  OrganisationFile const& file_;
  Organisation const& organisation_;
  PlanTerms const& terms_;
  PlanDraft draft_{{PlanYear{0}, "", "", {}, {}}, {}};
  std::vector<Fault> faults_;

  void fault(std::string pointer, Text detail) { faults_.push_back({std::move(pointer), std::move(detail)}); }

  Text of_another_year() const {
    std::string const year = std::to_string(checklist_.year.value());
    return {"本方案由 " + year + " 年的任务清单生成，文中的年份照录",
            "made from the checklist of " + year + "; years in its words are kept as written"};
  }

  Schedule read(std::string const& phrase, std::string const& pointer) {
    auto const reading = calendar::read_deadline(
        phrase, {terms_.year.value(), terms_.issued, &terms_.calendar, terms_.immediate_days});
    if (!reading) {
      fault(pointer, reading.error().first().detail);
      return {};
    }
    Date const first{std::chrono::year{terms_.year.value()} / std::chrono::January / 1};
    if (reading->schedule.due && *reading->schedule.due < first)
      fault(pointer, {"时限早于计划年度", "falls before the plan's year begins"});
    return reading->schedule;
  }

  void add_campaign(ChecklistCampaign const& campaign, std::string const& pointer) {
    Schedule const window = read(campaign.window, pointer + "/window");
    if (!window.start || !window.due) {
      fault(pointer + "/window",
            {"攻势要有起止时间，如“3月至5月”", "needs a first and a last day, like 3月至5月"});
      return;
    }
    draft_.plan.campaigns.push_back(
        {campaign.name, campaign.focus, *window.start, *window.due, campaign.inferred});
  }

  /// The row's units by the organisation's own names; faults for those it does not know.
  std::vector<NamedUnit> resolve(ChecklistItem const& item, std::string const& pointer) {
    std::vector<NamedUnit> named = item.units;
    bool answered_for = false;
    for (std::size_t index = 0; index < named.size(); ++index) {
      NamedUnit& entry = named[index];
      if (unit_named(organisation_, entry.name)) {
        answered_for = true;
      } else if (UnitGroup const* group = group_named(organisation_, entry.name)) {
        bool const persons = group->kind == "persons";  // nobody need be named for them: they have no share
        entry.name = group->name;
        entry.members_known = group->members_known || persons;
        answered_for = answered_for || !persons;
      } else {
        answered_for = true;  // one fault is enough
        fault(json::join_pointer(pointer + "/units", index),
              {"组织机构中没有“" + entry.name + "”", "the organisation has no unit or group \"" + entry.name +
                                                         "\"; add it there, or name one it has"});
      }
    }
    if (!answered_for)
      fault(pointer + "/units",
            {"没有可以负责的单位，只有人员", "names persons only, and no unit that could answer for them"});
    return named;
  }

  void add_row(ChecklistItem const& item, std::string const& pointer) {
    ItemDefinition task{ItemId{0},
                        terms_.year,
                        std::nullopt,
                        ItemKind::Task,
                        item.number,
                        item.title,
                        item.content,
                        read(item.deadline, pointer + "/deadline"),
                        {},
                        std::nullopt,
                        std::nullopt,
                        resolve(item, pointer),
                        item.indicators,
                        item.content_by_campaign,
                        item.source_lines,
                        item.doubts};
    task.campaigns = item.campaigns;
    if (task.campaigns.empty()) infer_campaigns(task);
    std::size_t const parent = draft_.items.size();
    draft_.items.push_back({task, std::nullopt});
    for (Share const& share : shares_of(task.named_units, organisation_))
      draft_.items.push_back({share_definition(task, share), parent});
    add_milestones(item, task, parent, pointer);
  }

  void infer_campaigns(ItemDefinition& item) const {
    item.campaigns = campaigns_of(item.schedule, draft_.plan.campaigns);
    if (item.campaigns.empty()) return;
    std::string names;
    for (std::string const& name : item.campaigns) names += "“" + name + "”";
    item.doubts.push_back(
        {"方案没有写明本项属于哪个攻势，按时限归入" + names,
         "the document gives this to no campaign; by its time it is counted under " + names});
  }

  MilestoneOwner milestone_owner(ItemDefinition const& task) const {
    for (NamedUnit const& entry : task.named_units)
      if (entry.role == UnitRole::Lead)
        if (Unit const* unit = unit_named(organisation_, entry.name)) return {unit->id, std::nullopt};
    UnitId owner = file_.coordinating_unit;
    for (NamedUnit const& entry : task.named_units)
      if (Unit const* unit = unit_named(organisation_, entry.name)) {
        owner = unit->id;
        break;
      }
    std::string const name = organisation_.unit(owner)->name;
    return {owner, Text{"牵头的是单位组，本节点由" + name + "负责是推定",
                        "a group leads the row; that " + name + " answers for this milestone is inferred"}};
  }

  /// The row's dated clauses, and the checkpoints of its own deadline where no clause has the same rhythm.
  void add_milestones(ChecklistItem const& item, ItemDefinition const& task, std::size_t parent,
                      std::string const& pointer) {
    bool rhythm_is_named = false;
    for (std::size_t index = 0; index < item.milestones.size(); ++index) {
      ChecklistMilestone const& clause = item.milestones[index];
      std::string const place = json::join_pointer(pointer + "/milestones", index) + "/deadline";
      Schedule const schedule = read(clause.deadline, place);
      std::string const& title = clause.title.empty() ? clause.text : clause.title;
      if (schedule.recurrence) {
        rhythm_is_named = rhythm_is_named || schedule.recurrence == task.schedule.recurrence;
        std::string const joint = clause.title.empty() ? "：" : "";
        add_first_occurrence(schedule, joint + title, clause.text, task, parent, place);
      } else if (schedule.due) {
        add_part(ItemKind::Milestone, schedule, title, clause.text, task, parent);
      } else if (!schedule.phrase.empty()) {
        fault(place, {"节点要有完成日期", "a milestone needs a day by which it is done"});
      }
    }
    if (task.schedule.recurrence && !rhythm_is_named)
      add_first_occurrence(task.schedule, "检查点", "时限“" + item.deadline + "”的检查点：" + item.title,
                           task, parent, pointer + "/deadline");
  }

  /// The first occurrence alone: the engine makes each further one when the one before it begins.
  void add_first_occurrence(Schedule const& schedule, std::string const& title, std::string const& content,
                            ItemDefinition const& task, std::size_t parent, std::string const& pointer) {
    using namespace std::chrono;
    year const y{terms_.year.value()};
    Date const first = std::max(schedule.start.value_or(y / January / 1), Date{y / January / 1});
    Date const last = schedule.due.value_or(y / December / 31);
    auto const series = calendar::series_of(*schedule.recurrence, first, last);
    if (!series) return fault(pointer, series.error().first().detail);
    if (!series->first) return;
    calendar::Period const& period = *series->first;
    add_part(ItemKind::Occurrence,
             {schedule.phrase, calendar::ScheduleKind::Range, period.start, period.due,
              calendar::to_string(series->rule), schedule.soft},
             period.name + title, content, task, parent);
  }

  void add_part(ItemKind kind, Schedule const& schedule, std::string const& title, std::string const& content,
                ItemDefinition const& task, std::size_t parent) {
    MilestoneOwner owner = milestone_owner(task);
    ItemDefinition milestone{
        ItemId{0}, terms_.year,           std::nullopt, kind, task.number, title, content,           schedule,
        {},        std::move(owner.unit), std::nullopt, {},   {},          {},    task.source_lines, {}};
    if (owner.doubt) milestone.doubts.push_back(std::move(*owner.doubt));
    // A milestone is a day, so it is counted where that day falls, whatever the row it is part of covers.
    Schedule due_alone = schedule;
    due_alone.start.reset();
    milestone.campaigns = campaigns_of(due_alone, draft_.plan.campaigns);
    draft_.items.push_back({std::move(milestone), parent});
  }
};

}  // namespace

Result<PlanDraft> instantiate(Checklist const& checklist, OrganisationFile const& organisation,
                              PlanTerms const& terms) {
  return Instantiation(checklist, organisation, terms).run();
}

}  // namespace xiaohao::workflows
