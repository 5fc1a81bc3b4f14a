#include <algorithm>
#include <set>

#include "engine/statechart/definition.hpp"

namespace xiaohao::statechart {

using Json = json::OrderedJson;
using json::join_pointer;

/// Two passes: the first makes the states, so that the second can resolve targets among all of them.
class Loader {
 public:
  Result<Definition> load(Json const& machine) {
    if (!machine.is_object()) return malformed("", "must be an object");
    std::string root_id = "(machine)";
    if (auto const id = machine.find("id"); id != machine.end() && id->is_string())
      root_id = id->get<std::string>();
    add_state(machine, "", std::nullopt, root_id, root_id);
    if (faults_.empty())
      for (auto const& [index, source] : sources_) resolve(index, *source.json, source.pointer);
    if (!faults_.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults_)});
    Definition definition;
    definition.data_ = std::make_shared<Definition::Data const>(std::move(data_));
    return definition;
  }

 private:
  struct Source {
    Json const* json;
    std::string pointer;
  };
  Definition::Data data_;
  std::vector<std::pair<StateIndex, Source>> sources_;
  std::vector<Fault> faults_;

  void fault(std::string pointer, std::string detail) {
    if (faults_.size() < 100) faults_.push_back({std::move(pointer), {detail, detail}});
  }

  static std::optional<std::string> text(Json const& object, char const* name) {
    auto const found = object.find(name);
    return found != object.end() && found->is_string() ? std::optional(found->get<std::string>())
                                                       : std::nullopt;
  }

  void check_fields(Json const& object, std::string const& pointer, std::set<std::string_view> const& known) {
    for (auto const& [name, value] : object.items())
      if (!known.contains(name))
        fault(join_pointer(pointer, name), "is not a field of machine JSON that can run without JavaScript");
  }

  std::optional<StateType> type_of(Json const& config, std::string const& pointer) {
    auto const children = config.find("states");
    bool const has_children = children != config.end() && children->is_object() && !children->empty();
    std::string const history = text(config, "history").value_or(config.contains("history") ? "?" : "");
    if (config.contains("history") && history != "shallow" && history != "deep") {
      fault(join_pointer(pointer, "history"), "must be shallow or deep");
      return std::nullopt;
    }
    StateType const remembered = history == "deep" ? StateType::DeepHistory : StateType::ShallowHistory;
    if (!config.contains("type"))
      return has_children ? StateType::Compound : config.contains("history") ? remembered : StateType::Atomic;
    std::string const type = text(config, "type").value_or("");
    std::optional<StateType> found;
    if (type == "atomic") found = StateType::Atomic;
    if (type == "compound") found = StateType::Compound;
    if (type == "parallel") found = StateType::Parallel;
    if (type == "final") found = StateType::Final;
    if (type == "history") found = remembered;
    if (!found) fault(join_pointer(pointer, "type"), "must be atomic, compound, parallel, final or history");
    bool const may_have_children = found == StateType::Compound || found == StateType::Parallel;
    if (found && has_children && !may_have_children)
      fault(join_pointer(pointer, "states"), "a state of type " + type + " has no states of its own");
    if (found && !has_children && may_have_children)
      fault(join_pointer(pointer, "type"), "a " + type + " state needs states");
    return found;
  }

  void add_state(Json const& config, std::string const& pointer, std::optional<StateIndex> parent,
                 std::string key, std::string id) {
    if (!config.is_object()) return fault(pointer, "must be an object");
    if (data_.states.size() >= states_max) {
      if (data_.states.size() == states_max) fault(pointer, "more than 10,000 states");
      return;
    }
    std::set<std::string_view> known{"id",      "initial", "states", "on",          "always",
                                     "after",   "onDone",  "entry",  "exit",        "type",
                                     "history", "tags",    "meta",   "description", "target"};
    if (!parent) known.insert({"$schema", "version", "properties"});
    check_fields(config, pointer, known);
    if (auto const given = config.find("id"); given != config.end()) {
      if (!given->is_string() || given->get_ref<std::string const&>().empty())
        fault(join_pointer(pointer, "id"), "must be a text that is not empty");
      else
        id = given->get<std::string>();
    }
    StateIndex const index = data_.states.size();
    State state;
    state.id = id;
    state.key = std::move(key);
    state.parent = parent;
    state.type = type_of(config, pointer).value_or(StateType::Atomic);
    if (!data_.by_id.emplace(id, index).second)
      fault(join_pointer(pointer, "id"), "the id " + id + " stands twice");
    data_.states.push_back(std::move(state));
    sources_.push_back({index, {&config, pointer}});
    auto const children = config.find("states");
    if (children == config.end()) return;
    if (!children->is_object()) return fault(join_pointer(pointer, "states"), "must be an object");
    for (auto const& [child_key, child] : children->items()) {
      StateIndex const place = data_.states.size();
      std::string const child_pointer = join_pointer(join_pointer(pointer, "states"), child_key);
      if (child_key.empty() || child_key.find('.') != std::string::npos)
        fault(child_pointer, "a state's key is not empty and has no dot");
      add_state(child, child_pointer, index, child_key, full_path(index) + "." + child_key);
      if (data_.states.size() > place) data_.states[index].children.push_back(place);
    }
  }

  /// The default id: the machine's id and the keys on the way, whatever ids stand between.
  std::string full_path(StateIndex index) const {
    State const& state = data_.states[index];
    return state.parent ? full_path(*state.parent) + "." + state.key : state.id;
  }

  std::vector<Call> calls(Json const& config, std::string const& pointer) {
    std::vector<Call> found;
    bool const is_list = config.is_array();
    std::size_t const count = is_list ? config.size() : 1;
    for (std::size_t at = 0; at < count; ++at)
      if (auto call = one_call(is_list ? config[at] : config, is_list ? join_pointer(pointer, at) : pointer))
        found.push_back(std::move(*call));
    return found;
  }

  std::optional<Call> one_call(Json const& config, std::string const& pointer) {
    if (config.is_string() && !config.get_ref<std::string const&>().empty())
      return Call{config.get<std::string>(), nlohmann::json::object()};
    auto const type = config.is_object() ? text(config, "type") : std::nullopt;
    if (!type || type->empty()) {
      fault(pointer, "must be a name, or an object with a type");
      return std::nullopt;
    }
    Call call{*type, nlohmann::json::object()};
    bool const raises = *type == "raise" || *type == "xstate.raise";
    check_fields(config, pointer,
                 raises ? std::set<std::string_view>{"type", "params", "event"}
                        : std::set<std::string_view>{"type", "params"});
    if (auto const params = config.find("params"); params != config.end())
      call.params = nlohmann::json(*params);
    if (raises) {
      Json const* event = config.contains("event") ? &config["event"] : nullptr;
      if (!event && config.contains("params") && config["params"].is_object() &&
          config["params"].contains("event"))
        event = &config["params"]["event"];
      std::optional<std::string> name;
      if (event && event->is_string()) name = event->get<std::string>();
      if (event && event->is_object()) name = text(*event, "type");
      if (!name || name->empty()) {
        fault(pointer, "raise needs an event with a type");
        return std::nullopt;
      }
      call = Call{"xstate.raise", {{"event", *name}}};
    }
    return call;
  }

  std::optional<StateIndex> child_named(StateIndex parent, std::string_view key) const {
    for (StateIndex child : data_.states[parent].children)
      if (data_.states[child].key == key) return child;
    return std::nullopt;
  }

  std::optional<StateIndex> down(StateIndex from, std::string_view path) const {
    while (!path.empty()) {
      auto const dot = path.find('.');
      auto const next = child_named(from, path.substr(0, dot));
      if (!next) return std::nullopt;
      from = *next;
      path = dot == std::string_view::npos ? "" : path.substr(dot + 1);
    }
    return from;
  }

  std::optional<StateIndex> target(StateIndex source, std::string_view name, bool from_parent) const {
    if (name.starts_with('#')) {
      // An id may hold dots itself, so the longest id that fits goes first.
      std::string_view id = name.substr(1);
      for (std::size_t length = id.size(); length > 0; length = id.rfind('.', length - 1)) {
        if (length == std::string_view::npos) break;
        auto const found = data_.by_id.find(std::string(id.substr(0, length)));
        if (found != data_.by_id.end())
          return length == id.size() ? found->second : down(found->second, id.substr(length + 1));
      }
      return std::nullopt;
    }
    if (name.starts_with('.') && !from_parent)
      return name.size() > 1 ? down(source, name.substr(1)) : std::nullopt;
    auto const parent = data_.states[source].parent;
    return parent && !name.empty() ? down(*parent, name) : std::nullopt;
  }

  std::vector<StateIndex> targets(StateIndex source, Json const& config, std::string const& pointer,
                                  bool from_parent = false) {
    std::vector<StateIndex> found;
    bool const is_list = config.is_array();
    if (is_list && config.empty()) fault(pointer, "names no target");
    for (std::size_t at = 0; at < (is_list ? config.size() : 1); ++at) {
      Json const& entry = is_list ? config[at] : config;
      std::string const here = is_list ? join_pointer(pointer, at) : pointer;
      if (!entry.is_string()) {
        fault(here, "must be the name of a state");
      } else if (auto const index = target(source, entry.get_ref<std::string const&>(), from_parent)) {
        found.push_back(*index);
      } else {
        fault(here, "there is no state \"" + entry.get<std::string>() + "\" from " + data_.states[source].id);
      }
    }
    for (std::size_t a = 0; a < found.size(); ++a)
      for (std::size_t b = a + 1; b < found.size(); ++b)
        if (!compatible(found[a], found[b])) fault(pointer, "targets that cannot be active together");
    return found;
  }

  /// Two states can be active together when they part in a parallel state, or one holds the other.
  bool compatible(StateIndex a, StateIndex b) const {
    std::vector<StateIndex> above;
    for (std::optional<StateIndex> at = a; at; at = data_.states[*at].parent) above.push_back(*at);
    for (std::optional<StateIndex> at = b; at; at = data_.states[*at].parent) {
      auto const meet = std::find(above.begin(), above.end(), *at);
      if (meet != above.end()) return *at == a || *at == b || data_.states[*at].type == StateType::Parallel;
    }
    return true;
  }

  std::vector<Transition> transitions(StateIndex source, std::string const& event, Json const& config,
                                      std::string const& pointer) {
    std::vector<Transition> found;
    bool const is_list = config.is_array();
    for (std::size_t at = 0; at < (is_list ? config.size() : 1); ++at) {
      Json const& entry = is_list ? config[at] : config;
      std::string const here = is_list ? join_pointer(pointer, at) : pointer;
      Transition transition;
      transition.source = source;
      transition.event = event;
      if (entry.is_string()) {
        transition.targetless = false;
        transition.targets = targets(source, entry, here);
      } else if (entry.is_object()) {
        check_fields(entry, here, {"target", "guard", "actions", "reenter", "meta", "description"});
        if (auto const to = entry.find("target"); to != entry.end() && !to->is_null()) {
          transition.targetless = false;
          transition.targets = targets(source, *to, join_pointer(here, "target"));
        }
        if (auto const guard = entry.find("guard"); guard != entry.end())
          transition.guard = one_call(*guard, join_pointer(here, "guard"));
        if (auto const actions = entry.find("actions"); actions != entry.end())
          transition.actions = calls(*actions, join_pointer(here, "actions"));
        if (auto const reenter = entry.find("reenter"); reenter != entry.end()) {
          if (reenter->is_boolean())
            transition.reenter = reenter->get<bool>();
          else
            fault(join_pointer(here, "reenter"), "must be true or false");
        }
        if (auto const meta = entry.find("meta"); meta != entry.end())
          transition.meta = nlohmann::json(*meta);
      } else if (!entry.is_null()) {  // null forbids the event: it is taken, and nothing happens
        fault(here, "must be a target, an object or an array of them");
        continue;
      }
      found.push_back(std::move(transition));
    }
    return found;
  }

  template <class Each>
  void each_entry(Json const& config, char const* name, std::string const& pointer, Each each) {
    auto const section = config.find(name);
    if (section == config.end()) return;
    std::string const here = join_pointer(pointer, name);
    if (!section->is_object()) return fault(here, "must be an object");
    for (auto const& [key, value] : section->items()) each(key, value, join_pointer(here, key));
  }

  void add(std::vector<Transition>& to, std::vector<Transition> more) {
    std::move(more.begin(), more.end(), std::back_inserter(to));
  }

  void resolve(StateIndex index, Json const& config, std::string const& pointer) {
    State state = std::move(data_.states[index]);
    data_.states[index].children =
        state.children;  // targets are looked up among the states while this one is worked on
    data_.states[index].id = state.id;
    data_.states[index].key = state.key;
    data_.states[index].parent = state.parent;
    data_.states[index].type = state.type;
    each_entry(config, "on", pointer,
               [&](std::string const& event, Json const& value, std::string const& here) {
                 if (event.empty())
                   return fault(here, "an event has a name; use always for transitions without one");
                 add(state.on, transitions(index, event, value, here));
               });
    if (config.contains("onDone"))
      add(state.on, transitions(index, "xstate.done.state." + state.id, config["onDone"],
                                join_pointer(pointer, "onDone")));
    each_entry(config, "after", pointer,
               [&](std::string const& key, Json const& value, std::string const& here) {
                 std::string const event = "xstate.after." + key + "." + state.id;
                 state.after.push_back({event, delay_of(key)});
                 add(state.on, transitions(index, event, value, here));
               });
    if (config.contains("always"))
      add(state.always, transitions(index, "", config["always"], join_pointer(pointer, "always")));
    if (config.contains("entry")) state.entry = calls(config["entry"], join_pointer(pointer, "entry"));
    if (config.contains("exit")) state.exit = calls(config["exit"], join_pointer(pointer, "exit"));
    if (config.contains("meta")) state.meta = nlohmann::json(config["meta"]);
    if (auto const tags = config.find("tags"); tags != config.end()) {
      Json const list = tags->is_string() ? Json::array({*tags}) : *tags;
      if (!list.is_array())
        fault(join_pointer(pointer, "tags"), "must be a text or an array of texts");
      else
        for (Json const& tag : list) {
          if (tag.is_string())
            state.tags.push_back(tag.get<std::string>());
          else
            fault(join_pointer(pointer, "tags"), "must be a text or an array of texts");
        }
    }
    resolve_initial(state, index, config, pointer);
    data_.states[index] = std::move(state);
  }

  void resolve_initial(State& state, StateIndex index, Json const& config, std::string const& pointer) {
    std::string const here = join_pointer(pointer, "initial");
    if (state.is_history()) {
      if (config.contains("target"))
        state.initial = targets(index, config["target"], join_pointer(pointer, "target"), true);
      else if (state.parent && sources_[*state.parent].second.json->contains("initial")) {
        Json const& inherited = (*sources_[*state.parent].second.json)["initial"];
        auto const key = inherited.is_string()   ? std::optional(inherited.get<std::string>())
                         : inherited.is_object() ? text(inherited, "target")
                                                 : std::nullopt;
        if (auto const child = key ? child_named(*state.parent, *key) : std::nullopt)
          state.initial = {*child};
      }
      return;
    }
    if (config.contains("target"))
      fault(join_pointer(pointer, "target"), "only a history state has a target");
    auto const initial = config.find("initial");
    if (initial == config.end()) {
      if (state.type == StateType::Compound) fault(pointer, "a compound state needs an initial state");
      return;
    }
    if (state.type != StateType::Compound) return fault(here, "only a compound state has an initial state");
    std::optional<std::string> key;
    if (initial->is_string()) key = initial->get<std::string>();
    if (initial->is_object()) {
      check_fields(*initial, here, {"target", "actions", "meta", "description"});
      key = text(*initial, "target");
      if (initial->contains("actions"))
        state.initial_actions = calls((*initial)["actions"], join_pointer(here, "actions"));
    }
    auto const child = key ? child_named(index, *key) : std::nullopt;
    if (!child) return fault(here, "must name a child state");
    state.initial = {*child};
  }

  static Delay delay_of(std::string const& key) {
    if (!key.empty() && key.size() <= 12 && key.find_first_not_of("0123456789") == std::string::npos)
      return Duration{std::stoll(key)};
    if (auto const duration = parse_duration(key)) return *duration;
    return key;
  }
};

std::optional<StateIndex> Definition::find(std::string_view id) const {
  auto const found = data_->by_id.find(std::string(id));
  return found == data_->by_id.end() ? std::nullopt : std::optional(found->second);
}

bool Definition::descends(StateIndex state, StateIndex ancestor) const {
  for (auto parent = states()[state].parent; parent; parent = states()[*parent].parent)
    if (*parent == ancestor) return true;
  return false;
}

Result<Definition> load(Json const& machine) { return Loader().load(machine); }

}  // namespace xiaohao::statechart
