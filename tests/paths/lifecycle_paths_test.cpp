// Each shipped lifecycle, lived through by generated paths in the real engine, and held against a book that
// knows nothing but the statechart.

#include <gmock/gmock.h>

#include "tests/paths/paths.hpp"

namespace xiaohao::paths {
namespace {

using testing::ElementsAre;
using testing::Gt;
using testing::IsEmpty;
using testing::SizeIs;

decision::SmallCounty const& county() {
  static decision::SmallCounty const county;
  return county;
}

Exploration const& explored(Row row) {
  static Exploration const share = explore(county(), Row::WithShare);
  static Exploration const milestone = explore(county(), Row::WithMilestone);
  static Exploration const finding = explore(county(), Row::WithFinding);
  return row == Row::WithShare ? share : row == Row::WithMilestone ? milestone : finding;
}

class LifecyclePaths : public testing::TestWithParam<Subject> {
 protected:
  statechart::Definition const& lifecycle() const {
    return *county().rules.lifecycle(GetParam().lifecycle(county()));
  }
  Paths paths() const { return paths_through(explored(GetParam().row), lifecycle(), GetParam().item); }
};

TEST_P(LifecyclePaths, LeadToEveryStateOverEveryTransitionAndTwiceThroughWhatLeadsBack) {
  Paths const paths = this->paths();
  EXPECT_THAT(paths.missing, IsEmpty());
  EXPECT_THAT(paths.found, SizeIs(Gt(lifecycle().states().size())));
}

TEST_P(LifecyclePaths, ComeInTheEngineWhereTheStatechartAloneComesWithTheTimersOfItsStates) {
  std::map<TransitionName, int> taken;
  for (Path const& path : paths().found) {
    SCOPED_TRACE(path.goal);
    Book book(county());
    World world(county(), GetParam().row);
    book.begin_with(world);
    world.stage().listen([&](JournalEntry const& entry) { book.hear(entry, world.stage()); });
    for (Move const& move : path.moves) {
      auto const done = world.perform(move);
      ASSERT_TRUE(done) << to_string(move) << ": " << done.error().first().detail.en;
      ASSERT_EQ(book.differences(world.stage()), "") << to_string(move);
    }
    for (TransitionName const& name : book.taken()) ++taken[name];
  }
  for (TransitionName const& name : transitions_of(lifecycle())) EXPECT_GT(taken[name], 0) << name;
}

INSTANTIATE_TEST_SUITE_P(Shipped, LifecyclePaths, testing::ValuesIn(subjects()),
                         [](auto const& test) { return std::string(to_string(test.param.kind)); });

/// When the publicity ends, at each time that the share comes to it.
std::vector<Instant> ends_of_publicity(Path const& path) {
  World world(county(), Row::WithShare);
  std::vector<Instant> ends;
  for (Move const& move : path.moves) {
    std::string const before = world.stage().known_item(below).status.stage;
    world.must(move);
    if (world.stage().known_item(below).status.stage != "publicity" || before == "publicity") continue;
    for (Timer const& timer : world.stage().timers_of(below)) ends.push_back(timer.due);
  }
  return ends;
}

TEST(LifecyclePath, ThatComesToThePublicityAgainWaitsAnew) {
  auto const& lifecycle = *county().rules.lifecycle(county().rules.lifecycle_of.at(ItemKind::Assignment));
  int twice = 0;
  for (Path const& path : paths_through(explored(Row::WithShare), lifecycle, below).found) {
    std::vector<Instant> const ends = ends_of_publicity(path);
    if (ends.size() < 2) continue;
    ++twice;
    EXPECT_LT(ends.front(), ends.back()) << path.goal;
  }
  EXPECT_GT(twice, 0);
}

}  // namespace
}  // namespace xiaohao::paths
