#include "web/boards.hpp"

#include <algorithm>

namespace xiaohao::web {

namespace {

/// A storm's steps come by the hundred; more than this at once are not looked through.
constexpr std::int64_t steps_looked_through_max = 5'000;

/// Whether the entries [from, to) are steps of the ladder alone, which tell people and change no item. An
/// entry's type is the last of its keys.
bool are_steps(store::Reader const& reader, std::int64_t from, std::int64_t to) {
  if (to - from > steps_looked_through_max) return false;
  auto const lines = reader.journal(from, to);
  return std::all_of(lines.begin(), lines.end(), [](store::JournalLine const& line) {
    return line.leaf.ends_with(R"("type":"escalation.step"})");
  });
}

}  // namespace

// The number of commits is read before the snapshot: what is kept may be newer than its number says, and is
// then made once more than needed, but never older.

std::shared_ptr<Organisation const> Boards::organisation_locked(std::int64_t commits) {
  if (organisation_commits_ != commits || !organisation_) {
    organisation_ = std::make_shared<Organisation const>(engine_.store().read()->organisation());
    organisation_commits_ = commits;
  }
  return organisation_;
}

std::shared_ptr<Organisation const> Boards::organisation() {
  std::lock_guard const lock(mutex_);
  return organisation_locked(engine_.store().commits());
}

std::vector<PlanYear> Boards::years() {
  std::lock_guard const lock(mutex_);
  std::int64_t const commits = engine_.store().commits();
  if (years_commits_ != commits) {
    years_.clear();
    for (Plan const& plan : engine_.store().read()->plans()) years_.push_back(plan.year);
    std::sort(years_.rbegin(), years_.rend());
    years_commits_ = commits;
  }
  return years_;
}

std::int64_t Boards::unread(Username const& who) {
  std::lock_guard const lock(mutex_);
  std::int64_t const commits = engine_.store().commits();
  if (unread_commits_ != commits) unread_.clear();
  unread_commits_ = commits;
  auto const found = unread_.find(who);
  if (found != unread_.end()) return found->second;
  return unread_.emplace(who, engine_.store().read()->unacknowledged(who)).first->second;
}

std::shared_ptr<decision::Board const> Boards::current(PlanYear year) {
  std::lock_guard const lock(mutex_);
  std::int64_t const commits = engine_.store().commits();
  Instant const now = engine_.now();
  Kept& kept = boards_[year];
  bool const lights_hold = kept.board && (!kept.board->valid_until || now < *kept.board->valid_until);
  if (lights_hold && kept.commits == commits) return kept.board;

  auto const reader = engine_.store().read();
  std::int64_t const journal_size = reader->journal_head().size;
  if (lights_hold && are_steps(*reader, kept.journal_size, journal_size)) {
    kept.commits = commits;  // somebody signed in, or was told of something: no item has changed
    kept.journal_size = journal_size;
    return kept.board;
  }
  std::optional<Plan> plan = reader->plan(year);
  if (!plan) {
    boards_.erase(year);
    return nullptr;
  }
  store::ItemFilter filter;
  filter.plan = year;
  std::map<UnitId, std::string> names;
  for (auto const& [id, unit] : organisation_locked(commits)->units) names.emplace(id, unit.name);
  decision::Rules const& rules = engine_.rules();
  kept.board = std::make_shared<decision::Board const>(
      decision::board_of(std::move(*plan), reader->items(filter), names, now, rules.lights, rules.calendar));
  kept.commits = commits;
  kept.journal_size = journal_size;
  ++generation_;
  return kept.board;
}

}  // namespace xiaohao::web
