#include "notifications/channels/wecom.hpp"

#include "engine/json/document.hpp"

namespace xiaohao::notifications {
namespace {

using Json = nlohmann::json;

constexpr RobotText wecom_markdown{4096, true, "\n"};
constexpr RobotText wecom_text{2048, false, "\n"};

RobotCodes const& wecom_codes() {
  static RobotCodes const known{
      "errcode",
      "errmsg",
      {-1, 45009, 45033},                           // busy, too fast, too many at once
      {40008, 40058, 44004, 45002, 93000, 93004}};  // no such message type, field, nothing in it, too long,
                                                    // no such robot, robot taken out
  return known;
}

}  // namespace

int WeCom::messages_per_minute_max() const {
  return settings_.messages_per_minute_max > 0 ? settings_.messages_per_minute_max : 20;
}

Outcome WeCom::deliver(Message const& message) {
  Json body;
  if (settings_.mention_all)
    body = {{"msgtype", "text"},
            {"text",
             {{"content", robot_text(message, settings_, wecom_text)},
              {"mentioned_list", Json::array({"@all"})}}}};
  else
    body = {{"msgtype", "markdown"},
            {"markdown", {{"content", robot_text(message, settings_, wecom_markdown)}}}};
  return outcome_of_robot(
      post_json(settings_.target, body.dump(-1, ' ', false, Json::error_handler_t::replace), {}),
      wecom_codes());
}

}  // namespace xiaohao::notifications
