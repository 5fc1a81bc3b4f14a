#include "engine/lifecycle_migration.hpp"

#include "engine/execution.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

/// Items read at a time.
constexpr int items_per_read = 500;

std::vector<WorkItem> running_items(store::Reader const& reader, std::string const& lifecycle) {
  std::vector<WorkItem> running;
  store::ItemFilter filter;
  filter.open = true;
  filter.limit = items_per_read;
  for (;;) {
    std::vector<WorkItem> const page = reader.items(filter);
    for (WorkItem const& item : page)
      if (item.status.lifecycle == lifecycle) running.push_back(item);
    if (page.size() < static_cast<std::size_t>(items_per_read)) return running;
    filter.after = page.back().id();
  }
}

std::string name_of(WorkItem const& item) {
  return std::to_string(item.id().value()) + " (" + std::to_string(item.definition.number) + " " +
         item.definition.title + (item.definition.unit ? ", " + item.definition.unit->value() : "") + ")";
}

}  // namespace

std::vector<ItemMove> moves_of(store::Reader const& reader, migration::Migration const& migration,
                               decision::Rules const& rules, Actor const& actor, Instant now) {
  std::vector<ItemMove> moves;
  for (WorkItem& item : running_items(reader, migration.mapping().from)) {
    Result<decision::Decision> decision = migration.move(item, rules, actor, now);
    moves.push_back({std::move(item), std::move(decision)});
  }
  return moves;
}

Result<int> migrate_items(store::Store& store, decision::Rules const& rules,
                          migration::Migration const& migration, std::string const& document,
                          Username const& username, Moment moment) {
  int moved = 0;
  Result<void> const written = store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    moved = 0;
    migration::Mapping const& mapping = migration.mapping();
    Organisation const organisation = transaction.organisation();
    Participant const* const participant = organisation.participant(username);
    auto const forbidden = [&] {
      return refuse(
          Reason::Forbidden, "",
          {username.value() + " 无权迁移生命周期，须由领导小组决定",
           username.value() + " may not move items to another lifecycle; the leadership group may"});
    };
    if (!participant || !participant->active) return forbidden();
    auto const kept = transaction.definition(mapping.to);
    if (kept && *kept != document)
      return refuse(Reason::NotPossible, "",
                    {mapping.to + " 已有另一内容；请提高版本号",
                     "another document is kept as " + mapping.to + "; raise the lifecycle's version"});
    transaction.put_definition(mapping.to, document);
    Actor const actor = Actor::person(username);
    Execution execution(transaction, rules, organisation, moment.recorded_at);
    // A state that has ended by now is not moved.
    for (WorkItem const& item : running_items(transaction, mapping.from))
      execution.catch_up(item.id(), moment.at);
    std::vector<ItemMove> moves = moves_of(transaction, migration, rules, actor, moment.at);
    transaction.append({0,
                        moment.at,
                        moment.recorded_at,
                        actor,
                        std::nullopt,
                        migration::event,
                        {{"mapping", migration::to_json(mapping)}, {"items", moves.size()}},
                        nlohmann::json::object()});
    for (ItemMove& move : moves) {
      if (!rules.permissions.may_send(*participant, migration::event,
                                      {move.before, execution.leads_of(move.before)}))
        return forbidden();
      if (!move.decision)
        return refuse(Reason::NotPossible, "",
                      {"事项 " + name_of(move.before) + "：" + move.decision.error().first().detail.zh,
                       "item " + name_of(move.before) + ": " + move.decision.error().first().detail.en});
      execution.write(move.before, std::move(*move.decision), moment.at);
      ++moved;
    }
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return moved;
}

}  // namespace xiaohao
