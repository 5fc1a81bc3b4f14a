// `/account`: one's own password, sessions and access tokens.

#include "web/pages/account.hpp"

#include <algorithm>

#include "web/pages/parts.hpp"
#include "web/problem.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr int token_days_default = 90;
constexpr int token_days_max = 366;

Html password_section(Visit const& visit) {
  Say const& t = visit.t;
  identity::Identity const& identity = *visit.application.identity;
  identity::PasswordRules const& rules = identity.settings().passwords;
  int const length_min = identity.has_one_time_codes(visit.me->username) ? rules.length_min_with_second_factor
                                                                         : rules.length_min;
  return section(
      cls("sheet"), id("password"), h2(t("密码", "Password")),
      p(cls("hint"), t("至少 ", "At least "), length_min,
        t(" 个字符；改后所有会话结束，需重新登录。",
          " characters. Every session ends; sign in again afterwards.")),
      post_form(visit, std::string(account_path) + "/password", cls("stacked"),
                password_field(t("现在的密码", "Present password"), "present_password", "current-password"),
                password_field(t("新密码", "New password"), "password", "new-password"),
                password_field(t("再输入一次新密码", "New password again"), "again", "new-password"),
                button(type("submit"), t("修改密码", "Change the password"))));
}

/// The present session is the one whose CSRF token this page carries.
Html session_row(Visit const& visit, identity::Session const& session) {
  Say const& t = visit.t;
  bool const this_one = session.csrf_token == visit.csrf_token();
  return tr(td(data("label", t("地址", "Address")), session.address),
            td(data("label", t("登录时间", "Signed in")), moment(t, session.created_at)),
            td(data("label", t("最近使用", "Last seen")), moment(t, session.last_seen_at)),
            td(this_one ? Html(strong(t("当前会话", "this one")))
                        : post_form(visit, std::string(account_path) + "/sessions/end",
                                    input(type("hidden"), name("session"), value(session.token_hash)),
                                    button(type("submit"), cls("quiet"), t("结束", "End")))));
}

Html sessions_section(Visit const& visit) {
  Say const& t = visit.t;
  auto const sessions = visit.application.identity->sessions(visit.me->username);
  return section(
      cls("sheet"), id("sessions"), h2(t("已登录的设备", "Where you are signed in")),
      div(cls("table-frame"),
          table(cls("cards"),
                thead(tr(th(t("地址", "Address")), th(t("登录时间", "Signed in")),
                         th(t("最近使用", "Last seen")), th(span(cls("unseen"), t("操作", "Action"))))),
                tbody(each(sessions,
                           [&](identity::Session const& session) { return session_row(visit, session); })))));
}

Html token_row(Visit const& visit, identity::AccessToken const& token) {
  Say const& t = visit.t;
  return tr(td(data("label", t("名称", "Name")), token.name),
            td(data("label", t("范围", "Scopes")),
               token.scopes ? identity::text_of(*token.scopes) : std::string(t("全部", "everything"))),
            td(data("label", t("创建", "Made")), moment(t, token.created_at)),
            td(data("label", t("到期", "Expires")),
               token.expires_at ? moment(t, *token.expires_at) : std::string("–")),
            td(post_form(visit, std::string(account_path) + "/tokens/revoke",
                         input(type("hidden"), name("name"), value(token.name)),
                         button(type("submit"), cls("quiet"), t("撤销", "Revoke")))));
}

Html scope_boxes(Say const& t) {
  return span(cls("choices"), each(identity::scope_names(), [&](identity::ScopeName const& scope) {
                return label(input(type("checkbox"), name("scope-" + std::string(scope.name)), value("1"),
                                   flag("checked", scope.scope == identity::Scope::Read)),
                             " ", code(scope.name), " ", t(scope.meaning));
              }));
}

std::vector<identity::Scope> scopes_ticked(Request const& request) {
  std::vector<identity::Scope> scopes;
  for (identity::ScopeName const& scope : identity::scope_names())
    if (!request.field("scope-" + std::string(scope.name)).empty()) scopes.push_back(scope.scope);
  return scopes;
}

Html tokens_section(Visit const& visit) {
  Say const& t = visit.t;
  auto tokens = visit.application.engine.store().read()->access_tokens(visit.me->username);
  std::erase_if(tokens, [](identity::AccessToken const& token) { return token.revoked; });
  return section(
      cls("sheet"), id("tokens"), h2(t("访问令牌", "Access tokens")),
      p(cls("hint"),
        t("供脚本调用接口，权限不超过您本人，并限于所选范围；令牌只显示一次。",
          "For scripts that call the API: your rights, within the scopes that you choose. A token is "
          "shown once.")),
      when(!tokens.empty(),
           [&] {
             return div(cls("table-frame"), table(cls("cards"),
                                                  thead(tr(th(t("名称", "Name")), th(t("范围", "Scopes")),
                                                           th(t("创建", "Made")), th(t("到期", "Expires")),
                                                           th(span(cls("unseen"), t("操作", "Action"))))),
                                                  tbody(each(tokens, [&](identity::AccessToken const& token) {
                                                    return token_row(visit, token);
                                                  }))));
           }),
      post_form(visit, std::string(account_path) + "/tokens", cls("stacked"),
                label(t("名称", "Name"), input(name("name"), attr("maxlength", 100), flag("required"))),
                fieldset(legend(t("范围", "Scopes")), scope_boxes(t)),
                label(t("有效天数", "Days"),
                      input(type("number"), name("days"), attr("min", 1), attr("max", token_days_max),
                            value(std::to_string(token_days_default)), flag("required"))),
                password_field(t("现在的密码", "Present password"), "present_password", "current-password"),
                button(type("submit"), t("创建令牌", "Make a token"))));
}

