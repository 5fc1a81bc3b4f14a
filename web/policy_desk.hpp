#pragma once

// Changing the escalation policy of a running year from a page: read, shown what it would mean, put in force.

#include <memory>
#include <string>
#include <string_view>

#include "engine/rule_change.hpp"

namespace xiaohao::web {

class PolicyDesk {
 public:
  virtual ~PolicyDesk() = default;

  /// The policy in force: a document of `xiaohao-policy/1` with its section `escalation`.
  virtual std::string in_force() const = 0;

  struct Proposal {
    std::shared_ptr<decision::Rules const> rules;  ///< as they would be
    Effects effects;                               ///< on what is open
  };
  /// What `document` would change. Malformed, with every fault and its pointer.
  virtual Result<Proposal> propose(std::string_view document) const = 0;

  /// Puts `document` in force, in one transaction with all it changes; returns when it is durable. Refuses as
  /// `propose`, and Forbidden by the permission table, event `rules.change`.
  virtual Result<Effects> adopt(std::string_view document, Username const& who) = 0;
};

}  // namespace xiaohao::web
