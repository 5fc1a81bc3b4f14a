#pragma once

#include "notifications/channels/robot.hpp"

namespace xiaohao::notifications {

/// The group robot of WeCom 企业微信. The key in the URL is its only security, so it signs nothing. At most
/// 20 messages a minute, of 4096 bytes in Markdown and of 2048 as text; only text can call everybody.
class WeCom final : public Channel {
 public:
  explicit WeCom(RobotSettings settings) : settings_(std::move(settings)) {}

  std::string_view name() const override { return "wecom"; }
  Outcome deliver(Message const& message) override;
  int messages_per_minute_max() const override;

 private:
  RobotSettings settings_;
};

}  // namespace xiaohao::notifications
