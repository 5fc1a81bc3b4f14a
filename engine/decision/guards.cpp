#include "engine/decision/guards.hpp"

#include <algorithm>

#include "engine/json/document.hpp"

namespace xiaohao::decision {
namespace {

using Answer = std::optional<Fault>;
constexpr auto holds = std::nullopt;

Answer fails(std::string pointer, std::string zh, std::string en) {
  return Fault{std::move(pointer), {std::move(zh), std::move(en)}};
}

/// At least one piece of this cycle that was not withdrawn; when the application lists pieces, each of those.
Answer evidence_is_present(GuardInput const& in) {
  std::vector<Evidence> const evidence = in.evidence();
  auto const counts = [&](Evidence const& piece) {
    return !piece.withdrawn && piece.cycle == in.item.status.cycle;
  };
  auto const listed = in.payload.find("evidence");
  if (listed != in.payload.end() && !listed->empty()) {
    for (std::size_t index = 0; index < listed->size(); ++index) {
      auto const& sha256 = (*listed)[index].get_ref<std::string const&>();
      bool const attached = std::any_of(evidence.begin(), evidence.end(), [&](Evidence const& piece) {
        return counts(piece) && piece.sha256.value() == sha256;
      });
      if (!attached)
        return fails("/evidence/" + std::to_string(index), "该佐证材料未提交到本事项（或已撤回）",
                     "this evidence is not attached to the item, or was withdrawn");
    }
    return holds;
  }
  if (std::any_of(evidence.begin(), evidence.end(), counts)) return holds;
  return fails("/evidence", "请先提交至少一份佐证材料",
               "at least one piece of evidence must be attached first");
}

/// Whether the actor, or the one he stands in for, or one who has left him in charge, has had a part in it.
bool has_had_a_part(GuardInput const& in) {
  auto const& contributors = in.item.status.contributors;
  auto const had = [&](Username const& who) {
    return std::find(contributors.begin(), contributors.end(), who) != contributors.end();
  };
  if (had(in.actor.username) || (in.actor.on_behalf_of && had(*in.actor.on_behalf_of))) return true;
  return in.absences && std::any_of(in.absences->begin(), in.absences->end(), [&](Absence const& absence) {
           return absence.substitute == in.actor.username && had(absence.away);
         });
}

Answer actor_is_not_contributor(GuardInput const& in) {
  if (!has_had_a_part(in)) return holds;
  return fails("", "您在本轮申请、反馈或提交过佐证，不能由您审核",
               "you applied, reported or attached evidence in this cycle, so somebody else must review it");
}

Answer actor_is_independent(GuardInput const& in) {
  if (Answer const answer = actor_is_not_contributor(in)) return answer;
  auto const of_the_unit = [&](Participant const* person) {
    return person && person->unit && person->unit == in.item.definition.unit;
  };
  if (of_the_unit(in.participant) || of_the_unit(in.principal))
    return fails("", "核查人不能是责任单位的人员", "the verifier must be of another unit than the item's");
  auto const& first = in.item.status.first_reviewer;
  if (first && (first == in.actor.username || first == in.actor.on_behalf_of))
    return fails("", "初审人不能再作核查", "whoever gave the first review may not verify as well");
  return holds;
}

Answer extension_is_possible(GuardInput const& in) {
  Settings const& settings = in.rules.settings;
  ItemStatus const& status = in.item.status;
  if (!status.open() || status.applied_at)
    return fails("", "事项已申请销号或已办结，不能申请延期", "the item has been applied for or is closed");
  if (!status.due) return fails("", "该事项没有完成时限", "the item has no due date");
  if (status.extensions >= settings.extensions_max)
    return fails("", "最多延期 " + std::to_string(settings.extensions_max) + " 次",
                 "at most " + std::to_string(settings.extensions_max) + " extensions are possible");
  Date const last_day =
      in.rules.calendar.add_working_days(*status.due, -settings.extension_working_days_before);
  if (local_date(in.at) > last_day)
    return fails("",
                 "延期须在时限前至少 " + std::to_string(settings.extension_working_days_before) +
                     " 个工作日（" + to_string(last_day) + " 前）提出；请说明情况并报领导小组",
                 "an extension is asked for by " + to_string(last_day) +
                     " at the latest; explain the delay to the leadership group instead");
  auto const asked = in.payload.find("due");
  if (asked == in.payload.end()) return holds;  // only asking whether it would be possible
  Date const due = *parse_date(asked->get_ref<std::string const&>());
  if (due <= *status.due)
    return fails("/due", "新时限须晚于现时限 " + to_string(*status.due),
                 "must be later than the present due date " + to_string(*status.due));
  if (static_cast<int>(due.year()) != in.item.definition.plan.value())
    return fails("/due", "新时限须在本年度内", "must lie within the plan's year");
  return holds;
}

/// Not asked again of a decision that is played anew: there nobody is known.
Answer extension_may_be_granted(GuardInput const& in) {
  if (Answer const answer = actor_is_not_contributor(in)) return answer;
  auto const& original = in.item.definition.schedule.due;
  auto const& asked = in.item.status.requested_due;
  if (!original || !asked || !in.participant) return holds;
  int const days = in.rules.settings.extension_days_coordinator;
  auto const leads = [](Participant const* person) { return person && person->has(Role::Leader); };
  if (leads(in.participant) || leads(in.principal) || days_between(*original, *asked) <= days) return holds;
  std::string const limit = std::to_string(days);
  return fails("", "超过原时限 " + limit + " 天的延期由领导小组批准",
               "an extension of more than " + limit +
                   " days beyond the original due date is the leadership group's to grant");
}

Answer redo_day_is_to_come(GuardInput const& in) {
  auto const day = in.payload.find("redo_by");
  if (day == in.payload.end() || *parse_date(day->get_ref<std::string const&>()) >= local_date(in.at))
    return holds;
  return fails("/redo_by", "补正时限不能早于今天", "must not be in the past");
}

std::int64_t number(nlohmann::json const& payload, char const* name) {
  auto const found = payload.find(name);
  return found != payload.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

Answer all_shares_are_closed(GuardInput const& in) {
  auto const shares = number(in.payload, "shares");
  if (shares > 0 && shares == number(in.payload, "shares_closed") &&
      number(in.payload, "groups_unknown") == 0)
    return holds;
  return fails("", "还有责任单位未销号", "some assignments are still open");
}

Answer some_share_is_open(GuardInput const& in) {
  if (all_shares_are_closed(in)) return holds;
  return fails("", "各责任单位均已销号", "all assignments are closed");
}

Guard const all[] = {
    {"evidence_is_present",
     Reason::GuardFailed,
     {"已提交佐证材料", "evidence is attached"},
     evidence_is_present},
    {"actor_is_not_contributor",
     Reason::Forbidden,
     {"办理人本人不得审核", "the actor did not apply, report or attach evidence in this cycle"},
     actor_is_not_contributor},
    {"actor_is_independent",
     Reason::Forbidden,
     {"由其他单位、未参与办理和初审的人员核查", "the actor is of another unit and had no part in this cycle"},
     actor_is_independent},
    {"extension_is_possible",
     Reason::GuardFailed,
     {"在规定时间前、次数内申请延期", "asked for in time, and not too often"},
     extension_is_possible},
    {"extension_may_be_granted",
     Reason::Forbidden,
     {"由未参与办理的人员批准；超过规定天数的由领导小组批准",
      "granted by somebody who had no part in it, and beyond so many days by the leadership group"},
     extension_may_be_granted},
    {"redo_day_is_to_come",
     Reason::GuardFailed,
     {"补正时限不早于今天", "the day by which to hand in again is not past"},
     redo_day_is_to_come},
    {"all_shares_are_closed",
     Reason::GuardFailed,
     {"各责任单位均已销号", "all assignments are closed"},
     all_shares_are_closed},
    {"some_share_is_open",
     Reason::GuardFailed,
     {"有责任单位未销号", "some assignment is open"},
     some_share_is_open},
};

}  // namespace

std::span<Guard const> guards() { return all; }

Guard const* guard_named(std::string_view name) {
  for (Guard const& guard : all)
    if (guard.name == name) return &guard;
  return nullptr;
}

}  // namespace xiaohao::decision
