#pragma once

// Findings for whoever is signed in, from pages and API alike: the ledger, and what changes it.

#include "engine/findings.hpp"
#include "web/api/query.hpp"
#include "web/asked_change.hpp"

namespace xiaohao::web {

/// Whoever may read the history of items may read findings: their words are what people wrote. Forbidden
/// otherwise.
Result<void> may_read_findings(Application& application, Username const& username);

/// Which findings; every given condition must hold.
struct FindingQuery {
  std::optional<PlanYear> plan;
  std::optional<std::string> source, state, campaign;
  std::optional<UnitId> unit;
  std::optional<decision::Light> light;
  std::optional<Rectification> rectification;
  std::optional<ItemId> similar;                           ///< of this group
  std::optional<ItemId> checks;                            ///< self-checks for this one
  std::optional<std::string> listed, deepened, rechecked;  ///< campaigns in which that was done
  std::optional<bool> relapse, self_check;
  std::optional<std::string> text;  ///< of title, problem, source or reference
  std::optional<ItemId> after;
};

/// `plan, source, unit, state, light, campaign, rectification, group, checks, listed, deepened, rechecked,
/// relapse, self_check, q, cursor`. Faults are left in `query`.
FindingQuery read_finding_query(api::Query& query, decision::Rules const& rules);

struct LedgerRow {
  Finding finding;
  WorkItem item;
  decision::Light light;
  std::string problem;  ///< of a self-check the first one's
};

/// In the order they were registered.
std::vector<LedgerRow> find_findings(Application& application, FindingQuery const& query);

/// What the three campaigns read: how many were listed, deepened and looked at again in each.
struct CampaignFindings {
  std::string campaign;
  int listed = 0, deepened = 0, rechecked = 0;
};
std::vector<CampaignFindings> findings_by_campaign(store::Reader const& reader, Plan const& plan);

void register_finding(Application& application, FindingWish wish, Username const& who,
                      Written<Finding> answer);
void group_findings(Application& application, ItemId item, std::vector<ItemId> with, Username const& who,
                    Written<Finding> answer);
void push_self_check(Application& application, SelfCheck wish, Username const& who,
                     Written<std::vector<Finding>> answer);

Text rectification_name(Rectification rectification);  ///< 立行立改, 限期整改, 长期坚持

}  // namespace xiaohao::web
