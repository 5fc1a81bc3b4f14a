// Findings: registered with every fault named at once, grouped by a person, looked for at sister units, and
// known again when they come back.

#include "engine/findings.hpp"

#include "engine/domain/likeness.hpp"
#include "engine/erasure.hpp"
#include "tests/unit/engine/county.hpp"

namespace xiaohao {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Findings : public County {
 protected:
  void SetUp() override {
    County::SetUp();
    ASSERT_TRUE(store->write_and_wait([](store::Transaction& transaction) -> Result<void> {
      Plan plan = *transaction.plan(PlanYear{2024});
      auto const campaign = [](char const* name, char const* from, char const* to) {
        return Campaign{name, {name, name}, parse_date(from).value(), parse_date(to).value(), true};
      };
      plan.campaigns = {campaign("春季整改", "2024-03-01", "2024-05-31"),
                        campaign("夏季提升", "2024-06-01", "2024-08-31"),
                        campaign("秋冬巩固", "2024-09-01", "2024-12-31")};
      transaction.put_plan(plan);
      return {};
    }));
  }

  Result<Finding> enter(char const* who, FindingWish const& wish) {
    return write<Finding>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return register_finding(transaction, wish, asking);
    });
  }
  Result<Finding> group(char const* who, ItemId item, std::vector<ItemId> const& with) {
    return write<Finding>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return group_findings(transaction, item, with, asking);
    });
  }
  Result<std::vector<Finding>> push(char const* who, SelfCheck const& wish) {
    return write<std::vector<Finding>>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return push_self_check(transaction, wish, asking);
    });
  }

  static FindingWish wish(char const* reference = "3", char const* unit = "zhujianju") {
    FindingWish wish;
    wish.plan = PlanYear{2024};
    wish.source = "审计";
    wish.reference = reference;
    wish.title = "扶贫资产台账缺失";
    wish.problem = "部分村级扶贫资产未登记，张三家的羊舍没有入账";
    wish.measures = "逐村清查";
    wish.unit = UnitId{unit};
    wish.deadline = "11月底";
    return wish;
  }
  std::vector<std::string> pointers_of(Result<Finding> const& refused) const {
    std::vector<std::string> pointers;
    if (!refused)
      for (Fault const& fault : refused.error().faults) pointers.push_back(fault.pointer);
    return pointers;
  }
  std::vector<std::string> types_of(ItemId id) const {
    std::vector<std::string> types;
    for (JournalEntry const& entry : store->read()->entries_of(id)) types.push_back(entry.type);
    return types;
  }
  Finding stored(ItemId id) const { return store->read()->finding(id).value(); }
};

TEST_F(Findings, AreRegisteredByThoseWhomTheTableLets) {
  for (char const* who : {"owner-zhujianju", "admin", "nobody"})
    EXPECT_EQ(enter(who, wish()).error().reason, Reason::Forbidden) << who;
  EXPECT_THAT(store->read()->findings(PlanYear{2024}), IsEmpty());
  EXPECT_TRUE(enter("inspector", wish("1")));
  EXPECT_TRUE(enter("leader", wish("2")));
  Result<Finding> const made = enter("coordinator", wish("3"));
  ASSERT_TRUE(made);
  EXPECT_EQ(stored(made->item), *made);
  WorkItem const found = item(made->item);
  EXPECT_EQ(found.definition.kind, ItemKind::Finding);
  EXPECT_EQ(found.definition.number, 3);
  EXPECT_EQ(found.status.lifecycle, "finding/1");
  EXPECT_EQ(found.status.due, parse_date("2024-11-30").value());
  EXPECT_THAT(found.definition.campaigns, ElementsAre("秋冬巩固"));
  EXPECT_THAT(types_of(made->item), ElementsAre("item.created", "finding.registered"));
  EXPECT_EQ(store->read()->notices({}).size(), 3u) << "its unit is told of each";
}

TEST_F(Findings, NameEveryFaultAtOnce) {
  FindingWish bad;
  bad.plan = PlanYear{2024};
  bad.title = "名称\n两行";
  bad.unit = UnitId{"nowhere"};
  bad.deadline = "很快";
  bad.fed_back = parse_date("2024-12-01").value();
  bad.linked = {lead};
  bad.similar_to = ItemId{99};
  EXPECT_THAT(pointers_of(enter("coordinator", bad)),
              ElementsAre("/source", "/title", "/problem", "/unit", "/deadline", "/fed_back", "/linked/0",
                          "/similar_to"));
  FindingWish early = wish();
  early.fed_back = parse_date("2024-09-01").value();
  early.deadline = "8月底";
  EXPECT_THAT(pointers_of(enter("coordinator", early)), ElementsAre("/deadline"));
  FindingWish stranger = wish();
  stranger.person = Username{"owner-songshizhen"};
  EXPECT_THAT(pointers_of(enter("coordinator", stranger)), ElementsAre("/person"));
  FindingWish disguised = wish();
  disguised.source = "举一反三自查";
  disguised.problem = "缺登记\x01";
  EXPECT_THAT(pointers_of(enter("coordinator", disguised)), ElementsAre("/source", "/problem"));
  FindingWish recurring = wish();
  recurring.deadline = "每季度";
  EXPECT_THAT(pointers_of(enter("coordinator", recurring)), ElementsAre("/deadline"));
  EXPECT_THAT(store->read()->findings(PlanYear{2024}), IsEmpty());
}

