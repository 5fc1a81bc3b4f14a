#include "tests/unit/web/pages/visitors.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class ItemPage : public Pages {
 protected:
  std::map<std::string, std::string> form(ItemId id, char const* type,
                                          std::map<std::string, std::string> more = {}) {
    more.emplace("type", type);
    more.emplace("version", std::to_string(item(id).status.version));
    return more;
  }
  void apply() {
    must("owner-zhujianju", lead, "accept");
    attach("owner-zhujianju", lead);
    must("owner-zhujianju", lead, "closeout.apply", {{"summary", "危房改造全部完成"}});
  }
};

TEST_F(ItemPage, ShowsATaskWithItsSharesAndTheWordsOfThePlan) {
  Response const response = get("leader", "/items/1");
  EXPECT_EQ(response.status, 200);
  PageReader const page = read(response);
  EXPECT_THAT(page.text(), AllOf(HasSubstr("安居扶贫巩固提升"), HasSubstr("10月底"), HasSubstr("94–96"),
                                 HasSubstr("0/2 已销号"), HasSubstr("10月31日")));
  EXPECT_THAT(page.values("href"), testing::IsSupersetOf({"/items/2", "/items/3", "/lifecycles/task/1"}));
  EXPECT_EQ(get("leader", "/items/99").status, 404);
  EXPECT_EQ(get("leader", "/items/x").status, 404);
}

TEST_F(ItemPage, OffersOnlyWhatThisPersonMayDo) {
  PageReader const owner = read(get("owner-zhujianju", "/items/2"));
  EXPECT_THAT(owner.values("value"), Contains("accept"));
  EXPECT_THAT(owner.values("value"), Not(Contains("cancel")));
  EXPECT_THAT(read(get("owner-songshizhen", "/items/2")).values("value"), Not(Contains("accept")));
  EXPECT_THAT(read(get("leader", "/items/2")).values("value"), Contains("cancel"));
}

TEST_F(ItemPage, SaysWhyAnActionIsNotPossibleYet) {
  must("owner-zhujianju", lead, "accept");
  PageReader const page = read(get("owner-zhujianju", "/items/2"));
  EXPECT_THAT(page.text(), HasSubstr("请先提交至少一份佐证材料"));
  EXPECT_THAT(page.values("value"), Not(Contains("closeout.apply")));
}

TEST_F(ItemPage, TakesAnEventFromItsForm) {
  Response const done = post("owner-zhujianju", "/items/2/events", form(lead, "accept"));
  EXPECT_EQ(done.status, 303);
  EXPECT_THAT(headers(done, "Location"), Contains("/items/2"));
  EXPECT_EQ(item(lead).status.stage, "in_progress");
  post("owner-zhujianju", "/items/2/events", form(lead, "report", {{"progress", "60"}, {"text", "已开工"}}));
  EXPECT_EQ(item(lead).status.progress, 6000);
  EXPECT_THAT(read(get("owner-zhujianju", "/items/2")).text(),
              AllOf(HasSubstr("进展反馈 60%"), HasSubstr("已开工")));
}

TEST_F(ItemPage, KeepsWhatWasTypedBesideWhatIsWrong) {
  must("owner-zhujianju", lead, "accept");
  Response const refused = post("owner-zhujianju", "/items/2/events",
                                form(lead, "report", {{"progress", "六成"}, {"text", "<b>已开工"}}));
  EXPECT_EQ(refused.status, 400);
  PageReader const page = read(refused);
  EXPECT_THAT(page.text(), AllOf(HasSubstr("应为 0–100 的整数"), HasSubstr("<b>已开工")));
  EXPECT_THAT(page.values("value"), Contains("六成"));
  EXPECT_EQ(item(lead).status.progress, 0);
}

TEST_F(ItemPage, TellsWhatChangedSinceTheFormWasOpened) {
  must("owner-zhujianju", lead, "accept");
  auto const old = form(lead, "report", {{"progress", "60"}, {"text", "已开工"}});
  must("coordinator", lead, "urge", {{"text", "请抓紧"}});
  Response const stale = post("owner-zhujianju", "/items/2/events", old);
  EXPECT_EQ(stale.status, 412);
  EXPECT_THAT(read(stale).text(),
              AllOf(HasSubstr("您填写期间事项有了变化"), HasSubstr("催办：请抓紧"), HasSubstr("已开工")));
  EXPECT_THAT(read(stale).values("value"), Contains(std::to_string(item(lead).status.version)));
}

