#include "tests/unit/web/pages/visitors.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class DashboardTest : public Pages {
 protected:
  std::string part(char const* who, std::string const& id, std::string const& target = "/") {
    for (Element const& element : read(get(who, target)).elements())
      if (auto const found = element.attributes.find("id");
          found != element.attributes.end() && found->second == id)
        return element.text;
    return "";
  }
};

TEST_F(DashboardTest, SaysWhatIsOverdueAndWhoseAndSinceWhen) {
  EXPECT_THAT(part("leader", "overdue"), HasSubstr("没有逾期事项"));
  EXPECT_THAT(part("leader", "coming"), HasSubstr("10月31日"));
  clock.advance_to(at("2024-11-05T09:00:00+08:00"));
  EXPECT_THAT(part("leader", "overdue"),
              AllOf(HasSubstr("逾期 5 天"), HasSubstr("自 10月31日 周四"), HasSubstr("安居扶贫巩固提升"),
                    HasSubstr("2 个单位"), HasSubstr("zhujianju"), HasSubstr("songshizhen")));
  EXPECT_THAT(part("leader", "overdue", "/?lang=en"),
              AllOf(HasSubstr("5 days overdue"), HasSubstr("since Thu 31 Oct")));
}

TEST_F(DashboardTest, IsMadeAnewWhenAnItemChanges) {
  clock.advance_to(at("2024-11-05T09:00:00+08:00"));
  EXPECT_THAT(part("leader", "overdue"), HasSubstr("songshizhen"));
  must("owner-songshizhen", support, "accept");
  attach("owner-songshizhen", support);
  must("owner-songshizhen", support, "closeout.apply", {{"summary", "完成"}});
  must("owner-zhujianju", support, "closeout.approve");
  must("inspector", support, "closeout.verify");
  clock.advance_to(clock.now() + std::chrono::days{8});
  ASSERT_TRUE(engine->advance(clock.now()));
  EXPECT_THAT(part("leader", "overdue"), AllOf(HasSubstr("zhujianju"), Not(HasSubstr("songshizhen"))));
}

TEST_F(DashboardTest, ShowsEachPersonFirstWhatWaitsForHim) {
  EXPECT_THAT(part("owner-zhujianju", "waiting"), AllOf(HasSubstr("等您办理 1"), HasSubstr("签收")));
  EXPECT_EQ(part("leader", "waiting"), "");
  must("owner-zhujianju", lead, "accept");
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "完成"}});
  EXPECT_THAT(part("coordinator", "waiting"), HasSubstr("安居扶贫巩固提升"));
  EXPECT_EQ(part("owner-zhujianju", "waiting"), "");
}

TEST_F(DashboardTest, IsNotMadeAnewForAStepThatOnlyTellsPeople) {
  clock.advance_to(at("2024-11-01T08:36:00+08:00"));
  ASSERT_TRUE(engine->advance(clock.now()));
  auto const before = boards->current(PlanYear{2024});
  std::int64_t const entries = store->read()->journal_head().size;
  clock.advance_to(at("2024-11-01T08:38:00+08:00"));
  ASSERT_EQ(engine->advance(clock.now()).value(), 2) << "both shares' owners are urged";
  ASSERT_EQ(store->read()->journal_head().size, entries + 2);
  EXPECT_EQ(boards->current(PlanYear{2024}), before);
  must("owner-zhujianju", lead, "accept");
  EXPECT_NE(boards->current(PlanYear{2024}), before);
  auto const after = boards->current(PlanYear{2024});
  EXPECT_EQ(after->find(lead)->item.status.version, item(lead).status.version);
}

TEST_F(DashboardTest, SaysThatNoticesReachedNobodyToThoseWhoAnswerForIt) {
  EXPECT_EQ(part("coordinator", "undelivered"), "");
  auto const die = [&](char const* key, Instant decided) {
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      Notice notice;
      notice.key = key;
      notice.item = lead;
      notice.recipient = Username{"owner-zhujianju"};
      notice.channel = "mail";
      notice.step = "urge";
      notice.state = NoticeState::Dead;
      notice.decided_at = decided;
      transaction.insert_notice(notice);
      return {};
    }));
  };
  die("long ago", clock.now() - std::chrono::days{31});
  EXPECT_EQ(part("coordinator", "undelivered"), "");
  die("yesterday", clock.now() - std::chrono::days{1});
  EXPECT_THAT(part("coordinator", "undelivered"), HasSubstr("未送达的通知 1"));
  EXPECT_THAT(part("leader", "undelivered", "/?lang=en"), HasSubstr("Notices that reached nobody 1"));
  EXPECT_EQ(part("owner-zhujianju", "undelivered"), "");
}

TEST_F(DashboardTest, DoesNotNameItemsThatAPersonMayNotRead) {
  // A county whose inspectors see nothing at all.
  people.rules.permissions =
      decision::Permissions::read(
          json::read(R"({"$schema":"xiaohao-permissions/1","description":"","events":[],)"
                     R"("reads":[{"reads":["item"],"role":"Leader","relation":"any"}]})")
              .value())
          .value();
  open();
  Boards fresh(*engine);
  Application other{*engine, open_door, fresh, *live, sign_in_workers, workers, application->settings,
                    {},      {},        {}};
  Router his;
  add_page_routes(his, other);
  auto const text = [&](char const* who, char const* path) {
    auto request = std::make_shared<Request>();
    request->method = "GET";
    request->path = path;
    request->visitor = Visitor{Username{who}, "csrf"};
    std::string body;
    his.find("GET", path).route->handler(request, [&](Response const& response) { body = *response.body; });
    return body;
  };
  for (char const* path : {"/", "/items", "/items.csv"}) {
    EXPECT_THAT(text("leader", path), HasSubstr("安居扶贫巩固提升")) << path;
    EXPECT_THAT(text("inspector", path), Not(HasSubstr("安居扶贫巩固提升"))) << path;
  }
  engine.reset();
}

}  // namespace
}  // namespace xiaohao::web::pages
