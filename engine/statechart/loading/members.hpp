#pragma once

// How a machine's JSON is looked at: strictly, and in the order in which XState sees it.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/statechart/loading/faults.hpp"

namespace xiaohao::statechart::loading {

using Json = json::OrderedJson;

/// A file and a place in it.
struct Place {
  Json const& json;
  std::string pointer;

  Place at(char const* name) const { return {json.at(name), json::join_pointer(pointer, name)}; }
  Place at(std::size_t index) const { return {json.at(index), json::join_pointer(pointer, index)}; }
  bool has(char const* name) const { return json.is_object() && json.contains(name); }
};

/// The members of an object in JavaScript's order, which is XState's: keys that are whole numbers go first,
/// ascending, the rest as written.
std::vector<std::pair<std::string, Json const*>> members(Json const& object);

/// Whether JavaScript takes a key for an array index: digits without a leading zero, below 2^32 - 1.
bool is_array_index(std::string const& key);

/// One value, or each of an array: XState lets most lists of one stand alone.
std::vector<Place> one_or_many(Place const& place);

/// Names every member that is not among `known`: what is not understood is not ignored.
void check_members(Place const& place, std::initializer_list<std::string_view> known, Faults& faults);

/// The text under `name`; none when it is missing or no text.
std::optional<std::string> text_at(Json const& object, char const* name);

}  // namespace xiaohao::statechart::loading
