#include "notifications/dispatcher.hpp"

#include <algorithm>

#include "engine/domain/channel_names.hpp"
#include "engine/identity/notice_link.hpp"
#include "notifications/alarms.hpp"
#include "notifications/outbox.hpp"

namespace xiaohao::notifications {
namespace {

constexpr int notices_per_commit = 500;
/// Recipients looked at by one commit, when there is nothing to send to most of them.
constexpr int recipients_per_commit = 100;

void withhold(store::Transaction& transaction, Notice& notice, std::string const& reason) {
  notice.state = NoticeState::Withheld;
  notice.withheld = reason;
  notice.next_attempt_at.reset();
  transaction.update_notice(notice);
}

/// A group as channels are told of it; nothing when `username` is a person's.
std::optional<Participant> group_called(Username const& username) {
  auto const name = group_name(username);
  if (!name) return std::nullopt;
  return Participant{username, name->zh, std::nullopt, {}, "", true};
}

}  // namespace

Dispatcher::Dispatcher(store::Store& store, People people, Channels channels, Patience patience)
    : store_(store), people_(std::move(people)), patience_(patience) {
  for (auto& channel : channels) {
    int const per_minute = channel->messages_per_minute_max();
    lines_.push_back({std::move(channel), Breaker(patience), Allowance(per_minute)});
  }
}

std::optional<Instant> Dispatcher::next_due() const {
  auto const reader = store_.read();
  std::lock_guard const lock(state_);
  std::optional<Instant> earliest;
  for (Line const& line : lines_) {
    auto next = reader->next_notice(std::string(line.channel->name()));
    if (!next) continue;
    if (auto const rests = line.breaker.rests_until()) next = std::max(*next, *rests);
    if (delivered_at_)
      if (auto const allowed = line.allowance.next(*delivered_at_)) next = std::max(*next, *allowed);
    if (!earliest || *next < *earliest) earliest = next;
  }
  return earliest;
}

Result<int> Dispatcher::deliver(Instant now) {
  std::lock_guard const one_at_a_time(delivering_);
  if (Result<void> const recovered = recover(now); !recovered) return tl::unexpected(recovered.error());
  int total = 0;
  for (Line& line : lines_) {
    bool const at_once = line.channel->is_internal() || !line.channel->off().empty();
    Result<int> const sent = at_once ? deliver_internal(line, now) : deliver_messages(line, now);
    if (!sent) return sent;
    total += *sent;
  }
  std::lock_guard const lock(state_);
  delivered_at_ = now;
  return total;
}

/// What was claimed before this process began and never answered for.
Result<void> Dispatcher::recover(Instant now) {
  if (recovered_) return {};
  for (Line const& line : lines_) {
    std::string const name(line.channel->name());
    for (bool more = true; more;) {
      Result<void> const written =
          store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
            auto notices = transaction.notices_in_flight(name, notices_per_commit);
            more = static_cast<int>(notices.size()) == notices_per_commit;
            for (Notice& notice : notices) {
              notice.state = NoticeState::Failed;
              notice.next_attempt_at = now;
              notice.last_error = "the program ended before the answer was known";
              transaction.update_notice(notice);
            }
            return {};
          });
      if (!written) return written;
    }
  }
  recovered_ = true;
  return {};
}

Result<int> Dispatcher::deliver_internal(Line& line, Instant now) {
  std::string const name(line.channel->name());
  std::string const off = line.channel->off();
  int total = 0;
  for (bool more = true; more && !stopping_;) {
    std::size_t found = 0;
    Result<void> const written = store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      auto notices = transaction.notices_to_send(name, now, notices_per_commit);
      found = notices.size();
      for (Notice& notice : notices) {
        if (!off.empty()) {
          withhold(transaction, notice, off);
          continue;
        }
        notice.state = NoticeState::Sent;
        notice.sent_at = now;
        ++notice.attempts;
        transaction.update_notice(notice);
      }
      return {};
    });
    if (!written) return tl::unexpected(written.error());
    if (off.empty()) total += static_cast<int>(found);
    more = found == static_cast<std::size_t>(notices_per_commit);
  }
  return total;
}

bool Dispatcher::may_send(Line const& line, Instant now) const {
  std::lock_guard const lock(state_);
  return !stopping_ && line.breaker.allows(now) && !line.allowance.next(now);
}

Outcome Dispatcher::send(Line& line, Message const& message, Instant now, bool& opened) {
  {
    std::lock_guard const lock(state_);
    line.allowance.take(now);
  }
  Outcome outcome = line.channel->deliver(message);
  std::lock_guard const lock(state_);
  opened = false;
  if (outcome.kind == Outcome::Kind::Unreachable)
    opened = line.breaker.failed(now);
  else
    line.breaker.worked();
  return outcome;
}

/// One commit for each message: it records the answer to the last and claims the next, so that at most one
/// message is ever under way.
Result<int> Dispatcher::deliver_messages(Line& line, Instant now) {
  int total = 0;
  Username cursor{""};
  std::optional<Claim> claimed;
  Outcome outcome;
  bool opened = false;
  do {
    auto const organisation = people_();
    std::optional<Claim> next;
    Result<void> const written = store_.write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      if (claimed) settle(transaction, *claimed, outcome, now);
      if (opened)
        for (Notice const& alarm :
             channel_alarm(claimed->notices.front(), outcome.answer, *organisation, now))
          transaction.insert_notice(alarm);
      next.reset();
      if (may_send(line, now) && is_complete(transaction, now))
        next = claim_next(transaction, *line.channel, *organisation, cursor, now);
      return {};
    });
    if (!written) return tl::unexpected(written.error());
    claimed = std::move(next);
    if (claimed) {
      outcome = send(line, claimed->message, now, opened);
      if (outcome.kind == Outcome::Kind::Taken) ++total;
    }
  } while (claimed);
  return total;
}

