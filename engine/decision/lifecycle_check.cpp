#include "engine/decision/lifecycle_check.hpp"

#include <algorithm>

#include "engine/decision/actions.hpp"
#include "engine/decision/delays.hpp"
#include "engine/decision/guards.hpp"
#include "engine/decision/house_properties.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::decision {
namespace {

using statechart::Call;
using statechart::Flaw;

class Check {
 public:
  Check(statechart::Definition const& lifecycle, ItemKind kind) : lifecycle_(lifecycle), kind_(kind) {}

  std::vector<Flaw> run() {
    for (statechart::State const& state : lifecycle_.states()) {
      actions(state.initial_actions);
      actions(state.entry);
      actions(state.exit);
      for (statechart::Transition const& transition : state.on) look_at(transition);
      for (statechart::Transition const& transition : state.always) look_at(transition);
      for (statechart::DelayedEvent const& after : state.after)
        if (auto const* name = std::get_if<std::string>(&after.delay); name && !is_named_delay(*name))
          add(json::join_pointer(state.pointer + "/after", *name),
              {"没有名为 " + *name + " 的时限",
               "is no delay that is known; such are due-3wd, due+5d, start, 3wd and publicity"});
      if (has(state, "closed") && has(state, "cancelled"))
        add(state.pointer + "/tags", {"不能既销号又终止", "cannot be closed and cancelled at once"});
    }
    return std::move(found_);
  }

 private:
  statechart::Definition const& lifecycle_;
  ItemKind kind_;
  std::vector<Flaw> found_;

  void add(std::string pointer, Text detail) {
    found_.push_back({std::move(pointer), std::move(detail), ""});
  }

  static bool has(statechart::State const& state, char const* tag) {
    return std::find(state.tags.begin(), state.tags.end(), tag) != state.tags.end();
  }

  void look_at(statechart::Transition const& transition) {
    actions(transition.actions);
    if (!transition.guard) return;
    Call const& guard = *transition.guard;
    Guard const* const known = guard_named(guard.name);
    if (known && known->reason == Reason::Forbidden && kind_ == ItemKind::Task)
      add(guard.pointer,
          {"任务由系统推进，条件 " + guard.name + " 无人可问",
           guard.name +
               " asks about a person, but a task is moved by the engine; use a guard about its shares"});
    if (!known)
      add(guard.pointer, {"没有名为 " + guard.name + " 的条件",
                          guard.name + " is no guard that is known; xiaohao check --list names them"});
    else if (!guard.params.empty())
      add(guard.pointer,
          {"条件 " + guard.name + " 没有参数", "the guard " + guard.name + " takes no params"});
  }

  void actions(std::vector<Call> const& calls) {
    for (Call const& call : calls) {
      if (call.name == "xstate.raise") continue;
      Action const* const action = action_named(call.name);
      if (!action)
        add(call.pointer, {"没有名为 " + call.name + " 的动作",
                           call.name + " is no action that is known; xiaohao check --list names them"});
      else
        parameters(call, *action);
    }
  }

  void parameters(Call const& call, Action const& action) {
    for (auto const& [name, value] : call.params.items())
      if (std::none_of(action.parameters.begin(), action.parameters.end(),
                       [&name = name](Parameter const& p) { return p.name == name; }))
        add(call.pointer, {"动作 " + call.name + " 没有参数 " + name,
                           "the action " + call.name + " takes no param " + name});
    for (Parameter const& parameter : action.parameters) {
      std::string const name(parameter.name);
      auto const given = call.params.find(name);
      if (given == call.params.end() || !given->is_string() || given->get_ref<std::string const&>().empty()) {
        add(call.pointer, {"动作 " + call.name + " 缺少参数 " + name,
                           "the action " + call.name + " needs the param " + name + ", a text"});
        continue;
      }
      auto const& value = given->get_ref<std::string const&>();
      if (!parameter.values.empty() &&
          std::find(parameter.values.begin(), parameter.values.end(), value) == parameter.values.end())
        add(call.pointer,
            {"参数 " + name + " 不能是 " + value,
             "the param " + name + " cannot be " + value + "; it is one of " + listed(parameter.values)});
    }
  }

  static std::string listed(std::vector<std::string_view> const& values) {
    std::string text;
    for (std::string_view const value : values) (text += text.empty() ? "" : ", ") += value;
    return text;
  }
};

}  // namespace

std::vector<Flaw> lifecycle_flaws(statechart::Definition const& lifecycle, ItemKind kind) {
  std::vector<Flaw> found = Check(lifecycle, kind).run();
  for (Flaw& flaw : statechart::flaws(lifecycle, house_properties(kind))) found.push_back(std::move(flaw));
  return found;
}

ItemKind kind_run_by(statechart::Definition const& lifecycle) {
  return lifecycle.id() == "task" ? ItemKind::Task : ItemKind::Assignment;
}

}  // namespace xiaohao::decision
