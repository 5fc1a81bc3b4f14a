// Any bytes as a calendar file: refused with pointers, or a calendar whose arithmetic holds together.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/calendar/business_calendar.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace xiaohao;
  auto const document = json::read(std::string_view(reinterpret_cast<char const*>(data), size));
  if (!document) return 0;
  auto const calendar = calendar::BusinessCalendar::read(*document);
  if (!calendar) {
    expect(!calendar.error().faults.empty());
    return 0;
  }
  Date const day{std::chrono::year{2024} / 9 / 27};
  Date const later = calendar->add_working_days(day, 10);
  expect(calendar->is_working_day(later) && day < later);
  expect(calendar->is_working_day(calendar->roll_forward(day)));
  if (calendar->is_working_day(day)) expect(calendar->add_working_days(later, -10) == day);
  return 0;
}
