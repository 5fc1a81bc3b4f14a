#pragma once

// One section of the settings for each channel. Faults are collected in the fields; whoever asks finishes
// them.

#include <string>

#include "engine/json/reader.hpp"
#include "notifications/channels/robot.hpp"
#include "notifications/channels/smtp.hpp"
#include "notifications/channels/webhook.hpp"
#include "notifications/heartbeat.hpp"

namespace xiaohao::notifications {

bool has_control_characters(std::string const& text);

/// A secret stands in the field `name` or, better, in a file of its own, `name_file`.
std::string read_secret(json::Fields& fields, std::string const& name);

/// Where an exchange goes: `url` is the field `name`, and may be a secret, so that no fault repeats it;
/// beside it stand `allowed_addresses`, `ca_file` and the limits of time.
HttpTarget read_target(json::Fields& fields, std::string url, std::string const& name = "url");

/// Refuses URLs and addresses that cannot be, and a password file that cannot be read.
SmtpSettings read_smtp(json::Fields& fields, std::string const& public_url);

/// Refuses a URL without TLS to an address that is not named, and a short secret.
WebhookSettings read_webhook(json::Fields& fields);

/// What a messenger's robot can do.
struct RobotRules {
  bool signs;                   ///< it knows a secret
  int messages_per_minute_max;  ///< the vendor's limit; the settings may lower it
};

/// The URL, which holds the robot's token, may stand in a file of its own (`url_file`).
RobotSettings read_robot(json::Fields& fields, RobotRules const& rules, std::string const& public_url);

/// A file, a URL or both.
HeartbeatSettings read_heartbeat(json::Fields& fields);

}  // namespace xiaohao::notifications
