#include "engine/domain/finding.hpp"

#include <array>
#include <utility>

#include "engine/domain/campaigns.hpp"

namespace xiaohao {
namespace {

constexpr std::array<std::pair<Rectification, std::string_view>, 3> rectifications{
    {{Rectification::Immediate, "immediate"},
     {Rectification::Dated, "dated"},
     {Rectification::LongTerm, "long_term"}}};

}  // namespace

std::string_view to_string(Rectification rectification) {
  for (auto const& [value, name] : rectifications)
    if (value == rectification) return name;
  return {};
}

std::optional<Rectification> rectification_named(std::string_view name) {
  for (auto const& [value, known] : rectifications)
    if (known == name) return value;
  return std::nullopt;
}

std::string campaign_at(Date day, std::vector<Campaign> const& campaigns) {
  calendar::Schedule schedule;
  schedule.due = day;
  std::vector<std::string> const names = campaigns_of(schedule, campaigns);
  return names.empty() ? std::string() : names.front();
}

}  // namespace xiaohao
