#pragma once

// The real engine over a real SQLite file; only the clock is ours. One task, 安居扶贫巩固提升, due 31 October
// 2024, led by 县住建局 and supported by 嵩市镇.

#include <gmock/gmock.h>

#include "engine/creation.hpp"
#include "engine/engine.hpp"
#include "engine/json/document.hpp"
#include "engine/silencing.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "tests/unit/decision/small_county.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao {

/// A ladder of one rung: the owners are urged at 08:37 on the day after the due date.
class OneRung final : public decision::Escalation {
 public:
  std::optional<decision::PlannedStep> next_step(WorkItem const& item, Instant after) const override {
    if (!item.definition.unit || !item.status.due || !item.status.open() || item.status.applied_at)
      return std::nullopt;
    Instant const urge = end_of_day(*item.status.due) + std::chrono::hours{8} + std::chrono::minutes{37};
    return urge > after ? std::optional(decision::PlannedStep{"urge", urge}) : std::nullopt;
  }
  std::vector<Notice> notices_of_step(WorkItem const& item, std::string const& step, Instant at,
                                      decision::Surroundings const& around) const override {
    std::vector<Notice> notices;
    for (Participant const* owner : around.organisation.owners_of(*item.definition.unit))
      notices.push_back(notice(item, step, at, owner->username, step + "/" + to_string(*item.status.due)));
    return notices;
  }
  std::vector<Notice> notices_of_occasion(WorkItem const& item, decision::Occasion const& occasion,
                                          Instant at, std::int64_t index,
                                          decision::Surroundings const& around) const override {
    std::vector<Notice> notices;
    for (Participant const* owner : around.organisation.owners_of(*item.definition.unit))
      notices.push_back(
          notice(item, occasion.name, at, owner->username, occasion.name + "/" + std::to_string(index)));
    return notices;
  }

 private:
  static Notice notice(WorkItem const& item, std::string const& step, Instant at, Username const& to,
                       std::string const& cause) {
    Notice notice;
    notice.key = std::to_string(item.id().value()) + "/" + cause + "/" + to.value();
    notice.item = item.id();
    notice.recipient = to;
    notice.channel = "inbox";
    notice.step = step;
    notice.decided_at = at;
    notice.planned_for = at;
    return notice;
  }
};

class County : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  decision::SmallCounty people;  // its organisation, its rules
  std::unique_ptr<store::Store> store = store::create_sqlite(folder.file("county.db")).value();
  VirtualClock clock{at("2024-10-08T09:00:00+08:00")};
  std::unique_ptr<Engine> engine;
  ItemId task{1}, lead{2}, support{3};

  static Instant at(char const* text) { return parse_instant(text).value(); }

  void SetUp() override {
    people.rules.escalation = std::make_shared<OneRung>();
    for (char const* unit : {"zhujianju", "songshizhen", "fupinban", "duchashi"})
      people.organisation.units.insert_or_assign(
          UnitId{unit}, Unit{UnitId{unit}, unit, "agency", false, std::nullopt, std::nullopt});
    ItemDraft row{definition(ItemKind::Task, std::nullopt, std::nullopt), std::nullopt};
    ItemDraft leading{definition(ItemKind::Assignment, "zhujianju", UnitRole::Lead), 0};
    ItemDraft supporting{definition(ItemKind::Assignment, "songshizhen", UnitRole::Support), 0};
    Instant const new_year = at("2024-01-01T00:00:00+08:00");
    auto const made = create_plan(*store, people.rules, {store::plan_2024(), {row, leading, supporting}},
                                  people.organisation, {}, {new_year, new_year});
    ASSERT_TRUE(made) << made.error().first().detail.en;
    open();
  }

  void open() { engine = std::make_unique<Engine>(*store, clock, people.rules); }
  void close() {
    engine.reset();
    store.reset();
  }
  void reopen() {
    close();
    store = store::open_sqlite(folder.file("county.db")).value();
    open();
  }

  /// What `change`, given the transaction and an `Asking` of `who`, makes of one work of the store.
  template <class Value, class Change>
  Result<Value> write(char const* who, Change change) {
    Result<Value> outcome = refuse(Reason::Unavailable, "", {"", "not run"});
    auto const organisation = engine->organisation();
    Asking const asking{Username{who}, engine->now(), people.rules, *organisation};
    (void)store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      outcome = change(transaction, asking);
      if (!outcome) return tl::unexpected(outcome.error());
      return {};
    });
    return outcome;
  }

  WorkItem item(ItemId id) const { return store->read()->item(id).value(); }

  Command command(char const* who, ItemId id, char const* event,
                  nlohmann::json payload = nlohmann::json::object()) const {
    return {id, event, std::move(payload), Actor::person(Username{who}), item(id).status.version, ""};
  }
  Result<WorkItem> send(char const* who, ItemId id, char const* event,
                        nlohmann::json payload = nlohmann::json::object()) {
    return engine->submit_and_wait(command(who, id, event, std::move(payload)));
  }
  void must(char const* who, ItemId id, char const* event,
            nlohmann::json payload = nlohmann::json::object()) {
    auto const sent = send(who, id, event, std::move(payload));
    ASSERT_TRUE(sent) << event << ": " << sent.error().first().pointer << " "
                      << sent.error().first().detail.en;
  }
  void attach(char const* who, ItemId id) {
    must(who, id, "evidence.attach",
         {{"sha256", std::string(64, 'a')},
          {"name", "验收单.pdf"},
          {"size", 1024},
          {"media_type", "application/pdf"}});
  }
  /// The whole path of one share, each step by the one whose it is.
  void close_out(char const* owner, char const* first_reviewer, ItemId id) {
    must(owner, id, "accept");
    attach(owner, id);
    must(owner, id, "closeout.apply", {{"summary", "危房改造全部完成"}});
    must(first_reviewer, id, "closeout.approve");
    must("inspector", id, "closeout.verify");
    clock.advance_to(clock.now() + std::chrono::days{8});
    ASSERT_TRUE(engine->advance(clock.now()));
  }

 private:
  static ItemDefinition definition(ItemKind kind, char const* unit, std::optional<UnitRole> role) {
    return definition(kind, std::optional(UnitId{unit}), role);
  }
  static ItemDefinition definition(ItemKind kind, std::optional<UnitId> unit, std::optional<UnitRole> role) {
    ItemDefinition d{ItemId{0},
                     PlanYear{2024},
                     std::nullopt,
                     kind,
                     10,
                     "安居扶贫巩固提升",
                     "全面完成剩余贫困户危房改造",
                     {},
                     {},
                     std::move(unit),
                     role,
                     {},
                     {},
                     {},
                     {94, 95, 96},
                     {}};
    d.schedule.phrase = "10月底";
    d.schedule.due = parse_date("2024-10-31").value();
    return d;
  }
};

}  // namespace xiaohao
