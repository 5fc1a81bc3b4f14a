#include "tests/bench/storm_county.hpp"

#include <cstdlib>

#include "engine/creation.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "notifications/ladder.hpp"
#include "tests/bench/county.hpp"
#include "workflows/rules.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::bench {
namespace {

constexpr int units = 50;

Organisation people_of_storm() {
  Organisation organisation;
  auto const add = [&](Username const& name, std::optional<UnitId> const& unit, Role role) {
    organisation.participants.emplace(
        name, Participant{name, "张三", unit, {role}, name.value() + "@x.example", true});
  };
  for (int number = 0; number < units; ++number) {
    UnitId const unit{"unit" + std::to_string(number)};
    Username const head{"head-" + unit.value()};
    organisation.units.emplace(unit, Unit{unit, unit.value(), "agency", false, head, {}});
    add(Username{"owner-" + unit.value()}, unit, Role::Owner);
    add(head, unit, Role::Head);
  }
  add(Username{"leader"}, std::nullopt, Role::Leader);
  add(Username{"admin"}, std::nullopt, Role::SystemAdministrator);
  return organisation;
}

}  // namespace

Instant storm_at() { return parse_instant("2024-03-01T08:37:00+08:00").value(); }

StormCounty::StormCounty(std::string const& path, int items)
    : rules(must(workflows::shipped_rules())), clock(parse_instant("2024-02-20T00:00:00+08:00").value()) {
  auto policy =
      must(notifications::read_policy(must(json::read(*workflows::shipped("policies/escalation.json")))));
  rules.escalation = std::make_shared<notifications::Ladder>(std::move(policy), rules.calendar, rules.lights);
  PlanDraft draft{{PlanYear{2024}, "storm", "", {}, {}}, {}};
  for (int number = 0; number < items; ++number) {
    ItemDefinition d =
        item(number + 1, ItemKind::Assignment, UnitId{"unit" + std::to_string(number % units)});
    d.schedule.due = parse_date("2024-02-29").value();
    draft.items.push_back({std::move(d), std::nullopt});
  }
  store = must(store::create_sqlite(path));
  Instant const now = parse_instant("2024-02-28T12:00:00+08:00").value();
  if (auto const made = create_plan(*store, rules, draft, people_of_storm(), {}, {now, now}); !made)
    std::exit(3);
  clock.advance_to(now);
  engine = std::make_unique<Engine>(*store, clock, rules);
}

}  // namespace xiaohao::bench
