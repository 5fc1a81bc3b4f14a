#include "notifications/channels/dingtalk.hpp"

#include "engine/json/document.hpp"

namespace xiaohao::notifications {
namespace {

using Json = nlohmann::json;

/// The vendor takes 20,000 bytes of JSON, in which a character may need several. Two line ends: one alone
/// does not break a line in its Markdown.
constexpr RobotText dingtalk_text{8000, true, "\n\n"};

RobotCodes const& dingtalk_codes() {
  static RobotCodes const known{
      "errcode",
      "errmsg",
      {-1, 130101, 410100},  // busy, too fast, too fast
      {300001, 310000, 400013, 400101, 400102, 400105, 400106, 430101, 430102, 430103, 430104, 460101}};
  // no such token; signature, keyword or address; group gone; no such token, robot stopped, message type,
  // no such robot; words or links that the vendor does not let through; too long
  return known;
}

std::string url_encoded(std::string const& base64) {
  std::string text;
  for (char const c : base64)
    text += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
  return text;
}

}  // namespace

std::string dingtalk_signature(std::string const& secret, std::string const& milliseconds) {
  return "timestamp=" + milliseconds +
         "&sign=" + url_encoded(base64_hmac(secret, milliseconds + "\n" + secret));
}

int DingTalk::messages_per_minute_max() const {
  return settings_.messages_per_minute_max > 0 ? settings_.messages_per_minute_max : 20;
}

Outcome DingTalk::deliver(Message const& message) {
  HttpTarget target = settings_.target;
  if (!settings_.secret.empty())
    target.url += (target.url.find('?') == std::string::npos ? "?" : "&") +
                  dingtalk_signature(settings_.secret,
                                     std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(
                                                        message.at.time_since_epoch())
                                                        .count()));
  Json const body = {
      {"msgtype", "markdown"},
      {"markdown", {{"title", settings_.keyword}, {"text", robot_text(message, settings_, dingtalk_text)}}},
      {"at", {{"isAtAll", settings_.mention_all}}}};
  return outcome_of_robot(post_json(target, body.dump(-1, ' ', false, Json::error_handler_t::replace), {}),
                          dingtalk_codes());
}

}  // namespace xiaohao::notifications
