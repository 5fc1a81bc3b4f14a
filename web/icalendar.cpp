#include "web/icalendar.hpp"

#include <array>
#include <cstdio>

namespace xiaohao::web {
namespace {

constexpr std::size_t line_bytes_max = 75;

std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;  // no calendar may hold them
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

std::string digits(Date date) {
  std::array<char, 16> text;
  std::snprintf(text.data(), text.size(), "%04d%02u%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

bool is_within_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

}  // namespace

CalendarText::CalendarText(std::string_view name) {
  begin("VCALENDAR");
  plain("VERSION", "2.0");
  plain("PRODID", "-//Xiaohao//Xiaohao//ZH");
  plain("CALSCALE", "GREGORIAN");
  text("NAME", name);
  text("X-WR-CALNAME", name);
  plain("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
  plain("X-PUBLISHED-TTL", "PT1H");
}

void CalendarText::begin(std::string_view component) { plain("BEGIN", component); }
void CalendarText::end(std::string_view component) { plain("END", component); }

void CalendarText::text(std::string_view property, std::string_view value) {
  plain(property, escaped(value));
}

void CalendarText::plain(std::string_view property, std::string_view value) {
  line(std::string(property) + ":" + std::string(value));
}

void CalendarText::date(std::string_view property, Date value) {
  plain(std::string(property) + ";VALUE=DATE", digits(value));
}

void CalendarText::moment(std::string_view property, Instant value) {
  auto const day = std::chrono::floor<std::chrono::days>(value);
  std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::seconds>(value - day)};
  std::array<char, 16> clock;
  std::snprintf(clock.data(), clock.size(), "T%02d%02d%02dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  plain(property, digits(Date{day}) + clock.data());
}

void CalendarText::number(std::string_view property, long long value) {
  plain(property, std::to_string(value));
}

std::string CalendarText::take() {
  end("VCALENDAR");
  return std::move(text_);
}

void CalendarText::line(std::string_view content) {
  std::size_t room = line_bytes_max;
  while (content.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && is_within_character(content[cut])) --cut;  // never in the middle of a character
    text_.append(content.substr(0, cut)).append("\r\n ");
    content.remove_prefix(cut);
    room = line_bytes_max - 1;  // the space before it counts
  }
  text_.append(content).append("\r\n");
}

}  // namespace xiaohao::web
