#include "notifications/settings.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "notifications/channels/inbox.hpp"
#include "notifications/channels/reachable.hpp"

namespace xiaohao::notifications {
namespace {

using json::Fields;
using json::Json;

bool has_control_characters(std::string const& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

/// A secret stands in the file or, better, in a file of its own.
std::string secret(Fields& fields, std::string const& name) {
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
  smtp.password = secret(fields, "password");
  smtp.connect_seconds_max = std::chrono::seconds{fields.integer_or("connect_seconds_max", 1, 300, 10)};
  smtp.message_seconds_max = std::chrono::seconds{fields.integer_or("message_seconds_max", 1, 600, 60)};
  smtp.messages_per_minute_max =
      static_cast<int>(fields.integer_or("messages_per_minute_max", 0, 100000, 120));
  return smtp;
}

constexpr std::size_t secret_bytes_min = 16;

WebhookSettings read_webhook(Fields& fields) {
  WebhookSettings webhook;
  HttpTarget& target = webhook.target;
  target.url = fields.text("url");
  target.allowed_addresses = fields.texts("allowed_addresses");
  bool const encrypted = target.url.starts_with("https://");
  if ((!encrypted && !target.url.starts_with("http://")) || has_control_characters(target.url))
    fields.fault("url", "must begin with https:// or http://");
  else if (!encrypted && target.allowed_addresses.empty())
    fields.fault("url", "may be http:// only for an address named in allowed_addresses");
  for (std::string const& address : target.allowed_addresses)
    if (!is_address(address)) fields.fault("allowed_addresses", "must hold addresses as 10.1.2.3 or fd00::7");
  target.ca_file = fields.text_or("ca_file", "");
  target.connect_seconds_max = std::chrono::seconds{fields.integer_or("connect_seconds_max", 1, 60, 5)};
  target.message_seconds_max = std::chrono::seconds{fields.integer_or("message_seconds_max", 1, 120, 15)};
  webhook.secret = secret(fields, "secret");
  if (webhook.secret.size() < secret_bytes_min)
    fields.fault("secret", "must have at least 16 bytes, here or in secret_file");
  webhook.messages_per_minute_max =
      static_cast<int>(fields.integer_or("messages_per_minute_max", 0, 100000, 60));
  return webhook;
}

}  // namespace

std::vector<std::string_view> const& settings_fields() {
  static std::vector<std::string_view> const names{"public_url", "smtp", "webhook", "heads_file"};
  return names;
}

Result<Settings> read_settings(Json const& document) {
  Settings settings;
  std::vector<Fault> faults;
  auto const keep = [&](Fields& fields) {
    if (Result<void> const finished = fields.finish(); !finished)
      faults.insert(faults.end(), finished.error().faults.begin(), finished.error().faults.end());
  };
  Json own = Json::object();
  for (std::string_view const name : settings_fields())
    if (auto const found = document.find(std::string(name)); found != document.end())
      own[std::string(name)] = *found;
  Fields top(own, "");
  settings.public_url = top.text_or("public_url", "");
  while (settings.public_url.ends_with("/")) settings.public_url.pop_back();
  if (!settings.public_url.empty() &&
      ((!settings.public_url.starts_with("https://") && !settings.public_url.starts_with("http://")) ||
       has_control_characters(settings.public_url)))
    top.fault("public_url", "must begin with https:// or http://");
  settings.heads_file = top.text_or("heads_file", "");
  if (Json const* const given = top.optional("smtp")) {
    Fields fields(*given, "/smtp");
    settings.smtp = read_smtp(fields, settings.public_url);
    keep(fields);
  }
  if (Json const* const given = top.optional("webhook")) {
    Fields fields(*given, "/webhook");
    settings.webhook = read_webhook(fields);
    keep(fields);
  }
  keep(top);
  if (!faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  return settings;
}

Dispatcher::Channels inner_channels() {
  Dispatcher::Channels channels;
  channels.push_back(std::make_unique<Inbox>());
  return channels;
}

Dispatcher::Channels outer_channels(Settings const& settings) {
  Dispatcher::Channels channels;
  if (settings.smtp) channels.push_back(std::make_unique<Smtp>(*settings.smtp));
  if (settings.webhook) channels.push_back(std::make_unique<Webhook>(*settings.webhook));
  for (char const* name : {"mail", "wecom", "dingtalk", "feishu", "webhook", "print"})
    if (std::none_of(channels.begin(), channels.end(),
                     [&](auto const& channel) { return channel->name() == name; }))
      channels.push_back(std::make_unique<ChannelOff>(name));
  return channels;
}

}  // namespace xiaohao::notifications
