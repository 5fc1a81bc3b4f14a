// What it costs to ask the permission table, beside what a request does anyway: reading the item it is about.
//
//     ./dev bench permissions

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <set>
#include <unistd.h>

#include "engine/creation.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "tests/bench/median.hpp"
#include "tests/unit/decision/small_county.hpp"
#include "tests/unit/store/small_store.hpp"

namespace {

using namespace xiaohao;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr int rounds = 11, repeats = 20'000;

double microseconds_each(int times, std::function<void()> const& work) {
  std::vector<double> took;
  for (int round = 0; round < rounds; ++round) {
    auto const begin = std::chrono::steady_clock::now();
    for (int time = 0; time < times; ++time) work();
    took.push_back(Microseconds(std::chrono::steady_clock::now() - begin).count() / times);
  }
  return bench::median(took);
}

}  // namespace

int main() {
  decision::SmallCounty county;
  store::TemporaryFolder const folder;
  auto const store = store::create_sqlite(folder.file("bench.db")).value();
  WorkItem const share = county.share("zhujianju", UnitRole::Support);
  ItemDefinition task = share.definition, part = share.definition;
  task.kind = ItemKind::Task;
  task.unit.reset();
  task.role.reset();
  PlanDraft const plan{store::plan_2024(), {{task, std::nullopt}, {part, 0}}};
  if (!create_plan(*store, county.rules, plan, county.organisation, {}, {county.now, county.now})) return 3;

  decision::Subject const subject{share, county.leads};
  std::vector<Participant const*> people;
  for (auto const& [username, person] : county.organisation.participants) people.push_back(&person);
  std::set<std::string> names;
  for (auto const& grant : county.rules.permissions.events()) names.insert(grant.what);
  std::vector<std::string> const events(names.begin(), names.end());

  std::size_t turn = 0, given = 0;
  double const check = microseconds_each(repeats, [&] {
    ++turn;
    given += county.rules.permissions.may_send(*people[turn % people.size()], events[turn % events.size()],
                                               subject);
  });
  double const offered = microseconds_each(repeats / 20, [&] {
    decision::Context const context{
        county.now, share, county.leads, county.organisation, [&] { return county.evidence; }, county.rules};
    given += decision::possible_events(*people[++turn % people.size()], context).size();
  });
  double const read =
      microseconds_each(repeats / 20, [&] { given += store->read()->item(ItemId{2}).has_value(); });
  std::printf(
      "one check                     %8.3f us\nall that a person may do      %8.3f us\nreading the item      "
      "        %8.3f us\n"
      "ratio of a check to reading   %8.4f (%zu)\n",
      check, offered, read, check / read, given % 10);
}
