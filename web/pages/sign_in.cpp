// /sign-in, and in a demonstration its accounts as buttons.

#include <algorithm>
#include <set>

#include "web/http/target.hpp"
#include "web/openid.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/problem.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr std::size_t code_bytes_max = 16;

struct Attempt {
  std::string username;
  std::string next;
  std::optional<Text> refusal;
  int status = 200;
};

Html next_field(Attempt const& attempt) {
  return when(!attempt.next.empty(),
              [&] { return input(type("hidden"), name("next"), value(attempt.next)); });
}

Html code_field(Say const& t) {
  return group(
      label(attr("for", "code"), t("动态口令", "One-time code"),
            small(t("（启用了身份验证器的账号填写）", " (accounts with an authenticator app)"))),
      input(id("code"), name("code"), attr("inputmode", "numeric"), attr("autocomplete", "one-time-code"),
            attr("maxlength", static_cast<std::int64_t>(code_bytes_max)), attr("pattern", "[0-9 ]*")));
}

Html password_form(Visit const& visit, Attempt const& attempt) {
  Say const& t = visit.t;
  bool const refused = attempt.refusal.has_value();
  auto const marked = [&](std::string_view text) {
    return refused ? attr("aria-describedby", text) : flag("aria-describedby", false);
  };
  return post_form(
      visit, "/sign-in", cls("sign-in"), next_field(attempt),
      label(attr("for", "username"), t("用户名", "User name")),
      input(id("username"), name("username"), value(attempt.username), attr("autocomplete", "username"),
            attr("autocapitalize", "none"), attr("spellcheck", "false"), attr("maxlength", 64),
            flag("required"),
            flag("autofocus", attempt.username.empty() && !visit.application.settings.demonstration)),
      label(attr("for", "password"), t("密码", "Password")),
      when(refused, [&] { return p(id("refusal"), cls("fault"), t(*attempt.refusal)); }),
      input(id("password"), type("password"), name("password"), attr("autocomplete", "current-password"),
            attr("maxlength", 256), flag("required"), marked("refusal"), flag("autofocus", refused)),
      when(!visit.application.settings.demonstration, [&] { return code_field(t); }),
      button(type("submit"), cls("primary"), t("登录", "Sign in")));
}

struct AccountGroup {
  Text name;
  std::vector<Role> roles;
};

AccountGroup const account_groups[]{
    {{"领导小组", "Leadership group"}, {Role::Leader}},
    {{"县扶贫办", "Coordinator"}, {Role::Coordinator}},
    {{"督查", "Inspection"}, {Role::Inspector}},
    {{"管理", "Administration"}, {Role::SystemAdministrator, Role::SecurityAdministrator, Role::Auditor}}};

Html account_button(Visit const& visit, Participant const& participant) {
  std::string roles;
  for (Role const role : participant.roles) {
    if (!roles.empty()) roles += visit.t("、", ", ");
    roles += role_name(visit.t, role);
  }
  return button(type("submit"), name("account"), value(participant.username.value()),
                strong(participant.name), when(participant.name != roles, [&] { return small(roles); }));
}

/// The units, agencies before townships, each by its owner's account.
Html unit_choice(Visit const& visit, Attempt const& attempt, std::set<Username> const& known) {
  Say const& t = visit.t;
  auto const options_of = [&](std::string_view kind) {
    return each(visit.organisation->units, [&](auto const& entry) {
      Unit const& unit = entry.second;
      auto const owners = visit.organisation->owners_of(unit.id);
      auto const owner = std::find_if(owners.begin(), owners.end(), [&](Participant const* participant) {
        return known.contains(participant->username);
      });
      if (unit.kind != kind || owner == owners.end()) return Html{};
      return option(value((*owner)->username.value()), unit.name,
                    when(unit.example, t("（示例）", " (example)")));
    });
  };
  return post_form(visit, "/sign-in", cls("unit-account"), next_field(attempt),
                   label(attr("for", "account"), t("责任单位", "Responsible units")),
                   select(id("account"), name("account"),
                          optgroup(attr("label", t("县直单位", "Agencies")), options_of("agency")),
                          optgroup(attr("label", t("乡（镇、场）", "Townships")), options_of("township"))),
                   button(type("submit"), t("以该单位责任人登录", "Sign in as its owner")));
}

