#pragma once

#include "engine/store/sqlite/connection.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::store::sqlite {

/// Reads through one connection, in whatever transaction that is in. Not for two threads at once.
class SqliteReader : public virtual Reader {
 public:
  explicit SqliteReader(Connection& connection) : connection_(connection) {}

  std::vector<Plan> plans() const override;
  std::optional<Plan> plan(PlanYear year) const override;
  Organisation organisation() const override;
  std::optional<std::string> definition(std::string const& name) const override;
  std::vector<std::string> definition_names() const override;
  std::optional<WorkItem> item(ItemId id) const override;
  std::vector<WorkItem> children(ItemId parent) const override;
  std::vector<UnitId> lead_units(ItemId task) const override;
  std::vector<WorkItem> items(ItemFilter const& filter) const override;
  std::vector<Count> counts(PlanYear plan) const override;
  std::vector<Evidence> evidence_of(ItemId item) const override;
  std::vector<Evidence> evidence(Sha256Hex const& sha256) const override;
  std::vector<journal::SignedHead> signed_heads(std::int64_t size, int limit) const override;
  std::optional<journal::SignedHead> last_signed_head() const override;
  RegisterState register_state() const override;
  std::vector<JournalLine> entries_of_type(std::string const& type) const override;
  journal::Suite journal_suite() const override;
  JournalHead journal_head() const override;
  std::vector<JournalLine> journal(std::int64_t from, std::int64_t to) const override;
  std::vector<JournalLine> history(ItemId item) const override;
  std::vector<std::string> inclusion_proof(std::int64_t index, std::int64_t size) const override;
  std::vector<std::string> consistency_proof(std::int64_t from, std::int64_t to) const override;
  std::vector<Timer> timers_due(Instant now, int limit) const override;
  std::optional<Instant> next_timer() const override;
  std::vector<Timer> timers_of(ItemId item) const override;
  std::optional<Notice> notice(NoticeId id) const override;
  std::vector<Notice> notices(NoticeFilter const& filter) const override;
  std::int64_t unacknowledged(Username const& recipient) const override;
  std::vector<Notice> notices_to_send(std::string const& channel, Instant now, int limit) const override;
  std::vector<Username> recipients_to_send(std::string const& channel, Instant now, std::string const& after,
                                           int limit) const override;
  std::vector<Notice> notices_to_send_to(std::string const& channel, Username const& recipient,
                                         Instant now) const override;
  std::vector<Notice> notices_in_flight(std::string const& channel, int limit) const override;
  std::optional<Instant> next_notice(std::string const& channel) const override;
  std::map<NoticeState, std::int64_t> notice_counts() const override;
  WaitingNotices waiting_notices(Instant now) const override;
  std::vector<Silence> silences_at(Instant at) const override;
  std::vector<Silence> silences(int limit) const override;
  std::optional<Silence> silence(std::int64_t id) const override;
  std::vector<Absence> absences_at(Instant at) const override;
  std::vector<Absence> absences(int limit) const override;
  std::optional<Absence> absence(std::int64_t id) const override;
  std::optional<std::string> secret(std::string const& name) const override;
  std::vector<FormalDocument> documents(int limit) const override;
  std::optional<FormalDocument> document(std::int64_t id) const override;
  std::vector<Finding> findings(PlanYear plan) const override;
  std::optional<Finding> finding(ItemId item) const override;
  std::optional<Finding> finding_named(PlanYear plan, std::string const& source,
                                       std::string const& reference) const override;
  std::optional<Reply> reply(Username const& who, std::string const& key) const override;
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

  std::int64_t journal_length() const { return journal_size(); }
  std::string journal_root(std::int64_t size) const;

 protected:
  Connection& connection_;
  std::string journal_node(int level, std::int64_t position) const;
  std::int64_t journal_size() const;
  journal::HashAlgorithm hash_algorithm() const { return hash_of(journal_suite()); }

 private:
  mutable std::optional<journal::Suite> suite_;
};

}  // namespace xiaohao::store::sqlite
