#pragma once

// What the group robots of the three messengers have in common. A robot speaks to a whole group, and refuses
// with HTTP 200 and a code other than 0 in the body. wecom.hpp, dingtalk.hpp and feishu.hpp say what each
// does differently.
//
// Vendors: developer.work.weixin.qq.com/document/path/91770, open.dingtalk.com (custom robots),
// open.feishu.cn (custom bots).

#include <string>
#include <string_view>
#include <vector>

#include "notifications/channels/channel.hpp"
#include "notifications/channels/http_exchange.hpp"

namespace xiaohao::notifications {

struct RobotSettings {
  HttpTarget target;                ///< the URL holds the robot's token
  std::string secret;               ///< what signs; empty: the robot is secured by its keyword or by address
  std::string keyword = "销号台";   ///< stands in every message, as robots secured by a keyword require
  std::string public_url;           ///< where the group finds the rest; empty: messages carry no link
  bool mention_all = false;         ///< everybody in the group is called
  int messages_per_minute_max = 0;  ///< 0: the vendor's own limit
};

/// How a robot takes its text.
struct RobotText {
  std::size_t bytes_max;  ///< of the text in UTF-8
  bool markdown;
  std::string_view line_end;  ///< between two lines
};

/// The message in Chinese, with the keyword, as a list when it has several entries, and cut to size: lines
/// that do not fit are counted, a single text is cut between characters. Words of items and people cannot
/// become links, mentions or other markup.
std::string robot_text(Message const& message, RobotSettings const& settings, RobotText const& form);

/// HMAC-SHA256 of `text` in base64.
std::string base64_hmac(std::string const& key, std::string const& text);

/// Codes of a vendor: those that pass by themselves, and those that no repetition changes. A code that is in
/// neither is tried again: rather late than lost.
struct RobotCodes {
  std::string_view code, words;  ///< names of the fields in the answer's body
  std::vector<std::int64_t> not_now;
  std::vector<std::int64_t> never;
};

/// Taken only when the status is 2xx and the code 0. The answer names the code and the vendor's words.
Outcome outcome_of_robot(HttpAnswer const& answer, RobotCodes const& codes);

}  // namespace xiaohao::notifications
