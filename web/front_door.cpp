#include "web/front_door.hpp"

#include <algorithm>

#include "web/http/target.hpp"
#include "web/problem.hpp"
#include "web/token_scope.hpp"

namespace xiaohao::web {
namespace {

constexpr char const* language_cookie_name = "xiaohao_lang";

/// Those for programs, which get problem details; people get pages.
bool is_for_programs(std::string const& path) {
  return path.rfind("/api/", 0) == 0 || path == "/api" || path == "/healthz" || path == "/readyz" ||
         path == "/metrics";
}

bool is_unsafe(std::string const& method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

std::optional<Language> language_named(std::string_view name) {
  if (name == "zh") return Language::Chinese;
  if (name == "en") return Language::English;
  return std::nullopt;
}

/// Of the languages that the client names first; weights are in that order with every client that people use.
std::optional<Language> first_accepted(std::string_view accept_language) {
  while (!accept_language.empty()) {
    while (!accept_language.empty() && accept_language.front() == ' ') accept_language.remove_prefix(1);
    if (auto const language = language_named(accept_language.substr(0, 2))) return language;
    auto const comma = accept_language.find(',');
    if (comma == std::string_view::npos) break;
    accept_language.remove_prefix(comma + 1);
  }
  return std::nullopt;
}

/// Compares without telling by its time how much agrees.
bool same_secret(std::string_view left, std::string_view right) {
  if (left.empty() || left.size() != right.size()) return false;
  unsigned difference = 0;
  for (std::size_t place = 0; place < left.size(); ++place)
    difference |= static_cast<unsigned>(static_cast<unsigned char>(left[place] ^ right[place]));
  return difference == 0;
}

bool comes_from_elsewhere(Request const& request) {
  std::string_view const site = request.header("sec-fetch-site");
  if (site == "cross-site" || site == "same-site") return true;
  std::string_view const origin = request.header("origin");
  if (origin.empty()) return false;
  std::string const host(request.header("host"));
  return origin != "http://" + host && origin != "https://" + host;
}

Text const forged{
    "请求来自其他网站，或页面已过期；请刷新后重试",
    "the request comes from another site, or its CSRF token is missing or wrong; reload and try again"};

Text const codes_first{"您的职责要求使用动态口令；请先在“我的账号”中设置",
                       "your role needs one-time codes; set them up on /account/one-time-codes first"};

/// What is open to a person who must set up one-time codes and has not.
bool is_about_own_account(std::string const& path) {
  return path == "/account" || path.rfind("/account/", 0) == 0 || path == "/sign-out" ||
         path == "/api/v1/session";
}

std::string sign_in_path(Request const& request) {
  if (is_unsafe(request.method)) return "/sign-in";
  std::string next = request.path;
  char separator = '?';
  for (auto const& [name, value] : request.query) {
    next += separator + encode_component(name) + "=" + encode_component(value);
    separator = '&';
  }
  return next == "/" ? "/sign-in" : "/sign-in?next=" + encode_component(next);
}

}  // namespace

FrontDoor::FrontDoor(Router const& router, SignIn& sign_in, ErrorPage error_page)
    : router_(router), sign_in_(sign_in), error_page_(std::move(error_page)) {}

Response FrontDoor::refusal_for(Request const& request, Reason reason, Text const& detail) const {
  if (!is_for_programs(request.path)) return error_page_(request, status_of(reason), detail);
  Refusal const refusal{reason, {Fault{"", detail}}};
  return problem(refusal, request);
}

Admission FrontDoor::admit(Request& request) {
  bool const for_programs = is_for_programs(request.path);
  Admission admission;

  std::optional<Language> chosen;
  bool bad_language = false;
  if (auto const lang = request.query.find("lang"); lang != request.query.end()) {
    chosen = language_named(lang->second);
    bad_language = !chosen;
    request.query.erase(lang);
  }
  auto const remembered = request.cookie(language_cookie_name);
  if (chosen) {
    request.language = *chosen;
  } else if (auto const language = remembered ? language_named(*remembered) : std::nullopt) {
    request.language = *language;
  } else {
    request.language = for_programs
                           ? first_accepted(request.header("accept-language")).value_or(Language::English)
                           : Language::Chinese;
  }
  if (bad_language && for_programs) {
    Refusal const refusal{Reason::Malformed,
                          {Fault{"/lang", {"lang 只能是 zh 或 en", "lang must be zh or en"}}}};
    admission.refusal = problem(refusal, request);
    return admission;
  }

  request.visitor = visitor_of(request, sign_in_);

  Router::Match match = router_.find(request.method, request.path);
  if (!match.route) {
    Text const detail = match.allow.empty()
                            ? Text{"没有这个地址", "there is nothing at this address"}
                            : Text{"这个地址只支持 " + match.allow, "this address knows only " + match.allow};
    int const status = match.allow.empty() ? 404 : 405;
    admission.refusal = for_programs ? problem(status, detail, request.path, request.language)
                                     : error_page_(request, status, detail);
    if (status == 405) admission.refusal->headers.emplace_back("Allow", match.allow);
    return admission;
  }
  request.path_parameters = std::move(match.parameters);

  if (match.route->access == Access::SignedIn && !request.visitor) {
    admission.refusal =
        for_programs
            ? refusal_for(
                  request, Reason::Unauthenticated,
                  {"请先登录", "sign in first: POST /api/v1/session, or send Authorization: Bearer TOKEN"})
            : see_other(sign_in_path(request));
    return admission;
  }

  if (match.route->access == Access::SignedIn && request.visitor->must_set_up_codes &&
      !is_about_own_account(request.path)) {
    admission.refusal = for_programs ? refusal_for(request, Reason::Forbidden, codes_first)
                                     : see_other("/account/one-time-codes");
    return admission;
  }

  if (match.route->access == Access::SignedIn) {
    identity::Scope const needed = scope_needed(request.method, match.route->pattern);
    if (!identity::covers(request.visitor->scopes, needed)) {
      std::string const lacking(identity::name_of(needed));
      admission.refusal =
          refusal_for(request, Reason::Forbidden,
                      {"此访问令牌没有 " + lacking + " 范围", "this access token lacks the scope " + lacking +
                                                                  "; make one that has it on /account"});
      admission.refusal->headers.emplace_back(  // RFC 6750, 3.1
          "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + lacking + "\"");
      return admission;
    }
  }

  bool token_in_form = false;
  if (is_unsafe(request.method)) {
    bool const by_cookie = request.visitor && !request.visitor->csrf_token.empty();
    bool const token_in_header =
        by_cookie && same_secret(request.header("x-csrf-token"), request.visitor->csrf_token);
    if (comes_from_elsewhere(request) || (by_cookie && for_programs && !token_in_header)) {
      admission.refusal = refusal_for(request, Reason::Forbidden, forged);
      return admission;
    }
    token_in_form = by_cookie && !token_in_header;  // of a page: known when the body is here
  }

  std::string_view const content_type = request.header("content-type");
  if (for_programs && is_unsafe(request.method) && !content_type.empty()) {
    std::string_view const wanted = match.route->takes_files ? "multipart/form-data" : "application/json";
    if (content_type.substr(0, content_type.find(';')) != wanted) {
      Text const detail{"内容类型必须是 " + std::string(wanted),
                        "the Content-Type must be " + std::string(wanted)};
      admission.refusal = problem(415, detail, request.path, request.language);
      return admission;
    }
  }
  admission.takes_files = match.route->takes_files;
  std::string language_cookie;
  if (chosen && (!remembered || language_named(*remembered) != chosen))
    language_cookie = std::string(language_cookie_name) + (*chosen == Language::English ? "=en" : "=zh") +
                      "; Path=/; Max-Age=31536000; SameSite=Lax";
  if (!token_in_form && language_cookie.empty()) {
    admission.handler = match.route->handler;
    return admission;
  }
  admission.handler = [this, token_in_form, language_cookie, handler = match.route->handler](
                          std::shared_ptr<Request const> asked, Respond respond) {
    if (token_in_form) {
      auto const token = asked->form.find("csrf_token");
      if (token == asked->form.end() || !same_secret(token->second, asked->visitor->csrf_token))
        return respond(refusal_for(*asked, Reason::Forbidden, forged));
    }
    if (language_cookie.empty()) return handler(std::move(asked), std::move(respond));
    handler(std::move(asked), [language_cookie, respond](Response response) {
      response.headers.emplace_back("Set-Cookie", language_cookie);
      respond(std::move(response));
    });
  };
  return admission;
}

Response FrontDoor::refuse(HeadFault const& fault, Request const* request) {
  if (request && !is_for_programs(request->path)) return error_page_(*request, fault.status, fault.detail);
  return problem(fault.status, fault.detail, request ? request->path : "",
                 request ? request->language : Language::English);
}

Response FrontDoor::refuse(Refusal const& refusal, Request const* request) {
  if (request && !is_for_programs(request->path))
    return error_page_(*request, status_of(refusal.reason), refusal.first().detail);
  return problem(refusal, request ? request->path : "", request ? request->language : Language::English);
}

void FrontDoor::answered(int status) {
  std::lock_guard const lock(mutex_);
  ++answers_[status];
}

std::map<int, std::int64_t> FrontDoor::answers() const {
  std::lock_guard const lock(mutex_);
  return answers_;
}

}  // namespace xiaohao::web
