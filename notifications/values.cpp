#include "notifications/values.hpp"

#include <algorithm>

namespace xiaohao::notifications {
namespace {

Text both(std::string const& text) { return {text, text}; }

Text date_text(std::optional<Date> date) {
  return date ? Text{chinese_date(*date), to_string(*date)} : Text{"未定", "not set"};
}

Text unit_text(WorkItem const& item, Organisation const& organisation) {
  if (!item.definition.unit) return {"本单位", "the unit"};
  Unit const* const unit = organisation.unit(*item.definition.unit);
  return both(unit ? unit->name : item.definition.unit->value());
}

/// Names come from documents, and go into headers and one-line lists.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

}  // namespace

std::string chinese_date(Date date) {
  return std::to_string(static_cast<int>(date.year())) + "年" +
         std::to_string(static_cast<unsigned>(date.month())) + "月" +
         std::to_string(static_cast<unsigned>(date.day())) + "日";
}

Values values_of(WorkItem const& item, Organisation const& organisation, Instant now) {
  Values values;
  for (std::string_view const name : placeholders()) values.emplace(name, Text{});
  values["item"] = both(one_line(item.definition.title));
  values["number"] = both(std::to_string(item.definition.number));
  values["unit"] = unit_text(item, organisation);
  values["due"] = date_text(item.status.due);
  values["original_due"] = date_text(item.definition.schedule.due);
  if (item.status.due) {
    int const left = days_between(local_date(now), *item.status.due);
    values["days_left"] = both(std::to_string(std::max(left, 0)));
    values["days_late"] = both(std::to_string(std::max(-left, 0)));
  }
  values["progress"] = both(std::to_string(item.status.progress / 100) + "%");
  std::string campaigns;
  for (std::string const& campaign : item.definition.campaigns)
    campaigns += (campaigns.empty() ? "" : "、") + campaign;
  values["campaign"] = both(campaigns);
  return values;
}

}  // namespace xiaohao::notifications