TEST_F(ItemPage, TakesAFormThatIsSentTwiceForOne) {
  must("owner-zhujianju", lead, "accept");
  auto const once = form(lead, "report", {{"progress", "60"}});
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", once).status, 303);
  auto const version = item(lead).status.version;
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", once).status, 303);
  EXPECT_EQ(item(lead).status.version, version);
}

TEST_F(ItemPage, RefusesWhatIsNotOnesOwnToDo) {
  Response const refused = post("owner-songshizhen", "/items/2/events", form(lead, "accept"));
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(item(lead).status.stage, "issued");
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", {{"type", "accept"}}).status, 428);
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", form(lead, "closeout.verify")).status, 403);
}

TEST_F(ItemPage, LeadsBackOnlyWithinThisServer) {
  auto const to = [&](char const* back) {
    return headers(
        post("coordinator", "/items/2/events", form(lead, "urge", {{"text", "请"}, {"back", back}})),
        "Location");
  };
  EXPECT_THAT(to("/desk"), Contains("/desk"));
  EXPECT_THAT(to("//evil.example"), Contains("/items/2"));
}

TEST_F(ItemPage, TellsTheUnitWhyItCameBack) {
  apply();
  must("coordinator", lead, "closeout.return", {{"reason", "缺少验收照片"}});
  PageReader const page = read(get("owner-zhujianju", "/items/2"));
  EXPECT_THAT(page.text(), AllOf(HasSubstr("初审退回"), HasSubstr("缺少验收照片")));
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "补齐"}});
  std::string const body = *get("owner-zhujianju", "/items/2").body;
  EXPECT_THAT(body, Not(HasSubstr("warning returned"))) << "it has been applied for again";
}

TEST_F(ItemPage, ShowsTheClaimBesideTheEvidenceToTheOneWhoDecides) {
  apply();
  auto const claim_of = [&](char const* who) {
    std::string claim;
    for (Element const& element : read(get(who, "/items/2")).all("section"))
      if (element.attributes.contains("id") && element.attributes.at("id") == "claim") claim = element.text;
    return claim;
  };
  EXPECT_THAT(claim_of("coordinator"), HasSubstr("危房改造全部完成"));
  for (char const* who : {"owner-zhujianju", "inspector", "leader", "admin"})
    EXPECT_EQ(claim_of(who), "") << who << " has nothing to decide now";
  must("coordinator", lead, "closeout.return", {{"reason", "缺少验收照片"}});
  EXPECT_EQ(claim_of("coordinator"), "") << "nothing is applied for";
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "补齐"}});
  EXPECT_THAT(claim_of("coordinator"), AllOf(HasSubstr("补齐"), HasSubstr("缺少验收照片")));
}

TEST_F(ItemPage, StrikesThroughWhatWasWithdrawn) {
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  post("owner-zhujianju", "/items/2/events",
       form(lead, "evidence.withdraw", {{"sha256", std::string(64, 'a')}, {"reason", "传错了"}}));
  PageReader const page = read(get("owner-zhujianju", "/items/2"));
  ASSERT_EQ(page.all("s").size(), 1U);
  EXPECT_EQ(page.all("s").front().text, "验收单.pdf");
  EXPECT_THAT(page.text(), AllOf(HasSubstr("撤回佐证材料 《验收单.pdf》"), HasSubstr("传错了")));
}

TEST_F(ItemPage, TakesEvidenceAsAFileOnlyAndWithdrawsOnlyWhatIsThere) {
  must("owner-zhujianju", lead, "accept");
  auto const forged =
      form(lead, "evidence.attach",
           {{"sha256", std::string(64, 'b')}, {"name", "x"}, {"size", "1"}, {"media_type", "text/html"}});
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", forged).status, 400);
  EXPECT_EQ(post("owner-songshizhen", "/items/2/events", forged).status, 403);
  auto const withdraw = [&] {
    return post("owner-zhujianju", "/items/2/events",
                form(lead, "evidence.withdraw", {{"sha256", std::string(64, 'a')}}));
  };
  EXPECT_EQ(withdraw().status, 422) << "nobody has handed it in";
  attach("owner-zhujianju", lead);
  auto const once = form(lead, "evidence.withdraw", {{"sha256", std::string(64, 'a')}});
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", once).status, 303);
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", once).status, 303) << "the same form, sent twice";
  EXPECT_EQ(withdraw().status, 422) << "it was withdrawn";
  attach("owner-zhujianju", lead);
  auto const another = form(lead, "evidence.withdraw", {{"sha256", std::string(64, 'c')}});
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", another).status, 422) << "another piece is there";
}

