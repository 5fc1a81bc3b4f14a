#pragma once

// Where a rehearsal is played: the items of a plan with their timers and notices, in memory. It answers the
// engine as a database does (`store::Transaction`), so that what plays is the engine itself.
//
// It keeps the history of each item, for rules that count over time. The journal's entries are told to who
// listens, and there are no accounts: asking for either is a mistake of the program and throws.

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "engine/store/store.hpp"

namespace xiaohao::rehearsal {

/// One notice that was decided, without its words.
struct ToldNotice {
  ItemId item;
  Username recipient;
  std::string channel;
  std::string step;
  Instant at;
  std::string withheld;  ///< why it is not sent; empty: it is
};

class Stage final : public store::Transaction {
 public:
  explicit Stage(Organisation organisation) : organisation_(std::move(organisation)) {}
  /// The plan of `year` as it stands in `reader`, which must outlive the stage: what was told before is told
  /// no second time.
  Stage(store::Reader const& reader, PlanYear year);

  std::deque<WorkItem> const& all_items() const { return items_; }
  WorkItem const& known_item(ItemId id) const { return items_[place_.at(id)]; }
  std::vector<ItemId> const& children_of(ItemId parent) const;
  std::optional<Timer> first_timer() const;
  std::vector<ToldNotice> const& told() const { return told_; }
  std::int64_t entries() const { return entries_; }
  /// `listener` hears every entry that is appended from now on, with its index.
  void listen(std::function<void(JournalEntry const&)> listener) { listener_ = std::move(listener); }

  std::vector<Plan> plans() const override;
  std::optional<Plan> plan(PlanYear year) const override;
  Organisation organisation() const override { return organisation_; }
  Organisation const& people() const { return organisation_; }
  std::optional<std::string> definition(std::string const& name) const override;
  std::vector<std::string> definition_names() const override;
  std::optional<WorkItem> item(ItemId id) const override;
  std::vector<WorkItem> children(ItemId parent) const override;
  std::vector<UnitId> lead_units(ItemId task) const override;
  std::vector<WorkItem> items(store::ItemFilter const& filter) const override;
  std::vector<Evidence> evidence_of(ItemId item) const override;
  std::vector<Timer> timers_due(Instant now, int limit) const override;
  std::optional<Instant> next_timer() const override;
  std::vector<Timer> timers_of(ItemId item) const override;
  std::vector<Notice> notices(store::NoticeFilter const& filter) const override;

  std::vector<store::JournalLine> history(ItemId item) const override;
  std::vector<JournalEntry> entries_of(ItemId item) const override;
  std::vector<Silence> silences_at(Instant at) const override;
  std::vector<Silence> silences(int limit) const override;
  std::vector<Absence> absences_at(Instant at) const override;
  std::vector<Absence> absences(int limit) const override;

  void put_plan(Plan const& plan) override;
  void put_unit(Unit const& unit) override;
  void put_group(UnitGroup const& group) override;
  void put_participant(Participant const& participant) override;
  void put_definition(std::string const& name, std::string const& json) override;
  ItemId next_item_id() override;
  void insert_item(WorkItem const& item, std::vector<std::string> const& active_states) override;
  void update_item(ItemId id, ItemStatus const& status,
                   std::vector<std::string> const& active_states) override;
  void insert_evidence(Evidence const& evidence) override;
  void withdraw_evidence(ItemId item, Sha256Hex const& sha256) override;
  std::int64_t append(JournalEntry entry) override;
  std::vector<FormalDocument> documents(int limit) const override;
  std::optional<FormalDocument> document(std::int64_t id) const override;
  int next_document_number(DocumentKind kind, int year) override;
  std::vector<Finding> findings(PlanYear plan) const override;
  std::optional<Finding> finding(ItemId item) const override;
  std::optional<Finding> finding_named(PlanYear plan, std::string const& source,
                                       std::string const& reference) const override;
  int next_finding_number(PlanYear plan) override;
  void put_finding(Finding const& finding) override;
  std::int64_t insert_document(FormalDocument const& document) override;
  void erase_texts(ItemId item, std::vector<journal::CommittedText> const& texts) override;
  void keep_head() override {}
  void put_timer(Timer const& timer) override;
  void cancel_timer(ItemId item, std::string const& kind, std::string const& key) override;
  void cancel_timers(ItemId item, std::string const& kind) override;
  bool insert_notice(Notice const& notice) override;

