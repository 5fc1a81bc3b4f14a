#pragma once

// What the engine asks of a database. One implementation is in `sqlite/`; one suite of tests holds every
// implementation to the words of this file.
//
// Writing: a *work* is a function that reads and writes through a `Transaction`. Works run one at a time, in
// the order given, each inside its own savepoint; many share one commit and so one fsync (group commit). A
// work that returns a refusal, or throws, leaves nothing behind and does not disturb its neighbours. Its
// completion is called after the commit is durable and never before, on the writer's thread.
//
// Reading: a `Snapshot` sees one committed state for as long as it lives, and never waits for the writer.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/domain/command.hpp"
#include "engine/domain/evidence.hpp"
#include "engine/domain/finding.hpp"
#include "engine/domain/formal_document.hpp"
#include "engine/domain/notice.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/domain/plan.hpp"
#include "engine/domain/silence.hpp"
#include "engine/domain/work_item.hpp"
#include "engine/identity/account.hpp"
#include "engine/journal/commitment.hpp"
#include "engine/journal/head.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::store {

/// Which items; every given condition must hold. `state` matches any active state of the lifecycle, `text`
/// any part of title, content or unit name. Ordered by number, then by id.
struct ItemFilter {
  std::optional<PlanYear> plan;
  std::optional<ItemKind> kind;
  std::optional<std::string> campaign;
  std::optional<UnitId> unit;
  std::optional<std::string> state;
  std::optional<Date> due_before;  ///< exclusive
  std::optional<Date> due_after;   ///< exclusive
  std::optional<ItemId> parent;
  std::optional<int> number;
  std::optional<std::string> text;
  std::optional<bool> open;
  std::optional<ItemId> after;  ///< continue after this item of the same order
  int limit = 0;                ///< 0: no limit
};

struct NoticeFilter {
  std::optional<Username> recipient;
  std::optional<ItemId> item;
  std::optional<std::string> step;
  std::optional<NoticeState> state;
  std::optional<std::string> channel;
  std::optional<std::string> delivery;  ///< the message it went out in
  std::optional<NoticeId> before;       ///< newest first: continue before this notice
  int limit = 50;
};

/// Notices that wait: planned, or failed and to be tried again.
struct WaitingNotices {
  std::int64_t due = 0;           ///< of those, whose time has come
  std::optional<Instant> oldest;  ///< when the one that waits longest was to go out first
  friend bool operator==(WaitingNotices const&, WaitingNotices const&) = default;
};

/// How many items of one kind stand in one place. Kept in the transaction that changes them.
struct Count {
  ItemKind kind;
  std::string campaign;  ///< empty: none
  std::string unit;      ///< empty: none
  std::string stage;
  std::int64_t items = 0;
  std::int64_t progress = 0;  ///< sum, in basis points
  friend bool operator==(Count const&, Count const&) = default;
};

/// The head of the journal's Merkle tree (RFC 9162): how many entries, and their root hash.
struct JournalHead {
  std::int64_t size = 0;
  std::string root;  ///< 32 bytes
  friend bool operator==(JournalHead const&, JournalHead const&) = default;
};

/// A journal line as stored: its place, and the exact bytes that were hashed.
struct JournalLine {
  std::int64_t index = 0;
  std::string leaf;
  std::vector<journal::CommittedText> texts{};  ///< by field; those that were not erased
};

/// The line as JSON, its texts put back into the payload; an erased one is absent.
Result<nlohmann::json> told(JournalLine const& line);
/// The entry, its texts put back; `erased_text` for an erased one.
Result<JournalEntry> entry_of(JournalLine const& line);

/// The first answer to a command that came with an idempotency key.
struct Reply {
  std::string request;  ///< what was asked; the same key for something else is refused
  std::string answer;   ///< JSON
};

/// Where the register of rows stands (`docs/decisions/0004-rows-are-sealed.md`).
struct RegisterState {
  std::int64_t changes = 0;
  std::string chain;  ///< 32 bytes
};

