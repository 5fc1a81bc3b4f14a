#include "tests/unit/web/pages/visitors.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class WaitingPages : public Pages {
 protected:
  std::string body(char const* who, std::string const& target) {
    Response const response = get(who, target);
    EXPECT_EQ(response.status, 200) << target;
    return response.body ? *response.body : "";
  }
  void apply(char const* summary) { must("owner-zhujianju", lead, "closeout.apply", {{"summary", summary}}); }
  /// One notice in the inbox of the unit that is late.
  Notice urged() {
    clock.advance_to(at("2024-11-05T09:00:00+08:00"));
    EXPECT_TRUE(engine->advance(clock.now()));
    store::NoticeFilter filter;
    filter.recipient = Username{"owner-zhujianju"};
    Notice notice = store->read()->notices(filter).at(0);
    notice.state = NoticeState::Sent;
    notice.sent_at = clock.now();
    EXPECT_TRUE(store->write_and_wait([&](store::Transaction& t) -> Result<void> {
      t.update_notice(notice);
      return {};
    }));
    return notice;
  }
};

TEST_F(WaitingPages, TheDeskSaysWhatIsExpectedAndWhatCameBackAndWhy) {
  EXPECT_THAT(body("owner-zhujianju", "/desk"), AllOf(HasSubstr("安居扶贫巩固提升"), HasSubstr("签收")));
  EXPECT_THAT(body("leader", "/desk"), HasSubstr("没有等您办理的事项"));
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  apply("全部完成");
  must("coordinator", lead, "closeout.return", {{"reason", "缺验收表"}});
  EXPECT_THAT(body("owner-zhujianju", "/desk"), HasSubstr("缺验收表"));
  apply("已补");
  EXPECT_THAT(body("owner-zhujianju", "/desk"), Not(HasSubstr("缺验收表"))) << "it waits for others now";
}

TEST_F(WaitingPages, ReviewersSeeTheClaimAndHowOftenItCameBack) {
  EXPECT_THAT(body("coordinator", "/reviews"), HasSubstr("没有等您审核的申请"));
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  apply("全部完成");
  EXPECT_THAT(body("coordinator", "/reviews"), AllOf(HasSubstr("全部完成"), HasSubstr("owner-zhujianju"),
                                                     HasSubstr("佐证材料 1 份"), Not(HasSubstr("曾退回"))));
  EXPECT_THAT(body("inspector", "/reviews"), Not(HasSubstr("全部完成"))) << "it is not his turn";
  must("coordinator", lead, "closeout.return", {{"reason", "缺验收表"}});
  apply("已补");
  EXPECT_THAT(body("coordinator", "/reviews?lang=en"),
              AllOf(HasSubstr("已补"), HasSubstr("returned before: 1")));
}

TEST_F(WaitingPages, ARequestForMoreTimeWaitsWithItsDateAndReason) {
  must("owner-zhujianju", lead, "accept");
  must("owner-zhujianju", lead, "extension.request", {{"due", "2024-11-29"}, {"reason", "连续降雨"}});
  EXPECT_THAT(body("coordinator", "/reviews"), AllOf(HasSubstr("11月29日"), HasSubstr("连续降雨")));
}

TEST_F(WaitingPages, ANoticeIsAcknowledgedByItsRecipientAlone) {
  Notice const notice = urged();
  std::string const path = "/notices/" + std::to_string(notice.id.value()) + "/acknowledge";
  EXPECT_THAT(body("owner-zhujianju", "/notices"), HasSubstr(path));
  EXPECT_EQ(post("owner-songshizhen", path).status, 404);
  EXPECT_FALSE(store->read()->notice(notice.id)->acknowledged_at);
  EXPECT_EQ(post("owner-zhujianju", path).status, 303);
  EXPECT_EQ(store->read()->notice(notice.id)->acknowledged_at, clock.now());
  EXPECT_THAT(body("owner-zhujianju", "/notices"), Not(HasSubstr(path)));
  EXPECT_EQ(post("owner-zhujianju", "/notices/abc/acknowledge").status, 404);
}

TEST_F(WaitingPages, OnlyThoseWhoMaySeeEverybodysNoticesDo) {
  urged();
  EXPECT_THAT(body("coordinator", "/notices?all=1"), HasSubstr("owner-zhujianju"));
  EXPECT_THAT(body("owner-songshizhen", "/notices?all=1"), Not(HasSubstr("owner-zhujianju")));
  EXPECT_EQ(get("owner-songshizhen", "/notices?recipient=owner-zhujianju").status, 403);
  EXPECT_EQ(get("owner-songshizhen", "/notices?recipient=owner-songshizhen").status, 200);
  EXPECT_EQ(get("leader", "/notices?before=abc").status, 400);
}

}  // namespace
}  // namespace xiaohao::web::pages