Html demonstration_accounts(Visit const& visit, Attempt const& attempt) {
  Say const& t = visit.t;
  std::set<Username> known;
  for (identity::Account const& account : visit.application.engine.store().read()->accounts())
    if (!account.disabled) known.insert(account.username);
  Html const groups = each(account_groups, [&](AccountGroup const& group_of_accounts) {
    Html buttons;
    for (auto const& [username, participant] : visit.organisation->participants) {
      bool const in_group =
          std::any_of(group_of_accounts.roles.begin(), group_of_accounts.roles.end(),
                      [&participant = participant](Role role) { return participant.has(role); });
      if (in_group && participant.active && known.contains(username))
        buttons += account_button(visit, participant);
    }
    return when(!buttons.empty(),
                [&] { return fieldset(legend(t(group_of_accounts.name)), div(cls("buttons"), buttons)); });
  });
  return section(
      cls("accounts"), h2(t("演示账号", "Demonstration accounts")),
      p(cls("hint"),
        t("点一下即可登录；密码都是 demo-用户名。", "One click signs in; each password is demo-USERNAME.")),
      post_form(visit, "/sign-in", next_field(attempt), groups), unit_choice(visit, attempt, known));
}

Html provider_link(Visit const& visit) {
  OpenIdProvider const* const provider = visit.application.openid;
  if (!provider) return {};
  return p(a(cls("button"), href("/sign-in/openid"), visit.t("用", "Sign in with "), provider->name(),
             visit.t("登录", "")));
}

Response sign_in_page(Visit const& visit, Attempt const& attempt) {
  Say const& t = visit.t;
  auto const board = visit.board();
  return page(visit, {.title = {"登录", "Sign in"}, .section = "", .status = attempt.status, .bare = true},
              div(cls("entrance"),
                  section(h1(t("登录", "Sign in")),
                          when(board != nullptr && visit.application.settings.demonstration,
                               [&] { return p(cls("lead"), board->plan.title); }),
                          when(visit.me != nullptr,
                               [&] {
                                 return p(cls("message"), t("您已登录为 ", "You are signed in as "),
                                          visit.me->name, t("。", ". "),
                                          a(href("/"), t("继续使用", "Go on")));
                               }),
                          password_form(visit, attempt), provider_link(visit)),
                  when(visit.application.settings.demonstration,
                       [&] { return demonstration_accounts(visit, attempt); })));
}

void sign_in(Application& application, std::shared_ptr<Request const> const& request,
             Respond const& respond) {
  Attempt attempt{request->field("username"), request->field("next"), std::nullopt, 200};
  std::string password = request->field("password");
  if (std::string const account = request->field("account");
      !account.empty() && application.settings.demonstration) {
    attempt.username = account;
    password = "demo-" + account;
  }
  auto const refused = [&application, request, respond](Attempt again, int status, Text text,
                                                        std::int64_t retry_after_seconds) {
    again.status = status;
    again.refusal = std::move(text);
    Response response = sign_in_page(Visit(application, *request), again);
    if (retry_after_seconds > 0)
      response.headers.emplace_back("Retry-After", std::to_string(retry_after_seconds));
    respond(std::move(response));
  };
  if (attempt.username.empty() || attempt.username.size() > 64 || password.empty() || password.size() > 1024)
    return refused(std::move(attempt), 422,
                   {"请填写用户名和密码", "Both a user name and a password are needed"}, 0);

  std::string const code = request->field("code").substr(0, code_bytes_max);
  auto check = [&application, request, respond, refused, attempt, password = std::move(password), code] {
    auto const signed_in = application.sign_in.sign_in(attempt.username, password, code, request->address);
    if (!signed_in)
      return refused(attempt, status_of(signed_in.error().refusal.reason),
                     signed_in.error().refusal.first().detail, signed_in.error().retry_after.count());
    end_session_of(*request, application.sign_in);  // a new sign-in ends the one before
    Response response = see_other(local_path(attempt.next).value_or("/"));
    response.headers.emplace_back(
        "Set-Cookie", session_cookie(signed_in->session_token, application.settings.secure_cookies));
    respond(std::move(response));
  };
  if (!application.sign_in_workers.run(std::move(check)))
    refused(std::move(attempt), 503,
            {"登录人数过多，请稍后再试", "Too many people sign in at once; try again in a moment"}, 2);
}

void sign_out(Application& application, std::shared_ptr<Request const> request, Respond respond) {
  auto end = [&application, request, respond] {
    end_session_of(*request, application.sign_in);
    Response response = see_other("/sign-in");
    response.headers.emplace_back("Set-Cookie", expired_session_cookie(application.settings.secure_cookies));
    respond(std::move(response));
  };
  if (!application.workers.run(end)) end();
}

}  // namespace

void add_sign_in_page(Router& router, Application& application) {
  router.add("GET", "/sign-in", Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               Attempt attempt;
               if (auto const next = request->query.find("next"); next != request->query.end())
                 attempt.next = local_path(next->second).value_or("");
               respond(sign_in_page(Visit(application, *request), attempt));
             });
  router.add("POST", "/sign-in", Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               sign_in(application, request, respond);
             });
  router.add("POST", "/sign-out", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               sign_out(application, request, respond);
             });
}

}  // namespace xiaohao::web::pages