class Reader {
 public:
  virtual ~Reader() = default;

  virtual std::vector<Plan> plans() const = 0;
  virtual std::optional<Plan> plan(PlanYear year) const = 0;
  virtual Organisation organisation() const = 0;
  /// JSON of a lifecycle or policy, by name: `assignment/1` …
  virtual std::optional<std::string> definition(std::string const& name) const = 0;
  virtual std::vector<std::string> definition_names() const = 0;  ///< of all that are kept, sorted

  virtual std::optional<WorkItem> item(ItemId id) const = 0;
  virtual std::vector<WorkItem> children(ItemId parent) const = 0;
  /// Units whose shares lead `task`, cancelled ones left out; by item.
  virtual std::vector<UnitId> lead_units(ItemId task) const = 0;
  virtual std::vector<WorkItem> items(ItemFilter const& filter) const = 0;
  virtual std::vector<Count> counts(PlanYear plan) const = 0;

  virtual std::vector<Evidence> evidence_of(ItemId item) const = 0;  ///< oldest first, withdrawn included
  virtual std::vector<Evidence> evidence(
      Sha256Hex const& sha256) const = 0;  ///< every item it was handed in for

  /// Heads that were kept, at a close-out or once a day, of at least `size`; smallest first; 0: no limit.
  virtual std::vector<journal::SignedHead> signed_heads(std::int64_t size, int limit) const = 0;
  virtual std::optional<journal::SignedHead> last_signed_head() const = 0;
  virtual RegisterState register_state() const = 0;
  /// Entries of no item, of this type: `plan.created`, `journal.key` …
  virtual std::vector<JournalLine> entries_of_type(std::string const& type) const = 0;
  virtual journal::Suite journal_suite() const = 0;  ///< what the tree is hashed with
  virtual JournalHead journal_head() const = 0;
  virtual std::vector<JournalLine> journal(std::int64_t from, std::int64_t to) const = 0;  ///< [from, to)
  virtual std::vector<JournalLine> history(ItemId item) const = 0;
  /// What `history` holds, read; a line that is no entry is left out.
  virtual std::vector<JournalEntry> entries_of(ItemId item) const;
  virtual std::vector<std::string> inclusion_proof(std::int64_t index, std::int64_t size) const = 0;
  virtual std::vector<std::string> consistency_proof(std::int64_t from, std::int64_t to) const = 0;

  virtual std::vector<Timer> timers_due(Instant now, int limit) const = 0;  ///< by due instant, then by id
  virtual std::optional<Instant> next_timer() const = 0;
  virtual std::vector<Timer> timers_of(ItemId item) const = 0;

  virtual std::optional<Notice> notice(NoticeId id) const = 0;
  virtual std::vector<Notice> notices(NoticeFilter const& filter) const = 0;
  virtual std::int64_t unacknowledged(
      Username const& recipient) const = 0;  ///< sent to the inbox and not yet seen
  /// Notices of `channel` that are planned or failed and whose time has come; oldest first, ties by id.
  virtual std::vector<Notice> notices_to_send(std::string const& channel, Instant now, int limit) const = 0;
  /// Recipients after `after`, by user name, for whom `channel` has notices whose time has come.
  virtual std::vector<Username> recipients_to_send(std::string const& channel, Instant now,
                                                   std::string const& after, int limit) const = 0;
  /// All of one recipient's: what one message gathers. Oldest first.
  virtual std::vector<Notice> notices_to_send_to(std::string const& channel, Username const& recipient,
                                                 Instant now) const = 0;
  /// Claimed, and not yet said to be sent or failed; oldest first.
  virtual std::vector<Notice> notices_in_flight(std::string const& channel, int limit) const = 0;
  virtual std::optional<Instant> next_notice(std::string const& channel) const = 0;
  /// States that no notice is in are left out.
  virtual std::map<NoticeState, std::int64_t> notice_counts() const = 0;
  virtual WaitingNotices waiting_notices(Instant now) const = 0;

