#pragma once

// People at the pages of a small county: the real engine, store, router and front door; only the sockets and
// the passwords are missing.

#include <future>

#include "tests/unit/engine/county.hpp"
#include "tests/unit/web/pages/page_reader.hpp"
#include "web/front_door.hpp"
#include "web/http/target.hpp"
#include "web/pages/layout.hpp"

namespace xiaohao::web::pages {

/// Everybody's session is his user name; every password is `demo-` and the user name.
class OpenDoor final : public SignIn {
 public:
  tl::expected<SignedIn, SignInRefusal> sign_in(std::string const& username, std::string const& password,
                                                std::string const&) override {
    if (password == "demo-" + username) return SignedIn{username, Visitor{Username{username}, "csrf"}};
    return tl::unexpected(SignInRefusal{
        {Reason::Unauthenticated, {Fault{"", {"用户名或密码不对", "wrong user name or password"}}}}, {}});
  }
  std::optional<Visitor> of_session(std::string const& token) override {
    return Visitor{Username{token}, "csrf"};
  }
  std::optional<Visitor> of_bearer(std::string const&) override { return std::nullopt; }
  void sign_out(std::string const& token) override { signed_out = token; }
  std::string signed_out;
};

class Pages : public County {
 protected:
  OpenDoor open_door;
  std::unique_ptr<Boards> boards;
  std::unique_ptr<Live> live;
  Workers sign_in_workers{1, 8}, workers{1, 8};
  std::unique_ptr<Application> application;
  Router router;
  std::unique_ptr<FrontDoor> door;

  void SetUp() override {
    County::SetUp();
    boards = std::make_unique<Boards>(*engine);
    live = std::make_unique<Live>(*store);
    application = std::make_unique<Application>(
        Application{*engine, open_door, *boards, *live, sign_in_workers, workers, {}, {}, {}, {}});
    application->settings.version = "0.1.0";
    application->settings.demonstration = true;
    application->settings.virtual_clock = &clock;
    application->advance = [this](Instant to) {
      clock.advance_to(to);
      ASSERT_TRUE(engine->advance(to));
    };
    add_page_routes(router, *application);
    door = std::make_unique<FrontDoor>(router, open_door,
                                       [this](Request const& request, int status, Text const& detail) {
                                         return error_page(*application, request, status, detail);
                                       });
  }

  Response ask(std::string method, char const* who, std::string const& target,
               std::map<std::string, std::string> form = {}, std::string const& more_cookies = "") {
    auto request = std::make_shared<Request>();
    auto read = read_target(target).value();
    request->method = std::move(method);
    request->path = read.path;
    request->query = read.query;
    request->headers = {{"host", "xiaohao.example"}};
    std::string cookies = *who ? "xiaohao_session=" + std::string(who) : "";
    if (!more_cookies.empty()) cookies += (cookies.empty() ? "" : "; ") + more_cookies;
    if (!cookies.empty()) request->headers.emplace("cookie", cookies);
    Admission admission = door->admit(*request);
    if (admission.refusal) return std::move(*admission.refusal);
    request->form = std::move(form);
    if (*who) request->form.emplace("csrf_token", "csrf");
    std::promise<Response> answered;
    admission.handler(request, [&](Response response) { answered.set_value(std::move(response)); });
    return answered.get_future().get();
  }
  Response get(char const* who, std::string const& target) { return ask("GET", who, target); }
  Response post(char const* who, std::string const& path, std::map<std::string, std::string> form = {}) {
    return ask("POST", who, path, std::move(form));
  }
  static PageReader read(Response const& response) { return PageReader(*response.body); }
  static std::vector<std::string> headers(Response const& response, std::string const& name) {
    std::vector<std::string> found;
    for (auto const& [known, value] : response.headers)
      if (known == name) found.push_back(value);
    return found;
  }
};

}  // namespace xiaohao::web::pages