  std::vector<store::Count> counts(PlanYear plan) const override;
  std::vector<Evidence> evidence(Sha256Hex const& sha256) const override;
  std::vector<journal::SignedHead> signed_heads(std::int64_t size, int limit) const override;
  std::optional<journal::SignedHead> last_signed_head() const override;
  store::RegisterState register_state() const override;
  std::vector<store::JournalLine> entries_of_type(std::string const& type) const override;
  journal::Suite journal_suite() const override;
  store::JournalHead journal_head() const override;
  std::vector<store::JournalLine> journal(std::int64_t from, std::int64_t to) const override;
  std::vector<std::string> inclusion_proof(std::int64_t index, std::int64_t size) const override;
  std::vector<std::string> consistency_proof(std::int64_t from, std::int64_t to) const override;
  std::optional<Notice> notice(NoticeId id) const override;
  std::int64_t unacknowledged(Username const& recipient) const override;
  std::vector<Notice> notices_to_send(std::string const& channel, Instant now, int limit) const override;
  std::vector<Username> recipients_to_send(std::string const& channel, Instant now, std::string const& after,
                                           int limit) const override;
  std::vector<Notice> notices_to_send_to(std::string const& channel, Username const& recipient,
                                         Instant now) const override;
  std::vector<Notice> notices_in_flight(std::string const& channel, int limit) const override;
  std::optional<Instant> next_notice(std::string const& channel) const override;
  std::map<NoticeState, std::int64_t> notice_counts() const override;
  store::WaitingNotices waiting_notices(Instant now) const override;
  std::optional<Silence> silence(std::int64_t id) const override;
  std::optional<Absence> absence(std::int64_t id) const override;
  std::optional<std::string> secret(std::string const& name) const override;
  std::optional<store::Reply> reply(Username const& who, std::string const& key) const override;
  std::optional<identity::Account> account(Username const& username) const override;
  std::vector<identity::Account> accounts() const override;
  std::optional<identity::OneTimeCodes> one_time_codes(Username const& username) const override;
  std::optional<identity::CalendarFeed> calendar_feed(Username const& username) const override;
  std::optional<identity::CalendarFeed> calendar_feed_by(std::string const& token_hash) const override;
  std::vector<identity::UnitCalendarFeed> unit_calendar_feeds(Username const& username) const override;
  std::optional<identity::UnitCalendarFeed> unit_calendar_feed_by(
      std::string const& token_hash) const override;
  std::optional<identity::Session> session(std::string const& token_hash) const override;
  std::vector<identity::Session> sessions(Username const& username) const override;
  std::vector<identity::AccessToken> access_tokens(Username const& username) const override;
  std::optional<identity::AccessToken> access_token(std::string const& token_hash) const override;
  std::optional<identity::SignInFailures> sign_in_failures(std::string const& subject) const override;
  void update_notice(Notice const& notice) override;
  std::int64_t put_silence(Silence const& silence) override;
  std::int64_t put_absence(Absence const& absence) override;
  void put_secret(std::string const& name, std::string const& bytes) override;
  void put_reply(Username const& who, std::string const& key, store::Reply const& reply) override;
  void put_account(identity::Account const& account) override;
  void put_one_time_codes(identity::OneTimeCodes const& codes) override;
  void delete_one_time_codes(Username const& username) override;
  void put_calendar_feed(identity::CalendarFeed const& feed) override;
  void delete_calendar_feed(Username const& username) override;
  void put_unit_calendar_feed(identity::UnitCalendarFeed const& feed) override;
  void delete_unit_calendar_feed(Username const& username, UnitId const& unit) override;
  void put_session(identity::Session const& session) override;
  void delete_session(std::string const& token_hash) override;
  void delete_sessions_of(Username const& username) override;
  void delete_sessions_before(Instant expiry) override;
  void put_access_token(identity::AccessToken const& token) override;
  void put_sign_in_failures(identity::SignInFailures const& failures) override;
  void clear_sign_in_failures(std::string const& subject) override;
  void delete_sign_in_failures_before(Instant last) override;

 private:
  store::Reader const* before_ = nullptr;  ///< what was there when the stage was set; null: nothing
  Organisation organisation_;
  std::vector<Plan> plans_;
  std::map<std::string, std::string> definitions_;
  std::deque<WorkItem> items_;  ///< by id, since ids rise
  std::unordered_map<ItemId, std::size_t> place_;
  std::unordered_map<ItemId, std::vector<ItemId>> children_;
  std::unordered_map<ItemId, std::vector<Evidence>> evidence_;
  std::unordered_map<ItemId, std::vector<Timer>> timers_;
  std::set<std::tuple<Instant, TimerId, ItemId>> order_;
  std::unordered_set<std::string> keys_;  ///< of notices
  std::vector<ToldNotice> told_;
  std::unordered_map<ItemId, std::vector<JournalEntry>> histories_;
  std::map<ItemId, Finding> findings_;  ///< that the rehearsal has changed
  std::int64_t entries_ = 0;
  std::function<void(JournalEntry const&)> listener_;
  std::int64_t last_item_ = 0;
  std::int64_t last_timer_ = 0;

  void place_item(WorkItem item);
};

}  // namespace xiaohao::rehearsal
