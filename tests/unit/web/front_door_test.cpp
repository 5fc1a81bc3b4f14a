#include "web/front_door.hpp"

#include <gmock/gmock.h>

#include "engine/json/document.hpp"

namespace xiaohao::web {
namespace {

using testing::HasSubstr;

/// One person with one session and one token.
class OnePerson final : public SignIn {
 public:
  tl::expected<SignedIn, SignInRefusal> sign_in(std::string const&, std::string const&, std::string const&,
                                                std::string const&) override {
    return SignedIn{"session", Visitor{Username{"leader"}, "csrf"}};
  }
  std::optional<Visitor> of_session(std::string const& token) override {
    return token == "session" ? std::optional(Visitor{Username{"leader"}, "csrf"}) : std::nullopt;
  }
  std::optional<Visitor> of_bearer(std::string const& token) override {
    return token == "token" ? std::optional(Visitor{Username{"leader"}, ""}) : std::nullopt;
  }
  void sign_out(std::string const&) override {}
};

class FrontDoorTest : public testing::Test {
 protected:
  OnePerson people;
  Router router;
  std::unique_ptr<FrontDoor> door;

  FrontDoorTest() {
    auto const answer = [](std::shared_ptr<Request const> request, Respond respond) {
      respond(text_response(200, "text/plain",
                            (request->language == Language::English ? "en " : "zh ") +
                                (request->visitor ? request->visitor->username.value() : "nobody")));
    };
    router.add("GET", "/", Access::SignedIn, answer);
    router.add("GET", "/items", Access::SignedIn, answer);
    router.add("POST", "/items", Access::SignedIn, answer);
    router.add("GET", "/sign-in", Access::Anyone, answer);
    router.add("POST", "/sign-in", Access::Anyone, answer);
    router.add("GET", "/api/v1/items", Access::SignedIn, answer);
    router.add("POST", "/api/v1/items", Access::SignedIn, answer);
    door = std::make_unique<FrontDoor>(router, people, [](Request const&, int status, Text const& detail) {
      return text_response(status, "text/html", detail.zh);
    });
  }

