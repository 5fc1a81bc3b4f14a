#pragma once

// What an installation sets up of its channels: the section of `xiaohao serve --config FILE` that belongs to
// the notifier.
//
//     {"public_url": "https://xiaohao.county.example",
//      "smtp": {"url": "smtp://mail.county.example:587", "tls": "starttls", "from": "xiaohao@county.example",
//               "from_name": "销号台", "username": "xiaohao", "password_file": "/etc/xiaohao/smtp-password"},
//      "webhook": {"url": "https://hooks.county.example/xiaohao", "secret_file":
//      "/etc/xiaohao/webhook-secret"},
//      "dingtalk": {"url_file": "/etc/xiaohao/dingtalk-url", "secret_file": "/etc/xiaohao/dingtalk-secret"},
//      "heartbeat": {"file": "/run/xiaohao/heartbeat", "every_seconds": 60}}

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string_view>

#include "notifications/channels/robot.hpp"
#include "notifications/channels/smtp.hpp"
#include "notifications/channels/webhook.hpp"
#include "notifications/dispatcher.hpp"
#include "notifications/heartbeat.hpp"

namespace xiaohao::notifications {

struct Settings {
  std::string public_url;  ///< without a slash at the end; empty: messages carry no links
  std::optional<SmtpSettings> smtp;
  std::optional<WebhookSettings> webhook = std::nullopt;
  std::optional<RobotSettings> wecom = std::nullopt;
  std::optional<RobotSettings> dingtalk = std::nullopt;
  std::optional<RobotSettings> feishu = std::nullopt;
  std::optional<HeartbeatSettings> heartbeat = std::nullopt;
  std::string heads_file = {};  ///< a second file of the journal's signed heads; empty: none
};

/// Fields of the configuration file that this reader knows; others belong to others.
std::vector<std::string_view> const& settings_fields();

/// Reads those fields of `document`. Refuses, with pointers, unknown fields inside them, addresses and URLs
/// that cannot be, and a password file that cannot be read.
Result<Settings> read_settings(nlohmann::json const& document);

/// The channels that deliver on the spot; their dispatcher runs beside the engine's timers.
Dispatcher::Channels inner_channels();

/// The channels that talk to other machines. Those that policies may name and that are not set up are there
/// too, and withhold what they are given.
Dispatcher::Channels outer_channels(Settings const& settings);

}  // namespace xiaohao::notifications