  virtual std::vector<Silence> silences_at(Instant at) const = 0;  ///< those that run
  virtual std::vector<Silence> silences(int limit) const = 0;      ///< the latest first, ended ones included
  virtual std::optional<Silence> silence(std::int64_t id) const = 0;
  virtual std::vector<Absence> absences_at(Instant at) const = 0;  ///< those that run
  virtual std::vector<Absence> absences(int limit) const = 0;      ///< the latest first, ended ones included
  virtual std::optional<Absence> absence(std::int64_t id) const = 0;
  /// Bytes that only this database knows: what links in messages are signed with.
  virtual std::optional<std::string> secret(std::string const& name) const = 0;

  virtual std::vector<FormalDocument> documents(int limit) const = 0;  ///< the latest first; 0: all
  virtual std::optional<FormalDocument> document(std::int64_t id) const = 0;

  virtual std::vector<Finding> findings(PlanYear plan) const = 0;  ///< in the order they were registered
  virtual std::optional<Finding> finding(ItemId item) const = 0;
  /// The one that the source's own list calls `reference`.
  virtual std::optional<Finding> finding_named(PlanYear plan, std::string const& source,
                                               std::string const& reference) const = 0;

  virtual std::optional<Reply> reply(Username const& who, std::string const& key) const = 0;

  virtual std::optional<identity::Account> account(Username const& username) const = 0;
  virtual std::vector<identity::Account> accounts() const = 0;
  virtual std::optional<identity::OneTimeCodes> one_time_codes(Username const& username) const = 0;
  virtual std::optional<identity::CalendarFeed> calendar_feed(Username const& username) const = 0;
  virtual std::optional<identity::CalendarFeed> calendar_feed_by(std::string const& token_hash) const = 0;
  virtual std::vector<identity::UnitCalendarFeed> unit_calendar_feeds(
      Username const& username) const = 0;  ///< by unit
  virtual std::optional<identity::UnitCalendarFeed> unit_calendar_feed_by(
      std::string const& token_hash) const = 0;
  virtual std::optional<identity::Session> session(std::string const& token_hash) const = 0;
  virtual std::vector<identity::Session> sessions(
      Username const& username) const = 0;  ///< expired ones too, the latest first
  virtual std::vector<identity::AccessToken> access_tokens(Username const& username) const = 0;
  virtual std::optional<identity::AccessToken> access_token(std::string const& token_hash) const = 0;
  virtual std::optional<identity::SignInFailures> sign_in_failures(std::string const& subject) const = 0;
};

class Transaction : public virtual Reader {
 public:
  virtual void put_plan(Plan const& plan) = 0;
  virtual void put_unit(Unit const& unit) = 0;
  virtual void put_group(UnitGroup const& group) = 0;
  virtual void put_participant(Participant const& participant) = 0;
  virtual void put_definition(std::string const& name, std::string const& json) = 0;

  virtual ItemId next_item_id() = 0;
  virtual void insert_item(WorkItem const& item, std::vector<std::string> const& active_states) = 0;
  /// Writes the status of an item whose stored version is `status.version - 1`; anything else is a bug and
  /// throws.
  virtual void update_item(ItemId id, ItemStatus const& status,
                           std::vector<std::string> const& active_states) = 0;

  virtual void insert_evidence(Evidence const& evidence) = 0;
  virtual void withdraw_evidence(ItemId item, Sha256Hex const& sha256) = 0;

