#include "web/lifecycle/path.hpp"

#include <gmock/gmock.h>

#include "tests/unit/decision/small_county.hpp"
#include "web/lifecycle/labels.hpp"

namespace xiaohao::web::lifecycle {
namespace {

using testing::ElementsAre;
using testing::Pair;

nlohmann::json evidence() {
  return {
      {"sha256", std::string(64, 'a')}, {"name", "验收单.pdf"}, {"size", 1}, {"media_type", "text/plain"}};
}

std::map<std::string, int> taken_by_name(statechart::Definition const& definition, Path const& path) {
  std::map<std::string, int> names;
  for (auto const& [transition, times] : path.taken)
    names[definition.state(transition->source).key + " " + transition->event] = times;
  return names;
}

TEST(Path, IsWhatTheJournalTells) {
  decision::SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  county.must(share, "owner-zhujianju", "evidence.attach", evidence());
  for (int time = 0; time < 2; ++time) {
    county.must(share, "owner-zhujianju", "closeout.apply", {{"summary", "完成"}});
    if (time == 0) county.must(share, "coordinator", "closeout.return", {{"reason", "缺照片"}});
  }
  statechart::Definition const& definition = *county.rules.lifecycle("assignment/2");
  Path const path = path_of(definition, county.entries);
  EXPECT_THAT(taken_by_name(definition, path),
              ElementsAre(Pair("first_review closeout.return", 1), Pair("in_progress closeout.apply", 2),
                          Pair("in_progress evidence.attach", 1), Pair("issued accept", 1)));
  EXPECT_TRUE(path.visited.contains(definition.find("assignment.closeout.first_review").value()));
  EXPECT_TRUE(path.visited.contains(definition.find("assignment.extension.none").value()));
  EXPECT_FALSE(path.visited.contains(definition.find("assignment.closeout.verification").value()));
}

TEST(Path, TellsOrderedAlternativesApartByWhereTheyLed) {
  auto const machine = json::read_ordered(R"({"id":"m","initial":"a","states":{
    "a":{"on":{"e":[{"target":"b","guard":"g"},{"actions":"x"}]}},"b":{}}})");
  auto const definition = statechart::load(*machine).value();
  JournalEntry entry{};
  entry.type = "e";
  entry.outcome = {{"from", "a"}, {"to", "a"}};
  Path const stays = path_of(definition, {entry});
  EXPECT_THAT(stays.taken, ElementsAre(Pair(&definition.state(1).on[1], 1)));
  entry.outcome = {{"from", "a"}, {"to", "b"}};
  Path const goes = path_of(definition, {entry});
  EXPECT_THAT(goes.taken, ElementsAre(Pair(&definition.state(1).on[0], 1)));
}

TEST(Path, PassesOverEntriesOfAnotherLifecycle) {
  auto const machine = json::read_ordered(R"({"id":"m","initial":"a","states":{"a":{"on":{"e":"a"}}}})");
  auto const definition = statechart::load(*machine).value();
  JournalEntry entry{};
  entry.type = "e";
  for (nlohmann::json const& outcome :
       {nlohmann::json::object(), nlohmann::json{{"from", "a"}, {"to", "gone"}},
        nlohmann::json{{"from", {{"a", {{"x", "y"}}}}}, {"to", "a"}},
        nlohmann::json{{"from", 7}, {"to", "a"}}}) {
    entry.outcome = outcome;
    EXPECT_TRUE(path_of(definition, {entry}).taken.empty()) << outcome;
  }
}

TEST(JournalEntry, IsReadBackFromItsLeaf) {
  decision::SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept", {{"note", "收到"}});
  JournalEntry entry = county.entries.front();
  entry.index = 7;
  entry.actor.on_behalf_of = Username{"owner-songshizhen"};
  for (bool const automatic : {false, true}) {
    entry.actor.automatic = automatic;
    EXPECT_EQ(leaf_of(entry_of(leaf_of(entry)).value()), leaf_of(entry));
  }
  EXPECT_FALSE(entry_of("{}"));
  EXPECT_FALSE(entry_of("not a leaf"));
}

}  // namespace
}  // namespace xiaohao::web::lifecycle
