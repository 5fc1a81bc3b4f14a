#include "notifications/channels/feishu.hpp"

#include "engine/json/document.hpp"

namespace xiaohao::notifications {
namespace {

using Json = nlohmann::json;

/// The vendor takes 20 KB of JSON, in which a character may need several.
constexpr RobotText feishu_text{8000, false, "\n"};

RobotCodes const& feishu_codes() {
  static RobotCodes const known{"code",
                                "msg",
                                {11232, 11233},  // busy; too fast for this group
                                {9499, 19001, 19002, 19021, 19022, 19024}};
  // body; no such robot; body; signature or time; address; keyword
  return known;
}

}  // namespace

std::string feishu_signature(std::string const& secret, std::string const& seconds) {
  return base64_hmac(seconds + "\n" + secret, "");
}

int Feishu::messages_per_minute_max() const {
  return settings_.messages_per_minute_max > 0 ? settings_.messages_per_minute_max : 100;
}

Outcome Feishu::deliver(Message const& message) {
  std::string const call = settings_.mention_all ? "<at user_id=\"all\">所有人</at>\n" : "";
  Json body = {{"msg_type", "text"},
               {"content", {{"text", call + robot_text(message, settings_, feishu_text)}}}};
  if (!settings_.secret.empty()) {
    std::string const seconds = std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(message.at.time_since_epoch()).count());
    body["timestamp"] = seconds;
    body["sign"] = feishu_signature(settings_.secret, seconds);
  }
  return outcome_of_robot(
      post_json(settings_.target, body.dump(-1, ' ', false, Json::error_handler_t::replace), {}),
      feishu_codes());
}

}  // namespace xiaohao::notifications
