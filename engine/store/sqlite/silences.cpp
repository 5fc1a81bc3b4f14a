// Silences, absences, and the secret that links are signed with.

#include "engine/store/sqlite/rows_read.hpp"
#include "engine/store/sqlite/transaction.hpp"

namespace xiaohao::store::sqlite {
namespace {

template <class Value>
std::optional<Value> id_or_none(std::optional<std::string> text) {
  return text ? std::optional(Value{std::move(*text)}) : std::nullopt;
}

Silence read_silence(Query const& row) {
  Silence silence;
  silence.id = row.integer(0);
  if (auto const item = row.text_or_none(1)) silence.item = ItemId{row.integer(1)};
  silence.unit = id_or_none<UnitId>(row.text_or_none(2));
  silence.recipient = id_or_none<Username>(row.text_or_none(3));
  silence.step = row.text(4);
  silence.reason = row.text(5);
  silence.from = row.instant(6);
  silence.until = row.instant(7);
  silence.set_by = Username{row.text(8)};
  silence.ended_at = row.instant_or_none(9);
  silence.ended_by = id_or_none<Username>(row.text_or_none(10));
  return silence;
}

Absence read_absence(Query const& row) {
  Absence absence;
  absence.id = row.integer(0);
  absence.away = Username{row.text(1)};
  absence.substitute = Username{row.text(2)};
  absence.first = parse_date(row.text(3)).value();
  absence.last = parse_date(row.text(4)).value();
  absence.reason = row.text(5);
  absence.set_by = Username{row.text(6)};
  absence.ended_at = row.instant_or_none(7);
  return absence;
}

}  // namespace

std::vector<Silence> SqliteReader::silences_at(Instant at) const {
  Query query = connection_.query("silences_at");
  query.bind(":at", at);
  return all_rows(query, read_silence);
}

std::vector<Silence> SqliteReader::silences(int limit) const {
  Query query = connection_.query("silences");
  query.bind(":limit", limit);
  return all_rows(query, read_silence);
}

std::optional<Silence> SqliteReader::silence(std::int64_t id) const {
  Query query = connection_.query("silence");
  query.bind(":id", id);
  return one_row(query, read_silence);
}

std::vector<Absence> SqliteReader::absences_at(Instant at) const {
  Query query = connection_.query("absences_at");
  query.bind(":at", at).bind(":day", local_date(at));
  return all_rows(query, read_absence);
}

std::vector<Absence> SqliteReader::absences(int limit) const {
  Query query = connection_.query("absences");
  query.bind(":limit", limit);
  return all_rows(query, read_absence);
}

std::optional<Absence> SqliteReader::absence(std::int64_t id) const {
  Query query = connection_.query("absence");
  query.bind(":id", id);
  return one_row(query, read_absence);
}

std::optional<std::string> SqliteReader::secret(std::string const& name) const {
  Query query = connection_.query("secret");
  query.bind(":name", name);
  return one_row(query, [](Query const& row) { return row.text(0); });
}

std::int64_t SqliteTransaction::put_silence(Silence const& s) {
  if (s.id != 0) {
    connection_.query("end_silence")
        .bind(":id", s.id)
        .bind(":ended_at", s.ended_at)
        .bind(":ended_by", s.ended_by)
        .run();
    return s.id;
  }
  connection_.query("put_silence")
      .bind(":item", s.item)
      .bind(":unit", s.unit)
      .bind(":recipient", s.recipient)
      .bind(":step", s.step)
      .bind(":reason", s.reason)
      .bind(":begins_at", s.from)
      .bind(":until", s.until)
      .bind(":set_by", s.set_by)
      .run();
  return last_id();
}

std::int64_t SqliteTransaction::put_absence(Absence const& a) {
  if (a.id != 0) {
    connection_.query("end_absence").bind(":id", a.id).bind(":ended_at", a.ended_at).run();
    return a.id;
  }
  connection_.query("put_absence")
      .bind(":away", a.away)
      .bind(":substitute", a.substitute)
      .bind(":first", a.first)
      .bind(":last", a.last)
      .bind(":reason", a.reason)
      .bind(":set_by", a.set_by)
      .run();
  return last_id();
}

void SqliteTransaction::put_secret(std::string const& name, std::string const& bytes) {
  connection_.query("put_secret").bind(":name", name).bind_bytes(":bytes", bytes).run();
}

std::int64_t SqliteTransaction::last_id() const {
  Query query = connection_.query("last_id");
  query.next();
  return query.integer(0);
}

}  // namespace xiaohao::store::sqlite
