#include "engine/identity/authority.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace xiaohao::identity {
namespace {

Instant not_before_the_last(store::Reader const& reader, Instant at) {
  std::int64_t const size = reader.journal_head().size;
  if (size == 0) return at;
  auto const last = nlohmann::json::parse(reader.journal(size - 1, size).front().leaf);
  return std::max(at, parse_instant(last.at("recorded_at").get<std::string>()).value());
}

}  // namespace

void record(store::Transaction& transaction, Authority const& authority, std::string type,
            nlohmann::json payload) {
  Instant const at = not_before_the_last(transaction, authority.at);
  transaction.append({0, at, at, authority.actor, std::nullopt, std::move(type), std::move(payload),
                      nlohmann::json::object()});
}

}  // namespace xiaohao::identity
