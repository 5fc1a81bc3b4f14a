#include <algorithm>

#include "engine/statechart/definition.hpp"
#include "engine/statechart/loading/calls.hpp"
#include "engine/statechart/loading/members.hpp"
#include "engine/statechart/loading/properties.hpp"
#include "engine/statechart/loading/targets.hpp"

namespace xiaohao::statechart {

using json::join_pointer;
using namespace loading;

/// Two passes: the first makes the states, so that the second can resolve targets among all of them.
class Loader {
 public:
  Result<Definition> load(Json const& machine) {
    Place const file{machine, ""};
    if (!machine.is_object()) {
      faults_.add("", "应为对象", "must be an object");
    } else {
      std::string const id = text_at(machine, "id").value_or("(machine)");
      add_state(file, std::nullopt, id, id);
      read_head(file);
    }
    if (faults_.empty()) {
      Targets const targets(data_.states, data_.by_id);
      targets_ = &targets;
      for (StateIndex index = 0; index < places_.size(); ++index) resolve(index);
      targets_ = nullptr;
    }
    if (!faults_.empty()) return tl::unexpected(Refusal{Reason::Malformed, faults_.take()});
    Definition definition;
    definition.data_ = std::make_shared<Definition::Data const>(std::move(data_));
    return definition;
  }

 private:
  Definition::Data data_;
  std::vector<Place> places_;  // of each state
  Targets const* targets_ = nullptr;
  Faults faults_;

  void read_head(Place const& file) {
    for (char const* name : {"$schema", "version"})
      if (file.has(name) && !file.json.at(name).is_string())
        faults_.add(join_pointer("", name), "应为文字", "must be a text");
    if (auto const schema = text_at(file.json, "$schema"); schema && *schema != "xiaohao-lifecycle/1")
      faults_.add("/$schema", "应为 xiaohao-lifecycle/1", "must be xiaohao-lifecycle/1");
    data_.version = text_at(file.json, "version").value_or("");
    if (file.has("properties")) data_.properties = read_properties(file.at("properties"), faults_);
  }

  std::optional<StateType> type_of(Place const& place) {
    bool const has_children =
        place.has("states") && place.json.at("states").is_object() && !place.json.at("states").empty();
    std::string const history =
        place.has("history") ? text_at(place.json, "history").value_or("?") : std::string();
    if (place.has("history") && history != "shallow" && history != "deep") {
      faults_.add(join_pointer(place.pointer, "history"), "应为 shallow 或 deep", "must be shallow or deep");
      return std::nullopt;
    }
    StateType const remembered = history == "deep" ? StateType::DeepHistory : StateType::ShallowHistory;
    if (!place.has("type")) {
      if (has_children) return StateType::Compound;
      return history.empty() ? StateType::Atomic : remembered;
    }
    std::string const type = text_at(place.json, "type").value_or("");
    std::optional<StateType> found;
    if (type == "atomic") found = StateType::Atomic;
    if (type == "compound") found = StateType::Compound;
    if (type == "parallel") found = StateType::Parallel;
    if (type == "final") found = StateType::Final;
    if (type == "history") found = remembered;
    if (!found)
      faults_.add(join_pointer(place.pointer, "type"), "应为 atomic、compound、parallel、final 或 history",
                  "must be atomic, compound, parallel, final or history");
    if (!history.empty() && found && found != remembered)
      faults_.add(join_pointer(place.pointer, "history"), "只有 history 状态才有此项",
                  "only a state of type history has one");
    bool const may_have_children = found == StateType::Compound || found == StateType::Parallel;
    if (found && has_children && !may_have_children)
      faults_.add(join_pointer(place.pointer, "states"), type + " 状态没有下级状态",
                  "a state of type " + type + " has no states of its own");
    if (found && !has_children && may_have_children)
      faults_.add(join_pointer(place.pointer, "type"), type + " 状态须有下级状态",
                  "a " + type + " state needs states");
    return found;
  }

