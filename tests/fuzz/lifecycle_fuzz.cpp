// Any bytes as a lifecycle: refused with faults that say where and what, or loaded, proved within the limits
// of the proof, and every flaw found stands at a JSON Pointer.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/statechart/soundness/soundness.hpp"

namespace {

/// A proof of more takes longer under sanitizers than a fuzzer has patience.
constexpr std::size_t states_to_prove_max = 20;

void expect(bool holds) {
  if (!holds) std::abort();
}

bool is_pointer(std::string const& text) {
  try {
    nlohmann::json::json_pointer const pointer(text);
    return true;
  } catch (nlohmann::json::parse_error const&) {
    return false;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace xiaohao;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const document = json::read_ordered(text, statechart::machine_limits);
  if (!document) {
    expect(!document.error().first().detail.en.empty());
    return 0;
  }
  auto const definition = statechart::load(*document);
  if (!definition) {
    expect(!definition.error().faults.empty());
    for (Fault const& fault : definition.error().faults)
      expect(is_pointer(fault.pointer) && !fault.detail.zh.empty() && !fault.detail.en.empty());
    return 0;
  }
  expect(!definition->states().empty() && definition->find(definition->id()) == statechart::StateIndex{0});
  if (definition->states().size() > states_to_prove_max) return 0;
  for (statechart::Flaw const& flaw : statechart::flaws(*definition))
    expect(is_pointer(flaw.pointer) && !flaw.detail.zh.empty() && !flaw.detail.en.empty());
  return 0;
}
