// A machine, an empty line, and events, one on each line: whatever they are, each step comes to a
// configuration that the machine can be in, and that is the same when it has been stored and read.

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>

#include "engine/statechart/interpreter.hpp"

namespace {

using namespace xiaohao;

constexpr std::size_t states_max = 60;
constexpr int events_max = 60;

void expect(bool holds) {
  if (!holds) std::abort();
}

void expect_legal(statechart::Definition const& definition, statechart::Step const& step) {
  auto const& configuration = step.configuration;
  auto const again = statechart::from_json(definition, statechart::to_json(definition, configuration));
  expect(again && *again == configuration);
  expect(!statechart::value_of(definition, configuration).is_null());
  for (statechart::Call const& action : step.actions) expect(!action.name.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const input(reinterpret_cast<char const*>(data), size);
  std::size_t const end = input.find("\n\n");
  auto const definition =
      json::read_ordered(input.substr(0, end), statechart::machine_limits).and_then(statechart::load);
  if (!definition || definition->states().size() > states_max) return 0;
  // Each guard has one answer, which its name and the length of the input choose.
  auto const guard = [&](statechart::Call const& call) {
    return (std::hash<std::string>{}(call.name) + size) % 3 != 0;
  };
  auto step = statechart::initial(*definition, guard);
  if (!step) return 0;  // it never comes to rest, and says so
  expect_legal(*definition, *step);
  std::string_view rest = end == std::string_view::npos ? "" : input.substr(end + 2);
  for (int count = 0; count < events_max && !rest.empty(); ++count) {
    std::size_t const line = rest.find('\n');
    std::string const event(rest.substr(0, line));
    rest.remove_prefix(line == std::string_view::npos ? rest.size() : line + 1);
    statechart::Configuration const before = step->configuration;
    step = statechart::step(*definition, before, event, guard);
    if (!step) return 0;
    expect(step->taken || (step->configuration.active == before.active && step->actions.empty()));
    expect(!before.done || !step->taken);
    expect_legal(*definition, *step);
  }
  return 0;
}
