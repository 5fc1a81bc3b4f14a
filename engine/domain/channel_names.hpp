#pragma once

// The ways of reaching people that policies may name, and to whom each speaks. A robot speaks to a whole
// group of an instant messenger: what goes out by it is addressed to the group, once, and not to each person
// in it.
//
// The group stands in a notice where a person would: as the recipient `@wecom`, which no person can be
// called.

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/ids.hpp"
#include "engine/model/text.hpp"

namespace xiaohao {

struct ChannelName {
  std::string_view name;                ///< as policies write it: `mail`
  std::string_view group_zh, group_en;  ///< the group it speaks to; empty: it speaks to one person
};

inline constexpr ChannelName channel_names[] = {
    {"inbox", "", ""},
    {"mail", "", ""},
    {"wecom", "企业微信群", "the WeCom group"},
    {"dingtalk", "钉钉群", "the DingTalk group"},
    {"feishu", "飞书群", "the Feishu group"},
    {"webhook", "", ""},
    {"print", "", ""},
};

inline ChannelName const* channel_named(std::string_view name) {
  auto const end = std::end(channel_names);
  auto const found = std::find_if(std::begin(channel_names), end,
                                  [&](ChannelName const& channel) { return channel.name == name; });
  return found == end ? nullptr : found;
}

inline bool speaks_to_group(std::string_view channel) {
  ChannelName const* const found = channel_named(channel);
  return found && !found->group_zh.empty();
}

/// The recipient of what goes out by a channel that speaks to a group: `@wecom`.
inline Username group_behind(std::string_view channel) { return Username{"@" + std::string(channel)}; }

/// What the group is called; nothing when `recipient` is a person.
inline std::optional<Text> group_name(Username const& recipient) {
  std::string const& name = recipient.value();
  if (!name.starts_with('@') || !speaks_to_group(name.substr(1))) return std::nullopt;
  ChannelName const& channel = *channel_named(name.substr(1));
  return Text{std::string(channel.group_zh), std::string(channel.group_en)};
}

}  // namespace xiaohao
