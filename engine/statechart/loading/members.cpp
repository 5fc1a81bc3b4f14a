#include "engine/statechart/loading/members.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace xiaohao::statechart::loading {
namespace {

std::optional<std::uint32_t> array_index(std::string const& key) {
  if (key.empty() || key.size() > 10 || (key.size() > 1 && key.front() == '0')) return std::nullopt;
  std::uint32_t value = 0;
  auto const [end, error] = std::from_chars(key.data(), key.data() + key.size(), value);
  if (error != std::errc{} || end != key.data() + key.size() || value == 0xffffffffU) return std::nullopt;
  return value;
}

}  // namespace

std::vector<std::pair<std::string, Json const*>> members(Json const& object) {
  std::vector<std::pair<std::string, Json const*>> found;
  for (auto const& [key, value] : object.items()) found.emplace_back(key, &value);
  auto const first_name = std::stable_partition(
      found.begin(), found.end(), [](auto const& member) { return array_index(member.first).has_value(); });
  std::sort(found.begin(), first_name,
            [](auto const& a, auto const& b) { return *array_index(a.first) < *array_index(b.first); });
  return found;
}

bool is_array_index(std::string const& key) { return array_index(key).has_value(); }

std::vector<Place> one_or_many(Place const& place) {
  std::vector<Place> found;
  if (!place.json.is_array()) {
    found.push_back(place);
    return found;
  }
  found.reserve(place.json.size());
  for (std::size_t index = 0; index < place.json.size(); ++index) found.push_back(place.at(index));
  return found;
}

void check_members(Place const& place, std::initializer_list<std::string_view> known, Faults& faults) {
  for (auto const& [name, value] : place.json.items())
    if (std::find(known.begin(), known.end(), name) == known.end())
      faults.add(json::join_pointer(place.pointer, name), "不是无需 JavaScript 即可运行的状态机字段",
                 "is not a field of machine JSON that can run without JavaScript");
}

std::optional<std::string> text_at(Json const& object, char const* name) {
  auto const found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

}  // namespace xiaohao::statechart::loading
