#pragma once

// Dates and instants.
//
// A *date* is a day on the wall calendar of the county, without a time of day: what a document means by
// "2月底". An *instant* is a point in time, the same for everybody. They are different types, and only the
// functions below lead from one to the other, because the mistake between them makes a unit late by a day.
//
// The plan's time zone is Asia/Shanghai: UTC+08:00 without daylight saving since 1991, so that a fixed offset
// is exact for every plan this product can hold.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/result.hpp"

namespace xiaohao {

using Date = std::chrono::year_month_day;                          ///< local to the plan's time zone
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  ///< UTC, milliseconds
using Duration = std::chrono::milliseconds;

inline constexpr std::chrono::hours plan_utc_offset{8};

Instant start_of_day(Date date);  ///< local midnight at which `date` begins
Instant end_of_day(Date date);    ///< local midnight at which `date` ends: the first instant that is late
Instant at_local_time(Date date, std::chrono::minutes since_midnight);
Date local_date(Instant instant);  ///< the plan's local day that holds `instant`

Date add_days(Date date, int days);
int days_between(Date from, Date to);  ///< negative when `to` is earlier
std::chrono::weekday weekday_of(Date date);

std::string to_string(Date date);                ///< `2024-02-29`
std::string to_string(Instant instant);          ///< RFC 3339 in plan time: `2024-02-29T23:59:59.000+08:00`
Result<Date> parse_date(std::string_view text);  ///< `YYYY-MM-DD` of a day that exists, year 1 to 9999
Result<Instant> parse_instant(std::string_view text);  ///< RFC 3339 with offset; fractions to milliseconds

/// ISO 8601 durations of weeks, days, hours, minutes and seconds (`P3D`, `PT10H`, `P1W`). Months and years
/// are refused: they have no fixed length. A day is 24 hours.
Result<Duration> parse_duration(std::string_view text);

}  // namespace xiaohao
