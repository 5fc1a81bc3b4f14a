#include "tests/unit/web/pages/visitors.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class SignInPage : public Pages {
 protected:
  void SetUp() override {
    Pages::SetUp();
    auto const made = store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      for (auto const& [username, participant] : people.organisation.participants)
        transaction.put_account({username, "hash", false, clock.now()});
      return {};
    });
    ASSERT_TRUE(made);
  }
};

TEST_F(SignInPage, OffersTheDemonstrationsAccountsAndNoneElsewhere) {
  PageReader const page = read(get("", "/sign-in"));
  for (char const* account : {"leader", "coordinator", "inspector", "admin", "owner-zhujianju"})
    EXPECT_THAT(page.values("value"), Contains(account));
  application->settings.demonstration = false;
  EXPECT_THAT(read(get("", "/sign-in")).values("value"), Not(Contains("leader")));
  EXPECT_EQ(post("", "/sign-in", {{"account", "leader"}}).status, 422);
}

TEST_F(SignInPage, SignsInAndGoesOnWhereOneWantedToGo) {
  Response const by_button = post("", "/sign-in", {{"account", "leader"}});
  EXPECT_EQ(by_button.status, 303);
  EXPECT_THAT(headers(by_button, "Location"), Contains("/"));
  EXPECT_THAT(headers(by_button, "Set-Cookie"),
              Contains(HasSubstr("xiaohao_session=leader; Path=/; HttpOnly")));
  auto const next = [&](char const* path) {
    return headers(
        post("", "/sign-in", {{"username", "leader"}, {"password", "demo-leader"}, {"next", path}}),
        "Location");
  };
  EXPECT_THAT(next("/items?q=1"), Contains("/items?q=1"));
  EXPECT_THAT(next("//evil.example"), Contains("/"));
  EXPECT_THAT(next("https://evil.example"), Contains("/"));
}

TEST_F(SignInPage, SaysBesideTheFieldThatThePasswordIsWrongAndKeepsTheName) {
  Response const refused =
      post("", "/sign-in", {{"username", "\"><script>"}, {"password", "x"}, {"next", "/items"}});
  EXPECT_EQ(refused.status, 401);
  PageReader const page = read(refused);
  EXPECT_THAT(page.text(), HasSubstr("用户名或密码不对"));
  EXPECT_THAT(page.values("value"), testing::IsSupersetOf({"\"><script>", "/items"}));
  EXPECT_THAT(page.values("value"), Not(Contains("x")));
  EXPECT_EQ(page.all("script").size(), 1U);
}

TEST_F(SignInPage, SignsOutByFormOnly) {
  EXPECT_EQ(get("leader", "/sign-out").status, 405);
  Response const out = post("leader", "/sign-out");
  EXPECT_THAT(headers(out, "Location"), Contains("/sign-in"));
  EXPECT_EQ(open_door.signed_out, "leader");
  EXPECT_THAT(headers(out, "Set-Cookie"), Contains(HasSubstr("Max-Age=0")));
}

}  // namespace
}  // namespace xiaohao::web::pages
