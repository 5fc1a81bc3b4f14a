#include "web/identity_sign_in.hpp"

#include "tests/unit/identity/small_county.hpp"

namespace xiaohao::web {
namespace {

using namespace std::chrono_literals;

/// A browser with one cookie, over real accounts.
class Browser : public identity::County {
 protected:
  std::unique_ptr<IdentitySignIn> door;
  Request request;

  void SetUp() override {
    County::SetUp();
    door = std::make_unique<IdentitySignIn>(*identity);
  }
  void carry(std::string const& cookie) { request.headers["cookie"] = "xiaohao_session=" + cookie; }
  std::string enter() {
    std::string const token = door->sign_in("leader", identity::good_password, "", "10.0.0.7")->session_token;
    carry(token);
    return token;
  }
};

TEST_F(Browser, IsKnownByItsCookieUntilItSignsOut) {
  EXPECT_FALSE(visitor_of(request, *door));
  enter();
  request.visitor = visitor_of(request, *door);
  ASSERT_TRUE(request.visitor);
  EXPECT_EQ(request.visitor->username, identity::leader);
  EXPECT_EQ(request.visitor->csrf_token.size(), 43u);
  EXPECT_TRUE(still_signed_in(request, *door));
  end_session_of(request, *door);
  EXPECT_FALSE(visitor_of(request, *door));
  EXPECT_FALSE(still_signed_in(request, *door)) << "its open streams end";
}

TEST_F(Browser, GetsATokenOfOurChoosingWhateverCookieItBrought) {
  carry("chosen-by-an-attacker");
  EXPECT_NE(door->sign_in("leader", identity::good_password, "", "10.0.0.7")->session_token,
            "chosen-by-an-attacker");
  EXPECT_FALSE(visitor_of(request, *door));
}

TEST_F(Browser, DoesNotStayInByLeavingAPageOpen) {
  enter();
  request.visitor = visitor_of(request, *door);
  for (int minutes = 0; minutes < 120; minutes += 30) {
    EXPECT_TRUE(still_signed_in(request, *door)) << minutes;
    wait(30min);
  }
  EXPECT_FALSE(still_signed_in(request, *door));
  EXPECT_FALSE(visitor_of(request, *door));
}

TEST_F(Browser, IsToldHowLongToWait) {
  for (int failure = 0; failure < 5; ++failure) (void)door->sign_in("leader", "no", "", "10.0.0.7");
  auto const refused = door->sign_in("leader", identity::good_password, "", "10.0.0.7");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().refusal.reason, Reason::TooOften);
  EXPECT_EQ(refused.error().retry_after, 30s);
}

TEST_F(Browser, MayBeAScriptWithABearerToken) {
  std::string const token =
      identity->create_token(identity::leader, "export", {identity::Scope::Read}, 1h, authority())->token;
  request.headers["authorization"] = "Bearer " + token;
  auto const visitor = visitor_of(request, *door);
  ASSERT_TRUE(visitor);
  EXPECT_EQ(visitor->csrf_token, "") << "which needs no CSRF token";
  enter();
  request.headers["authorization"] = "Bearer xiaohao_wrong";
  EXPECT_FALSE(visitor_of(request, *door)) << "the cookie does not help a wrong token";
}

}  // namespace
}  // namespace xiaohao::web
