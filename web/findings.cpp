#include "web/findings.hpp"

#include <algorithm>
#include <unordered_map>

#include "web/found_items.hpp"
#include "web/work.hpp"

namespace xiaohao::web {
namespace {

bool is_state_of_findings(decision::Rules const& rules, std::string const& name) {
  for (auto const& [lifecycle, definition] : rules.lifecycles)
    for (statechart::State const& state : definition.states())
      if (lifecycle.starts_with("finding/") && state.key == name) return true;
  return false;
}

std::optional<bool> yes_or_no(std::string_view word) {
  if (word == "yes") return true;
  return word == "no" ? std::optional(false) : std::nullopt;
}

bool contains(std::vector<std::string> const& names, std::string const& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool matches(LedgerRow const& row, FindingQuery const& query, std::vector<Campaign> const& campaigns) {
  Finding const& finding = row.finding;
  ItemDefinition const& definition = row.item.definition;
  auto const has = [&](std::string const& text) { return text.find(*query.text) != std::string::npos; };
  return (!query.source || finding.source == *query.source) &&
         (!query.unit || definition.unit == *query.unit) &&
         (!query.state || row.item.status.stage == *query.state) &&
         (!query.light || row.light == *query.light) &&
         (!query.campaign || contains(definition.campaigns, *query.campaign)) &&
         (!query.rectification || finding.rectification == *query.rectification) &&
         (!query.similar || finding.similar == *query.similar) &&
         (!query.checks || finding.checks == *query.checks) &&
         (!query.listed || campaign_at(local_date(finding.registered_at), campaigns) == *query.listed) &&
         (!query.deepened || contains(finding.deepened, *query.deepened)) &&
         (!query.rechecked || contains(finding.rechecked, *query.rechecked)) &&
         (!query.relapse || finding.relapse_of.has_value() == *query.relapse) &&
         (!query.self_check || finding.is_self_check() == *query.self_check) &&
         (!query.text || has(definition.title) || has(row.problem) || has(finding.source) ||
          has(finding.reference)) &&
         (!query.after || finding.item > *query.after);
}

}  // namespace

Result<void> may_read_findings(Application& application, Username const& username) {
  if (may_read_at_large(application, username, "history")) return {};
  return refuse(Reason::Forbidden, "", {"您不能查看反馈问题", "you may not read findings"});
}

FindingQuery read_finding_query(api::Query& query, decision::Rules const& rules) {
  FindingQuery read;
  if (auto const year = query.integer("plan", 1, 9999)) read.plan = PlanYear{static_cast<int>(*year)};
  read.source = query.text("source");
  if (auto const unit = query.text("unit")) read.unit = UnitId{*unit};
  read.state = query.text("state");
  if (read.state && !is_state_of_findings(rules, *read.state))
    query.fault("state", {"反馈问题没有这个状态", "the lifecycle of findings has no such state"});
  read.light = query.one_of("light", decision::light_named, "grey, green, yellow, red");
  read.campaign = query.text("campaign");
  read.rectification = query.one_of("rectification", rectification_named, "immediate, dated, long_term");
  if (auto const group = query.integer("group", 1, INT64_MAX)) read.similar = ItemId{*group};
  if (auto const checks = query.integer("checks", 1, INT64_MAX)) read.checks = ItemId{*checks};
  read.listed = query.text("listed");
  read.deepened = query.text("deepened");
  read.rechecked = query.text("rechecked");
  read.relapse = query.one_of("relapse", yes_or_no, "yes, no");
  read.self_check = query.one_of("self_check", yes_or_no, "yes, no");
  read.text = query.text("q");
  if (auto const after = query.cursor("findings")) read.after = ItemId{*after};
  return read;
}

std::vector<LedgerRow> find_findings(Application& application, FindingQuery const& query) {
  auto const reader = application.engine.store().read();
  std::vector<LedgerRow> rows;
  for (Plan const& plan : reader->plans()) {
    if (query.plan && plan.year != *query.plan) continue;
    store::ItemFilter filter;
    filter.plan = plan.year;
    filter.kind = ItemKind::Finding;
    std::unordered_map<ItemId, WorkItem> items;
    for (WorkItem& item : reader->items(filter)) items.emplace(item.id(), std::move(item));
    std::vector<Finding> const findings = reader->findings(plan.year);
    std::unordered_map<ItemId, std::string const*> problems;
    for (Finding const& finding : findings) problems.emplace(finding.item, &finding.problem);
    for (Finding const& finding : findings) {
      auto const item = items.find(finding.item);
      if (item == items.end()) continue;
      auto const first = problems.find(finding.checks.value_or(finding.item));
      LedgerRow row{finding, item->second, light_of_item(application, item->second).light,
                    first == problems.end() ? std::string() : *first->second};
      if (matches(row, query, plan.campaigns)) rows.push_back(std::move(row));
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](LedgerRow const& a, LedgerRow const& b) { return a.finding.item < b.finding.item; });
  return rows;
}

std::vector<CampaignFindings> findings_by_campaign(store::Reader const& reader, Plan const& plan) {
  std::vector<CampaignFindings> counted;
  std::vector<Finding> const findings = reader.findings(plan.year);
  for (Campaign const& campaign : plan.campaigns) {
    CampaignFindings count{campaign.name};
    for (Finding const& finding : findings) {
      count.listed += campaign_at(local_date(finding.registered_at), plan.campaigns) == campaign.name;
      count.deepened += contains(finding.deepened, campaign.name);
      count.rechecked += contains(finding.rechecked, campaign.name);
    }
    counted.push_back(std::move(count));
  }
  return counted;
}

void register_finding(Application& application, FindingWish wish, Username const& who,
                      Written<Finding> answer) {
  auto const change = [wish = std::move(wish)](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::register_finding(transaction, wish, asking);
  };
  write_as<Finding>(application, who, change, std::move(answer));
}

void group_findings(Application& application, ItemId item, std::vector<ItemId> with, Username const& who,
                    Written<Finding> answer) {
  auto const change = [item, with = std::move(with)](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::group_findings(transaction, item, with, asking);
  };
  write_as<Finding>(application, who, change, std::move(answer));
}

void push_self_check(Application& application, SelfCheck wish, Username const& who,
                     Written<std::vector<Finding>> answer) {
  auto const change = [wish = std::move(wish)](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::push_self_check(transaction, wish, asking);
  };
  write_as<std::vector<Finding>>(application, who, change, std::move(answer));
}

Text rectification_name(Rectification rectification) {
  switch (rectification) {
    case Rectification::Immediate:
      return {"立行立改", "at once"};
    case Rectification::Dated:
      return {"限期整改", "by a day"};
    case Rectification::LongTerm:
      break;
  }
  return {"长期坚持", "for good"};
}

}  // namespace xiaohao::web
