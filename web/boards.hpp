#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/decision/board.hpp"
#include "engine/engine.hpp"

namespace xiaohao::web {

/// Serves what pages ask for again and again: boards and the organisation, which all visitors share, and how
/// many notices wait for each; the same answers until a commit or a light makes them untrue. One reader makes
/// the new one while the others wait for it. Safe from any thread.
class Boards {
 public:
  explicit Boards(Engine& engine) : engine_(engine) {}

  /// Null when the year has no plan.
  std::shared_ptr<decision::Board const> current(PlanYear year);
  std::shared_ptr<Organisation const> organisation();
  std::vector<PlanYear> years();             ///< of all plans, latest first
  std::int64_t unread(Username const& who);  ///< notices in his inbox that he has not seen
  /// Rises whenever `current` gives another board, so that a page made from it knows when it is old.
  std::int64_t generation() const { return generation_.load(); }

 private:
  struct Kept {
    std::int64_t commits = -1;
    std::int64_t journal_size = -1;
    std::shared_ptr<decision::Board const> board;
  };
  Engine& engine_;
  std::mutex mutex_;
  std::map<PlanYear, Kept> boards_;
  std::int64_t organisation_commits_ = -1;
  std::shared_ptr<Organisation const> organisation_;
  std::int64_t years_commits_ = -1;
  std::vector<PlanYear> years_;
  std::int64_t unread_commits_ = -1;
  std::map<Username, std::int64_t> unread_;
  std::atomic<std::int64_t> generation_{0};

  std::shared_ptr<Organisation const> organisation_locked(std::int64_t commits);
};

}  // namespace xiaohao::web
