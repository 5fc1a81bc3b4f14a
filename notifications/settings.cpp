#include "notifications/settings.hpp"

#include <algorithm>
#include <array>

#include "engine/domain/channel_names.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "notifications/channel_settings.hpp"
#include "notifications/channels/dingtalk.hpp"
#include "notifications/channels/feishu.hpp"
#include "notifications/channels/inbox.hpp"
#include "notifications/channels/wecom.hpp"

namespace xiaohao::notifications {
namespace {

using json::Fields;
using json::Json;

/// The channel of a robot, as the settings, policies and notices name it.
struct Robot {
  char const* name;
  std::optional<RobotSettings> Settings::*settings;
  RobotRules rules;
};
constexpr std::array<Robot, 3> robots{{{"wecom", &Settings::wecom, {false, 20}},
                                       {"dingtalk", &Settings::dingtalk, {true, 20}},
                                       {"feishu", &Settings::feishu, {true, 100}}}};

}  // namespace

std::vector<std::string_view> const& settings_fields() {
  static std::vector<std::string_view> const names{"public_url", "smtp",   "webhook",   "wecom",
                                                   "dingtalk",   "feishu", "heartbeat", "heads_file"};
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
  if (Json const* const given = top.optional("heartbeat")) {
    Fields fields(*given, "/heartbeat");
    settings.heartbeat = read_heartbeat(fields);
    keep(fields);
  }
  for (Robot const& robot : robots)
    if (Json const* const given = top.optional(robot.name)) {
      Fields fields(*given, std::string("/") + robot.name);
      settings.*robot.settings = read_robot(fields, robot.rules, settings.public_url);
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
  if (settings.wecom) channels.push_back(std::make_unique<WeCom>(*settings.wecom));
  if (settings.dingtalk) channels.push_back(std::make_unique<DingTalk>(*settings.dingtalk));
  if (settings.feishu) channels.push_back(std::make_unique<Feishu>(*settings.feishu));
  for (ChannelName const& each : channel_names)
    // What is printed waits for a person, and not for a dispatcher.
    if (each.name != "inbox" && each.name != "print" &&
        std::none_of(channels.begin(), channels.end(),
                     [&](auto const& channel) { return channel->name() == each.name; }))
      channels.push_back(std::make_unique<ChannelOff>(std::string(each.name)));
  return channels;
}

}  // namespace xiaohao::notifications
