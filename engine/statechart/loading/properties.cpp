#include "engine/statechart/loading/properties.hpp"

#include "engine/statechart/loading/calls.hpp"

namespace xiaohao::statechart::loading {
namespace {

std::vector<std::string> names(Place const& place, Faults& faults) {
  std::vector<std::string> found;
  for (Place const& entry : one_or_many(place)) {
    if (entry.json.is_string() && !entry.json.get_ref<std::string const&>().empty())
      found.push_back(entry.json.get<std::string>());
    else
      faults.add(entry.pointer, "应为名称", "must be a name");
  }
  if (found.empty()) faults.add(place.pointer, "至少写一个名称", "names nothing; give at least one name");
  return found;
}

std::vector<std::string> names_at(Place const& place, char const* name, Faults& faults) {
  return place.has(name) ? names(place.at(name), faults) : std::vector<std::string>{};
}

Pattern pattern_at(Place const& owner, char const* name, Faults& faults) {
  Pattern pattern;
  if (!owner.has(name)) return pattern;
  Place const place = owner.at(name);
  if (!place.json.is_object()) {
    faults.add(place.pointer, "应为对象", "must be an object of event, delay, guard, action, enters, leaves");
    return pattern;
  }
  check_members(place, {"event", "delay", "guard", "action", "enters", "leaves"}, faults);
  pattern.events = names_at(place, "event", faults);
  pattern.delays = names_at(place, "delay", faults);
  pattern.guards = names_at(place, "guard", faults);
  if (place.has("action")) pattern.actions = read_calls(place.at("action"), faults);
  pattern.enters = names_at(place, "enters", faults);
  pattern.leaves = names_at(place, "leaves", faults);
  if (pattern.empty())
    faults.add(place.pointer, "至少写一个条件", "matches every step; give at least one condition");
  return pattern;
}

Text text_of(Place const& place, Faults& faults) {
  Text text;
  if (place.has("text") && place.json.at("text").is_object()) {
    Place const words = place.at("text");
    check_members(words, {"zh", "en"}, faults);
    text = {text_at(words.json, "zh").value_or(""), text_at(words.json, "en").value_or("")};
  }
  if (text.zh.empty() || text.en.empty())
    faults.add(json::join_pointer(place.pointer, "text"), "应写明中英文说明",
               "must say in zh and en why the county wants it");
  return text;
}

/// Which of the three forms, by the member that only it has.
std::optional<PropertyKind> kind_of(Place const& place) {
  std::optional<PropertyKind> kind;
  int forms = 0;
  for (auto const& [name, form] : {std::pair{"demands", PropertyKind::Demands},
                                   {"demands_earlier", PropertyKind::DemandsEarlier},
                                   {"stays_reachable", PropertyKind::StaysReachable}})
    if (place.has(name)) kind = form, ++forms;
  return forms == 1 ? kind : std::nullopt;
}

Property read_property(Place const& place, PropertyKind kind, Faults& faults) {
  Property property{
      kind,         text_at(place.json, "id").value_or(""), text_of(place, faults), {}, {}, {}, {}, {},
      place.pointer};
  if (property.id.empty())
    faults.add(json::join_pointer(place.pointer, "id"), "应为名称", "must be a name of the property's own");
  if (kind == PropertyKind::StaysReachable) {
    check_members(place, {"id", "text", "stays_reachable", "unless"}, faults);
    property.reachable = names_at(place, "stays_reachable", faults);
    property.unless = names_at(place, "unless", faults);
    return property;
  }
  bool const earlier = kind == PropertyKind::DemandsEarlier;
  if (earlier)
    check_members(place, {"id", "text", "when", "demands_earlier", "since"}, faults);
  else
    check_members(place, {"id", "text", "when", "demands"}, faults);
  if (!place.has("when"))
    faults.add(json::join_pointer(place.pointer, "when"), "缺少此项", "is missing: which steps it is about");
  property.when = pattern_at(place, "when", faults);
  property.demands = pattern_at(place, earlier ? "demands_earlier" : "demands", faults);
  property.since = pattern_at(place, "since", faults);
  return property;
}

}  // namespace

std::vector<Property> read_properties(Place const& place, Faults& faults) {
  std::vector<Property> found;
  if (!place.json.is_array()) {
    faults.add(place.pointer, "应为数组", "must be an array");
    return found;
  }
  if (place.json.size() > properties_max) {
    faults.add(place.pointer, "最多 " + std::to_string(properties_max) + " 条",
               "holds " + std::to_string(place.json.size()) + "; at most " + std::to_string(properties_max) +
                   " can be proved");
    return found;
  }
  for (Place const& entry : one_or_many(place)) {
    auto const kind = entry.json.is_object() ? kind_of(entry) : std::nullopt;
    if (!kind) {
      faults.add(entry.pointer, "应为对象，含 demands、demands_earlier、stays_reachable 之一",
                 "must be an object with one of demands, demands_earlier and stays_reachable");
      continue;
    }
    Property property = read_property(entry, *kind, faults);
    for (Property const& other : found)
      if (other.id == property.id && !property.id.empty())
        faults.add(json::join_pointer(entry.pointer, "id"), "编号 " + property.id + " 重复",
                   "the id " + property.id + " stands twice");
    found.push_back(std::move(property));
  }
  return found;
}

}  // namespace xiaohao::statechart::loading
