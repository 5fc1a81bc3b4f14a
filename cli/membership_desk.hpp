#pragma once

#include "engine/engine.hpp"
#include "web/membership_desk.hpp"

namespace xiaohao::cli {

/// Inside a work of the store; refuses as `web::MembershipDesk::change`. `moment` is when it counts and when
/// it is written.
Result<web::MembershipOutcome> change_members(store::Transaction& transaction,
                                              web::MembershipWish const& wish, Username const& who,
                                              decision::Rules const& rules, Moment moment);

/// Over a running engine.
class LiveMembershipDesk final : public web::MembershipDesk {
 public:
  LiveMembershipDesk(Engine& engine, Clock const& clock) : engine_(engine), clock_(clock) {}

  Result<web::MembershipOutcome> change(web::MembershipWish const& wish, Username const& who) override;

 private:
  Engine& engine_;
  Clock const& clock_;
};

}  // namespace xiaohao::cli
