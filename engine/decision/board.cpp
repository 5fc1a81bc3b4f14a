#include "engine/decision/board.hpp"

#include <algorithm>

namespace xiaohao::decision {
namespace {

/// Sums towards a tally, and turns into one at the end.
class TallySum {
 public:
  explicit TallySum(LightPolicy const& policy) : policy_(policy) {}

  void add(Standing const& standing, Instant now) {
    tally_.lights.add(standing.light.light);
    ++tally_.stages[standing.item.status.stage];
    if (standing.item.status.cancelled) return;
    int const weight = policy_.weight_of(standing.item);
    weights_ += weight;
    progress_ += static_cast<std::int64_t>(weight) * standing.progress;
    auto const& status = standing.item.status;
    if (status.open() && status.due && now < end_of_day(*status.due) &&
        (!tally_.next_due || *status.due < *tally_.next_due)) {
      tally_.next_due = status.due;
      tally_.next_item = standing.item.id();
    }
  }
  Tally take() {
    if (weights_ > 0) tally_.progress = static_cast<BasisPoints>(progress_ / weights_);
    return std::move(tally_);
  }

 private:
  LightPolicy policy_;
  Tally tally_;
  std::int64_t weights_ = 0;
  std::int64_t progress_ = 0;
};

/// A task shows its worst open share, and counts what they have reached together.
void roll_up(Standing& task, std::vector<Standing> const& standings,
             std::unordered_map<ItemId, std::size_t> const& index, LightPolicy const& policy) {
  if (!task.item.status.open()) return;
  Light worst = Light::Grey;
  int red = 0, yellow = 0;
  std::int64_t progress = 0, weights = 0;
  for (ItemId const child_id : task.children) {
    Standing const& child = standings[index.at(child_id)];
    worst = std::max(worst, child.light.light);
    if (child.light.light == Light::Red) ++red;
    if (child.light.light == Light::Yellow) ++yellow;
    task.days_overdue = std::max(task.days_overdue, child.days_overdue);
    if (child.item.definition.kind != ItemKind::Assignment || child.item.status.cancelled) continue;
    int const weight = policy.weight_of(child.item);
    weights += weight;
    progress += static_cast<std::int64_t>(weight) * child.progress;
  }
  if (weights > 0) task.progress = static_cast<BasisPoints>(progress / weights);
  if (task.children.empty()) return;  // nothing below it: its own due date speaks
  task.light = {std::max(worst, Light::Green), {}};
  if (red > 0)
    task.light.reasons.push_back(
        {std::to_string(red) + " 项已逾期", std::to_string(red) + " parts are overdue"});
  if (yellow > 0)
    task.light.reasons.push_back(
        {std::to_string(yellow) + " 项预警", std::to_string(yellow) + " parts are at risk"});
}

bool is_duty(Standing const& standing) { return standing.item.definition.kind != ItemKind::Task; }

bool belongs_to(Standing const& standing, std::string const& campaign) {
  auto const& campaigns = standing.item.definition.campaigns;
  return std::find(campaigns.begin(), campaigns.end(), campaign) != campaigns.end();
}

void count_campaigns(Board& board, LightPolicy const& policy) {
  Date const today = local_date(board.at);
  for (Campaign const& campaign : board.plan.campaigns) {
    TallySum tasks(policy), assignments(policy);
    for (Standing const& standing : board.standings) {
      if (!belongs_to(standing, campaign.name)) continue;
      if (standing.item.definition.kind == ItemKind::Task) tasks.add(standing, board.at);
      if (standing.item.definition.kind == ItemKind::Assignment) assignments.add(standing, board.at);
    }
    bool const running = campaign.start <= today && today <= campaign.due;
    board.campaigns.push_back({campaign, running, tasks.take(), assignments.take()});
  }
}

void count_units(Board& board, std::map<UnitId, std::string> const& names, LightPolicy const& policy) {
  std::map<UnitId, TallySum> sums;
  for (Standing const& standing : board.standings)
    if (standing.item.definition.kind == ItemKind::Assignment && standing.item.definition.unit)
      sums.try_emplace(*standing.item.definition.unit, policy).first->second.add(standing, board.at);
  for (auto& [unit, sum] : sums) {
    auto const name = names.find(unit);
    board.units.push_back({unit, name == names.end() ? unit.value() : name->second, sum.take()});
  }
  std::stable_sort(board.units.begin(), board.units.end(), [](UnitStanding const& a, UnitStanding const& b) {
    auto const& left = a.assignments.lights;
    auto const& right = b.assignments.lights;
    return std::tie(right.red, right.yellow, a.unit) < std::tie(left.red, left.yellow, b.unit);
  });
}

}  // namespace

Light LightCounts::worst() const {
  if (red > 0) return Light::Red;
  if (yellow > 0) return Light::Yellow;
  return green > 0 ? Light::Green : Light::Grey;
}

void LightCounts::add(Light light) {
  switch (light) {
    case Light::Grey:
      ++grey;
      break;
    case Light::Green:
      ++green;
      break;
    case Light::Yellow:
      ++yellow;
      break;
    case Light::Red:
      ++red;
      break;
  }
}

Standing const* Board::find(ItemId id) const {
  auto const found = index.find(id);
  return found == index.end() ? nullptr : &standings[found->second];
}

std::vector<Standing const*> Board::overdue() const {
  std::vector<Standing const*> found;
  for (Standing const& standing : standings)
    if (is_duty(standing) && standing.light.light == Light::Red) found.push_back(&standing);
  std::stable_sort(found.begin(), found.end(),
                   [](Standing const* a, Standing const* b) { return a->days_overdue > b->days_overdue; });
  return found;
}

std::vector<Standing const*> Board::coming(int limit) const {
  std::vector<Standing const*> found;
  for (Standing const& standing : standings) {
    ItemStatus const& status = standing.item.status;
    if (is_duty(standing) && status.open() && !status.applied_at && status.due &&
        at < end_of_day(*status.due))
      found.push_back(&standing);
  }
  std::stable_sort(found.begin(), found.end(), [](Standing const* a, Standing const* b) {
    return *a->item.status.due < *b->item.status.due;
  });
  if (found.size() > static_cast<std::size_t>(limit)) found.resize(static_cast<std::size_t>(limit));
  return found;
}

Board board_of(Plan plan, std::vector<WorkItem> items, std::map<UnitId, std::string> const& names,
               Instant now, LightPolicy const& policy, calendar::BusinessCalendar const& calendar) {
  Board board{now, std::nullopt, std::move(plan), {}, {}, {}, {}, {}, {}};
  board.standings.reserve(items.size());
  for (WorkItem& item : items) {
    board.index.emplace(item.id(), board.standings.size());
    auto const change = next_light_change(item, now, policy, calendar);
    if (change && (!board.valid_until || *change < *board.valid_until)) board.valid_until = change;
    LightReading light = light_of(item, now, policy, calendar);
    BasisPoints const progress = item.status.progress;
    int const overdue = days_overdue(item, now);
    board.standings.push_back({std::move(item), std::move(light), progress, overdue, {}});
  }
  for (Standing const& standing : board.standings)
    if (auto const& parent = standing.item.definition.parent)
      if (auto const found = board.index.find(*parent); found != board.index.end())
        board.standings[found->second].children.push_back(standing.item.id());
  TallySum tasks(policy), assignments(policy);
  for (Standing& standing : board.standings)
    if (standing.item.definition.kind == ItemKind::Task)
      roll_up(standing, board.standings, board.index, policy);
  for (Standing const& standing : board.standings) {
    if (standing.item.definition.kind == ItemKind::Task) tasks.add(standing, now);
    if (standing.item.definition.kind == ItemKind::Assignment) assignments.add(standing, now);
  }
  board.tasks = tasks.take();
  board.assignments = assignments.take();
  count_campaigns(board, policy);
  count_units(board, names, policy);
  return board;
}

}  // namespace xiaohao::decision
