// Findings: what is peculiar to them, beside their items.

#include "engine/json/document.hpp"
#include "engine/store/sqlite/rows_read.hpp"
#include "engine/store/sqlite/transaction.hpp"

namespace xiaohao::store::sqlite {
namespace {

std::optional<ItemId> item_at(Query const& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(ItemId{row.integer(column)});
}

std::vector<std::string> names_at(Query const& row, int column) {
  return nlohmann::json::parse(row.text(column)).get<std::vector<std::string>>();
}

Finding read_finding(Query const& row) {
  Finding finding;
  finding.item = ItemId{row.integer(0)};
  finding.plan = PlanYear{row.small(1)};
  finding.source = row.text(2);
  finding.reference = row.text(3);
  finding.fed_back = row.date_or_none(4);
  finding.common = row.flag(5);
  finding.rectification = rectification_named(row.text(6)).value_or(Rectification::Dated);
  finding.problem = row.text(7);
  finding.goal = row.text(8);
  finding.measures = row.text(9);
  if (auto person = row.text_or_none(10)) finding.person = Username{std::move(*person)};
  for (nlohmann::json const& linked : nlohmann::json::parse(row.text(11)))
    finding.linked.emplace_back(linked.get<std::int64_t>());
  finding.similar = item_at(row, 12);
  finding.checks = item_at(row, 13);
  finding.relapse_of = item_at(row, 14);
  finding.deepened = names_at(row, 15);
  finding.rechecked = names_at(row, 16);
  finding.registered_by = Username{row.text(17)};
  finding.registered_at = row.instant(18);
  return finding;
}

}  // namespace

std::vector<Finding> SqliteReader::findings(PlanYear plan) const {
  Query query = connection_.query("findings");
  query.bind(":plan", plan);
  return all_rows(query, read_finding);
}

std::optional<Finding> SqliteReader::finding(ItemId item) const {
  Query query = connection_.query("finding");
  query.bind(":item", item);
  return one_row(query, read_finding);
}

std::optional<Finding> SqliteReader::finding_named(PlanYear plan, std::string const& source,
                                                   std::string const& reference) const {
  Query query = connection_.query("finding_named");
  query.bind(":plan", plan).bind(":source", source).bind(":reference", reference);
  return one_row(query, read_finding);
}

int SqliteTransaction::next_finding_number(PlanYear plan) {
  Query query = connection_.query("next_finding_number");
  query.bind(":plan", plan);
  query.next();
  return query.small(0);
}

void SqliteTransaction::put_finding(Finding const& f) {
  nlohmann::json linked = nlohmann::json::array();
  for (ItemId const& item : f.linked) linked.push_back(item.value());
  connection_.query("put_finding")
      .bind(":item", f.item)
      .bind(":plan", f.plan)
      .bind(":source", f.source)
      .bind(":reference", f.reference)
      .bind(":fed_back", f.fed_back)
      .bind(":common", f.common)
      .bind(":rectification", to_string(f.rectification))
      .bind(":problem", f.problem)
      .bind(":goal", f.goal)
      .bind(":measures", f.measures)
      .bind(":person", f.person)
      .bind(":linked", linked.dump())
      .bind(":similar", f.similar)
      .bind(":checks", f.checks)
      .bind(":relapse_of", f.relapse_of)
      .bind(":deepened", nlohmann::json(f.deepened).dump())
      .bind(":rechecked", nlohmann::json(f.rechecked).dump())
      .bind(":registered_by", f.registered_by)
      .bind(":registered_at", f.registered_at)
      .run();
}

}  // namespace xiaohao::store::sqlite
