#pragma once

// People at the pages of a small county: the real engine, store, router and front door; only the sockets and
// the passwords are missing.

#include <future>

#include "tests/unit/engine/county.hpp"
#include "tests/unit/web/pages/page_reader.hpp"
#include "web/front_door.hpp"
#include "web/http/target.hpp"
#include "web/pages/layout.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::web::pages {

/// Everybody's session is his user name; every password is `demo-` and the user name.
class OpenDoor final : public SignIn {
 public:
  tl::expected<SignedIn, SignInRefusal> sign_in(std::string const& username, std::string const& password,
                                                std::string const&, std::string const&) override {
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
  /// From now on every name of this county is an attack, and so is every word of its plan of 2025.
  void turn_hostile() {
    std::string const attack = hostile_name;
    for (auto& [id, unit] : people.organisation.units) unit.name = attack + id.value();
    for (auto& [username, participant] : people.organisation.participants)
      participant.name = attack + username.value();
    Plan plan{PlanYear{2025}, attack + "plan", attack, {}, {{attack, attack}}};
    plan.campaigns = {{attack + "campaign",
                       {attack, attack},
                       parse_date("2025-03-01").value(),
                       parse_date("2025-05-31").value(),
                       true}};
    std::vector<ItemDraft> drafts;
    for (auto const& [kind, unit] :
         std::vector<std::pair<ItemKind, char const*>>{{ItemKind::Task, nullptr},
                                                       {ItemKind::Assignment, "zhujianju"},
                                                       {ItemKind::Assignment, "songshizhen"},
                                                       {ItemKind::Milestone, "zhujianju"}}) {
      ItemDefinition definition{ItemId{0},
                                plan.year,
                                std::nullopt,
                                kind,
                                1,
                                attack + "title",
                                attack + "content",
                                {},
                                {plan.campaigns[0].name},
                                std::nullopt,
                                std::nullopt,
                                {},
                                {},
                                {},
                                {1},
                                {{attack + "doubt", attack + "doubt"}}};
      definition.schedule.phrase = attack + "phrase";
      definition.schedule.due = parse_date("2025-03-31").value();
      if (kind == ItemKind::Task)
        definition.named_units = {{attack + "written", attack + "named", UnitRole::Lead, true, false}};
      if (unit) definition.unit = UnitId{unit};
      if (kind == ItemKind::Assignment) definition.role = UnitRole::Lead;
      drafts.push_back({definition, drafts.empty() ? std::nullopt : std::optional<std::size_t>(0)});
    }
    Instant const new_year = at("2025-01-01T00:00:00+08:00");
    auto const made = create_plan(*store, people.rules, {plan, drafts}, people.organisation,
                                  workflows::shipped_lifecycles(), {new_year, new_year});
    ASSERT_TRUE(made) << made.error().first().detail.en;
    engine->reload_organisation();
    clock.advance_to(at("2025-04-05T09:00:00+08:00"));
    ASSERT_TRUE(engine->advance(clock.now()));
  }
  static constexpr char const* hostile_name = "=<script>alert(1)</script>\"' onload='x' &lt;!--";

  static PageReader read(Response const& response) { return PageReader(*response.body); }
  static std::vector<std::string> headers(Response const& response, std::string const& name) {
    std::vector<std::string> found;
    for (auto const& [known, value] : response.headers)
      if (known == name) found.push_back(value);
    return found;
  }
};

}  // namespace xiaohao::web::pages
