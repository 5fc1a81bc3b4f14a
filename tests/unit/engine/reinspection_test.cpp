// Draws: what was closed since the last, by chance or by risk, each close-out once.

#include "engine/reinspection.hpp"

#include "tests/unit/engine/county.hpp"

namespace xiaohao {
namespace {

using testing::ElementsAre;

class Reinspections : public County {
 protected:
  /// As if it had been closed: what a draw looks at is its status.
  void close(ItemId id, int returns) {
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& t) -> Result<void> {
      ItemStatus status = t.item(id)->status;
      ++status.version;
      status.closed = true;
      status.closed_at = engine->now();
      status.returns = returns;
      t.update_item(id, status, {"closed"});
      return {};
    }));
  }
  Result<Draw> draw(char const* who, DrawWish const& wish) {
    return write<Draw>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return draw_reinspections(transaction, wish, asking);
    });
  }
  DrawWish wish(int share, bool by_risk = false) const {
    return {PlanYear{2024}, share, by_risk, parse_date("2024-12-31").value()};
  }
};

TEST_F(Reinspections, TakeEachCloseOutIntoOneDrawOnly) {
  EXPECT_EQ(draw("inspector", wish(20)).error().reason, Reason::NotPossible);
  close(lead, 0);
  auto const head = store->read()->journal_head();
  auto const first = draw("inspector", wish(1));
  ASSERT_TRUE(first) << first.error().first().detail.en;
  EXPECT_THAT(first->chosen, ElementsAre(Drawn{lead, 1}));  // one at least
  EXPECT_EQ(first->index, head.size);
  EXPECT_EQ(first->seed.size(), 64U);
  EXPECT_EQ(draw("inspector", wish(20)).error().reason, Reason::NotPossible);
  close(support, 0);
  ASSERT_TRUE(draw("leader", wish(100)));
  auto const all = draws(*store->read());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_THAT(all[0].population, ElementsAre(Drawn{support, 1}));
  EXPECT_EQ(all[1].seed, first->seed);
}

TEST_F(Reinspections, ByRiskLooksFirstWhereMostWentWrong) {
  close(lead, 0);
  close(support, 2);
  auto const made = draw("inspector", wish(50, true));
  ASSERT_TRUE(made);
  EXPECT_THAT(made->chosen, ElementsAre(Drawn{support, 1}));
  EXPECT_EQ(risk_of(*store->read()->item(support)), 4);
}

TEST_F(Reinspections, ByChanceFollowFromTheSeedAlone) {
  close(lead, 0);
  close(support, 9);
  auto const made = draw("inspector", wish(50));
  ASSERT_TRUE(made);
  Drawn const one{lead, 1}, other{support, 1};
  bool const lead_first = draw_ticket(made->seed, one) < draw_ticket(made->seed, other);
  EXPECT_THAT(made->chosen, ElementsAre(lead_first ? one : other));
}

TEST_F(Reinspections, AreNotForWhoeverDidTheWork) {
  close(lead, 0);
  for (char const* who : {"coordinator", "owner-zhujianju", "admin", "nobody"})
    EXPECT_EQ(draw(who, wish(20)).error().reason, Reason::Forbidden) << who;
  DrawWish past = wish(20);
  past.until = parse_date("2024-01-01").value();
  EXPECT_EQ(draw("inspector", past).error().first().pointer, "/until");
  EXPECT_EQ(draw("inspector", wish(101)).error().first().pointer, "/share_percent");
  DrawWish other = wish(20);
  other.plan = PlanYear{2023};
  EXPECT_EQ(draw("inspector", other).error().first().pointer, "/plan");
  EXPECT_TRUE(draws(*store->read()).empty());
}

}  // namespace
}  // namespace xiaohao
