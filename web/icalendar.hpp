#pragma once

// Text of iCalendar (RFC 5545): content lines, folded and escaped. What stands in a calendar is its user's
// business; a test has libical read it.

#include <string>
#include <string_view>

#include "engine/model/time.hpp"

namespace xiaohao::web {

class CalendarText {
 public:
  /// Opens the calendar; `name` is what programs show it as.
  explicit CalendarText(std::string_view name);

  void begin(std::string_view component);
  void end(std::string_view component);
  void text(std::string_view property, std::string_view value);  ///< escaped
  void plain(std::string_view property,
             std::string_view value);  ///< a value of a form of its own: `OPAQUE`, a URI
  void date(std::string_view property, Date value);
  void moment(std::string_view property, Instant value);  ///< in UTC, to the second
  void number(std::string_view property, long long value);

  /// Closes the calendar and gives it away.
  std::string take();

 private:
  std::string text_;
  void line(std::string_view content);
};

}  // namespace xiaohao::web
