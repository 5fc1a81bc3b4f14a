#pragma once

#include <functional>

#include "cli/rules.hpp"
#include "engine/engine.hpp"
#include "web/policy_desk.hpp"

namespace xiaohao::cli {

/// Over a running engine. `adopted` is told the ladder that is in force from then on.
class LivePolicyDesk final : public web::PolicyDesk {
 public:
  using Adopted = std::function<void(std::shared_ptr<notifications::Ladder const>)>;
  LivePolicyDesk(Engine& engine, Clock const& clock, Adopted adopted)
      : engine_(engine), clock_(clock), adopted_(std::move(adopted)) {}

  std::string in_force() const override;
  Result<Proposal> propose(std::string_view document) const override;
  Result<Effects> adopt(std::string_view document, Username const& who) override;

 private:
  Engine& engine_;
  Clock const& clock_;
  Adopted adopted_;
};

}  // namespace xiaohao::cli
