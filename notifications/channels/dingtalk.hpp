#pragma once

#include "notifications/channels/robot.hpp"

namespace xiaohao::notifications {

/// What is added to the robot's URL: `timestamp=MS&sign=S`, S = urlencode(base64(HMAC-SHA256(secret, MS +
/// "\n" + secret))).
std::string dingtalk_signature(std::string const& secret, std::string const& milliseconds);

/// The group robot of DingTalk 钉钉, signed when it has a secret; the vendor takes a signature for an hour.
/// At most 20 messages a minute: whoever sends more is blocked for ten.
class DingTalk final : public Channel {
 public:
  explicit DingTalk(RobotSettings settings) : settings_(std::move(settings)) {}

  std::string_view name() const override { return "dingtalk"; }
  Outcome deliver(Message const& message) override;
  int messages_per_minute_max() const override;

 private:
  RobotSettings settings_;
};

}  // namespace xiaohao::notifications
