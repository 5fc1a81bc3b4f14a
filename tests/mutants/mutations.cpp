#include "tests/mutants/mutations.hpp"

#include <functional>

namespace xiaohao::mutants {
namespace {

using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;

constexpr char const* guards[] = {"evidence_is_present",   "actor_is_not_contributor", "actor_is_independent",
                                  "extension_is_possible", "all_shares_are_closed",    "some_share_is_open"};
constexpr char const* actions[] = {"record_report",     "freeze_application", "record_return",
                                   "record_closing",    "begin_next_cycle",   "attach_evidence",
                                   "withdraw_evidence", "record_first_review"};

struct Places {
  std::vector<Pointer> states;                       ///< with their parents before them, the root aside
  std::vector<Pointer> transitions;                  ///< objects with `target`, `guard`, `actions`
  std::vector<std::pair<Pointer, std::string>> ids;  ///< states that a transition can name, as `#id`
};

void find(Json const& state, Pointer const& at, std::string const& id, Places& places) {
  for (char const* kind : {"on", "after"})
    if (state.contains(kind))
      for (auto const& [event, value] : state.at(kind).items()) {
        Pointer const here = at / kind / event;
        if (value.is_array())
          for (std::size_t index = 0; index < value.size(); ++index)
            places.transitions.push_back(here / index);
        else
          places.transitions.push_back(here);
      }
  if (!state.contains("states")) return;
  for (auto const& [key, child] : state.at("states").items()) {
    Pointer const inside = at / "states" / key;
    places.states.push_back(inside);
    places.ids.emplace_back(inside, id + "." + key);
    find(child, inside, id + "." + key, places);
  }
}

class Mutation {
 public:
  explicit Mutation(Json lifecycle) : original_(std::move(lifecycle)) {
    original_.erase("properties");
    find(original_, Pointer(), original_.at("id").get<std::string>(), places_);
  }

  std::vector<Mutant> run() {
    for (Pointer const& transition : places_.transitions) {
      change_guard(transition);
      change_actions(transition);
      change_target(transition);
      make("remove " + transition.to_string(), [&](Json& machine) { remove(machine, transition); });
    }
    for (std::size_t index = 0; index < places_.states.size(); ++index) change_state(index);
    return std::move(made_);
  }

 private:
  Json original_;
  Places places_;
  std::vector<Mutant> made_;

  void make(std::string what, std::function<void(Json&)> const& change) {
    Json machine = original_;
    change(machine);
    if (machine != original_) made_.push_back({std::move(what), std::move(machine)});
  }

  static void remove(Json& machine, Pointer const& place) {
    Json& parent = machine.at(place.parent_pointer());
    if (parent.is_array())
      parent.erase(std::stoul(place.back()));
    else
      parent.erase(place.back());
  }

  void change_guard(Pointer const& transition) {
    std::string const where = transition.to_string();
    make("no guard at " + where, [&](Json& machine) { machine.at(transition).erase("guard"); });
    for (char const* guard : guards)
      make(std::string("guard ") + guard + " at " + where,
           [&](Json& machine) { machine.at(transition)["guard"] = guard; });
  }

  void change_actions(Pointer const& transition) {
    std::string const where = transition.to_string();
    Json const& ran = original_.at(transition).value("actions", Json::array());
    for (std::size_t index = 0; index < ran.size(); ++index)
      make("no action " + std::to_string(index) + " at " + where,
           [&](Json& machine) { machine.at(transition)["actions"].erase(index); });
    for (char const* action : actions)
      make(std::string("also ") + action + " at " + where, [&](Json& machine) {
        Json& list = machine.at(transition)["actions"];
        if (!list.is_array()) list = Json::array();
        list.push_back(action);
      });
  }

  void change_target(Pointer const& transition) {
    std::string const where = transition.to_string();
    make("no target at " + where, [&](Json& machine) { machine.at(transition).erase("target"); });
    for (auto const& [place, id] : places_.ids)
      make("to " + id + " at " + where,
           [&, &name = id](Json& machine) { machine.at(transition)["target"] = "#" + name; });
  }

  void change_state(std::size_t index) {
    Pointer const place = places_.states[index];
    std::string const where = place.to_string();
    make("no tags at " + where, [&](Json& machine) { machine.at(place).erase("tags"); });
    for (char const* tag : {"closed", "cancelled"})
      make(std::string("tag ") + tag + " at " + where,
           [&](Json& machine) { machine.at(place)["tags"] = {tag}; });
    make("final " + where, [&](Json& machine) {
      Json& state = machine.at(place);
      state["type"] = "final";
      for (char const* kind : {"on", "after", "states", "initial"}) state.erase(kind);
    });
    make("first " + where, [&](Json& machine) {
      machine.at(place.parent_pointer().parent_pointer())["initial"] = place.back();
    });
    make("gone " + where, [&](Json& machine) { remove(machine, place); });
    for (auto const& [other, id] : places_.ids) {
      make("bypass from " + where + " to " + id, [&, &name = id](Json& machine) {
        machine.at(place)["on"]["bypass"] = {{"target", "#" + name}};
      });
      make("recorded bypass from " + where + " to " + id, [&, &name = id](Json& machine) {
        machine.at(place)["on"]["bypass"] = {{"target", "#" + name}, {"actions", {"record_closing"}}};
      });
      make("always from " + where + " to " + id, [&, &name = id](Json& machine) {
        machine.at(place)["always"] = {{"target", "#" + name}};
      });
      make("in time from " + where + " to " + id, [&, &name = id](Json& machine) {
        machine.at(place)["after"]["P1D"] = {{"target", "#" + name}, {"actions", {"record_closing"}}};
      });
    }
  }
};

}  // namespace

std::vector<Mutant> mutants_of(Json const& lifecycle) { return Mutation(lifecycle).run(); }

}  // namespace xiaohao::mutants
