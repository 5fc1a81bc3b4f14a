#pragma once

#include "engine/store/sqlite/reader.hpp"
#include "engine/store/sqlite/sealing.hpp"

namespace xiaohao::store::sqlite {

/// Writes through the one writer connection, inside the savepoint of one work.
class SqliteTransaction final : public Transaction, public SqliteReader {
 public:
  SqliteTransaction(Connection& connection, Sealing& sealing) : SqliteReader(connection), sealing_(sealing) {}

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
  void erase_texts(ItemId item, std::vector<journal::CommittedText> const& texts) override;
  void keep_head() override { sealing_.keep_head(); }
  void put_timer(Timer const& timer) override;
  void cancel_timer(ItemId item, std::string const& kind, std::string const& key) override;
  void cancel_timers(ItemId item, std::string const& kind) override;
  bool insert_notice(Notice const& notice) override;
  void update_notice(Notice const& notice) override;
  std::int64_t put_silence(Silence const& silence) override;
  std::int64_t put_absence(Absence const& absence) override;
  void put_secret(std::string const& name, std::string const& bytes) override;
  int next_document_number(DocumentKind kind, int year) override;
  std::int64_t insert_document(FormalDocument const& document) override;
  int next_finding_number(PlanYear plan) override;
  void put_finding(Finding const& finding) override;

  void put_reply(Username const& who, std::string const& key, Reply const& reply) override;
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

  bool has_inserted_items() const { return has_inserted_items_; }

 private:
  Sealing& sealing_;
  bool has_inserted_items_ = false;
  std::int64_t last_id() const;
  using CountPlace = std::tuple<std::int64_t, std::string, std::string, std::string,
                                std::string>;  ///< plan, kind, campaign, unit, stage
  /// Where an item counts, and with what.
  struct Counted {
    CountPlace place;
    std::int64_t progress;
  };
  Counted counted(ItemId id);
  void count(char const* statement, CountPlace const& place, std::int64_t progress);
  void recount(Counted const& before, Counted const& after);
};

}  // namespace xiaohao::store::sqlite
