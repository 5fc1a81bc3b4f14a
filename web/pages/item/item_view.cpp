#include "web/pages/item/item_view.hpp"

#include <algorithm>

#include "engine/unfinished.hpp"
#include "web/api/answers.hpp"
#include "web/work.hpp"

namespace xiaohao::web::pages {
namespace {

constexpr int notices_shown_max = 1000;

std::vector<JournalEntry> history_of(store::Reader const& reader, ItemId id) {
  std::vector<JournalEntry> entries;
  for (store::JournalLine const& line : reader.history(id))
    if (Result<JournalEntry> entry = entry_of(line)) entries.push_back(std::move(*entry));
  return entries;
}

std::vector<Notice> notices_of(store::Reader const& reader, ItemId id) {
  store::NoticeFilter filter;
  filter.item = id;
  filter.limit = notices_shown_max;
  std::vector<Notice> notices = reader.notices(filter);
  std::reverse(notices.begin(), notices.end());
  return notices;
}

/// The actions of an entry that counted a return.
bool is_return(JournalEntry const& entry) {
  auto const actions = entry.outcome.find("actions");
  return actions != entry.outcome.end() &&
         std::any_of(actions->begin(), actions->end(), [](nlohmann::json const& action) {
           std::string const type = action.value("type", "");
           return type == "record_return" || type == "begin_next_cycle";
         });
}

bool is_application(JournalEntry const& entry) {
  auto const actions = entry.outcome.find("actions");
  return actions != entry.outcome.end() &&
         std::any_of(actions->begin(), actions->end(), [](nlohmann::json const& action) {
           return action.value("type", "") == "freeze_application";
         });
}

}  // namespace

statechart::Definition const* ItemView::lifecycle() const {
  return visit.application.engine.rules().lifecycle(item.status.lifecycle);
}

PossibleAction const* ItemView::action(std::string_view type) const {
  for (PossibleAction const& action : actions)
    if (action.type == type) return &action;
  return nullptr;
}

std::vector<Evidence const*> ItemView::counting_evidence() const {
  std::vector<Evidence const*> counting;
  for (Evidence const& piece : evidence)
    if (!piece.withdrawn && piece.cycle == item.status.cycle) counting.push_back(&piece);
  return counting;
}

JournalEntry const* ItemView::returned_by() const {
  for (auto entry = history.rbegin(); entry != history.rend(); ++entry) {
    if (is_application(*entry)) return nullptr;
    if (is_return(*entry)) return &*entry;
  }
  return nullptr;
}

Result<ItemView> look_at(Visit const& visit, ItemId id) {
  Application& application = visit.application;
  auto const reader = application.engine.store().read();
  std::optional<WorkItem> item = reader->item(id);
  if (!item) return refuse(Reason::NotFound, "", {"没有这个事项", "there is no such item"});
  Username const& me = visit.request.visitor->username;
  if (!may_read(application, me, "item", *item))
    return refuse(Reason::Forbidden, "", {"您不能查看这个事项", "you may not read this item"});

  decision::Rules const& rules = application.engine.rules();
  ItemView view{visit, std::move(*item), {}, {}, {}, {}, 0, false, false, {}, {}, {}, {}, {}};
  if (view.item.definition.parent) view.parent = reader->item(*view.item.definition.parent);
  for (WorkItem& child : reader->children(id))
    if (may_read(application, me, "item", child)) view.children.push_back(std::move(child));
  view.board = application.boards.current(view.item.definition.plan);
  decision::Standing const* const standing = view.board ? view.board->find(id) : nullptr;
  view.light = standing
                   ? standing->light
                   : decision::light_of(view.item, application.engine.now(), rules.lights, rules.calendar);
  view.progress = standing && view.item.definition.kind == ItemKind::Task ? standing->progress
                                                                          : view.item.status.progress;
  view.shows_history = may_read(application, me, "history", view.item);
  view.shows_evidence = may_read(application, me, "evidence", view.item);
  if (view.shows_history) {
    view.history = history_of(*reader, id);
    view.notices = notices_of(*reader, id);
  }
  if (view.shows_evidence) view.evidence = reader->evidence_of(id);
  view.actions = application.engine.actions(*reader, view.item, me);
  if (view.shows_history && view.item.status.open()) view.unfinished = unfinished(*reader, view.item);
  return view;
}

Result<ItemView> look_at_path(Visit const& visit) {
  Result<std::int64_t> const id = api::path_number(visit.request, "id");
  if (!id) return refuse(Reason::NotFound, "", {"没有这个事项", "there is no such item"});
  return look_at(visit, ItemId{*id});
}

}  // namespace xiaohao::web::pages
