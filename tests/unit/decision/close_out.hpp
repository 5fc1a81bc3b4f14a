#pragma once

// The way of a share to its close-out, step by step, for tests of what decides it.

#include <gmock/gmock.h>

#include "engine/decision/decide.hpp"
#include "tests/unit/decision/small_county.hpp"

namespace xiaohao::decision {

inline nlohmann::json const photo{
    {"sha256", std::string(64, 'a')}, {"name", "验收单.jpg"}, {"size", 1024}, {"media_type", "image/jpeg"}};

MATCHER_P(RefusedAs, reason, "") { return !arg.has_value() && arg.error().reason == reason; }

/// A share that has been applied for by its unit's owner.
inline WorkItem applied(SmallCounty& county, char const* unit, UnitRole role,
                        char const* lifecycle = "assignment/2") {
  WorkItem share = county.share(unit, role, lifecycle);
  std::string const owner = std::string("owner-") + unit;
  county.must(share, owner.c_str(), "accept");
  county.must(share, owner.c_str(), "report", {{"progress", 60}, {"text", "主体完工"}});
  county.must(share, owner.c_str(), "evidence.attach", photo);
  county.must(share, owner.c_str(), "closeout.apply", {{"summary", "全部完工"}});
  return share;
}

/// The status of a share whose publicity has ended.
inline ItemStatus after_publicity(SmallCounty& county, WorkItem const& share) {
  std::string const& lifecycle = share.status.lifecycle;
  std::string const timer =
      "xstate.after.publicity." + lifecycle.substr(0, lifecycle.find('/')) + ".closeout.publicity";
  Command command{share.id(), timer, nlohmann::json::object(), Actor::clock(), std::nullopt, ""};
  return decide(command, {county.now, share, county.leads, county.organisation,
                          [&] { return county.evidence; }, county.rules})
      .value()
      .status;
}

}  // namespace xiaohao::decision
