#include "engine/domain/campaigns.hpp"

namespace xiaohao {
namespace {

Campaign const* running_or_next(Date date, std::vector<Campaign> const& campaigns) {
  Campaign const* found = nullptr;
  for (Campaign const& campaign : campaigns)
    if (date <= campaign.due && (!found || campaign.start < found->start)) found = &campaign;
  return found;
}

}  // namespace

std::vector<std::string> campaigns_of(calendar::Schedule const& schedule,
                                      std::vector<Campaign> const& campaigns) {
  std::vector<std::string> names;
  if (schedule.start) {
    for (Campaign const& campaign : campaigns)
      if (*schedule.start <= campaign.due && (!schedule.due || campaign.start <= *schedule.due))
        names.push_back(campaign.name);
  } else if (schedule.due) {
    if (Campaign const* campaign = running_or_next(*schedule.due, campaigns)) names.push_back(campaign->name);
  }
  return names;
}

}  // namespace xiaohao