TEST_F(Findings, AreOneOfEachNumberOfASource) {
  ASSERT_TRUE(enter("coordinator", wish()));
  EXPECT_THAT(pointers_of(enter("coordinator", wish())), ElementsAre("/reference"));
  FindingWish without = wish("");
  ASSERT_TRUE(enter("coordinator", without));
  EXPECT_THAT(pointers_of(enter("coordinator", without)), ElementsAre("/title")) << "a form sent twice";
  FindingWish elsewhere = wish();
  elsewhere.source = "省考核";
  EXPECT_TRUE(enter("coordinator", elsewhere));
}

TEST_F(Findings, AreDueByTheirPhrases) {
  FindingWish at_once = wish("1");
  at_once.deadline = "立行立改";
  Finding const immediate = enter("coordinator", at_once).value();
  EXPECT_EQ(immediate.rectification, Rectification::Immediate);
  EXPECT_EQ(item(immediate.item).status.due, parse_date("2024-10-23").value()) << "15 days from today";
  FindingWish for_good = wish("2");
  for_good.deadline = "长期坚持";
  Finding const long_term = enter("coordinator", for_good).value();
  EXPECT_EQ(long_term.rectification, Rectification::LongTerm);
  EXPECT_EQ(item(long_term.item).status.due, parse_date("2024-12-31").value());
}

TEST_F(Findings, CloseByTheRulesOfAShareAndTellTheCampaigns) {
  ItemId const id = enter("coordinator", wish())->item;
  EXPECT_EQ(send("coordinator", id, "closeout.apply", {{"summary", "完成"}}).error().reason,
            Reason::Forbidden);
  must("owner-zhujianju", id, "accept");
  EXPECT_EQ(send("owner-zhujianju", id, "closeout.apply", {{"summary", "完成"}}).error().reason,
            Reason::GuardFailed)
      << "nothing is shown yet";
  EXPECT_EQ(send("owner-songshizhen", id, "measures.extend", {{"measures", "x"}}).error().reason,
            Reason::Forbidden);
  must("owner-zhujianju", id, "measures.extend", {{"measures", "建立动态台账"}});
  attach("owner-zhujianju", id);
  must("owner-zhujianju", id, "closeout.apply", {{"summary", "完成"}});
  EXPECT_EQ(send("owner-zhujianju", id, "closeout.approve").error().reason, Reason::Forbidden);
  must("coordinator", id, "closeout.approve");
  EXPECT_EQ(send("coordinator", id, "closeout.verify").error().reason, Reason::Forbidden);
  must("inspector", id, "closeout.verify");
  clock.advance_to(clock.now() + std::chrono::days{8});
  ASSERT_TRUE(engine->advance(clock.now()));
  ASSERT_TRUE(item(id).status.closed);
  must("inspector", id, "reinspect.pass");
  EXPECT_EQ(stored(id).measures, "逐村清查\n建立动态台账");
  EXPECT_THAT(stored(id).deepened, ElementsAre("秋冬巩固"));
  EXPECT_THAT(stored(id).rechecked, ElementsAre("秋冬巩固"));
}

TEST_F(Findings, ThatComeBackAfterClosingAreRelapses) {
  ItemId const first = enter("coordinator", wish("1"))->item;
  ItemId const sister = enter("coordinator", wish("2", "songshizhen"))->item;
  close_out("owner-zhujianju", "coordinator", first);
  ASSERT_TRUE(item(first).status.closed);
  FindingWish again = wish("7");
  again.similar_to = first;
  Result<Finding> const back = enter("coordinator", again);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->relapse_of, first);
  EXPECT_EQ(stored(first).similar, first);
  EXPECT_THAT(types_of(back->item), Contains("finding.relapsed"));
  EXPECT_FALSE(group("coordinator", sister, {first})->relapse_of) << "another unit's closing is no relapse";
  // Registered by itself and grouped later, it is known then.
  ItemId const later = enter("coordinator", wish("8"))->item;
  EXPECT_FALSE(stored(later).relapse_of);
  EXPECT_EQ(group("owner-zhujianju", later, {first}).error().reason, Reason::Forbidden);
  EXPECT_EQ(group("coordinator", later, {first})->relapse_of, first);
  EXPECT_EQ(group("coordinator", later, {first}).error().reason, Reason::NotPossible);
  EXPECT_EQ(group("coordinator", later, {later}).error().first().pointer, "/with/0");
  EXPECT_EQ(group("coordinator", ItemId{99}, {first}).error().reason, Reason::NotFound);
}

TEST_F(Findings, LeaveTheirGroupAndAGroupOfOneIsNone) {
  ItemId const a = enter("coordinator", wish("1"))->item, b = enter("coordinator", wish("2"))->item;
  EXPECT_EQ(group("coordinator", a, {}).error().reason, Reason::NotPossible);
  ASSERT_TRUE(group("coordinator", b, {a}));
  EXPECT_EQ(stored(b).similar, a);
  ASSERT_TRUE(group("coordinator", a, {}));
  EXPECT_FALSE(stored(a).similar);
  EXPECT_FALSE(stored(b).similar);
}

