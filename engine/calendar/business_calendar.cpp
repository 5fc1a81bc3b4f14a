#include "engine/calendar/business_calendar.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::calendar {
namespace {

bool is_weekend(Date date) {
  auto const day = weekday_of(date);
  return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

}  // namespace

Result<BusinessCalendar> BusinessCalendar::read(nlohmann::json const& document) {
  BusinessCalendar calendar;
  std::vector<Fault> faults;
  auto const keep = [&](Result<void> const& finished) {
    if (!finished)
      faults.insert(faults.end(), finished.error().faults.begin(), finished.error().faults.end());
  };
  json::Fields top(document, "");
  if (top.text("$schema") != "xiaohao-calendar/1") top.fault("$schema", "must be xiaohao-calendar/1");
  if (top.has("source")) calendar.source_ = top.text("source");
  for (char const* known : {"licence", "note", "time_zone"}) top.ignore(known);
  std::size_t place = 0;
  for (nlohmann::json const& entry : top.array("years")) {
    json::Fields fields(entry, json::join_pointer("/years", place++));
    int const year = static_cast<int>(fields.integer("year", 1, 9999));
    if (!calendar.years_.insert(year).second) fields.fault("year", "stands twice");
    for (char const* section : {"holidays", "workdays"}) {
      bool const off = std::string_view(section) == "holidays";
      std::size_t index = 0;
      for (nlohmann::json const& day : fields.array(section)) {
        json::Fields named(day, json::join_pointer(fields.pointer(section), index++));
        std::string const name = named.text("name");
        auto const date = parse_date(named.text("date"));
        if (!date) {
          named.fault("date", "must be a date that exists, as YYYY-MM-DD");
        } else if (static_cast<int>(date->year()) != year) {
          named.fault("date", "lies outside the year it is listed under");
        } else if (!off && !is_weekend(*date)) {
          named.fault("date", "is no Saturday or Sunday, so it is worked anyway");
        } else if (!(off ? calendar.days_off_ : calendar.make_up_days_).insert(*date).second) {
          named.fault("date", "stands twice");
        } else if ((off ? calendar.make_up_days_ : calendar.days_off_).contains(*date)) {
          named.fault("date", "is both off and worked");
        } else if (off) {
          auto const [found, added] = calendar.holidays_[name].try_emplace(year, Holiday{*date, *date});
          if (!added)
            found->second = {std::min(found->second.first, *date), std::max(found->second.last, *date)};
        }
        keep(named.finish());
      }
    }
    keep(fields.finish());
  }
  keep(top.finish());
  if (!faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  return calendar;
}

bool BusinessCalendar::is_working_day(Date date) const {
  if (days_off_.contains(date)) return false;
  return make_up_days_.contains(date) || !is_weekend(date);
}

Date BusinessCalendar::add_working_days(Date date, int count) const {
  int const step = count < 0 ? -1 : 1;
  for (int left = std::abs(count); left > 0;) {
    date = add_days(date, step);
    if (is_working_day(date)) --left;
  }
  return date;
}

Date BusinessCalendar::roll_forward(Date date) const {
  while (!is_working_day(date)) date = add_days(date, 1);
  return date;
}

std::optional<Holiday> BusinessCalendar::holiday(std::string_view name, int year) const {
  auto const named = holidays_.find(name);
  if (named == holidays_.end()) return std::nullopt;
  auto const found = named->second.find(year);
  return found == named->second.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace xiaohao::calendar
