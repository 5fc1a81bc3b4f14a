#include "cli/openid.hpp"

#include "engine/json/reader.hpp"
#include "notifications/channel_settings.hpp"
#include "notifications/channels/http_exchange.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* callback = "/sign-in/openid/callback";
// Others who sign in wait meanwhile.
constexpr std::chrono::seconds connect_seconds_max{3};
constexpr std::chrono::seconds answer_seconds_max{6};

web::ProviderExchange exchange_with(notifications::HttpTarget target) {
  target.connect_seconds_max = connect_seconds_max;
  target.message_seconds_max = answer_seconds_max;
  return [target = std::move(target)](std::string const& url, std::string const& form,
                                      std::vector<std::string> const& headers) {
    notifications::HttpTarget there = target;
    there.url = url;
    notifications::HttpAnswer answer =
        form.empty() ? notifications::get(there, headers)
                     : notifications::post(there, "application/x-www-form-urlencoded", form, headers);
    return web::ProviderAnswer{answer.status, std::move(answer.body)};
  };
}

std::string public_url_of(json::Json const& document) {
  auto const found = document.find("public_url");
  std::string url = found != document.end() && found->is_string() ? found->get<std::string>() : "";
  while (url.ends_with("/")) url.pop_back();
  return url;
}

}  // namespace

Result<std::unique_ptr<web::OpenIdProvider>> read_openid(json::Json const& document, Clock const& clock) {
  if (!document.is_object() || !document.contains("openid")) return nullptr;
  json::Fields fields(document.at("openid"), "/openid");
  web::OpenIdSettings settings;
  settings.issuer = fields.text("issuer");
  settings.client_id = fields.text("client_id");
  settings.client_secret = notifications::read_secret(fields, "client_secret");
  settings.username_claim = fields.text_or("username_claim", settings.username_claim);
  settings.name = fields.text_or("name", settings.name);
  notifications::HttpTarget target = notifications::read_target(fields, settings.issuer, "issuer");
  std::string const public_url = public_url_of(document);
  if (public_url.empty())
    fields.fault("issuer", "needs public_url beside this section: browsers come back to it");
  settings.redirect_uri = public_url + callback;
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return std::make_unique<web::OpenIdProvider>(std::move(settings), exchange_with(std::move(target)), clock);
}

}  // namespace xiaohao::cli
