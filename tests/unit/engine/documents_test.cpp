// Papers: what the ladder puts forward is one draft for each unit and kind, and a person signs it.

#include "engine/documents.hpp"

#include "tests/unit/engine/county.hpp"

namespace xiaohao {
namespace {

class Documents : public County {
 protected:
  void SetUp() override {
    County::SetUp();
    clock.advance_to(at("2024-11-06T09:00:00+08:00"));
  }
  void step(ItemId id, char const* name) {
    Instant const now = engine->now();
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& t) -> Result<void> {
      t.append({0,
                now,
                now,
                Actor::clock(),
                id,
                "escalation.step",
                {{"step", name}, {"due", to_string(*t.item(id)->status.due)}},
                nlohmann::json::object(),
                {}});
      return {};
    }));
  }
  std::vector<FormalDocument> waiting() const { return drafts(*store->read(), engine->now()); }
  Result<FormalDocument> sign(char const* who, Signature const& wish) {
    Result<FormalDocument> outcome = refuse(Reason::Unavailable, "", {"", "not run"});
    auto const organisation = engine->organisation();
    Asking const asking{Username{who}, engine->now(), people.rules, *organisation};
    (void)store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      outcome = sign_document(transaction, wish, asking);
      return outcome.map([](FormalDocument const&) {});
    });
    return outcome;
  }
  Signature order(char const* unit) const {
    return {DocumentKind::Order, UnitId{unit}, "倒排工期", parse_date("2024-11-08").value(), "", ""};
  }
};

TEST_F(Documents, AreDraftedOnceForEachUnitWhateverTheNumberOfSteps) {
  EXPECT_TRUE(waiting().empty());
  step(lead, "urge");
  EXPECT_TRUE(waiting().empty());  // no paper goes with it
  step(lead, "supervise");
  step(lead, "special_letter");
  step(support, "supervise");
  step(lead, "circulate");
  auto const found = waiting();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].kind, DocumentKind::Bulletin);
  EXPECT_EQ(found[0].unit, std::nullopt);
  EXPECT_EQ(found[1].unit, UnitId{"songshizhen"});
  EXPECT_EQ(found[2].unit, UnitId{"zhujianju"});
  ASSERT_EQ(found[2].content["items"].size(), 1U);
  EXPECT_EQ(found[2].content["items"][0]["times"], 2);
  EXPECT_EQ(found[2].content["items"][0]["days_late"], 6);
  EXPECT_EQ(found[2].content["counts"], (nlohmann::json{{"shares", 2}, {"closed", 0}, {"late", 2}}));
}

TEST_F(Documents, AreNumberedWithoutGapsAndNeverChangeOnceSigned) {
  step(lead, "supervise");
  step(support, "supervise");
  auto const size = store->read()->journal_head().size;
  auto const first = sign("leader", order("zhujianju"));
  ASSERT_TRUE(first) << first.error().first().detail.en;
  EXPECT_EQ(number_of(*first), "督〔2024〕1号");
  EXPECT_FALSE(sign("leader", order("duchashi")));  // takes no number
  auto const second = sign("leader", order("songshizhen"));
  ASSERT_TRUE(second);
  EXPECT_EQ(number_of(*second), "督〔2024〕2号");
  EXPECT_EQ(store->read()->journal_head().size, size + 2);
  must("owner-zhujianju", lead, "accept");
  must("owner-zhujianju", lead, "report", {{"progress", 70}});
  EXPECT_EQ(store->read()->document(first->id), *first);
  EXPECT_EQ(store->read()->documents(1).front(), *second);
}

TEST_F(Documents, WaitAgainOnlyWhenTheLadderGoesOn) {
  step(lead, "supervise");
  ASSERT_TRUE(sign("leader", order("zhujianju")));
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(sign("leader", order("zhujianju")).error().reason, Reason::NotPossible);
  step(lead, "supervise");
  ASSERT_EQ(waiting().size(), 1U);
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "完成"}});
  EXPECT_TRUE(waiting().empty());  // it waits for others now
  must("coordinator", lead, "closeout.return", {{"reason", "缺材料"}});
  EXPECT_EQ(waiting().size(), 1U);
}

TEST_F(Documents, AreSignedByTheLeadershipGroupAndSayWhatIsMissing) {
  step(lead, "supervise");
  step(lead, "summon");
  for (char const* who : {"coordinator", "owner-zhujianju", "inspector", "nobody"})
    EXPECT_EQ(sign(who, order("zhujianju")).error().reason, Reason::Forbidden) << who;
  auto const fault = [&](auto const& change) {
    Signature wish = order("zhujianju");
    change(wish);
    auto const refused = sign("leader", wish);
    return refused ? std::string("signed") : refused.error().first().pointer;
  };
  EXPECT_EQ(fault([](Signature& wish) { wish.demands = " \n"; }), "/demands");
  EXPECT_EQ(fault([](Signature& wish) { wish.demands = std::string(2001, 'x'); }), "/demands");
  EXPECT_EQ(fault([](Signature& wish) { wish.reply_by.reset(); }), "/reply_by");
  EXPECT_EQ(fault([](Signature& wish) { wish.reply_by = parse_date("2024-11-05").value(); }), "/reply_by");
  EXPECT_EQ(fault([](Signature& wish) { wish.kind = DocumentKind::Summons; }), "/meeting");
  EXPECT_EQ(waiting().size(), 2U);
}

}  // namespace
}  // namespace xiaohao