Html codes_section(Visit const& visit) {
  Say const& t = visit.t;
  bool const in_use = visit.application.identity->has_one_time_codes(visit.me->username);
  return section(cls("sheet"), id("one-time-codes"), h2(t("动态口令", "One-time codes")),
                 p(in_use ? t("已启用：登录时除密码外还需身份验证器上的六位数字。",
                              "In use: signing in asks for the six digits of your authenticator app, too.")
                          : t("未启用。", "Not in use.")),
                 p(a(href("/account/one-time-codes"),
                     in_use ? t("停用或换手机", "Remove, or change the phone") : t("启用", "Set up"))));
}

Result<Response> account(Visit const& visit) {
  Say const& t = visit.t;
  std::string roles;
  for (Role const role : visit.me->roles)
    roles += (roles.empty() ? std::string() : std::string(t("、", ", "))) + std::string(role_name(t, role));
  return page(visit, {.title = {"我的账号", "My account"}, .section = account_path},
              group(h1(t("我的账号", "My account")),
                    p(cls("lead"), visit.me->name, t("（", " ("), visit.me->username.value(), t("）", ")"),
                      when(visit.me->unit.has_value(),
                           [&] { return group(" · ", visit.unit_name(*visit.me->unit)); }),
                      " · ", roles),
                    codes_section(visit), password_section(visit), sessions_section(visit),
                    tokens_section(visit), calendars_section(visit)));
}

Response change_password(Application& application, identity::Identity& identity, Request const& request) {
  std::string const wanted = request.field("password");
  if (wanted != request.field("again"))
    return back_to(account_path, request,
                   refuse(Reason::Malformed, "/again",
                          {"两次输入的新密码不同", "the new password was typed in two different ways"}),
                   {});
  Result<void> const changed =
      identity.change_password(request.visitor->username, request.field("present_password"), wanted,
                               request.address, authority_of(application, request));
  return back_to(changed ? "/sign-in" : account_path, request, changed,
                 {"密码已修改，请重新登录", "The password is changed; sign in again"});
}

/// Shown once, on the answer itself: a redirect would have to carry it.
Response new_token_page(Application& application, Request const& request,
                        identity::NewAccessToken const& made) {
  Visit const visit(application, request);
  Say const& t = visit.t;
  return page(visit, {.title = {"新令牌", "New token"}, .section = account_path},
              group(h1(t("新令牌", "New token")),
                    p(t("请立即复制并妥善保存，关闭本页后不再显示：",
                        "Copy it now and keep it safe; it is not shown again:")),
                    p(code(cls("secret"), made.token)),
                    p(t("到期：", "Expires: "), moment(t, *made.access_token.expires_at)),
                    p(a(href(account_path), t("返回我的账号", "Back to my account")))));
}

Response make_token(Application& application, identity::Identity& identity, Request const& request) {
  Username const& me = request.visitor->username;
  if (auto const proved = identity.prove_password(me, request.field("present_password"), request.address);
      !proved)
    return back_to(account_path, request, proved, {});
  // What is out of bounds stays so, and is refused with the rest.
  auto const days =
      std::clamp<std::int64_t>(whole_number(request.field("days")).value_or(0), 0, token_days_max + 1);
  auto const made = identity.create_token(me, request.field("name"), scopes_ticked(request),
                                          std::chrono::hours{24 * days}, authority_of(application, request));
  if (!made) return back_to(account_path, request, tl::unexpected(made.error()), {});
  return new_token_page(application, request, *made);
}

}  // namespace

Html password_field(std::string_view label_text, char const* field_name, char const* completion) {
  return label(label_text, input(type("password"), name(field_name), attr("autocomplete", completion),
                                 attr("maxlength", 256), flag("required")));
}

identity::Authority authority_of(Application& application, Request const& request) {
  return {Actor::person(request.visitor->username), application.engine.now()};
}

Response back_to(std::string path, Request const& request, Result<void> const& outcome, Text const& done) {
  return see_other_with(std::move(path),
                        outcome ? Flash{false, in(request.language, done)}
                                : Flash{true, in(request.language, outcome.error().first().detail)});
}

void add_account_change(Router& router, Application& application, std::string pattern, AccountChange change) {
  router.add(
      "POST", std::move(pattern), Access::SignedIn,
      [&application, change = std::move(change)](std::shared_ptr<Request const> request, Respond respond) {
        auto work = [&application, request, respond, change] {
          respond(change(*application.identity, *request));
        };
        if (application.sign_in_workers.run(std::move(work))) return;
        respond(back_to(
            account_path, *request,
            refuse(Reason::Unavailable, "", {"系统繁忙，请稍后再试", "busy; try again in a moment"}), {}));
      });
}

void add_account_page(Router& router, Application& application) {
  if (!application.identity) return;
  add_page(router, application, account_path, account);
  std::string const path = account_path;
  add_account_change(router, application, path + "/password",
                     [&application](identity::Identity& identity, Request const& request) {
                       return change_password(application, identity, request);
                     });
  add_account_change(
      router, application, path + "/sessions/end", [](identity::Identity& identity, Request const& request) {
        return back_to(account_path, request,
                       identity.end_session(request.visitor->username, request.field("session")),
                       {"会话已结束", "The session is ended"});
      });
  add_account_change(router, application, path + "/tokens",
                     [&application](identity::Identity& identity, Request const& request) {
                       return make_token(application, identity, request);
                     });
  add_account_change(router, application, path + "/tokens/revoke",
                     [&application](identity::Identity& identity, Request const& request) {
                       return back_to(account_path, request,
                                      identity.revoke_token(request.visitor->username, request.field("name"),
                                                            authority_of(application, request)),
                                      {"令牌已撤销", "The token is revoked"});
                     });
}

}  // namespace xiaohao::web::pages
