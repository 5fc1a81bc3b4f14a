#pragma once

#include "notifications/channels/robot.hpp"

namespace xiaohao::notifications {

/// base64(HMAC-SHA256(key = SECONDS + "\n" + secret, of nothing)): what is signed stands in the key.
std::string feishu_signature(std::string const& secret, std::string const& seconds);

/// The group robot of Feishu 飞书, signed when it has a secret. At most 100 messages a minute and 20 KB each.
class Feishu final : public Channel {
 public:
  explicit Feishu(RobotSettings settings) : settings_(std::move(settings)) {}

  std::string_view name() const override { return "feishu"; }
  Outcome deliver(Message const& message) override;
  int messages_per_minute_max() const override;

 private:
  RobotSettings settings_;
};

}  // namespace xiaohao::notifications
