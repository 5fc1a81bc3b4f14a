#pragma once

#include "notifications/channels/channel.hpp"

namespace xiaohao::notifications {

/// The list of notices inside the product. The commit that marks a notice as sent delivers it.
class Inbox final : public Channel {
 public:
  std::string_view name() const override { return "inbox"; }
  Outcome deliver(Message const&) override { return {}; }
  bool is_internal() const override { return true; }
};

/// A channel that policies may name and that this installation has not set up.
class ChannelOff final : public Channel {
 public:
  explicit ChannelOff(std::string name) : name_(std::move(name)) {}
  std::string_view name() const override { return name_; }
  Outcome deliver(Message const&) override { return {Outcome::Kind::Unreachable, "not set up"}; }
  std::string off() const override { return "channel_off"; }

 private:
  std::string name_;
};

}  // namespace xiaohao::notifications
