#include "web/reinspections.hpp"

#include <algorithm>

#include "web/work.hpp"

namespace xiaohao::web {

Result<void> may_read_draws(Application& application, Username const& username) {
  if (may_read_at_large(application, username, "history")) return {};
  return refuse(Reason::Forbidden, "", {"您不能查看抽查", "you may not read draws"});
}

void draw_reinspections(Application& application, DrawWish const& wish, Username const& who,
                        Written<Draw> answer) {
  auto const draw = [wish](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::draw_reinspections(transaction, wish, asking);
  };
  write_as<Draw>(application, who, draw, std::move(answer));
}

std::string_view word_of(DrawnState state) {
  switch (state) {
    case DrawnState::Stands:
      return "stands";
    case DrawnState::Reopened:
      return "reopened";
    case DrawnState::Waiting:
      break;
  }
  return "waiting";
}

DrawnState state_of(store::Reader const& reader, Drawn const& drawn) {
  auto const item = reader.item(drawn.item);
  if (!item) return DrawnState::Waiting;
  if (item->status.cycle > drawn.cycle) return DrawnState::Reopened;
  std::vector<JournalEntry> const history = reader.entries_of(drawn.item);
  auto const looked_at = std::find_if(history.rbegin(), history.rend(), [](JournalEntry const& entry) {
    return entry.type == "reinspect.pass" || entry.type == "reinspect.reopen";
  });
  return looked_at != history.rend() && looked_at->type == "reinspect.pass" ? DrawnState::Stands
                                                                            : DrawnState::Waiting;
}

}  // namespace xiaohao::web
