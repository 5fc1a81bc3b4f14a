#include "tests/paths/world.hpp"

#include <stdexcept>

#include "engine/creation_within.hpp"
#include "engine/execution.hpp"

namespace xiaohao::paths {
namespace {

constexpr int days_asked_for = 14;

ItemDraft draft(ItemKind kind, std::optional<UnitId> unit, std::optional<UnitRole> role,
                std::optional<std::size_t> parent) {
  ItemDefinition item{ItemId{0},    PlanYear{2024},
                      std::nullopt, kind,
                      10,           "安居扶贫巩固提升",
                      "",           {},
                      {},           std::move(unit),
                      role,         {},
                      {},           {},
                      {},           {}};
  item.schedule.phrase = "10月底";
  item.schedule.due = parse_date("2024-10-31").value();
  return {std::move(item), parent};
}

nlohmann::json value_for(decision::Field const& field, WorkItem const& item) {
  using enum decision::FieldType;
  switch (field.type) {
    case Percent:
      return 40;
    case Date:
      return xiaohao::to_string(add_days(item.status.due.value(), days_asked_for));
    case Sha256:
      return std::string(64, 'a');
    case Sha256List:
      return nlohmann::json::array({std::string(64, 'a')});
    case Indicators:
      return nlohmann::json::object();
    case Bytes:
    case Count:
      return 1;
    case Unit:
      return "songshizhen";
    case Text:
      break;
  }
  return "说明";
}

}  // namespace

std::string to_string(Move const& move) {
  if (move.what == Move::What::Time) return "time";
  if (move.what == Move::What::SumUp) return "sum up";
  return move.who.value() + " " + move.event + " " + std::to_string(move.item.value());
}

World::World(decision::SmallCounty const& county, Row row, std::function<void(JournalEntry const&)> listener)
    : county_(&county),
      stage_(county.organisation),
      now_(parse_instant("2024-01-02T09:00:00+08:00").value()) {
  stage_.listen(std::move(listener));
  bool const share = row == Row::WithShare;
  PlanDraft plan{{PlanYear{2024}, "路径", "test", {}, {}}, {}};
  plan.items.push_back(draft(ItemKind::Task, std::nullopt, std::nullopt, std::nullopt));
  ItemKind const kind = share                       ? ItemKind::Assignment
                        : row == Row::WithMilestone ? ItemKind::Milestone
                                                    : ItemKind::Finding;
  plan.items.push_back(
      draft(kind, UnitId{"zhujianju"}, share ? std::optional(UnitRole::Lead) : std::nullopt, 0));
  // A stage is empty: there is no plan of the year to stand in the way.
  (void)create_plan_within(stage_, county.rules, plan, county.organisation, {}, {now_, now_});
}

std::vector<ItemId> World::items() const {
  std::vector<ItemId> ids;
  for (WorkItem const& item : stage_.all_items()) ids.push_back(item.id());
  return ids;
}

Result<void> World::perform(Move const& move) {
  now_ += std::chrono::hours{1};
  auto const timer = stage_.first_timer();
  if (move.what == Move::What::Time) {
    if (!timer) return refuse(Reason::NotPossible, "", {"没有定时器", "there is no timer"});
    now_ = std::max(now_, timer->due);
    Execution(stage_, county_->rules, county_->organisation, now_).fire(*timer);
    return {};
  }
  if (timer && timer->due <= now_)
    return refuse(Reason::NotPossible, "", {"先到定时器", "a timer comes first"});
  Execution execution(stage_, county_->rules, county_->organisation, now_);
  if (move.what == Move::What::SumUp) {
    execution.sum_up(task, now_);
    return {};
  }
  std::int64_t const seen = stage_.known_item(move.item).status.version;
  Command command{move.item, move.event, move.payload, Actor::person(move.who), seen, ""};
  // A day of return is today's, whenever that is.
  if (command.payload.contains("redo_by")) command.payload["redo_by"] = xiaohao::to_string(local_date(now_));
  if (auto const done = execution.run(command, now_); !done) return tl::unexpected(done.error());
  return {};
}

void World::must(Move const& move) {
  if (auto const done = perform(move); !done)
    throw std::logic_error(to_string(move) + ": " + done.error().first().detail.en);
}

std::vector<Move> World::moves() const {
  std::vector<Move> moves;
  std::vector<UnitId> const nobody_leads;
  for (WorkItem const& item : stage_.all_items()) {
    if (item.id() > below) continue;  // a share that was handed on goes the way of the first
    for (auto const& [username, person] : county_->organisation.participants) {
      decision::Context const context{now_,
                                      item,
                                      nobody_leads,
                                      county_->organisation,
                                      [&] { return stage_.evidence_of(item.id()); },
                                      county_->rules};
      for (decision::PossibleEvent const& event : decision::possible_events(person, context)) {
        Move move{Move::What::Send, item.id(), username, event.type};
        for (decision::Field const& field : event.needs)
          if (field.required) move.payload[field.name] = value_for(field, item);
        for (decision::Field const& field : event.needs)
          if (field.name == "redo_by") {
            Move with_day = move;
            with_day.payload[field.name] = "";
            moves.push_back(std::move(with_day));
          }
        moves.push_back(std::move(move));
      }
    }
  }
  if (stage_.first_timer()) moves.push_back({});
  moves.push_back({Move::What::SumUp});
  return moves;
}

}  // namespace xiaohao::paths
