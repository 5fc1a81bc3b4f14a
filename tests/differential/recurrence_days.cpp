// Answers for recurrence.mjs: lines `ANCHOR FROM TO RULE` in, the days of the rule out, one line each.

#include <iostream>
#include <string>

#include "engine/calendar/recurrence.hpp"

int main() {
  using namespace xiaohao;
  std::string anchor, from, to, rule_text;
  while (std::cin >> anchor >> from >> to >> rule_text) {
    auto const rule = calendar::RecurrenceRule::read(rule_text);
    if (!rule) {
      std::cout << "refused: " << rule.error().first().detail.en << "\n";
      continue;
    }
    std::string days;
    for (Date date : calendar::occurrences(*rule, *parse_date(anchor), *parse_date(from), *parse_date(to)))
      days += (days.empty() ? "" : " ") + to_string(date);
    std::cout << days << "\n";
  }
}
