#include "web/work.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

namespace xiaohao::web {
namespace {

/// Events that somebody expects of the one who may send them; `urge` or `cancel` may be sent, and nobody
/// waits for them.
constexpr std::array<std::string_view, 9> expected{"accept",           "report",          "closeout.apply",
                                                   "disown.accept",    "complete",        "confirm",
                                                   "closeout.approve", "closeout.verify", "extension.grant"};
constexpr std::array<std::string_view, 5> expected_of_reviewers{
    "confirm", "disown.accept", "closeout.approve", "closeout.verify", "extension.grant"};

auto urgency(WaitingItem const& waiting) {
  decision::Standing const& standing = *waiting.standing;
  Date const due = standing.item.status.due.value_or(
      Date{std::chrono::year{9999}, std::chrono::month{12}, std::chrono::day{31}});
  return std::tuple(-static_cast<int>(standing.light.light), start_of_day(due), standing.item.id());
}

WaitingItems waiting_for(Application& application, Username const& username,
                         std::span<std::string_view const> events) {
  WaitingItems waiting;
  auto const organisation = application.boards.organisation();
  Participant const* const participant = organisation->participant(username);
  if (!participant) return waiting;
  decision::Permissions const& permissions = application.engine.rules().permissions;
  auto const reader = application.engine.store().read();
  std::vector<Participant const*> acting_for{participant};
  for (Absence const& absence : reader->absences_at(application.engine.now()))
    if (absence.substitute == username)
      if (Participant const* const away = organisation->participant(absence.away)) acting_for.push_back(away);
  for (PlanYear const year : application.boards.years()) {
    auto const board = application.boards.current(year);
    if (!board) continue;
    waiting.boards.push_back(board);
    for (decision::Standing const& standing : board->standings) {
      if (!standing.item.status.open()) continue;
      std::vector<UnitId> const leads = leads_of(*board, standing.item);
      decision::Subject const subject{standing.item, leads};
      bool const concerned = std::any_of(events.begin(), events.end(), [&](std::string_view event) {
        return std::any_of(acting_for.begin(), acting_for.end(), [&](Participant const* person) {
          return permissions.may_send(*person, event, subject);
        });
      });
      if (!concerned) continue;
      WaitingItem found{&standing, {}};
      for (PossibleAction& action : application.engine.actions(*reader, standing.item, username))
        if (std::find(events.begin(), events.end(), action.type) != events.end())
          found.actions.push_back(std::move(action));
      if (!found.actions.empty()) waiting.items.push_back(std::move(found));
    }
  }
  std::sort(waiting.items.begin(), waiting.items.end(),
            [](auto const& a, auto const& b) { return urgency(a) < urgency(b); });
  return waiting;
}

}  // namespace

bool is_expected(std::string_view event) {
  return std::find(expected.begin(), expected.end(), event) != expected.end();
}

WaitingItems work_of(Application& application, Username const& username) {
  return waiting_for(application, username, expected);
}
WaitingItems reviews_of(Application& application, Username const& username) {
  return waiting_for(application, username, expected_of_reviewers);
}

std::vector<UnitId> leads_of(decision::Board const& board, WorkItem const& item) {
  std::vector<UnitId> leads;
  decision::Standing const* const task =
      item.definition.parent ? board.find(*item.definition.parent) : nullptr;
  if (!task) return leads;
  for (ItemId const child : task->children) {
    decision::Standing const* const share = board.find(child);
    if (share && share->item.definition.role == UnitRole::Lead && share->item.definition.unit)
      leads.push_back(*share->item.definition.unit);
  }
  return leads;
}

bool sees_all_notices(Participant const* participant) {
  return participant && (participant->has(Role::Coordinator) || participant->has(Role::Leader) ||
                         participant->has(Role::Auditor));
}

bool may_read_at_large(Application& application, Username const& username, std::string_view what) {
  auto const organisation = application.engine.organisation();
  Participant const* const person = organisation->participant(username);
  return person && application.engine.rules().permissions.may_read_at_large(*person, what);
}

bool may_read(Application& application, Username const& username, std::string_view what,
              WorkItem const& item) {
  auto const organisation = application.boards.organisation();
  Participant const* const participant = organisation->participant(username);
  if (!participant) return false;
  auto const board = application.boards.current(item.definition.plan);
  std::vector<UnitId> const leads = board ? leads_of(*board, item) : std::vector<UnitId>{};
  decision::Permissions const& permissions = application.engine.rules().permissions;
  decision::Subject const subject{item, leads};
  if (permissions.may_read(*participant, what, subject)) return true;
  if (!participant->active) return false;
  auto const absences = application.engine.store().read()->absences_at(application.engine.now());
  return std::any_of(absences.begin(), absences.end(), [&](Absence const& absence) {
    Participant const* const away =
        absence.substitute == username ? organisation->participant(absence.away) : nullptr;
    return away && permissions.may_read(*away, what, subject);
  });
}

}  // namespace xiaohao::web
