#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"

namespace xiaohao::web::api {
namespace {

struct Credentials {
  std::string username;
  std::string password;
  std::string code;  ///< may be empty
};

Result<Credentials> read_credentials(Request const& request) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  Credentials credentials{fields.text("username"), fields.text("password"), fields.text_or("code", "")};
  if (credentials.username.size() > 64) fields.fault("username", "at most 64 bytes");
  if (credentials.password.size() > 1024) fields.fault("password", "at most 1024 bytes");
  if (credentials.code.size() > 16) fields.fault("code", "at most 16 bytes");
  return fields.finish().map([&] { return std::move(credentials); });
}

}  // namespace

void add_session_routes(Router& router, Application& application) {
  router.add(
      "POST", std::string(base_path) + "/session", Access::Anyone,
      [&application](std::shared_ptr<Request const> request, Respond respond) {
        Result<Credentials> credentials = read_credentials(*request);
        if (!credentials) return respond(problem(credentials.error(), *request));
        auto check = [&application, request, respond, credentials = std::move(*credentials)] {
          auto const signed_in = application.sign_in.sign_in(credentials.username, credentials.password,
                                                             credentials.code, request->address);
          if (!signed_in) {
            Response refusal = problem(signed_in.error().refusal, *request);
            if (signed_in.error().retry_after.count() > 0)
              refusal.headers.emplace_back("Retry-After",
                                           std::to_string(signed_in.error().retry_after.count()));
            return respond(std::move(refusal));
          }
          end_session_of(*request, application.sign_in);  // a new sign-in ends the one before
          Response response = json_response(200, Json{{"username", signed_in->visitor.username.value()},
                                                      {"csrf_token", signed_in->visitor.csrf_token}});
          response.headers.emplace_back(
              "Set-Cookie", session_cookie(signed_in->session_token, application.settings.secure_cookies));
          respond(std::move(response));
        };
        if (application.sign_in_workers.run(std::move(check))) return;
        Refusal const busy{Reason::Unavailable,
                           {Fault{"", {"登录人数过多，请稍后再试", "too many sign in at once; try again"}}}};
        Response refusal = problem(busy, *request);
        refusal.headers.emplace_back("Retry-After", "2");
        respond(std::move(refusal));
      });

  router.add("DELETE", std::string(base_path) + "/session", Access::SignedIn,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               auto sign_out = [&application, request, respond] {
                 end_session_of(*request, application.sign_in);
                 Response response;
                 response.status = 204;
                 response.headers.emplace_back("Set-Cookie",
                                               expired_session_cookie(application.settings.secure_cookies));
                 respond(std::move(response));
               };
               if (!application.workers.run(sign_out)) sign_out();
             });
}

}  // namespace xiaohao::web::api
