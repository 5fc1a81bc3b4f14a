// What a stage does not keep. The engine's decisions never ask for it; a new one that does finds out here.

#include <stdexcept>

#include "engine/rehearsal/stage.hpp"

namespace xiaohao::rehearsal {
namespace {

[[noreturn]] void not_kept(char const* what) {
  throw std::logic_error(std::string("a rehearsal keeps no ") + what);
}

}  // namespace

using store::JournalLine;

std::vector<std::string> Stage::definition_names() const { not_kept("list of lifecycles"); }
std::vector<store::Count> Stage::counts(PlanYear) const { not_kept("counts"); }
std::vector<Evidence> Stage::evidence(Sha256Hex const&) const { not_kept("files"); }
std::vector<journal::SignedHead> Stage::signed_heads(std::int64_t, int) const { not_kept("heads"); }
std::optional<journal::SignedHead> Stage::last_signed_head() const { not_kept("heads"); }
store::RegisterState Stage::register_state() const { not_kept("register"); }
std::vector<JournalLine> Stage::entries_of_type(std::string const&) const { not_kept("journal"); }
journal::Suite Stage::journal_suite() const { not_kept("journal"); }
store::JournalHead Stage::journal_head() const { not_kept("journal"); }
std::vector<JournalLine> Stage::journal(std::int64_t, std::int64_t) const { not_kept("journal"); }
std::vector<std::string> Stage::inclusion_proof(std::int64_t, std::int64_t) const { not_kept("journal"); }
std::vector<std::string> Stage::consistency_proof(std::int64_t, std::int64_t) const { not_kept("journal"); }
std::optional<Notice> Stage::notice(NoticeId) const { not_kept("outbox"); }
std::int64_t Stage::unacknowledged(Username const&) const { not_kept("outbox"); }
std::vector<Notice> Stage::notices_to_send(std::string const&, Instant, int) const { not_kept("outbox"); }
std::vector<Username> Stage::recipients_to_send(std::string const&, Instant, std::string const&, int) const {
  not_kept("outbox");
}
std::vector<Notice> Stage::notices_to_send_to(std::string const&, Username const&, Instant) const {
  not_kept("outbox");
}
std::vector<Notice> Stage::notices_in_flight(std::string const&, int) const { not_kept("outbox"); }
std::optional<Instant> Stage::next_notice(std::string const&) const { not_kept("outbox"); }
std::map<NoticeState, std::int64_t> Stage::notice_counts() const { not_kept("outbox"); }
store::WaitingNotices Stage::waiting_notices(Instant) const { not_kept("outbox"); }
std::optional<Silence> Stage::silence(std::int64_t) const { not_kept("silences"); }
std::optional<Absence> Stage::absence(std::int64_t) const { not_kept("absences"); }
std::optional<std::string> Stage::secret(std::string const&) const { not_kept("secrets"); }
std::int64_t Stage::put_silence(Silence const&) { not_kept("silences"); }
std::int64_t Stage::put_absence(Absence const&) { not_kept("absences"); }
std::vector<FormalDocument> Stage::documents(int) const { not_kept("papers"); }
std::optional<FormalDocument> Stage::document(std::int64_t) const { not_kept("papers"); }
int Stage::next_document_number(DocumentKind, int) { not_kept("papers"); }
std::int64_t Stage::insert_document(FormalDocument const&) { not_kept("papers"); }
std::vector<Finding> Stage::findings(PlanYear) const { not_kept("findings"); }
std::optional<Finding> Stage::finding_named(PlanYear, std::string const&, std::string const&) const {
  not_kept("findings");
}
int Stage::next_finding_number(PlanYear) { not_kept("findings"); }
void Stage::erase_texts(ItemId, std::vector<journal::CommittedText> const&) { not_kept("erasures"); }
void Stage::put_secret(std::string const&, std::string const&) { not_kept("secrets"); }
std::optional<store::Reply> Stage::reply(Username const&, std::string const&) const { not_kept("replies"); }
std::optional<identity::Account> Stage::account(Username const&) const { not_kept("accounts"); }
std::vector<identity::Account> Stage::accounts() const { not_kept("accounts"); }
std::optional<identity::OneTimeCodes> Stage::one_time_codes(Username const&) const { not_kept("accounts"); }
std::optional<identity::CalendarFeed> Stage::calendar_feed(Username const&) const { not_kept("feeds"); }
std::optional<identity::CalendarFeed> Stage::calendar_feed_by(std::string const&) const { not_kept("feeds"); }
std::vector<identity::UnitCalendarFeed> Stage::unit_calendar_feeds(Username const&) const {
  not_kept("feeds");
}
std::optional<identity::UnitCalendarFeed> Stage::unit_calendar_feed_by(std::string const&) const {
  not_kept("feeds");
}
std::optional<identity::Session> Stage::session(std::string const&) const { not_kept("sessions"); }
std::vector<identity::Session> Stage::sessions(Username const&) const { not_kept("sessions"); }
std::vector<identity::AccessToken> Stage::access_tokens(Username const&) const { not_kept("tokens"); }
std::optional<identity::AccessToken> Stage::access_token(std::string const&) const { not_kept("tokens"); }
std::optional<identity::SignInFailures> Stage::sign_in_failures(std::string const&) const {
  not_kept("sign-ins");
}
void Stage::update_notice(Notice const&) { not_kept("outbox"); }
void Stage::put_reply(Username const&, std::string const&, store::Reply const&) { not_kept("replies"); }
void Stage::put_account(identity::Account const&) { not_kept("accounts"); }
void Stage::put_one_time_codes(identity::OneTimeCodes const&) { not_kept("accounts"); }
void Stage::delete_one_time_codes(Username const&) { not_kept("accounts"); }
void Stage::put_calendar_feed(identity::CalendarFeed const&) { not_kept("feeds"); }
void Stage::delete_calendar_feed(Username const&) { not_kept("feeds"); }
void Stage::put_unit_calendar_feed(identity::UnitCalendarFeed const&) { not_kept("feeds"); }
void Stage::delete_unit_calendar_feed(Username const&, UnitId const&) { not_kept("feeds"); }
void Stage::put_session(identity::Session const&) { not_kept("sessions"); }
void Stage::delete_session(std::string const&) { not_kept("sessions"); }
void Stage::delete_sessions_of(Username const&) { not_kept("sessions"); }
void Stage::delete_sessions_before(Instant) { not_kept("sessions"); }
void Stage::put_access_token(identity::AccessToken const&) { not_kept("tokens"); }
void Stage::put_sign_in_failures(identity::SignInFailures const&) { not_kept("sign-ins"); }
void Stage::clear_sign_in_failures(std::string const&) { not_kept("sign-ins"); }
void Stage::delete_sign_in_failures_before(Instant) { not_kept("sign-ins"); }

}  // namespace xiaohao::rehearsal
