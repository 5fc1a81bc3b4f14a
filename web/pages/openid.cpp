// `/sign-in/openid`: to the provider and back.

#include "web/openid.hpp"

#include "engine/identity/identity.hpp"
#include "web/http/target.hpp"
#include "web/pages/pages.hpp"
#include "web/problem.hpp"

namespace xiaohao::web::pages {
namespace {

/// Only the way back reads it; ten minutes are enough to sign in.
constexpr char const* cookie_name = "xiaohao_openid";

std::string memory_cookie(std::string const& memory, bool secure) {
  return std::string(cookie_name) + "=" + memory +
         "; Path=/sign-in/openid; Max-Age=" + (memory.empty() ? "0" : "600") + "; HttpOnly; SameSite=Lax" +
         (secure ? "; Secure" : "");
}

Response back_to_sign_in(Application const& application, Request const& request, Refusal const& refusal) {
  Response response = see_other_with("/sign-in", {true, in(request.language, refusal.first().detail)});
  response.headers.emplace_back("Set-Cookie", memory_cookie("", application.settings.secure_cookies));
  return response;
}

void begin(Application& application, Request const& request, Respond const& respond) {
  auto const begun = application.openid->begin();
  if (!begun) return respond(back_to_sign_in(application, request, begun.error()));
  Response response = see_other(begun->location);
  response.headers.emplace_back("Set-Cookie",
                                memory_cookie(begun->memory, application.settings.secure_cookies));
  respond(std::move(response));
}

/// Codes that somebody has set up are not gone round: the provider must have asked for as much.
Result<identity::NewSession> session_for(Application& application,
                                         OpenIdProvider::Recognised const& recognised,
                                         std::string const& address) {
  identity::Identity& identity = *application.identity;
  if (identity.has_one_time_codes(recognised.username) && !recognised.second_factor)
    return refuse(Reason::Forbidden, "",
                  {"此账号启用了动态口令，请用密码和动态口令登录",
                   "this account has one-time codes; sign in with password and code"});
  return identity.open_session(recognised.username, address);
}

void finish(Application& application, Request const& request, Respond const& respond) {
  auto const recognised = application.openid->finish(request.query, request.cookie(cookie_name).value_or(""));
  if (!recognised) return respond(back_to_sign_in(application, request, recognised.error()));
  auto const begun = session_for(application, *recognised, request.address);
  if (!begun) return respond(back_to_sign_in(application, request, begun.error()));
  end_session_of(request, application.sign_in);  // a new sign-in ends the one before
  Response response = see_other("/");
  response.headers.emplace_back("Set-Cookie", memory_cookie("", application.settings.secure_cookies));
  response.headers.emplace_back("Set-Cookie",
                                session_cookie(begun->token, application.settings.secure_cookies));
  respond(std::move(response));
}

using Step = void (*)(Application&, Request const&, Respond const&);

/// On the workers that hash passwords: both steps wait for another machine, and few may at once.
void add_step(Router& router, Application& application, std::string const& path, Step step) {
  router.add(
      "GET", path, Access::Anyone,
      [&application, step](std::shared_ptr<Request const> request, Respond respond) {
        auto take = [&application, request, respond, step] { step(application, *request, respond); };
        if (!application.sign_in_workers.run(std::move(take)))
          respond(back_to_sign_in(application, *request,
                                  {Reason::Unavailable,
                                   {Fault{"",
                                          {"登录人数过多，请稍后再试",
                                           "Too many people sign in at once; try again in a moment"}}}}));
      });
}

}  // namespace

void add_openid_pages(Router& router, Application& application) {
  if (!application.openid || !application.identity) return;
  add_step(router, application, "/sign-in/openid", begin);
  add_step(router, application, "/sign-in/openid/callback", finish);
}

}  // namespace xiaohao::web::pages
