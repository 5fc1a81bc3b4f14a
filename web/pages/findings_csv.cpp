// `/findings.csv`: the ledger of findings in the columns that superiors ask for.

#include <algorithm>

#include "web/csv.hpp"
#include "web/pages/asked_findings.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {

AskedFindings asked_findings(Visit const& visit) {
  AskedFindings asked;
  api::Query query(visit.request);
  asked.query = read_finding_query(query, visit.application.engine.rules());
  if (auto finished = query.finish(); !finished) asked.faults = finished.error().faults;
  if (!asked.query.plan)
    if (auto const board = visit.board()) asked.query.plan = board->plan.year;
  return asked;
}

namespace {

std::string text_of(std::optional<Date> const& date) { return date ? to_string(*date) : ""; }

/// 举一反三情况: in which group it is, how many self-checks were sent, how many are closed.
std::string like_in_words(Say const& t, LedgerRow const& row, std::vector<LedgerRow> const& all) {
  int sent = 0, closed = 0;
  for (LedgerRow const& other : all)
    if (other.finding.checks == row.finding.item) {
      ++sent;
      closed += other.item.status.closed;
    }
  std::string words;
  if (sent > 0)
    words = std::string(t("推送自查 ", "self-checks ")) + std::to_string(sent) +
            std::string(t(" 个单位，已销号 ", ", closed ")) + std::to_string(closed);
  if (row.finding.checks)
    words =
        std::string(t("自查自事项 ", "self-check for item ")) + std::to_string(row.finding.checks->value());
  return words;
}

Result<Response> ledger_csv(Visit const& visit) {
  Say const& t = visit.t;
  if (auto const may = may_read_findings(visit.application, visit.me->username); !may)
    return tl::unexpected(may.error());
  AskedFindings const asked = asked_findings(visit);
  if (!asked.faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, asked.faults});
  auto const head = [&](std::string_view zh, std::string_view en) { return std::string(t(zh, en)); };
  Csv csv({head("序号", "No."),
           head("问题来源", "Source"),
           head("编号", "Reference"),
           head("反馈日期", "Fed back"),
           head("问题名称", "Title"),
           head("问题描述", "Problem"),
           head("类别", "Kind"),
           head("个性/共性", "Common"),
           head("整改目标", "Goal"),
           head("整改措施", "Measures"),
           head("责任领导", "Supervising leader"),
           head("责任单位", "Unit"),
           head("责任人", "Person"),
           head("整改时限", "Deadline"),
           head("现时限", "Due"),
           head("进展情况", "State"),
           head("完成比例", "Progress"),
           head("是否销号", "Closed"),
           head("销号日期", "Closed on"),
           head("佐证材料", "Evidence"),
           head("举一反三情况", "The like"),
           head("备注", "Remarks")});
  FindingQuery everything;
  everything.plan = asked.query.plan;
  std::vector<LedgerRow> const all = find_findings(visit.application, everything);
  auto const reader = visit.application.engine.store().read();
  for (LedgerRow const& row : find_findings(visit.application, asked.query)) {
    Finding const& finding = row.finding;
    ItemDefinition const& definition = row.item.definition;
    ItemStatus const& status = row.item.status;
    Unit const* const unit = definition.unit ? visit.organisation->unit(*definition.unit) : nullptr;
    std::vector<Evidence> const evidence = reader->evidence_of(row.item.id());
    auto const standing = std::count_if(evidence.begin(), evidence.end(),
                                        [](Evidence const& piece) { return !piece.withdrawn; });
    csv.row({std::to_string(definition.number),
             finding.source,
             finding.reference,
             text_of(finding.fed_back),
             definition.title,
             row.problem,
             in(t.language(), rectification_name(finding.rectification)),
             std::string(finding.common ? t("共性", "common") : t("个性", "single")),
             finding.goal,
             finding.measures,
             unit && unit->supervising_leader ? person_name(visit, *unit->supervising_leader) : "",
             unit ? unit->name : "",
             finding.person ? person_name(visit, *finding.person) : "",
             definition.schedule.phrase,
             text_of(status.due),
             state_name(t, visit.application.engine.rules(), status),
             percent(status.progress),
             std::string(status.closed ? t("是", "yes") : t("否", "no")),
             status.closed_at ? to_string(local_date(*status.closed_at)) : "",
             std::to_string(standing),
             like_in_words(t, row, all),
             finding.relapse_of ? std::string(t("反弹，原事项 ", "relapse of item ")) +
                                      std::to_string(finding.relapse_of->value())
                                : std::string()});
  }
  return csv_response(csv, "findings");
}

}  // namespace

void add_findings_csv(Router& router, Application& application) {
  add_page(router, application, "/findings.csv", ledger_csv);
}

}  // namespace xiaohao::web::pages