TEST_F(ItemPage, KeepsTheCloseOutRecordFromThoseWhoMayNotReadHistories) {
  close_out("owner-zhujianju", "coordinator", lead);
  EXPECT_EQ(get("admin", "/items/2/closeout-record").status, 403);
  EXPECT_NE(get("leader", "/items/2/closeout-record").status, 403);
}

TEST_F(ItemPage, WithdrawsNothingOfACycleThatHasEnded) {
  close_out("owner-zhujianju", "coordinator", lead);
  must("inspector", lead, "reinspect.reopen", {{"reason", "反弹"}});
  auto const withdraw = form(lead, "evidence.withdraw", {{"sha256", std::string(64, 'a')}});
  EXPECT_EQ(post("owner-zhujianju", "/items/2/events", withdraw).status, 422);
}

TEST_F(ItemPage, ShowsEvidenceToThoseOnlyWhoMayReadIt) {
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  std::string const path = "/api/v1/evidence/" + std::string(64, 'a');
  EXPECT_THAT(read(get("inspector", "/items/2")).values("href"), Contains(path));
  EXPECT_THAT(read(get("owner-songshizhen", "/items/2")).values("href"), Not(Contains(path)));
  EXPECT_THAT(read(get("admin", "/items/2")).values("id"), Not(Contains("history")));
}

TEST_F(ItemPage, ShowsEvidenceToAStandInForSomebodyWhoMayReadItAndToNobodyElse) {
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  auto const sees = [&](char const* who) {
    auto const links = read(get(who, "/items/2")).values("href");
    return std::find(links.begin(), links.end(), "/api/v1/evidence/" + std::string(64, 'a')) != links.end();
  };
  auto const away = [&](char const* who) {
    Absence wish;
    wish.away = Username{who};
    wish.substitute = Username{"owner-fupinban"};
    wish.first = wish.last = local_date(engine->now());
    ASSERT_TRUE(write<Absence>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return set_absence(transaction, wish, asking);
    }));
  };
  away("owner-songshizhen");
  EXPECT_FALSE(sees("owner-fupinban")) << "whom he stands in for may not read it either";
  away("owner-zhujianju");
  EXPECT_TRUE(sees("owner-fupinban"));
  EXPECT_FALSE(sees("owner-songshizhen"));
}

/// A table by which owners read shares that are led, and tasks, but not the supporting ones.
class NarrowTable : public Pages {
 protected:
  void SetUp() override {
    auto const grant = [](char const* relation) {
      return nlohmann::json{{"reads", {"item", "history"}}, {"role", "Owner"}, {"relation", relation}};
    };
    people.rules.permissions = decision::Permissions::read({{"$schema", "xiaohao-permissions/1"},
                                                            {"events", nlohmann::json::array()},
                                                            {"reads", {grant("not_led")}},
                                                            {"administration", nlohmann::json::array()}})
                                   .value();
    Pages::SetUp();
  }
};

TEST_F(NarrowTable, KeepsItemsFromThoseWhoMayNotReadThemAlsoInTheListOfATask) {
  auto const links = read(get("owner-fupinban", "/items/1")).values("href");
  EXPECT_THAT(links, Contains("/items/2"));
  EXPECT_THAT(links, Not(Contains("/items/3")));
  EXPECT_EQ(get("owner-fupinban", "/items/3").status, 403);
  EXPECT_EQ(get("leader", "/items/1").status, 403);
}

TEST_F(ItemPage, SaysWhatComesIfNobodyActs) {
  PageReader const page = read(get("leader", "/items/2"));
  EXPECT_THAT(page.text(),
              AllOf(HasSubstr("如果没人处理"), HasSubstr("2024-11-01 08:37"), HasSubstr("owner-zhujianju")));
  EXPECT_THAT(read(get("owner-songshizhen", "/items/2")).text(), HasSubstr("通知 1 人"));
}

TEST_F(ItemPage, TakesFilesAndSaysWhatIsMissing) {
  must("owner-zhujianju", lead, "accept");
  Response const none = post("owner-zhujianju", "/items/2/evidence", {{"note", "验收"}});
  EXPECT_EQ(none.status, 400);
  EXPECT_THAT(read(none).text(), HasSubstr("请选择文件"));
  EXPECT_THAT(read(none).values("value"), Contains("验收"));
  EXPECT_EQ(post("owner-songshizhen", "/items/2/evidence").status, 403);
}

}  // namespace
}  // namespace xiaohao::web::pages
