#include "engine/rule_change.hpp"

#include <algorithm>
#include <set>

#include "engine/execution.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

bool may_change_rules(Organisation const& organisation, decision::Rules const& rules, Actor const& actor) {
  Participant const* const participant = organisation.participant(actor.username);
  return participant && rules.permissions.may_at_large(*participant, "rules.change");
}

bool same_weights(decision::LightPolicy const& a, decision::LightPolicy const& b) {
  return a.lead_weight == b.lead_weight && a.support_weight == b.support_weight;
}

}  // namespace

Result<Effects> change_rules_within(store::Transaction& transaction, RuleChange const& change,
                                    std::map<std::string, nlohmann::json> const& documents,
                                    Actor const& actor, Moment moment) {
  Result<Effects> effects = effects_of(transaction, change, moment.at);
  if (!effects) return effects;
  Organisation const organisation = transaction.organisation();
  nlohmann::json kept = nlohmann::json::object();
  for (auto const& [name, document] : documents) {
    transaction.put_definition(name, document.dump());
    kept[name] = document;
  }
  transaction.append({0,
                      moment.at,
                      moment.recorded_at,
                      actor,
                      std::nullopt,
                      "rules.changed",
                      {{"documents", std::move(kept)},
                       {"phrases", change.phrases.size()},
                       {"dues", effects->dues.size()},
                       {"steps", effects->steps.size()}},
                      nlohmann::json::object()});
  Execution execution(transaction, change.after, organisation, moment.recorded_at);
  std::set<ItemId> moved;
  for (DueChange const& due : effects->dues) {
    execution.change_due(due.item, due.after, due.phrase, due.reason, actor, moment.at);
    moved.insert(due.item.id());
  }
  bool const other_ladder = change.before.escalation != change.after.escalation;
  bool const other_weights = !same_weights(change.before.lights, change.after.lights);
  store::ItemFilter open;
  open.open = true;
  if (other_ladder || other_weights)
    for (WorkItem const& item : transaction.items(open)) {
      if (other_ladder && !moved.contains(item.id())) execution.renew_ladder(item, moment.at);
      if (other_weights && item.definition.kind == ItemKind::Task) execution.sum_up(item.id(), moment.at);
    }
  return effects;
}

Result<Effects> change_rules(store::Store& store, RuleChange const& change,
                             std::map<std::string, nlohmann::json> const& documents, Actor const& actor,
                             Moment moment, std::function<void()> const& decided) {
  Effects effects;
  Result<void> const written = store.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    if (!may_change_rules(transaction.organisation(), change.before, actor))
      return refuse(Reason::Forbidden, "",
                    {"您无权变更规则，须由领导小组决定",
                     "may not change the rules of a running year; the leadership group may"});
    Result<Effects> done = change_rules_within(transaction, change, documents, actor, moment);
    if (!done) return tl::unexpected(done.error());
    effects = std::move(*done);
    if (decided) decided();
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return effects;
}

}  // namespace xiaohao
