#pragma once

#include "notifications/channels/channel.hpp"
#include "notifications/channels/http_exchange.hpp"

namespace xiaohao::notifications {

struct WebhookSettings {
  HttpTarget target;
  std::string secret;
  int messages_per_minute_max = 60;
};

/// What stands in `X-Xiaohao-Signature`: `v1=` and HMAC-SHA256 over `SECONDS.BODY`, in hexadecimal.
std::string webhook_signature(std::string const& secret, std::string const& seconds, std::string const& body);

/// Another program of the county's, told by HTTP POST in JSON. 2xx is Taken, 429 and 408 Deferred; a
/// redirect, 401, 403, 404, 5xx, silence and an endless answer are Unreachable, other 4xx Refused.
class Webhook final : public Channel {
 public:
  explicit Webhook(WebhookSettings settings) : settings_(std::move(settings)) {}

  std::string_view name() const override { return "webhook"; }
  Outcome deliver(Message const& message) override;
  int messages_per_minute_max() const override { return settings_.messages_per_minute_max; }

 private:
  WebhookSettings settings_;
};

}  // namespace xiaohao::notifications
