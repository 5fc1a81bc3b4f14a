#include "engine/store/sqlite/reader.hpp"

#include <stdexcept>

#include "engine/journal/merkle.hpp"
#include "engine/json/document.hpp"
#include "engine/store/sqlite/rows.hpp"
#include "engine/store/sqlite/rows_read.hpp"

namespace xiaohao::store::sqlite {
namespace {

Timer read_timer(Query const& row) {
  return {TimerId{row.integer(0)}, ItemId{row.integer(1)}, row.instant(2), row.text(3), row.text(4)};
}
journal::SignedHead read_signed_head(Query const& row) {
  auto const suite = journal::suite_named(row.text(0)).value_or(journal::Suite::Sha256Ed25519);
  return {{suite, row.integer(1), row.text(2), row.text(3), row.text(4)}, row.text(5)};
}
JournalLine read_line(Query const& row) { return {row.integer(0), row.text(1), {}}; }

/// Gives each line its texts; both in the order of the journal.
std::vector<JournalLine> with_texts(std::vector<JournalLine> lines, Query& texts) {
  auto line = lines.begin();
  while (texts.next()) {
    std::int64_t const position = texts.integer(0);
    while (line != lines.end() && line->index < position) ++line;
    if (line == lines.end() || line->index != position) continue;
    line->texts.push_back({position, texts.text(1), texts.text(2), texts.text(3)});
  }
  return lines;
}

identity::Account read_account(Query const& row) {
  return {Username{row.text(0)}, row.text(1), row.flag(2), row.instant(3)};
}
identity::AccessToken read_access_token(Query const& row) {
  auto const scopes = row.text_or_none(6);
  return {row.text(0),
          Username{row.text(1)},
          row.text(2),
          row.instant(3),
          row.instant_or_none(4),
          row.flag(5),
          scopes ? identity::Scopes(identity::scopes_in(*scopes)) : std::nullopt};
}
identity::Session read_session(Query const& row) {
  return {row.text(0),    Username{row.text(1)}, row.text(2), row.instant(3),
          row.instant(4), row.instant(5),        row.text(6)};
}

auto item_reader(Connection& connection) {
  return [&connection](Query const& row) { return read_item(row, connection.definitions()); };
}

std::optional<std::string> named(std::optional<ItemKind> kind) {
  return kind ? std::optional(std::string(to_string(*kind))) : std::nullopt;
}
std::optional<std::string> named(std::optional<NoticeState> state) {
  return state ? std::optional(std::string(to_string(*state))) : std::nullopt;
}

}  // namespace

std::vector<Plan> SqliteReader::plans() const {
  Query query = connection_.query("plans");
  return all_rows(query, read_plan);
}

std::optional<Plan> SqliteReader::plan(PlanYear year) const {
  Query query = connection_.query("plan");
  query.bind(":year", year);
  return one_row(query, read_plan);
}

Organisation SqliteReader::organisation() const {
  Organisation organisation;
  Query units = connection_.query("units");
  while (units.next()) {
    Unit unit = read_unit(units);
    organisation.units.emplace(unit.id, unit);
  }
  Query groups = connection_.query("groups");
  while (groups.next()) {
    UnitGroup group = read_group(groups);
    organisation.groups.emplace(group.id, group);
  }
  Query participants = connection_.query("participants");
  while (participants.next()) {
    Participant participant = read_participant(participants);
    organisation.participants.emplace(participant.username, participant);
  }
  return organisation;
}

std::optional<std::string> SqliteReader::definition(std::string const& name) const {
  Query query = connection_.query("definition");
  query.bind(":name", name);
  return one_row(query, [](Query const& row) { return row.text(0); });
}

std::vector<std::string> SqliteReader::definition_names() const {
  std::vector<std::string> names;
  Query query = connection_.query("definition_names");
  while (query.next()) names.push_back(query.text(0));
  return names;
}

std::optional<WorkItem> SqliteReader::item(ItemId id) const {
  Query query = connection_.query("item");
  query.bind(":id", id);
  return one_row(query, item_reader(connection_));
}

std::vector<WorkItem> SqliteReader::children(ItemId parent) const {
  Query query = connection_.query("children");
  query.bind(":parent", parent);
  return all_rows(query, item_reader(connection_));
}

std::vector<UnitId> SqliteReader::lead_units(ItemId task) const {
  Query query = connection_.query("lead_units");
  query.bind(":task", task);
  return all_rows(query, [](Query const& row) { return UnitId{row.text(0)}; });
}

std::vector<WorkItem> SqliteReader::items(ItemFilter const& filter) const {
  Query query = connection_.query("items");
  query.bind(":plan", filter.plan)
      .bind(":kind", named(filter.kind))
      .bind(":campaign", filter.campaign)
      .bind(":unit", filter.unit);
  query.bind(":state", filter.state)
      .bind(":due_before", filter.due_before)
      .bind(":due_after", filter.due_after)
      .bind(":parent", filter.parent);
  query.bind(":number", filter.number)
      .bind(":text", filter.text)
      .bind(":open", filter.open)
      .bind(":after_id", filter.after);
  query.bind(":limit", filter.limit > 0 ? filter.limit : -1);
  return all_rows(query, item_reader(connection_));
}

std::vector<Count> SqliteReader::counts(PlanYear plan) const {
  Query query = connection_.query("counts");
  query.bind(":plan", plan);
  return all_rows(query, [](Query const& row) {
    return Count{item_kind_named(row.text(0)).value(),
                 row.text(1),
                 row.text(2),
                 row.text(3),
                 row.integer(4),
                 row.integer(5)};
  });
}

std::vector<Evidence> SqliteReader::evidence_of(ItemId item) const {
  Query query = connection_.query("evidence_of");
  query.bind(":item", item);
  return all_rows(query, read_evidence);
}

std::vector<Evidence> SqliteReader::evidence(Sha256Hex const& sha256) const {
  Query query = connection_.query("evidence");
  query.bind(":sha256", sha256);
  return all_rows(query, read_evidence);
}

std::int64_t SqliteReader::journal_size() const {
  Query query = connection_.query("journal_size");
  query.next();
  return query.integer(0);
}

std::string SqliteReader::journal_node(int level, std::int64_t position) const {
  Query query = connection_.query("journal_node");
  query.bind(":level", level).bind(":position", position);
  if (!query.next())
    throw DatabaseError(SQLITE_CORRUPT, "the journal's tree has no node " + std::to_string(level) + "/" +
                                            std::to_string(position));
  return query.text(0);
}

journal::Suite SqliteReader::journal_suite() const {
  if (!suite_) {
    Query query = connection_.query("seal");
    std::optional<journal::Suite> const known =
        query.next() ? journal::suite_named(query.text(0)) : std::nullopt;
    suite_ = known.value_or(journal::Suite::Sha256Ed25519);
  }
  return *suite_;
}

std::vector<journal::SignedHead> SqliteReader::signed_heads(std::int64_t size, int limit) const {
  Query query = connection_.query("signed_heads");
  query.bind(":size", size).bind(":limit", limit > 0 ? limit : -1);
  return all_rows(query, read_signed_head);
}

std::optional<journal::SignedHead> SqliteReader::last_signed_head() const {
  Query query = connection_.query("last_signed_head");
  return one_row(query, read_signed_head);
}

RegisterState SqliteReader::register_state() const {
  Query query = connection_.query("seal");
  return query.next() ? RegisterState{query.integer(3), query.text(4)} : RegisterState{};
}

std::vector<JournalLine> SqliteReader::entries_of_type(std::string const& type) const {
  Query query = connection_.query("entries_of_type");
  query.bind(":mark", "\"type\":\"" + type + "\"");
  std::vector<JournalLine> lines = all_rows(query, read_line);
  std::erase_if(lines, [&](JournalLine const& line) {
    auto const entry = nlohmann::json::parse(line.leaf, nullptr, false);
    return !entry.is_object() || entry.value("type", nlohmann::json()) != type;
  });
  return lines;
}

JournalHead SqliteReader::journal_head() const {
  std::int64_t const size = journal_size();
  return {size, journal_root(size)};
}

std::string SqliteReader::journal_root(std::int64_t size) const {
  auto const read = [this](int level, std::int64_t position) { return journal_node(level, position); };
  return journal::root_of(size, read, hash_algorithm());
}

std::vector<JournalLine> SqliteReader::journal(std::int64_t from, std::int64_t to) const {
  Query query = connection_.query("journal");
  query.bind(":begin", from).bind(":end", to);
  Query texts = connection_.query("journal_texts");
  texts.bind(":begin", from).bind(":end", to);
  return with_texts(all_rows(query, read_line), texts);
}

std::vector<JournalLine> SqliteReader::history(ItemId item) const {
  Query query = connection_.query("history");
  query.bind(":item", item);
  Query texts = connection_.query("journal_texts_of_item");
  texts.bind(":item", item);
  return with_texts(all_rows(query, read_line), texts);
}

std::vector<std::string> SqliteReader::inclusion_proof(std::int64_t index, std::int64_t size) const {
  return journal::inclusion_proof(
      index, size, [this](int level, std::int64_t position) { return journal_node(level, position); },
      hash_algorithm());
}

std::vector<std::string> SqliteReader::consistency_proof(std::int64_t from, std::int64_t to) const {
  return journal::consistency_proof(
      from, to, [this](int level, std::int64_t position) { return journal_node(level, position); },
      hash_algorithm());
}

std::vector<Timer> SqliteReader::timers_due(Instant now, int limit) const {
  Query query = connection_.query("timers_due");
  query.bind(":now", now).bind(":limit", limit);
  return all_rows(query, read_timer);
}

std::optional<Instant> SqliteReader::next_timer() const {
  Query query = connection_.query("next_timer");
  return query.next() ? query.instant_or_none(0) : std::nullopt;
}

std::vector<Timer> SqliteReader::timers_of(ItemId item) const {
  Query query = connection_.query("timers_of");
  query.bind(":item", item);
  return all_rows(query, read_timer);
}

std::optional<Notice> SqliteReader::notice(NoticeId id) const {
  Query query = connection_.query("notice");
  query.bind(":id", id);
  return one_row(query, read_notice);
}

std::vector<Notice> SqliteReader::notices(NoticeFilter const& filter) const {
  // By what narrows it down most; the statement for all has no index to go by.
  Query query = connection_.query(filter.item        ? "notices_of_item"
                                  : filter.recipient ? "notices_of_recipient"
                                  : filter.state     ? "notices_of_state"
                                                     : "notices");
  query.bind(":recipient", filter.recipient)
      .bind(":item", filter.item)
      .bind(":step", filter.step)
      .bind(":state", named(filter.state));
  query.bind(":channel", filter.channel)
      .bind(":before", filter.before)
      .bind(":delivery", filter.delivery)
      .bind(":limit", filter.limit > 0 ? filter.limit : -1);
  return all_rows(query, read_notice);
}

std::int64_t SqliteReader::unacknowledged(Username const& recipient) const {
  Query query = connection_.query("unacknowledged");
  query.bind(":recipient", recipient);
  query.next();
  return query.integer(0);
}

std::vector<Notice> SqliteReader::notices_to_send(std::string const& channel, Instant now, int limit) const {
  Query query = connection_.query("notices_to_send");
  query.bind(":channel", channel).bind(":now", now).bind(":limit", limit);
  return all_rows(query, read_notice);
}

std::vector<Username> SqliteReader::recipients_to_send(std::string const& channel, Instant now,
                                                       std::string const& after, int limit) const {
  Query query = connection_.query("recipients_to_send");
  query.bind(":channel", channel).bind(":now", now).bind(":after", after).bind(":limit", limit);
  return all_rows(query, [](Query const& row) { return Username{row.text(0)}; });
}

std::vector<Notice> SqliteReader::notices_to_send_to(std::string const& channel, Username const& recipient,
                                                     Instant now) const {
  Query query = connection_.query("notices_to_send_to");
  query.bind(":channel", channel).bind(":recipient", recipient).bind(":now", now);
  return all_rows(query, read_notice);
}

std::vector<Notice> SqliteReader::notices_in_flight(std::string const& channel, int limit) const {
  Query query = connection_.query("notices_in_flight");
  query.bind(":channel", channel).bind(":limit", limit);
  return all_rows(query, read_notice);
}

std::optional<Instant> SqliteReader::next_notice(std::string const& channel) const {
  Query query = connection_.query("next_notice");
  query.bind(":channel", channel);
  return query.next() ? query.instant_or_none(0) : std::nullopt;
}

std::map<NoticeState, std::int64_t> SqliteReader::notice_counts() const {
  Query query = connection_.query("notice_counts");
  std::map<NoticeState, std::int64_t> counts;
  while (query.next())
    if (auto const state = notice_state_named(query.view(0))) counts[*state] = query.integer(1);
  return counts;
}

WaitingNotices SqliteReader::waiting_notices(Instant now) const {
  Query query = connection_.query("waiting_notices");
  query.bind(":now", now);
  query.next();
  return {query.integer(0), query.instant_or_none(1)};
}

std::optional<Reply> SqliteReader::reply(Username const& who, std::string const& key) const {
  Query query = connection_.query("reply");
  query.bind(":username", who).bind(":key", key);
  return one_row(query, [](Query const& row) { return Reply{row.text(0), row.text(1)}; });
}

std::optional<identity::Account> SqliteReader::account(Username const& username) const {
  Query query = connection_.query("account");
  query.bind(":username", username);
  return one_row(query, read_account);
}

std::vector<identity::Account> SqliteReader::accounts() const {
  Query query = connection_.query("accounts");
  return all_rows(query, read_account);
}

std::optional<identity::OneTimeCodes> SqliteReader::one_time_codes(Username const& username) const {
  Query query = connection_.query("one_time_codes");
  query.bind(":username", username);
  return one_row(query, [](Query const& row) {
    return identity::OneTimeCodes{Username{row.text(0)}, row.text(1), row.instant_or_none(2), row.integer(3)};
  });
}

std::optional<identity::Session> SqliteReader::session(std::string const& token_hash) const {
  Query query = connection_.query("session");
  query.bind(":token_hash", token_hash);
  return one_row(query, read_session);
}

std::vector<identity::Session> SqliteReader::sessions(Username const& username) const {
  Query query = connection_.query("sessions");
  query.bind(":username", username);
  return all_rows(query, read_session);
}

std::vector<identity::AccessToken> SqliteReader::access_tokens(Username const& username) const {
  Query query = connection_.query("access_tokens");
  query.bind(":username", username);
  return all_rows(query, read_access_token);
}

std::optional<identity::AccessToken> SqliteReader::access_token(std::string const& token_hash) const {
  Query query = connection_.query("access_token");
  query.bind(":token_hash", token_hash);
  return one_row(query, read_access_token);
}

std::optional<identity::SignInFailures> SqliteReader::sign_in_failures(std::string const& subject) const {
  Query query = connection_.query("sign_in_failures");
  query.bind(":subject", subject);
  return one_row(query, [](Query const& row) {
    return identity::SignInFailures{row.text(0), row.small(1), row.instant(2)};
  });
}

}  // namespace xiaohao::store::sqlite
