#include "engine/domain/command.hpp"

#include <limits>

#include "engine/json/reader.hpp"

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
  if (!entry.commitments.empty()) leaf["commitments"] = entry.commitments;
  if (entry.item) leaf["item"] = entry.item->value();
  return leaf.dump();
}

Result<JournalEntry> entry_of(std::string_view leaf) {
  Result<nlohmann::json> const read = json::read(leaf, {.bytes_max = leaf_bytes_max, .depth_max = 64});
  if (!read) return tl::unexpected(read.error());
  json::Fields fields(*read, "");
  JournalEntry entry{};
  auto const instant = [&](char const* name) {
    Result<Instant> const parsed = parse_instant(fields.text(name));
    if (!parsed) fields.fault(name, "must be an instant");
    return parsed.value_or(Instant{});
  };
  entry.index = fields.integer("index", 0, std::numeric_limits<std::int64_t>::max());
  entry.at = instant("at");
  entry.recorded_at = instant("recorded_at");
  entry.actor.username = Username{fields.text("actor")};
  entry.actor.automatic = fields.boolean_or("automatic", false);
  if (std::string const other = fields.text_or("on_behalf_of", ""); !other.empty())
    entry.actor.on_behalf_of = Username{other};
  if (fields.has("item"))
    entry.item = ItemId{fields.integer("item", 0, std::numeric_limits<std::int64_t>::max())};
  entry.type = fields.text("type");
  entry.payload = fields.object("payload");
  entry.outcome = fields.object("outcome");
  if (fields.has("commitments"))
    for (auto const& [field, commitment] : fields.object("commitments").items()) {
      if (commitment.is_string())
        entry.commitments[field] = commitment.get<std::string>();
      else
        fields.fault("commitments", "must be texts");
    }
  return fields.finish().map([&] { return std::move(entry); });
}

}  // namespace xiaohao
