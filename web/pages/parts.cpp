#include "web/pages/parts.hpp"

#include <array>

#include "web/http/target.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using decision::Light;

constexpr std::array<Light, 4> worst_first{Light::Red, Light::Yellow, Light::Green, Light::Grey};

int count_of(decision::LightCounts const& counts, Light light) {
  switch (light) {
    case Light::Red:
      return counts.red;
    case Light::Yellow:
      return counts.yellow;
    case Light::Green:
      return counts.green;
    case Light::Grey:
      break;
  }
  return counts.grey;
}

std::string light_class(Light light) { return "light " + std::string(decision::to_string(light)); }

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> weekdays{{{"周日", "Sun"},
                                                                                 {"周一", "Mon"},
                                                                                 {"周二", "Tue"},
                                                                                 {"周三", "Wed"},
                                                                                 {"周四", "Thu"},
                                                                                 {"周五", "Fri"},
                                                                                 {"周六", "Sat"}}};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string_view light_word(Say const& t, Light light) {
  switch (light) {
    case Light::Red:
      return t("红", "Red");
    case Light::Yellow:
      return t("黄", "Yellow");
    case Light::Green:
      return t("绿", "Green");
    case Light::Grey:
      break;
  }
  return t("灰", "Grey");
}

Html light_mark(Say const& t, Light light) { return span(cls(light_class(light)), light_word(t, light)); }

Html light_counts(Say const& t, decision::LightCounts const& counts) {
  return span(cls("light-counts"), each(worst_first, [&](Light light) {
                int const count = count_of(counts, light);
                return when(count > 0, [&] {
                  return span(cls(light_class(light)), light_word(t, light), " ", strong(count));
                });
              }));
}

Html light_bar(Say const&, decision::LightCounts const& counts) {
  int const total = counts.total();
  if (total == 0) return {};
  // Widths in thousandths; the last takes what rounding leaves.
  int from = 0;
  int seen = 0;
  Html const parts = each(worst_first, [&](Light light) {
    int const count = count_of(counts, light);
    if (count == 0) return Html{};
    seen += count;
    int const to = seen * 1000 / total;
    Html const part = rect(cls(std::string(decision::to_string(light))), attr("x", from), attr("y", 0),
                           attr("width", to - from), attr("height", 10));
    from = to;
    return part;
  });
  return svg(cls("light-bar"), attr("viewBox", "0 0 1000 10"), attr("preserveAspectRatio", "none"),
             attr("aria-hidden", "true"), parts);
}

Html progress_bar(Say const& t, BasisPoints progress) {
  return span(cls("progress"),
              html::progress(attr("max", complete), value(std::to_string(progress)),
                             attr("aria-label", t("进度", "Progress"))),
              span(cls("figure"), percent(progress)));
}

std::string percent(BasisPoints progress) { return std::to_string(progress / 100) + "%"; }

std::string day(Say const& t, Date date, int plan_year) {
  auto const month = static_cast<unsigned>(date.month());
  auto const number = std::to_string(static_cast<unsigned>(date.day()));
  auto const year = static_cast<int>(date.year());
  auto const& [zh, en] = weekdays[weekday_of(date).c_encoding()];
  if (t.english())
    return std::string(en) + " " + number + " " + std::string(months[month - 1]) +
           (year == plan_year ? "" : " " + std::to_string(year));
  return (year == plan_year ? "" : std::to_string(year) + "年") + std::to_string(month) + "月" + number +
         "日 " + std::string(zh);
}

Html day_mark(Say const& t, Date date, int plan_year) {
  return html::time(attr("datetime", to_string(date)), day(t, date, plan_year));
}

std::string moment(Say const&, Instant instant) {
  std::string text = to_string(instant).substr(0, 16);  // the plan's time zone is everybody's here
  text[10] = ' ';
  return text;
}

std::string due_in_words(Say const& t, decision::Standing const& standing, Instant now) {
  ItemStatus const& status = standing.item.status;
  if (!status.open() || !status.due) return "";
  if (standing.days_overdue > 0) {
    std::string const days = std::to_string(standing.days_overdue);
    return t.english() ? days + (days == "1" ? " day overdue" : " days overdue") : "逾期 " + days + " 天";
  }
  if (status.applied_at) return std::string(t("已申请", "applied for"));
  int const left = days_between(local_date(now), *status.due);
  if (left == 0) return std::string(t("今天到期", "due today"));
  std::string const days = std::to_string(left);
  return t.english() ? "in " + days + (left == 1 ? " day" : " days") : "还有 " + days + " 天";
}

std::string state_name(Say const& t, decision::Rules const& rules, ItemStatus const& status) {
  if (statechart::Definition const* const lifecycle = rules.lifecycle(status.lifecycle))
    for (statechart::State const& state : lifecycle->states()) {
      if (state.key != status.stage || !state.meta.is_object()) continue;
      auto const label = state.meta.find("label");
      if (label == state.meta.end() || !label->is_object()) continue;
      auto const words = label->find(t("zh", "en"));
      if (words != label->end() && words->is_string()) return words->get_ref<std::string const&>();
    }
  return status.stage;
}

std::string_view kind_name(Say const& t, ItemKind kind) {
  switch (kind) {
    case ItemKind::Task:
      return t("任务", "Task");
    case ItemKind::Assignment:
      return t("责任分解", "Assignment");
    case ItemKind::Milestone:
      return t("节点", "Milestone");
    case ItemKind::Occurrence:
      return t("周期任务", "Occurrence");
    case ItemKind::Finding:
      break;
  }
  return t("反馈问题", "Finding");
}

std::string_view role_name(Say const& t, UnitRole role) {
  return role == UnitRole::Lead ? t("牵头", "Lead") : t("配合", "Support");
}

std::string_view role_name(Say const& t, Role role) {
  switch (role) {
    case Role::Leader:
      return t("领导小组", "Leadership group");
    case Role::Coordinator:
      return t("县扶贫办", "Coordinator");
    case Role::Head:
      return t("单位负责人", "Unit head");
    case Role::Owner:
      return t("责任人", "Owner");
    case Role::Inspector:
      return t("核查人", "Inspector");
    case Role::SystemAdministrator:
      return t("系统管理员", "System administrator");
    case Role::SecurityAdministrator:
      return t("安全管理员", "Security administrator");
    case Role::Auditor:
      break;
  }
  return t("审计管理员", "Auditor");
}

std::string listed(Say const& t, std::vector<std::string> const& names) {
  std::string text;
  for (std::string const& name : names) {
    if (!text.empty()) text += t("、", ", ");
    text += name;
  }
  return text;
}

std::string item_path(ItemId item) { return "/items/" + std::to_string(item.value()); }

Html item_link(WorkItem const& item) { return a(href(item_path(item.id())), item.definition.title); }

Html unit_link(Visit const& visit, UnitId const& unit) {
  Unit const* const known = visit.organisation->unit(unit);
  return group(
      a(href("/items?unit=" + encode_component(unit.value())), known ? known->name : unit.value()),
      when(known && known->example, [&] { return small(cls("example"), visit.t("示例", "example")); }));
}

}  // namespace xiaohao::web::pages
