#include "engine/statechart/loading/calls.hpp"

namespace xiaohao::statechart::loading {
namespace {

/// `"e"` or `{"type": "e"}`.
std::optional<std::string> event_name(Place const& place, Faults& faults) {
  std::optional<std::string> name;
  if (place.json.is_string()) name = place.json.get<std::string>();
  if (place.json.is_object()) {
    check_members(place, {"type"}, faults);
    name = text_at(place.json, "type");
  }
  return name && !name->empty() ? name : std::nullopt;
}

std::optional<Call> read_raise(Place const& place, Faults& faults) {
  check_members(place, {"type", "params", "event"}, faults);
  Place const holder = place.has("params") && !place.has("event") ? place.at("params") : place;
  if (place.has("params") && place.json.at("params").is_object())
    check_members(place.at("params"), {"event"}, faults);
  auto const name = holder.has("event") ? event_name(holder.at("event"), faults) : std::nullopt;
  if (!name || (place.has("params") && place.has("event"))) {
    faults.add(place.pointer, "raise 须指明一个事件的 type", "raise needs one event with a type");
    return std::nullopt;
  }
  return Call{"xstate.raise", {{"event", *name}}, place.pointer};
}

}  // namespace

std::optional<Call> read_call(Place const& place, Faults& faults) {
  std::optional<std::string> type;
  if (place.json.is_string()) type = place.json.get<std::string>();
  if (place.json.is_object()) type = text_at(place.json, "type");
  if (!type || type->empty()) {
    faults.add(place.pointer, "应为名称，或带 type 的对象", "must be a name, or an object with a type");
    return std::nullopt;
  }
  if (*type == "raise" || *type == "xstate.raise") return read_raise(place, faults);
  if (type->starts_with("xstate.")) {
    faults.add(place.pointer, "以 xstate. 开头的名称保留给状态机自身",
               "names that begin with xstate. are the machine's own; of these only raise runs here");
    return std::nullopt;
  }
  Call call{*type, nlohmann::json::object(), place.pointer};
  if (!place.json.is_object()) return call;
  check_members(place, {"type", "params"}, faults);
  if (place.has("params")) {
    if (!place.json.at("params").is_object())
      faults.add(json::join_pointer(place.pointer, "params"), "应为对象", "must be an object");
    else
      call.params = nlohmann::json(place.json.at("params"));
  }
  return call;
}

std::vector<Call> read_calls(Place const& place, Faults& faults) {
  std::vector<Call> found;
  for (Place const& entry : one_or_many(place))
    if (auto call = read_call(entry, faults)) found.push_back(std::move(*call));
  return found;
}

}  // namespace xiaohao::statechart::loading
