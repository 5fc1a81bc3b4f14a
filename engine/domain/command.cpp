#include "engine/domain/command.hpp"

namespace xiaohao {

std::string leaf_of(JournalEntry const& entry) {
  nlohmann::json leaf{{"index", entry.index},
                      {"at", to_string(entry.at)},
                      {"recorded_at", to_string(entry.recorded_at)},
                      {"actor", entry.actor.username.value()},
                      {"type", entry.type},
                      {"payload", entry.payload},
                      {"outcome", entry.outcome}};
  if (entry.actor.automatic) leaf["automatic"] = true;
  if (entry.actor.on_behalf_of) leaf["on_behalf_of"] = entry.actor.on_behalf_of->value();
  if (entry.item) leaf["item"] = entry.item->value();
  return leaf.dump();
}

}  // namespace xiaohao
