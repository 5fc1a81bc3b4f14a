#pragma once

#include "engine/audit/report.hpp"
#include "engine/replay/replay.hpp"

namespace xiaohao::audit {

/// Takes every decision of the journal once more, by the lifecycle its item ran under. One that whoever holds
/// disk and key wrote past the engine has hashes that agree, and is one that no lifecycle allows. A program
/// that has learnt new conditions may refuse what an older one allowed, so this is for people to read, and
/// no finding.
class Decisions {
 public:
  explicit Decisions(decision::Rules const& rules);

  void see(JournalEntry const& entry);
  void note(Report& report) const;

 private:
  static constexpr std::size_t notes_max = 20;
  Organisation const nobody_;  ///< who may do what has changed since, and is not asked again
  replay::Replay replay_;
};

}  // namespace xiaohao::audit
