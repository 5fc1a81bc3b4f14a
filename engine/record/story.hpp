#pragma once

// What the events of an item say was decided, by whom and when: worked out from the entries alone, by the
// names of the actions that each of them ran (`outcome.actions`), so that a reader needs no lifecycle. The
// rules are those of `docs/record-format.md`, and other verifiers follow the same.

#include <optional>
#include <string>
#include <vector>

#include "engine/json/document.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::record {

using Json = nlohmann::json;

struct Story {
  Json definition;  ///< of `item.created`
  Json plan;        ///< `{"year","title","source"}` of `plan.created`
  std::string lifecycle;
  Json state;  ///< the state value that the last event led to
  Json due;    ///< the date that counted at the end; null: none
  std::int64_t cycle = 1;
  std::optional<std::string> closed_at;
  std::optional<std::string> applicant, first_reviewer, verifier;
  std::vector<std::string> contributors;  ///< of this cycle: who applied, reported or handed in evidence
  Json evidence = Json::array();          ///< of this cycle, not withdrawn: `{"sha256","name","size"}`
  std::int64_t version = 1;
};

/// The story of `entries`: `plan.created`, `item.created` and every entry of the item after it, in order.
/// Malformed, with a pointer into the list, when they do not tell one.
Result<Story> story_of(std::vector<Json> const& entries);

/// `item` of a record: the definition, and how it ended.
Json item_of(Story const& story);

}  // namespace xiaohao::record
