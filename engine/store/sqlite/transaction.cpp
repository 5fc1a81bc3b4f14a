#include "engine/store/sqlite/transaction.hpp"

#include <array>
#include <stdexcept>

#include "engine/domain/item_json.hpp"
#include "engine/journal/base64.hpp"
#include "engine/journal/commitment.hpp"
#include "engine/journal/merkle.hpp"
#include "engine/json/document.hpp"
#include "engine/store/sqlite/rows.hpp"

namespace xiaohao::store::sqlite {
namespace {

/// What people write in their own words, and a file's name: all of an entry that may name a private person.
constexpr std::array<char const*, 8> own_words{"goal",    "measures", "name",    "note",
                                               "problem", "reason",   "summary", "text"};

/// Takes such texts out of the payload and puts commitments to them into the entry.
std::vector<journal::CommittedText> commit_to_texts(JournalEntry& entry, journal::HashAlgorithm with) {
  std::vector<journal::CommittedText> texts;
  if (!entry.item || entry.actor.automatic) return texts;
  for (char const* field : own_words) {
    auto const found = entry.payload.find(field);
    if (found == entry.payload.end() || !found->is_string() || found->get_ref<std::string const&>().empty())
      continue;
    texts.push_back({entry.index, field, journal::new_salt(), found->get<std::string>()});
    entry.commitments[field] =
        journal::to_base64(journal::commitment_of(texts.back().salt, texts.back().text, with));
    entry.payload.erase(found);
  }
  return texts;
}

}  // namespace

void SqliteTransaction::put_plan(Plan const& plan) {
  Query query = connection_.query("put_plan");
  bind_plan(query, plan);
  query.run();
}

void SqliteTransaction::put_unit(Unit const& unit) {
  Query query = connection_.query("put_unit");
  bind_unit(query, unit);
  query.run();
}

void SqliteTransaction::put_group(UnitGroup const& group) {
  Query query = connection_.query("put_group");
  bind_group(query, group);
  query.run();
}

void SqliteTransaction::put_participant(Participant const& participant) {
  Query query = connection_.query("put_participant");
  bind_participant(query, participant);
  query.run();
}

void SqliteTransaction::put_definition(std::string const& name, std::string const& json) {
  connection_.query("put_definition").bind(":name", name).bind(":json", json).run();
}

ItemId SqliteTransaction::next_item_id() {
  Query query = connection_.query("next_item_id");
  query.next();
  return ItemId{query.integer(0)};
}

SqliteTransaction::Counted SqliteTransaction::counted(ItemId id) {
  Query query = connection_.query("count_key");
  query.bind(":id", id);
  if (!query.next())
    throw std::logic_error("item " + std::to_string(id.value()) + " is not there to be counted");
  return {{query.integer(0), query.text(1), query.text(2), query.text(3), query.text(4)}, query.integer(5)};
}

void SqliteTransaction::count(char const* statement, CountPlace const& place, std::int64_t progress) {
  auto const& [plan, kind, campaign, unit, stage] = place;
  connection_.query(statement)
      .bind(":plan", plan)
      .bind(":kind", kind)
      .bind(":campaign", campaign)
      .bind(":unit", unit)
      .bind(":stage", stage)
      .bind(":progress", progress)
      .run();
}

void SqliteTransaction::recount(Counted const& before, Counted const& after) {
  if (before.place != after.place) {
    count("subtract_count", before.place, before.progress);
    count("add_count", after.place, after.progress);
  } else if (before.progress != after.progress) {
    count("change_count", after.place, after.progress - before.progress);
  }
}

void SqliteTransaction::insert_item(WorkItem const& item, std::vector<std::string> const& active_states) {
  ItemDefinition const& d = item.definition;
  has_inserted_items_ = true;
  connection_.query("insert_item")
      .bind(":id", d.id)
      .bind(":plan", d.plan)
      .bind(":parent", d.parent)
      .bind(":kind", to_string(d.kind))
      .bind(":number", d.number)
      .bind(":unit", d.unit)
      .bind(":campaigns", campaigns_key(d))
      .bind(":definition", definition_to_json(d).dump())
      .run();
  {
    Query query = connection_.query("insert_status");
    bind_status(query, d.id, item.status, active_states);
    query.run();
  }
  Counted const added = counted(d.id);
  count("add_count", added.place, added.progress);
}

void SqliteTransaction::update_item(ItemId id, ItemStatus const& status,
                                    std::vector<std::string> const& active_states) {
  Counted const before = counted(id);
  {
    Query query = connection_.query("update_status");
    bind_status(query, id, status, active_states);
    if (query.run() != 1)
      throw std::logic_error("item " + std::to_string(id.value()) + " is not at version " +
                             std::to_string(status.version - 1));
  }
  recount(before, counted(id));
}

void SqliteTransaction::insert_evidence(Evidence const& e) {
  connection_.query("insert_evidence")
      .bind(":item", e.item)
      .bind(":sha256", e.sha256)
      .bind(":name", e.name)
      .bind(":size", e.size)
      .bind(":media_type", e.media_type)
      .bind(":note", e.note)
      .bind(":attached_by", e.attached_by)
      .bind(":attached_at", e.attached_at)
      .bind(":cycle", e.cycle)
      .run();
}

void SqliteTransaction::withdraw_evidence(ItemId item, Sha256Hex const& sha256) {
  connection_.query("withdraw_evidence").bind(":item", item).bind(":sha256", sha256).run();
}

std::int64_t SqliteTransaction::append(JournalEntry entry) {
  entry.index = journal_size();
  std::vector<journal::CommittedText> const texts = commit_to_texts(entry, hash_algorithm());
  std::string const leaf = leaf_of(entry);
  connection_.query("append")
      .bind(":position", entry.index)
      .bind(":item", entry.item)
      .bind_bytes(":leaf", leaf)
      .run();
  auto const read = [this](int level, std::int64_t position) { return journal_node(level, position); };
  for (journal::Node const& node : journal::nodes_completed_by(leaf, entry.index, read, hash_algorithm()))
    connection_.query("put_journal_node")
        .bind(":level", node.level)
        .bind(":position", node.position)
        .bind_bytes(":hash", node.hash)
        .run();
  for (journal::CommittedText const& text : texts)
    connection_.query("put_journal_text")
        .bind(":position", text.entry)
        .bind(":field", text.field)
        .bind_bytes(":salt", text.salt)
        .bind(":text", text.text)
        .run();
  return entry.index;
}

void SqliteTransaction::erase_texts(ItemId item, std::vector<journal::CommittedText> const& texts) {
  auto const erase_from = [&](char const* statement, std::string const& text) {
    return connection_.query(statement)
        .bind(":item", item)
        .bind(":text", text)
        .bind(":erased", erased_text)
        .run();
  };
  for (journal::CommittedText const& text : texts) {
    connection_.query("erase_journal_text").bind(":position", text.entry).bind(":field", text.field).run();
    if (text.field == "name") erase_from("erase_evidence_name", text.text);
    if (text.field == "note") erase_from("erase_evidence_note", text.text);
    erase_from("erase_from_finding", text.text);
    erase_from("erase_from_notices", text.text);
    // As it stands inside the request's JSON, without the quotes around it.
    std::string const quoted = nlohmann::json(text.text).dump();
    connection_.query("erase_from_replies").bind(":text", quoted.substr(1, quoted.size() - 2)).run();
  }
}

void SqliteTransaction::put_timer(Timer const& timer) {
  connection_.query("put_timer")
      .bind(":item", timer.item)
      .bind(":due_at", timer.due)
      .bind(":kind", timer.kind)
      .bind(":key", timer.key)
      .run();
}

void SqliteTransaction::cancel_timer(ItemId item, std::string const& kind, std::string const& key) {
  connection_.query("cancel_timer").bind(":item", item).bind(":kind", kind).bind(":key", key).run();
}

void SqliteTransaction::cancel_timers(ItemId item, std::string const& kind) {
  connection_.query("cancel_timers").bind(":item", item).bind(":kind", kind).run();
}

bool SqliteTransaction::insert_notice(Notice const& notice) {
  Query query = connection_.query("insert_notice");
  bind_notice(query, notice);
  return query.run() == 1;
}

void SqliteTransaction::update_notice(Notice const& n) {
  connection_.query("update_notice")
      .bind(":id", n.id)
      .bind(":state", to_string(n.state))
      .bind(":sent_at", n.sent_at)
      .bind(":acknowledged_at", n.acknowledged_at)
      .bind(":attempts", n.attempts)
      .bind(":next_attempt_at", n.next_attempt_at)
      .bind(":last_error", n.last_error)
      .bind(":delivery", n.delivery)
      .bind(":receipt", n.receipt)
      .bind(":withheld", n.withheld)
      .run();
}

void SqliteTransaction::put_reply(Username const& who, std::string const& key, Reply const& reply) {
  connection_.query("put_reply")
      .bind(":username", who)
      .bind(":key", key)
      .bind(":request", reply.request)
      .bind(":answer", reply.answer)
      .run();
}

void SqliteTransaction::put_account(identity::Account const& account) {
  connection_.query("put_account")
      .bind(":username", account.username)
      .bind(":password_hash", account.password_hash)
      .bind(":disabled", account.disabled)
      .bind(":changed_at", account.changed_at)
      .run();
}

void SqliteTransaction::put_one_time_codes(identity::OneTimeCodes const& codes) {
  connection_.query("put_one_time_codes")
      .bind(":username", codes.username)
      .bind_bytes(":secret", codes.secret)
      .bind(":since", codes.since)
      .bind(":last_step", codes.last_step)
      .run();
}

void SqliteTransaction::delete_one_time_codes(Username const& username) {
  connection_.query("delete_one_time_codes").bind(":username", username).run();
}

void SqliteTransaction::put_session(identity::Session const& s) {
  connection_.query("put_session")
      .bind(":token_hash", s.token_hash)
      .bind(":username", s.username)
      .bind(":csrf_token", s.csrf_token)
      .bind(":created_at", s.created_at)
      .bind(":last_seen_at", s.last_seen_at)
      .bind(":expires_at", s.expires_at)
      .bind(":address", s.address)
      .run();
}

void SqliteTransaction::delete_session(std::string const& token_hash) {
  connection_.query("delete_session").bind(":token_hash", token_hash).run();
}
void SqliteTransaction::delete_sessions_of(Username const& username) {
  connection_.query("delete_sessions_of").bind(":username", username).run();
}
void SqliteTransaction::delete_sessions_before(Instant expiry) {
  connection_.query("delete_sessions_before").bind(":expiry", expiry).run();
}

void SqliteTransaction::put_access_token(identity::AccessToken const& t) {
  connection_.query("put_access_token")
      .bind(":token_hash", t.token_hash)
      .bind(":username", t.username)
      .bind(":name", t.name)
      .bind(":created_at", t.created_at)
      .bind(":expires_at", t.expires_at)
      .bind(":revoked", t.revoked)
      .bind(":scopes", t.scopes ? std::optional(identity::text_of(*t.scopes)) : std::nullopt)
      .run();
}

void SqliteTransaction::put_sign_in_failures(identity::SignInFailures const& f) {
  connection_.query("put_sign_in_failures")
      .bind(":subject", f.subject)
      .bind(":count", f.count)
      .bind(":last_at", f.last_at)
      .run();
}

void SqliteTransaction::clear_sign_in_failures(std::string const& subject) {
  connection_.query("clear_sign_in_failures").bind(":subject", subject).run();
}

void SqliteTransaction::delete_sign_in_failures_before(Instant last) {
  connection_.query("delete_sign_in_failures_before").bind(":last", last).run();
}

}  // namespace xiaohao::store::sqlite
