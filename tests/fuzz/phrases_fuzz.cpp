// Any bytes as a deadline phrase, and as running text: read or refused, never a crash, and what is read
// prints back as a phrase that reads as the same schedule.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/calendar/phrase_of.hpp"
#include "engine/calendar/running_text/running_text.hpp"

namespace {

using namespace xiaohao;
using namespace xiaohao::calendar;

void expect(bool holds) {
  if (!holds) std::abort();
}

bool within_years(std::optional<Date> const& date) {
  return !date ||
         (date->ok() && static_cast<int>(date->year()) >= 1 && static_cast<int>(date->year()) <= 9999);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  BusinessCalendar const weekends;
  bool const with_reference = size % 2 == 0;
  PhraseContext const context{
      2024, with_reference ? std::optional(Date{std::chrono::year{2024} / 5 / 10}) : std::nullopt, &weekends};
  if (auto const reading = try_deadline(text, context)) {
    Schedule const& schedule = reading->schedule;
    expect(within_years(schedule.start) && within_years(schedule.due));
    expect(!schedule.start || !schedule.due || *schedule.start <= *schedule.due);
    expect(schedule.phrase == text);
    if (auto const phrase = phrase_of(schedule)) {
      auto const again = try_deadline(*phrase, context);
      expect(again && again->schedule.due == schedule.due &&
             again->schedule.recurrence == schedule.recurrence);
    }
  } else {
    expect(!reading.error().detail.zh.empty() && !reading.error().detail.en.empty());
  }
  if (auto const found = find_deadlines(text, context)) {
    std::size_t last = 0;
    for (FoundDeadline const& deadline : *found) {
      expect(deadline.position.byte >= last && deadline.bytes > 0);
      last = deadline.position.byte + deadline.bytes;
      expect(last <= size && text.substr(deadline.position.byte, deadline.bytes) == deadline.phrase);
    }
  }
  return 0;
}