  /// Gives the entry its index and appends it. Returns the index. What a person wrote in his own words about
  /// an item is committed to, and kept beside the entry.
  virtual std::int64_t append(JournalEntry entry) = 0;
  /// Forgets these texts of the item's entries, and what other rows repeat of them: names and notes of
  /// evidence, a finding's problem and measures, notices about the item, answers kept for repeated requests.
  /// The entries stay as they are.
  virtual void erase_texts(ItemId item, std::vector<journal::CommittedText> const& texts) = 0;
  /// Has the head that this commit ends with signed and kept, if there is a key.
  virtual void keep_head() = 0;

  virtual void put_timer(Timer const& timer) = 0;  ///< replaces the one of the same item, kind and key
  virtual void cancel_timer(ItemId item, std::string const& kind, std::string const& key) = 0;
  virtual void cancel_timers(ItemId item, std::string const& kind) = 0;

  /// False when a notice of this key is there already: nothing is decided twice.
  virtual bool insert_notice(Notice const& notice) = 0;
  virtual void update_notice(Notice const& notice) = 0;  ///< delivery fields only; what was decided stays

  /// Writes a silence, or what has become of one. Returns its id.
  virtual std::int64_t put_silence(Silence const& silence) = 0;
  virtual std::int64_t put_absence(Absence const& absence) = 0;
  virtual void put_secret(std::string const& name, std::string const& bytes) = 0;

  virtual int next_document_number(DocumentKind kind, int year) = 0;
  virtual std::int64_t insert_document(FormalDocument const& document) = 0;  ///< returns its id

  virtual int next_finding_number(PlanYear plan) = 0;  ///< from 1, in the order they are registered
  /// Writes a finding, or in place of the one of the same item.
  virtual void put_finding(Finding const& finding) = 0;

  virtual void put_reply(Username const& who, std::string const& key, Reply const& reply) = 0;

  virtual void put_account(identity::Account const& account) = 0;
  virtual void put_one_time_codes(identity::OneTimeCodes const& codes) = 0;
  virtual void delete_one_time_codes(Username const& username) = 0;
  virtual void put_calendar_feed(identity::CalendarFeed const& feed) = 0;  ///< in place of the one before
  virtual void delete_calendar_feed(Username const& username) = 0;
  /// In place of the one that the same person had of the same unit.
  virtual void put_unit_calendar_feed(identity::UnitCalendarFeed const& feed) = 0;
  virtual void delete_unit_calendar_feed(Username const& username, UnitId const& unit) = 0;
  virtual void put_session(identity::Session const& session) = 0;
  virtual void delete_session(std::string const& token_hash) = 0;
  virtual void delete_sessions_of(Username const& username) = 0;
  virtual void delete_sessions_before(Instant expiry) = 0;
  virtual void put_access_token(identity::AccessToken const& token) = 0;
  virtual void put_sign_in_failures(identity::SignInFailures const& failures) = 0;
  virtual void clear_sign_in_failures(std::string const& subject) = 0;
  virtual void delete_sign_in_failures_before(Instant last) = 0;
};

using Work = std::function<Result<void>(Transaction&)>;
using Completion = std::function<void(Result<void>)>;

class Store {
 public:
  virtual ~Store() = default;

  /// Queues `work` and returns at once. `completion` is told `StorageFull` or `Unavailable` when the commit
  /// failed.
  virtual void write(Work work, Completion completion) = 0;
  /// Queues `work`, waits until it is durable or refused.
  Result<void> write_and_wait(Work work);
  /// A consistent view of the last commit; hand it back soon, the pool is small.
  virtual std::shared_ptr<Reader const> read() = 0;
  /// What signs this store's heads; null when there is none.
  virtual std::shared_ptr<journal::SigningKey const> key() const = 0;
  /// Rises with every commit that changed something. A page made at one number is still true while it is the
  /// same.
  virtual std::int64_t commits() const = 0;
  /// Called after every commit, on the writer's thread, before the completions. Set before the first write.
  virtual void on_commit(std::function<void()> listener) = 0;
  /// False after a failed fsync or a full disk until a write has succeeded again.
  virtual bool healthy() const = 0;
};

}  // namespace xiaohao::store
