#include "notifications/policy.hpp"

#include <algorithm>
#include <array>

#include "engine/domain/channel_names.hpp"

namespace xiaohao::notifications {
namespace {

constexpr std::array<std::pair<Audience, std::string_view>, 10> audiences{{
    {Audience::Owner, "owner"},
    {Audience::Head, "head"},
    {Audience::SupervisingLeader, "supervising_leader"},
    {Audience::Coordinator, "coordinator"},
    {Audience::Leadership, "leadership"},
    {Audience::Inspector, "inspector"},
    {Audience::FirstReviewer, "first_reviewer"},
    {Audience::AllOwners, "all_owners"},
    {Audience::Group, "group"},
    {Audience::NamedUnit, "unit"},
}};

template <class Value>
bool fits(std::vector<Value> const& allowed, Value const& value) {
  return allowed.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

}  // namespace

std::string_view to_string(Audience audience) {
  for (auto const& [value, name] : audiences)
    if (value == audience) return name;
  return "";
}

std::optional<Audience> audience_named(std::string_view name) {
  for (auto const& [value, candidate] : audiences)
    if (candidate == name) return value;
  return std::nullopt;
}

std::optional<Addressee> addressee_named(std::string_view text) {
  auto const colon = text.find(':');
  auto const audience = audience_named(text.substr(0, colon));
  if (!audience) return std::nullopt;
  bool const needs_name = *audience == Audience::Group || *audience == Audience::NamedUnit;
  std::string name(colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1));
  if (needs_name == name.empty() || (!needs_name && colon != std::string_view::npos)) return std::nullopt;
  return Addressee(*audience, std::move(name));
}

bool is_channel(std::string_view name) { return channel_named(name) != nullptr; }

bool Policy::is_important(WorkItem const& item, std::string_view importance_name) const {
  auto const found = importance.find(importance_name);
  return found != importance.end() &&
         std::find(found->second.begin(), found->second.end(), item.definition.number) != found->second.end();
}

LadderSteps const* Policy::ladder_of(WorkItem const& item) const {
  auto const found = std::find_if(ladders.begin(), ladders.end(), [&](LadderSteps const& ladder) {
    if (!fits(ladder.kinds, item.definition.kind)) return false;
    auto const& role = item.definition.role;
    if (!ladder.roles.empty() && (!role || !fits(ladder.roles, *role))) return false;
    bool const important = ladder.importance.empty() ||
                           std::any_of(ladder.importance.begin(), ladder.importance.end(),
                                       [&](std::string const& one) { return is_important(item, one); });
    if (!important) return false;
    if (ladder.campaigns.empty()) return true;
    auto const& campaigns = item.definition.campaigns;
    return std::any_of(campaigns.begin(), campaigns.end(),
                       [&](std::string const& campaign) { return fits(ladder.campaigns, campaign); });
  });
  return found == ladders.end() ? nullptr : &*found;
}

OccasionRule const& Policy::occasion(std::string_view occasion_name) const {
  auto const found = occasions.find(occasion_name);
  return found == occasions.end() ? occasions.find("other")->second : found->second;
}

}  // namespace xiaohao::notifications