TEST_F(Findings, AreLookedForAtSisterUnits) {
  ItemId const first = enter("coordinator", wish())->item;
  SelfCheck check{first, {UnitId{"songshizhen"}, UnitId{"fupinban"}}, "15日内", "对照自查资产台账"};
  EXPECT_EQ(push("inspector", check).error().reason, Reason::Forbidden);
  SelfCheck bad{first, {UnitId{"zhujianju"}, UnitId{"nowhere"}}, "8月底", " "};
  auto const refused = push("coordinator", bad);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().faults, SizeIs(4));
  auto const made = push("coordinator", check);
  ASSERT_TRUE(made);
  ASSERT_THAT(*made, SizeIs(2));
  EXPECT_EQ(made->front().checks, first);
  EXPECT_EQ(made->front().source, "举一反三自查");
  EXPECT_EQ(problem_of(*store->read(), made->front()), wish().problem) << "it is not copied";
  EXPECT_EQ(item(made->front().item).definition.unit, UnitId{"songshizhen"});
  EXPECT_THAT(types_of(first), Contains("finding.pushed"));
  EXPECT_EQ(push("coordinator", check).error().first().pointer, "/units/0") << "once to each";
  EXPECT_EQ(push("coordinator", {made->front().item, {UnitId{"fupinban"}}, "15日内", "x"}).error().reason,
            Reason::NotPossible);
  EXPECT_EQ(group("coordinator", made->front().item, {first}).error().reason, Reason::NotPossible)
      << "a self-check goes with its first finding";
  must("owner-songshizhen", made->front().item, "accept");
}

TEST_F(Findings, ForgetWhatIsErased) {
  ItemId const id = enter("coordinator", wish())->item;
  must("owner-zhujianju", id, "accept");
  must("owner-zhujianju", id, "measures.extend", {{"measures", "请张三签字"}});
  auto const erase = [&](char const* type, char const* field) {
    std::int64_t index = -1;
    for (JournalEntry const& entry : store->read()->entries_of(id))
      if (entry.type == type) index = entry.index;
    return write<JournalEntry>("coordinator", [&](store::Transaction& transaction, Asking const& asking) {
      return erase_text(transaction, {id, index, field, "依申请"}, asking);
    });
  };
  ASSERT_TRUE(erase("finding.registered", "problem"));
  ASSERT_TRUE(erase("measures.extend", "measures"));
  EXPECT_EQ(stored(id).problem, erased_text);
  EXPECT_EQ(stored(id).measures, std::string("逐村清查\n") + erased_text);
  for (store::JournalLine const& line : store->read()->history(id))
    EXPECT_THAT(line.leaf, testing::Not(HasSubstr("张三")));
}

TEST_F(Findings, AreProposedAsSimilarByTheWordsTheyShare) {
  ItemId const a = enter("coordinator", wish("1"))->item;
  FindingWish like = wish("2", "songshizhen");
  like.title = "扶贫资产台账不全";
  like.problem = "村级扶贫资产未登记入账";
  ItemId const b = enter("coordinator", like)->item;
  FindingWish other = wish("3");
  other.title = "驻村干部请假未备案";
  other.problem = "两名干部离岗";
  ASSERT_TRUE(enter("coordinator", other));
  auto const similar = similar_findings(*store->read(), stored(a), 5);
  ASSERT_THAT(similar, SizeIs(1));
  EXPECT_EQ(similar[0].finding.item, b);
  EXPECT_THAT(similar[0].shared, Contains(HasSubstr("扶贫资产")));
}

TEST(Likeness, IsTheShareOfPairs) {
  EXPECT_EQ(likeness_percent("台账缺失", "台账缺失"), 100);
  EXPECT_EQ(likeness_percent("台账缺失", "台账，缺失。"), 100) << "punctuation does not count";
  EXPECT_EQ(likeness_percent("ABC def", "abcDEF"), 100);
  EXPECT_EQ(likeness_percent("台账缺失", "台账不全"), 33);
  EXPECT_EQ(likeness_percent("台账缺失", "干部离岗"), 0);
  EXPECT_EQ(likeness_percent("台", "台"), 0);
  EXPECT_EQ(likeness_percent("", "台账缺失"), 0);
  EXPECT_EQ(likeness_percent("\xff\xfe", "\xe5"), 0);
}

TEST(Likeness, ShowsTheRunsThatBothHave) {
  EXPECT_THAT(shared_runs("扶贫资产未登记", "村级扶贫资产均未登记", 3), ElementsAre("扶贫资产", "未登记"));
  EXPECT_THAT(shared_runs("扶贫资产未登记", "村级扶贫资产均未登记", 1), ElementsAre("扶贫资产"));
  EXPECT_THAT(shared_runs("甲乙", "甲乙", 3), IsEmpty());
}

}  // namespace
}  // namespace xiaohao
