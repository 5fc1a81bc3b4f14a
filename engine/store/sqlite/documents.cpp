// Papers, as they were signed.

#include "engine/json/document.hpp"
#include "engine/store/sqlite/rows_read.hpp"
#include "engine/store/sqlite/transaction.hpp"

namespace xiaohao::store::sqlite {
namespace {

FormalDocument read_document(Query const& row) {
  FormalDocument document;
  document.id = row.integer(0);
  document.kind = document_kind_named(row.text(1)).value_or(DocumentKind::Order);
  document.year = row.small(2);
  document.number = row.small(3);
  if (auto unit = row.text_or_none(4)) document.unit = UnitId{std::move(*unit)};
  document.content = nlohmann::json::parse(row.text(5), nullptr, false);
  document.signed_by = Username{row.text(6)};
  document.signed_at = row.instant(7);
  return document;
}

}  // namespace

std::vector<FormalDocument> SqliteReader::documents(int limit) const {
  Query query = connection_.query("documents");
  query.bind(":limit", limit > 0 ? limit : 1'000'000);
  return all_rows(query, read_document);
}

std::optional<FormalDocument> SqliteReader::document(std::int64_t id) const {
  Query query = connection_.query("document");
  query.bind(":id", id);
  return one_row(query, read_document);
}

int SqliteTransaction::next_document_number(DocumentKind kind, int year) {
  Query query = connection_.query("next_document_number");
  query.bind(":kind", to_string(kind)).bind(":year", year);
  query.next();
  return query.small(0);
}

std::int64_t SqliteTransaction::insert_document(FormalDocument const& document) {
  Query query = connection_.query("insert_document");
  query.bind(":kind", to_string(document.kind))
      .bind(":year", document.year)
      .bind(":number", document.number)
      .bind(":unit", document.unit)
      .bind(":content", document.content.dump())
      .bind(":signed_by", document.signed_by)
      .bind(":signed_at", document.signed_at);
  query.next();
  return query.integer(0);
}

}  // namespace xiaohao::store::sqlite