Instant Dispatcher::next_chance(Notice const& notice, Instant from) const {
  return waits_until_ ? waits_until_(notice, from) : from;
}

/// Takes out what must not go out at `now`, and gives it another time.
void Dispatcher::hold_over_quiet_hours(store::Transaction& transaction, std::vector<Notice>& notices,
                                       Instant now) const {
  std::erase_if(notices, [&](Notice& notice) {
    Instant const chance = next_chance(notice, now);
    if (chance <= now) return false;
    notice.next_attempt_at = chance;
    transaction.update_notice(notice);
    return true;
  });
}

/// The next message to send, that of `cursor` first: whoever is deferred is not due again at `now`.
std::optional<Dispatcher::Claim> Dispatcher::claim_next(store::Transaction& transaction,
                                                        Channel const& channel,
                                                        Organisation const& organisation, Username& cursor,
                                                        Instant now) const {
  std::string const name(channel.name());
  for (int looked = 0; looked < recipients_per_commit;) {
    std::vector<Notice> notices = transaction.notices_to_send_to(name, cursor, now);
    if (notices.empty()) {
      auto const next = transaction.recipients_to_send(name, now, cursor.value(), 1);
      if (next.empty()) return std::nullopt;
      cursor = next.front();
      ++looked;
      continue;
    }
    hold_over_quiet_hours(transaction, notices, now);
    if (notices.empty()) continue;  // asked again, this recipient has nothing due
    std::optional<Participant> const group = group_called(cursor);
    Participant const* const recipient = group ? &*group : organisation.participant(cursor);
    std::string const why =
        !recipient || !recipient->active ? "no_recipient" : channel.unreachable(*recipient);
    if (why.empty()) {
      if (auto claimed = claim(transaction, *recipient, std::move(notices), now)) return claimed;
    } else {
      for (Notice& notice : notices) withhold(transaction, notice, why);
    }
  }
  return std::nullopt;
}

/// A message that was tried before goes out as it was, so that its id stays true; what has not been tried is
/// gathered into one.
std::optional<Dispatcher::Claim> Dispatcher::claim(store::Transaction& transaction,
                                                   Participant const& recipient, std::vector<Notice> notices,
                                                   Instant now) const {
  auto const tried = std::find_if(notices.begin(), notices.end(),
                                  [](Notice const& notice) { return !notice.delivery.empty(); });
  std::string const delivery = tried == notices.end() ? "" : tried->delivery;
  std::erase_if(notices, [&](Notice const& notice) { return notice.delivery != delivery; });
  std::vector<DueNotice> gathered;
  for (Notice& notice : notices) {
    auto const item = transaction.item(notice.item);
    std::string const why = delivery.empty() ? needless(notice, item, notices) : std::string();
    if (!why.empty())
      withhold(transaction, notice, why);
    else
      gathered.push_back({notice, item ? item->status.due : std::nullopt});
  }
  if (gathered.empty()) return std::nullopt;
  std::string const id = delivery.empty() ? message_id(gathered) : delivery;
  Claim claimed{gather(gathered, id, recipient, now), {}};
  // Nobody acknowledges for a whole group, and whoever is in it could press the button.
  auto const secret = transaction.secret(identity::notice_link_secret);
  if (secret && !group_name(recipient.username)) {
    Notice const& first = gathered.front().notice;
    claimed.message.acknowledge_path =
        "/acknowledge/" + identity::notice_token(*secret, first, now + identity::notice_link_lasts);
  }
  for (DueNotice& each : gathered) {
    each.notice.state = NoticeState::Sending;
    each.notice.delivery = id;
    ++each.notice.attempts;
    transaction.update_notice(each.notice);
    claimed.notices.push_back(std::move(each.notice));
  }
  return claimed;
}

void Dispatcher::settle(store::Transaction& transaction, Claim& claimed, Outcome const& outcome,
                        Instant now) const {
  bool died = false;
  for (Notice& notice : claimed.notices) {
    // It may have been acknowledged in the inbox meanwhile; what was decided there stays.
    if (auto const stored = transaction.notice(notice.id)) notice.acknowledged_at = stored->acknowledged_at;
    bool const hopeless =
        outcome.kind == Outcome::Kind::Refused ||
        (outcome.kind == Outcome::Kind::Deferred && notice.attempts >= patience_.tries_max) ||
        (outcome.kind == Outcome::Kind::Unreachable && now - notice.planned_for > patience_.give_up_after);
    notice.next_attempt_at.reset();
    if (outcome.kind == Outcome::Kind::Taken) {
      notice.state = NoticeState::Sent;
      notice.sent_at = now;
      notice.receipt = outcome.answer;
      notice.last_error.clear();
    } else {
      notice.state = hopeless ? NoticeState::Dead : NoticeState::Failed;
      notice.last_error = outcome.answer;
      if (!hopeless)
        notice.next_attempt_at = next_chance(
            notice, now + wait_after(claimed.notices.front().attempts, claimed.message.id, patience_));
    }
    died = died || notice.state == NoticeState::Dead;
    transaction.update_notice(notice);
  }
  if (!died) return;
  for (Notice const& alarm : undelivered_alarm(claimed.notices, claimed.message.recipient, *people_(), now))
    transaction.insert_notice(alarm);
}

}  // namespace xiaohao::notifications
