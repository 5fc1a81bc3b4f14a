#include "notifications/channel_settings.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "notifications/channels/reachable.hpp"

namespace xiaohao::notifications {
namespace {

using json::Fields;

constexpr std::size_t secret_bytes_min = 16;
constexpr std::size_t keyword_bytes_max = 60;

}  // namespace

bool has_control_characters(std::string const& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

std::string read_secret(Fields& fields, std::string const& name) {
  std::string const file_name = name + "_file";
  if (fields.has(name) && fields.has(file_name))
    fields.fault(name, "stands beside " + file_name + "; give one");
  if (!fields.has(file_name)) return fields.text_or(name, "");
  std::ifstream file(fields.text(file_name));
  if (!file) {
    fields.fault(file_name, "cannot be read");
    return {};
  }
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

HttpTarget read_target(Fields& fields, std::string url, std::string const& name) {
  HttpTarget target;
  target.url = std::move(url);
  target.allowed_addresses = fields.texts("allowed_addresses");
  bool const encrypted = target.url.starts_with("https://");
  if ((!encrypted && !target.url.starts_with("http://")) || has_control_characters(target.url))
    fields.fault(name, "must begin with https:// or http://");
  else if (!encrypted && target.allowed_addresses.empty())
    fields.fault(name, "may be http:// only for an address named in allowed_addresses");
  for (std::string const& address : target.allowed_addresses)
    if (!is_address(address)) fields.fault("allowed_addresses", "must hold addresses as 10.1.2.3 or fd00::7");
  target.ca_file = fields.text_or("ca_file", "");
  target.connect_seconds_max = std::chrono::seconds{fields.integer_or("connect_seconds_max", 1, 60, 5)};
  target.message_seconds_max = std::chrono::seconds{fields.integer_or("message_seconds_max", 1, 120, 15)};
  return target;
}

SmtpSettings read_smtp(Fields& fields, std::string const& public_url) {
  using Tls = SmtpSettings::Tls;
  SmtpSettings smtp;
  smtp.url = fields.text("url");
  bool const implicit = smtp.url.starts_with("smtps://");
  if ((!implicit && !smtp.url.starts_with("smtp://")) || has_control_characters(smtp.url))
    fields.fault("url", "must begin with smtp:// or smtps://");
  std::string const tls = fields.text_or("tls", implicit ? "implicit" : "starttls");
  if (tls == "none")
    smtp.tls = Tls::None;
  else if (tls == "implicit")
    smtp.tls = Tls::Implicit;
  else if (tls != "starttls")
    fields.fault("tls", "must be one of none, starttls, implicit");
  if (implicit != (smtp.tls == Tls::Implicit))
    fields.fault("tls", "must be implicit for smtps://, and only there");
  smtp.ca_file = fields.text_or("ca_file", "");
  smtp.from = {fields.text("from"), fields.text_or("from_name", "销号台"), public_url};
  if (!is_mail_address(smtp.from.address))
    fields.fault("from", "must be a mail address, as xiaohao@county.example");
  smtp.username = fields.text_or("username", "");
  smtp.password = read_secret(fields, "password");
  smtp.connect_seconds_max = std::chrono::seconds{fields.integer_or("connect_seconds_max", 1, 300, 10)};
  smtp.message_seconds_max = std::chrono::seconds{fields.integer_or("message_seconds_max", 1, 600, 60)};
  smtp.messages_per_minute_max =
      static_cast<int>(fields.integer_or("messages_per_minute_max", 0, 100000, 120));
  return smtp;
}

WebhookSettings read_webhook(Fields& fields) {
  WebhookSettings webhook;
  webhook.target = read_target(fields, fields.text("url"));
  webhook.secret = read_secret(fields, "secret");
  if (webhook.secret.size() < secret_bytes_min)
    fields.fault("secret", "must have at least 16 bytes, here or in secret_file");
  webhook.messages_per_minute_max =
      static_cast<int>(fields.integer_or("messages_per_minute_max", 0, 100000, 60));
  return webhook;
}

RobotSettings read_robot(Fields& fields, RobotRules const& rules, std::string const& public_url) {
  RobotSettings robot;
  robot.target = read_target(fields, read_secret(fields, "url"));
  if (rules.signs) robot.secret = read_secret(fields, "secret");
  robot.keyword = fields.text_or("keyword", robot.keyword);
  if (robot.keyword.empty() || robot.keyword.size() > keyword_bytes_max ||
      has_control_characters(robot.keyword))
    fields.fault("keyword", "must be one line of 1 to 60 bytes, the one the robot was given");
  robot.mention_all = fields.boolean_or("mention_all", false);
  robot.messages_per_minute_max = static_cast<int>(fields.integer_or(
      "messages_per_minute_max", 1, rules.messages_per_minute_max, rules.messages_per_minute_max));
  robot.public_url = public_url;
  return robot;
}

HeartbeatSettings read_heartbeat(Fields& fields) {
  HeartbeatSettings heartbeat;
  heartbeat.file = fields.text_or("file", "");
  if (fields.has("url") || fields.has("url_file"))
    heartbeat.post = read_target(fields, read_secret(fields, "url"));
  else if (heartbeat.file.empty())
    fields.fault("file", "is missing; name a file, a url or both");
  heartbeat.every = std::chrono::seconds{fields.integer_or("every_seconds", 1, 3600, 60)};
  return heartbeat;
}

}  // namespace xiaohao::notifications
