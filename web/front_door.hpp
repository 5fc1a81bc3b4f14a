#pragma once

// What every request passes before its handler: its route, its language, who sent it, and whether a foreign
// page forged it.

#include <atomic>
#include <map>
#include <mutex>

#include "web/http/router.hpp"
#include "web/http/server.hpp"
#include "web/sign_in.hpp"

namespace xiaohao::web {

/// A page that says what went wrong. The request may lack everything but its path and language.
using ErrorPage = std::function<Response(Request const& request, int status, Text const& detail)>;

/// Languages: `?lang=` switches and is remembered in a cookie. Without either, pages are Chinese and API
/// answers English unless `Accept-Language` prefers Chinese.
///
/// Forged requests: an unsafe method is refused when `Origin` or `Sec-Fetch-Site` names another site, and,
/// when it is the session cookie that says who is asking, unless it repeats the session's CSRF token, in
/// `X-CSRF-Token` or the form field `csrf_token`. A bearer token cannot be sent by a foreign page, and needs
/// none.
class FrontDoor final : public Service {
 public:
  FrontDoor(Router const& router, SignIn& sign_in, ErrorPage error_page);

  Admission admit(Request& request) override;
  Response refuse(HeadFault const& fault, Request const* request) override;
  Response refuse(Refusal const& refusal, Request const* request) override;
  void answered(int status) override;

  std::map<int, std::int64_t> answers() const;  ///< how many of each status so far

 private:
  Router const& router_;
  SignIn& sign_in_;
  ErrorPage error_page_;
  mutable std::mutex mutex_;
  std::map<int, std::int64_t> answers_;

  Response refusal_for(Request const& request, Reason reason, Text const& detail) const;
};

}  // namespace xiaohao::web