  Response ask(std::string method, std::string path, std::map<std::string, std::string> headers = {},
               std::map<std::string, std::string> form = {}, std::map<std::string, std::string> query = {}) {
    auto request = std::make_shared<Request>();
    request->method = std::move(method);
    request->path = std::move(path);
    request->headers = std::move(headers);
    request->headers.emplace("host", "xiaohao.example");
    request->query = std::move(query);
    Admission admission = door->admit(*request);
    if (admission.refusal) return std::move(*admission.refusal);
    request->form = std::move(form);
    Response given;
    admission.handler(request, [&](Response response) { given = std::move(response); });
    return given;
  }
  static std::string header(Response const& response, std::string const& name) {
    for (auto const& [known, value] : response.headers)
      if (known == name) return value;
    return "";
  }
};

std::map<std::string, std::string> const session{{"cookie", "a=b; xiaohao_session=session"}};
std::map<std::string, std::string> with(std::map<std::string, std::string> headers, std::string name,
                                        std::string value) {
  headers.emplace(std::move(name), std::move(value));
  return headers;
}

TEST_F(FrontDoorTest, SendsPeopleToSignInAndBackAgain) {
  Response const response = ask("GET", "/items", {}, {}, {{"q", "山 a"}});
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/sign-in?next=%2Fitems%3Fq%3D%25E5%25B1%25B1%2520a");
  EXPECT_EQ(header(ask("GET", "/"), "Location"), "/sign-in");
}

TEST_F(FrontDoorTest, TellsProgramsThatNobodyIsSignedIn) {
  for (auto const& headers : {std::map<std::string, std::string>{},
                              {{"cookie", "xiaohao_session=other"}},
                              {{"authorization", "Bearer other"}},
                              {{"authorization", "Basic token"}},
                              with(session, "authorization", "Bearer other")}) {
    Response const response = ask("GET", "/api/v1/items", headers);
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.content_type, "application/problem+json");
  }
}

TEST_F(FrontDoorTest, KnowsTheSessionAndTheToken) {
  EXPECT_EQ(*ask("GET", "/items", session).body, "zh leader");
  EXPECT_EQ(*ask("GET", "/api/v1/items", {{"authorization", "Bearer token"}}).body, "en leader");
}

TEST_F(FrontDoorTest, RefusesAChangeThatAForeignPageCouldHaveSent) {
  auto const token = with(session, "x-csrf-token", "csrf");
  EXPECT_EQ(ask("POST", "/api/v1/items", session).status, 403) << "without the token";
  EXPECT_EQ(ask("POST", "/api/v1/items", with(session, "x-csrf-token", "other")).status, 403);
  EXPECT_EQ(ask("POST", "/api/v1/items", with(session, "x-csrf-token", "")).status, 403);
  EXPECT_EQ(ask("POST", "/api/v1/items", token).status, 200);
  EXPECT_EQ(ask("POST", "/api/v1/items", {{"authorization", "Bearer token"}}).status, 200)
      << "a token needs none";
  EXPECT_EQ(ask("POST", "/api/v1/items", with(token, "origin", "https://evil.example")).status, 403);
  EXPECT_EQ(ask("POST", "/api/v1/items", with(token, "origin", "null")).status, 403);
  EXPECT_EQ(ask("POST", "/api/v1/items", with(token, "sec-fetch-site", "cross-site")).status, 403);
  EXPECT_EQ(ask("POST", "/api/v1/items", with(token, "origin", "http://xiaohao.example")).status, 200);
  EXPECT_EQ(ask("POST", "/items", session).status, 403) << "a form without the token";
  EXPECT_EQ(ask("POST", "/items", session, {{"csrf_token", "other"}}).status, 403);
  EXPECT_EQ(ask("POST", "/items", session, {{"csrf_token", "csrf"}}).status, 200);
  EXPECT_EQ(ask("POST", "/sign-in", {{"origin", "https://evil.example"}}).status, 403)
      << "signing a victim in as somebody else";
  EXPECT_EQ(ask("POST", "/sign-in").status, 200);
}

TEST_F(FrontDoorTest, SwitchesTheLanguageAndRemembersIt) {
  EXPECT_EQ(*ask("GET", "/items", with(session, "accept-language", "en-US,en;q=0.9")).body, "zh leader")
      << "pages are Chinese first";
  Response const switched = ask("GET", "/items", session, {}, {{"lang", "en"}});
  EXPECT_EQ(*switched.body, "en leader");
  EXPECT_THAT(header(switched, "Set-Cookie"), HasSubstr("xiaohao_lang=en; Path=/"));
  EXPECT_EQ(*ask("GET", "/items", {{"cookie", "xiaohao_session=session; xiaohao_lang=en"}}).body,
            "en leader");
  EXPECT_EQ(*ask("GET", "/items", session, {}, {{"lang", "fr"}}).body, "zh leader");
}

TEST_F(FrontDoorTest, AnswersProgramsInEnglishUnlessTheyPreferChinese) {
  EXPECT_EQ(*ask("GET", "/api/v1/items", session).body, "en leader");
  EXPECT_EQ(*ask("GET", "/api/v1/items", with(session, "accept-language", "de, zh-CN;q=0.9, en;q=0.8")).body,
            "zh leader");
  EXPECT_EQ(ask("GET", "/api/v1/items", session, {}, {{"lang", "fr"}}).status, 400);
}

TEST_F(FrontDoorTest, TellsWhatAnAddressKnows) {
  EXPECT_EQ(ask("GET", "/api/v1/nowhere", session).status, 404);
  Response const response = ask("DELETE", "/api/v1/items", session);
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header(response, "Allow"), "GET, HEAD, POST");
  EXPECT_EQ(ask("GET", "/nowhere").content_type, "text/html");
}

TEST_F(FrontDoorTest, TakesJsonOnlyFromPrograms) {
  auto const token = with(session, "x-csrf-token", "csrf");
  EXPECT_EQ(
      ask("POST", "/api/v1/items", with(token, "content-type", "application/x-www-form-urlencoded")).status,
      415);
  EXPECT_EQ(
      ask("POST", "/api/v1/items", with(token, "content-type", "application/json; charset=utf-8")).status,
      200);
}

TEST_F(FrontDoorTest, CountsItsAnswers) {
  door->answered(200);
  door->answered(200);
  door->answered(404);
  EXPECT_EQ(door->answers(), (std::map<int, std::int64_t>{{200, 2}, {404, 1}}));
}

TEST(SessionCookie, IsOutOfReachOfScriptsAndForeignForms) {
  EXPECT_EQ(session_cookie("abc", false), "xiaohao_session=abc; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_THAT(session_cookie("abc", true), HasSubstr("; Secure"));
  EXPECT_THAT(expired_session_cookie(false), HasSubstr("Max-Age=0"));
}

}  // namespace
}  // namespace xiaohao::web
