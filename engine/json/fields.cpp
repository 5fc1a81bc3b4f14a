#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::json {
namespace {

Json const empty_object = Json::object();
Json const empty_array = Json::array();

}  // namespace

Fields::Fields(Json const& object, std::string pointer)
    : object_(object.is_object() ? object : empty_object), pointer_(std::move(pointer)) {
  if (!object.is_object()) faults_.push_back({pointer_, {"应为对象", "must be an object"}});
}

Json const* Fields::find(std::string_view name) {
  asked_.emplace_back(name);
  auto const found = object_.find(std::string(name));
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

bool Fields::has(std::string_view name) const {
  auto const found = object_.find(std::string(name));
  return found != object_.end() && !found->is_null();
}

void Fields::ignore(std::string_view name) { asked_.emplace_back(name); }
Json const* Fields::optional(std::string_view name) { return find(name); }
std::string Fields::pointer(std::string_view name) const { return join_pointer(pointer_, name); }

void Fields::fault(std::string_view name, std::string_view detail) {
  faults_.push_back({pointer(name), {std::string(detail), std::string(detail)}});
}

void Fields::fault(std::string_view name, Text detail) {
  faults_.push_back({pointer(name), std::move(detail)});
}

void Fields::include(Result<void> const& inner) {
  if (!inner) faults_.insert(faults_.end(), inner.error().faults.begin(), inner.error().faults.end());
}

std::string Fields::text(std::string_view name) {
  Json const* value = find(name);
  if (!value) {
    faults_.push_back({pointer(name), {"缺少此项", "is missing"}});
    return {};
  }
  if (!value->is_string() || value->get_ref<std::string const&>().empty()) {
    faults_.push_back({pointer(name), {"应为非空文字", "must be a text that is not empty"}});
    return {};
  }
  return value->get<std::string>();
}

std::string Fields::text_or(std::string_view name, std::string_view fallback) {
  Json const* value = find(name);
  if (!value) return std::string(fallback);
  if (value->is_string()) return value->get<std::string>();
  faults_.push_back({pointer(name), {"应为文字", "must be a text"}});
  return {};
}

std::int64_t Fields::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  if (!has(name)) {
    asked_.emplace_back(name);
    faults_.push_back({pointer(name), {"缺少此项", "is missing"}});
    return min;
  }
  return integer_or(name, min, max, min);
}

std::int64_t Fields::integer_or(std::string_view name, std::int64_t min, std::int64_t max,
                                std::int64_t fallback) {
  Json const* value = find(name);
  if (!value) return fallback;
  if (value->is_number_integer()) {
    auto const number = value->get<std::int64_t>();
    if (number >= min && number <= max) return number;
  }
  std::string const range = std::to_string(min) + "–" + std::to_string(max);
  faults_.push_back({pointer(name), {"应为 " + range + " 的整数", "must be an integer in " + range}});
  return fallback;
}

bool Fields::boolean_or(std::string_view name, bool fallback) {
  Json const* value = find(name);
  if (!value) return fallback;
  if (value->is_boolean()) return value->get<bool>();
  faults_.push_back({pointer(name), {"应为 true 或 false", "must be true or false"}});
  return fallback;
}

std::vector<std::string> Fields::texts(std::string_view name) {
  std::vector<std::string> found;
  std::size_t index = 0;
  for (Json const& entry : array_or_empty(name)) {
    if (entry.is_string())
      found.push_back(entry.get<std::string>());
    else
      faults_.push_back({join_pointer(pointer(name), index), {"应为文字", "must be a text"}});
    ++index;
  }
  return found;
}

std::vector<int> Fields::integers(std::string_view name, int min, int max) {
  std::vector<int> found;
  std::size_t index = 0;
  for (Json const& entry : array_or_empty(name)) {
    std::int64_t const number = entry.is_number_integer() ? entry.get<std::int64_t>() : 0;
    if (entry.is_number_integer() && number >= min && number <= max) {
      found.push_back(static_cast<int>(number));
    } else {
      std::string const range = std::to_string(min) + "–" + std::to_string(max);
      faults_.push_back({join_pointer(pointer(name), index),
                         {"应为 " + range + " 的整数", "must be an integer in " + range}});
    }
    ++index;
  }
  return found;
}

Json const& Fields::array(std::string_view name) {
  if (!has(name)) {
    asked_.emplace_back(name);
    faults_.push_back({pointer(name), {"缺少此项", "is missing"}});
    return empty_array;
  }
  return array_or_empty(name);
}

Json const& Fields::array_or_empty(std::string_view name) {
  Json const* value = find(name);
  if (!value) return empty_array;
  if (value->is_array()) return *value;
  faults_.push_back({pointer(name), {"应为数组", "must be an array"}});
  return empty_array;
}

Json const& Fields::object(std::string_view name) {
  Json const* value = find(name);
  if (value && value->is_object()) return *value;
  faults_.push_back(
      {pointer(name), value ? Text{"应为对象", "must be an object"} : Text{"缺少此项", "is missing"}});
  return empty_object;
}

Result<void> Fields::finish() {
  for (auto const& [name, value] : object_.items())
    if (std::find(asked_.begin(), asked_.end(), name) == asked_.end())
      faults_.push_back({pointer(name), {"没有这一项", "is not a known field"}});
  if (faults_.empty()) return {};
  return tl::unexpected(Refusal{Reason::Malformed, faults_});
}

}  // namespace xiaohao::json