  void check_state_members(Place const& place, bool is_root) {
    for (auto const& [name, value] : place.json.items()) {
      static std::initializer_list<std::string_view> const of_all{
          "id",   "initial", "states",  "on",   "always", "after",       "onDone", "entry",
          "exit", "type",    "history", "tags", "meta",   "description", "target"};
      static std::initializer_list<std::string_view> const of_root{"$schema", "version", "properties"};
      auto const among = [&member = name](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), member) != names.end();
      };
      if (!among(of_all) && !(is_root && among(of_root)))
        faults_.add(join_pointer(place.pointer, name), "不是无需 JavaScript 即可运行的状态机字段",
                    "is not a field of machine JSON that can run without JavaScript");
    }
    check_description(place);
  }

  void check_description(Place const& place) {
    if (place.has("description") && !place.json.at("description").is_string())
      faults_.add(join_pointer(place.pointer, "description"), "应为文字", "must be a text");
  }

  void add_state(Place const& place, std::optional<StateIndex> parent, std::string key, std::string path) {
    if (!place.json.is_object()) return faults_.add(place.pointer, "应为对象", "must be an object");
    if (data_.states.size() >= states_max) {
      if (data_.states.size() == states_max && faults_.empty())
        faults_.add(place.pointer, "状态超过 10,000 个", "more than 10,000 states");
      return;
    }
    check_state_members(place, !parent);
    StateIndex const index = data_.states.size();
    State state;
    state.id = path;
    if (place.has("id")) {
      state.id = text_at(place.json, "id").value_or("");
      if (state.id.empty())
        faults_.add(join_pointer(place.pointer, "id"), "应为非空文字", "must be a text that is not empty");
    }
    state.numbered = is_array_index(key);
    state.key = std::move(key);
    state.parent = parent;
    state.type = type_of(place).value_or(StateType::Atomic);
    state.pointer = place.pointer;
    if (auto const [other, fresh] = data_.by_id.emplace(state.id, index); !fresh)
      faults_.add(join_pointer(place.pointer, "id"), "编号 " + state.id + " 重复",
                  "the id " + state.id + " stands twice; " + data_.states[other->second].pointer + " has it");
    data_.states.push_back(std::move(state));
    places_.push_back(place);
    if (place.has("states")) add_children(place.at("states"), index, path);
    data_.states[index].end = data_.states.size();
  }

  void add_children(Place const& place, StateIndex parent, std::string const& path) {
    if (!place.json.is_object()) return faults_.add(place.pointer, "应为对象", "must be an object");
    for (auto const& [key, child] : members(place.json)) {
      StateIndex const index = data_.states.size();
      std::string const pointer = join_pointer(place.pointer, key);
      if (key.empty() || key.find('.') != std::string::npos)
        faults_.add(pointer, "状态名不能为空，不能含点", "a state's key is not empty and has no dot");
      add_state({*child, pointer}, parent, key, path + "." + key);
      if (data_.states.size() > index) data_.states[parent].children.push_back(index);
    }
  }

  std::vector<StateIndex> targets(Place const& place, StateIndex from, bool within = false) {
    std::vector<StateIndex> found;
    if (place.json.is_array() && place.json.empty())
      faults_.add(place.pointer, "没有写目标状态", "names no target");
    for (Place const& entry : one_or_many(place)) {
      std::string const name = entry.json.is_string() ? entry.json.get<std::string>() : std::string();
      auto const index = within ? targets_->within(from, name) : targets_->from(from, name);
      if (name.empty())
        faults_.add(entry.pointer, "应为状态名", "must be the name of a state");
      else if (!index)
        faults_.add(entry.pointer, "没有状态“" + name + "”",
                    "there is no state \"" + name + "\" from " + data_.states[from].id);
      else
        found.push_back(*index);
    }
    for (std::size_t a = 0; a < found.size(); ++a)
      for (std::size_t b = a + 1; b < found.size(); ++b)
        if (!targets_->compatible(found[a], found[b])) {
          faults_.add(place.pointer, "这些目标状态不能同时有效", "targets that cannot be active together");
          return found;
        }
    return found;
  }

  void add_transitions(std::vector<Transition>& to, StateIndex source, std::string const& event,
                       Place const& place) {
    for (Place const& entry : one_or_many(place)) {
      Transition transition;
      transition.source = source;
      transition.event = event;
      transition.pointer = entry.pointer;
      if (entry.json.is_string()) {
        transition.targetless = false;
        transition.targets = targets(entry, source);
      } else if (entry.json.is_object()) {
        read_transition(transition, entry);
      } else {
        faults_.add(entry.pointer, "应为目标状态、对象或其数组；禁止某事件写作 {}",
                    "must be a target, an object or an array of them; {} forbids the event");
        continue;
      }
      to.push_back(std::move(transition));
    }
  }

  void read_transition(Transition& transition, Place const& place) {
    check_members(place, {"target", "guard", "actions", "reenter", "meta", "description"}, faults_);
    check_description(place);
    if (place.has("target")) {
      transition.targetless = false;
      transition.targets = targets(place.at("target"), transition.source);
    }
    if (place.has("guard")) transition.guard = read_call(place.at("guard"), faults_);
    if (place.has("actions")) transition.actions = read_calls(place.at("actions"), faults_);
    if (place.has("meta")) transition.meta = nlohmann::json(place.json.at("meta"));
    if (!place.has("reenter")) return;
    if (place.json.at("reenter").is_boolean())
      transition.reenter = place.json.at("reenter").get<bool>();
    else
      faults_.add(join_pointer(place.pointer, "reenter"), "应为 true 或 false", "must be true or false");
  }

  void resolve(StateIndex index) {
    Place const place = places_[index];
    State& state = data_.states[index];
    if (place.has("on")) {
      Place const on = place.at("on");
      if (!on.json.is_object())
        faults_.add(on.pointer, "应为对象", "must be an object");
      else
        for (auto const& [event, value] : members(on.json)) {
          Place const entry{*value, join_pointer(on.pointer, event)};
          if (event.empty())
            faults_.add(entry.pointer, "事件须有名称；无事件转移写在 always 下",
                        "an event has a name; use always for transitions without one");
          add_transitions(state.on, index, event, entry);
          if (event.ends_with('*')) state.has_wildcards = true;
        }
    }
    if (place.has("onDone"))
      add_transitions(state.on, index, "xstate.done.state." + state.id, place.at("onDone"));
    if (place.has("after")) add_delays(state, index, place.at("after"));
    if (place.has("always")) {
      add_transitions(state.always, index, "", place.at("always"));
      if (!state.always.empty()) data_.has_eventless = true;
    }
    if (place.has("entry")) state.entry = read_calls(place.at("entry"), faults_);
    if (place.has("exit")) state.exit = read_calls(place.at("exit"), faults_);
    if (place.has("meta")) state.meta = nlohmann::json(place.json.at("meta"));
    if (place.has("tags"))
      for (Place const& tag : one_or_many(place.at("tags"))) {
        if (tag.json.is_string())
          state.tags.push_back(tag.json.get<std::string>());
        else
          faults_.add(tag.pointer, "应为文字或文字数组", "must be a text or an array of texts");
      }
    if (state.is_history())
      resolve_history(state, place);
    else
      resolve_initial(state, index, place);
  }

  void add_delays(State& state, StateIndex index, Place const& place) {
    if (!place.json.is_object()) return faults_.add(place.pointer, "应为对象", "must be an object");
    for (auto const& [key, value] : members(place.json)) {
      Place const entry{*value, join_pointer(place.pointer, key)};
      auto const delay = delay_named(key);
      if (!delay)
        faults_.add(entry.pointer, "应为毫秒数、ISO 8601 时长（如 P3D）或时限名称（如 due-3wd）",
                    "is no delay: milliseconds, an ISO 8601 duration such as P3D, or a name such as due-3wd");
      if (value->is_array())
        for (Place const& alternative : one_or_many(entry))
          if (alternative.json.is_string())
            faults_.add(alternative.pointer, "此处应写 {\"target\": …}：XState 会忽略数组中的名称",
                        "write {\"target\": …}: XState reads a bare name in this array as nothing");
      std::string const event = "xstate.after." + key + "." + state.id;
      state.after.push_back({event, delay.value_or(key)});
      add_transitions(state.on, index, event, entry);
    }
  }

  void resolve_history(State& state, Place const& place) {
    for (char const* name : {"initial", "on", "always", "after", "onDone", "entry", "exit", "states"})
      if (place.has(name))
        faults_.add(join_pointer(place.pointer, name), "history 状态没有此项",
                    "a history state is never active itself, so it has none");
    if (!state.parent)
      return faults_.add(place.pointer, "整个状态机不能是 history", "a machine is no history");
    StateIndex const parent = *state.parent;
    if (place.has("target")) {
      Place const target = place.at("target");
      state.initial = targets(target, parent, true);
      for (StateIndex index : state.initial)
        if (index <= parent || index >= data_.states[parent].end || data_.states[index].is_history())
          faults_.add(target.pointer, "默认目标应是同一上级状态之内的状态",
                      "the default is a state within the same parent, and no history state");
    } else if (data_.states[parent].type == StateType::Parallel) {
      state.initial = {parent};
    } else if (auto const child = initial_child(places_[parent], parent)) {
      state.initial = {*child};
      state.inherits_initial = true;
      if (&data_.states[*child] == &state)
        faults_.add(place.pointer, "作为初始状态的 history 须写 target",
                    "a history state that is the initial state needs a target");
    }
  }

  std::optional<StateIndex> initial_child(Place const& place, StateIndex index) const {
    if (!place.has("initial")) return std::nullopt;
    Json const& initial = place.json.at("initial");
    auto const key = initial.is_string()   ? std::optional(initial.get<std::string>())
                     : initial.is_object() ? text_at(initial, "target")
                                           : std::nullopt;
    return key ? targets_->child(index, *key) : std::nullopt;
  }

  void resolve_initial(State& state, StateIndex index, Place const& place) {
    if (place.has("target"))
      faults_.add(join_pointer(place.pointer, "target"), "只有 history 状态才有 target",
                  "only a history state has a target");
    std::string const here = join_pointer(place.pointer, "initial");
    if (!place.has("initial")) {
      if (state.type == StateType::Compound)
        faults_.add(place.pointer, "有下级状态的状态须写 initial", "a compound state needs an initial state");
      return;
    }
    if (state.type != StateType::Compound)
      return faults_.add(here, "只有含下级状态的状态才有 initial",
                         "only a compound state has an initial state");
    Place const initial = place.at("initial");
    if (initial.json.is_object()) {
      check_members(initial, {"target", "actions", "meta", "description"}, faults_);
      if (initial.has("actions")) state.initial_actions = read_calls(initial.at("actions"), faults_);
    }
    auto const child = initial_child(place, index);
    if (!child) return faults_.add(here, "应写一个下级状态", "must name a child state");
    state.initial = {*child};
  }

  /// JavaScript would read any other number into something else than it says.
  static std::optional<Delay> delay_named(std::string const& key) {
    if (key.empty()) return std::nullopt;
    if (key.find_first_not_of("0123456789") == std::string::npos) {
      bool const canonical = key.size() <= 12 && (key.size() == 1 || key.front() != '0');
      return canonical ? std::optional<Delay>(Duration{std::stoll(key)}) : std::nullopt;
    }
    if (auto const duration = parse_duration(key)) return *duration;
    bool const of_working_days = key.find_first_not_of("0123456789") == key.size() - 2 && key.ends_with("wd");
    if (of_working_days) return key;
    auto const first = static_cast<unsigned char>(key.front());
    if (!std::isalpha(first) && first != '_' && first < 0x80) return std::nullopt;
    return key;
  }
};

std::optional<StateIndex> Definition::find(std::string_view id) const {
  auto const found = data_->by_id.find(std::string(id));
  return found == data_->by_id.end() ? std::nullopt : std::optional(found->second);
}

Result<Definition> load(Json const& machine) { return Loader().load(machine); }

}  // namespace xiaohao::statechart
