#pragma once

// Working days by the State Council's yearly notices: days off, and the Saturdays and Sundays worked in
// exchange 调休. Make-up days cannot be computed, only taken from the notice, so a year without one is said
// to be so (`has_year`), and weekends alone are used for it.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace xiaohao::calendar {

/// The days off of one holiday in one year.
struct Holiday {
  Date first;
  Date last;
};

class BusinessCalendar {
 public:
  /// Weekends alone: no year has data.
  BusinessCalendar() = default;

  /// Reads a document of `xiaohao-calendar/1`. Refuses, with pointers: days outside their year, days named
  /// twice, a day that is both off and worked, a make-up day that is no Saturday or Sunday.
  static Result<BusinessCalendar> read(nlohmann::json const& document);

  /// Where its days come from, in the file's own words; empty when no year has data.
  std::string const& source() const { return source_; }
  bool has_year(int year) const { return years_.contains(year); }
  bool is_working_day(Date date) const;
  /// The `count`-th working day after `date`, which is not counted itself; before it when `count` is
  /// negative; `date` for 0.
  Date add_working_days(Date date, int count) const;
  /// `date`, or the next working day when it is none.
  Date roll_forward(Date date) const;
  std::optional<Holiday> holiday(std::string_view name, int year) const;  ///< by the notice's name: `春节`

 private:
  std::string source_;
  std::set<int> years_;
  std::set<Date> days_off_;
  std::set<Date> make_up_days_;
  std::map<std::string, std::map<int, Holiday>, std::less<>> holidays_;
};

}  // namespace xiaohao::calendar
