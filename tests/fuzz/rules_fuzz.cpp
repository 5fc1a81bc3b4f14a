// Any bytes as an RFC 5545 rule: refused, or read as a rule that prints as text which reads as the same rule,
// and whose occurrences lie in order within what was asked for.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/calendar/recurrence.hpp"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace xiaohao;
  using namespace xiaohao::calendar;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const rule = RecurrenceRule::read(text);
  if (!rule) {
    expect(!rule.error().first().detail.en.empty());
    return 0;
  }
  auto const again = RecurrenceRule::read(to_string(*rule));
  expect(again && *again == *rule);
  Date const anchor{std::chrono::year{2024} / 1 / 31}, from{std::chrono::year{2024} / 2 / 1},
      to{std::chrono::year{2025} / 6 / 30};
  std::optional<Date> last;
  for (Date const date : occurrences(*rule, anchor, from, to)) {
    expect(date.ok() && from <= date && date <= to && (!last || *last < date));
    last = date;
  }
  if (auto const next = next_occurrence(*rule, anchor, from)) expect(next->ok() && from < *next);
  return 0;
}
