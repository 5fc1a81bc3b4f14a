// Breaks the shipped lifecycles in every way that `mutations.hpp` knows, and asks of each that the proof of
// soundness lets pass whether it does harm (`harm.hpp`). No harmful one may pass.
//
//     lifecycle_mutants [EVERY]     looks at every EVERY-th mutant; exit code 1: a harmful one passed

#include <cstdio>
#include <cstdlib>

#include "engine/decision/lifecycle_check.hpp"
#include "engine/json/reader.hpp"
#include "tests/mutants/harm.hpp"
#include "tests/mutants/mutations.hpp"

int main(int count, char** values) {
  using namespace xiaohao;
  std::size_t const every = count > 1 ? std::strtoul(values[1], nullptr, 10) : 1;
  bool good = every > 0;
  for (char const* name : {"assignment", "finding", "milestone", "task"}) {
    std::string const path = std::string("workflows/lifecycles/") + name + ".json";
    auto const shipped = json::read_ordered_file(path, statechart::machine_limits).value();
    auto const broken = mutants::mutants_of(shipped);
    int looked_at = 0, unloadable = 0, refused = 0, harmless = 0, passed_harmless = 0, passed_harmful = 0;
    for (std::size_t place = 0; place < broken.size(); place += every) {
      ++looked_at;
      auto const definition = statechart::load(broken[place].lifecycle);
      if (!definition) {
        ++unloadable;
        continue;
      }
      bool const sound = decision::lifecycle_flaws(*definition, decision::kind_run_by(*definition)).empty();
      auto const harm = mutants::harm_of(*definition);
      if (!sound) {
        ++refused;
        if (!harm) ++harmless;
      } else if (!harm) {
        ++passed_harmless;
      } else {
        ++passed_harmful;
        std::printf("HARMFUL AND PASSED  %s: %s: %s\n", name, broken[place].what.c_str(), harm->c_str());
      }
    }
    std::printf(
        "%-10s %5d mutants: %4d not loaded, %4d refused (of these %d without harm found), %4d passed without "
        "harm, %d harmful passed\n",
        name, looked_at, unloadable, refused, harmless, passed_harmless, passed_harmful);
    good = good && passed_harmful == 0 && refused > 0;
  }
  return good ? 0 : 1;
}
