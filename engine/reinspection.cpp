#include "engine/reinspection.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/journal/base64.hpp"
#include "engine/journal/merkle.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

using Json = nlohmann::json;

Json to_json(std::vector<Drawn> const& list) {
  Json array = Json::array();
  for (Drawn const& drawn : list) array.push_back({drawn.item.value(), drawn.cycle});
  return array;
}

std::vector<Drawn> drawn_from(Json const& array) {
  std::vector<Drawn> list;
  for (Json const& pair : array)
    list.push_back(
        {ItemId{pair.at(0).get<std::int64_t>()}, static_cast<int>(pair.at(1).get<std::int64_t>())});
  return list;
}

Draw draw_from(JournalEntry const& entry) {
  Json const& told = entry.payload;
  DrawWish const wish{PlanYear{static_cast<int>(told.at("plan").get<std::int64_t>())},
                      static_cast<int>(told.at("share_percent").get<std::int64_t>()),
                      told.at("by").get<std::string>() == "risk",
                      parse_date(told.at("until").get<std::string>()).value()};
  return {entry.index,
          wish,
          entry.actor.username,
          entry.at,
          told.at("seed").get<std::string>(),
          drawn_from(told.at("population")),
          drawn_from(told.at("drawn"))};
}

/// A task closes by its shares, which are looked at one by one.
bool can_be_drawn(WorkItem const& item) {
  return item.status.closed && item.definition.kind != ItemKind::Task;
}

Result<void> check(store::Transaction const& transaction, DrawWish const& wish, Asking const& asking) {
  Participant const* const person = asking.organisation.participant(asking.who);
  if (!person || !asking.rules.permissions.may_at_large(*person, "reinspection.draw"))
    return refuse(Reason::Forbidden, "",
                  {"只有核查人和领导小组可以抽查", "only inspectors and the leadership group draw"});
  if (!transaction.plan(wish.plan))
    return refuse(Reason::Malformed, "/plan", {"这一年没有方案", "there is no plan of this year"});
  if (wish.share_percent < 1 || wish.share_percent > 100)
    return refuse(Reason::Malformed, "/share_percent", {"应为 1–100", "must be from 1 to 100"});
  if (wish.until < local_date(asking.now))
    return refuse(Reason::Malformed, "/until", {"完成日期已经过去", "must not be in the past"});
  return {};
}

void tell_inspectors(store::Transaction& transaction, std::vector<WorkItem> const& chosen, Draw const& draw,
                     Asking const& asking) {
  if (!asking.rules.escalation) return;
  std::vector<UnitId> const nobody_leads;
  decision::Surroundings const surroundings{asking.organisation, nobody_leads, asking.now, {}};
  decision::Occasion const occasion{"reinspection", "inspector", to_string(draw.wish.until), asking.who};
  for (WorkItem const& item : chosen)
    for (Notice const& notice :
         asking.rules.escalation->notices_of_occasion(item, occasion, asking.now, draw.index, surroundings))
      transaction.insert_notice(notice);
}

}  // namespace

std::string draw_ticket(std::string const& seed, Drawn const& drawn) {
  return journal::to_hexadecimal(journal::sha256("xiaohao-draw/1\n" + seed + "\n" +
                                                 std::to_string(drawn.item.value()) + "\n" +
                                                 std::to_string(drawn.cycle) + "\n"));
}

int risk_of(WorkItem const& closed) {
  ItemStatus const& status = closed.status;
  auto const done = status.applied_at ? status.applied_at : status.closed_at;
  bool const late = done && status.due && local_date(*done) > *status.due;
  return 2 * status.returns + status.extensions + 3 * (status.cycle - 1) + (late ? 2 : 0);
}

std::vector<Draw> draws(store::Reader const& reader) {
  std::vector<Draw> list;
  for (store::JournalLine const& line : reader.entries_of_type(draw_event))
    if (Result<JournalEntry> const entry = entry_of(line)) list.push_back(draw_from(*entry));
  std::sort(list.begin(), list.end(), [](Draw const& a, Draw const& b) { return a.index > b.index; });
  return list;
}

std::vector<WorkItem> waiting_for_draw(store::Reader const& reader, PlanYear plan) {
  std::set<std::pair<std::int64_t, int>> drawn_before;
  for (Draw const& draw : draws(reader))
    for (Drawn const& each : draw.population) drawn_before.emplace(each.item.value(), each.cycle);
  store::ItemFilter filter;
  filter.plan = plan;
  filter.open = false;
  std::vector<WorkItem> waiting = reader.items(filter);
  std::erase_if(waiting, [&](WorkItem const& item) {
    return !can_be_drawn(item) || drawn_before.contains({item.id().value(), item.status.cycle});
  });
  std::sort(waiting.begin(), waiting.end(),
            [](WorkItem const& a, WorkItem const& b) { return a.id() < b.id(); });
  return waiting;
}

Result<Draw> draw_reinspections(store::Transaction& transaction, DrawWish const& wish, Asking const& asking) {
  if (auto const fine = check(transaction, wish, asking); !fine) return tl::unexpected(fine.error());
  std::vector<WorkItem> waiting = waiting_for_draw(transaction, wish.plan);
  if (waiting.empty())
    return refuse(Reason::NotPossible, "",
                  {"上次抽查以来没有新销号的事项", "nothing was closed since the last draw"});
  store::JournalHead const head = transaction.journal_head();
  Draw draw{head.size, wish, asking.who, asking.now, journal::to_hexadecimal(head.root), {}, {}};
  for (WorkItem const& item : waiting) draw.population.push_back({item.id(), item.status.cycle});
  auto const order = [&](WorkItem const& item) {
    return std::tuple(wish.by_risk ? -risk_of(item) : 0,
                      draw_ticket(draw.seed, {item.id(), item.status.cycle}));
  };
  std::sort(waiting.begin(), waiting.end(),
            [&](WorkItem const& a, WorkItem const& b) { return order(a) < order(b); });
  std::size_t const count = (waiting.size() * static_cast<std::size_t>(wish.share_percent) + 99) / 100;
  waiting.resize(count, waiting.front());
  Json risks = Json::array();
  for (WorkItem const& item : waiting) {
    draw.chosen.push_back({item.id(), item.status.cycle});
    risks.push_back(risk_of(item));
  }
  Json payload{{"plan", wish.plan.value()},
               {"by", wish.by_risk ? "risk" : "chance"},
               {"share_percent", wish.share_percent},
               {"until", to_string(wish.until)},
               {"seed", draw.seed},
               {"population", to_json(draw.population)},
               {"drawn", to_json(draw.chosen)},
               {"risks", std::move(risks)}};
  draw.index = transaction.append({0, asking.now, asking.now, Actor::person(asking.who), std::nullopt,
                                   draw_event, std::move(payload), Json::object()});
  tell_inspectors(transaction, waiting, draw, asking);
  return draw;
}

}  // namespace xiaohao
