#include "engine/silencing.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "engine/reason.hpp"

namespace xiaohao {
namespace {

constexpr int days_max = 366;

tl::unexpected<Refusal> malformed(char const* pointer, char const* zh, char const* en) {
  return refuse(Reason::Malformed, pointer, {zh, en});
}

bool is_administrator(Participant const& person) {
  return person.has(Role::SystemAdministrator) || person.has(Role::SecurityAdministrator) ||
         person.has(Role::Auditor);
}

Result<Participant const*> asker(Asking const& asking) {
  Participant const* const person = asking.organisation.participant(asking.who);
  if (person && person->active) return person;
  return refuse(Reason::Forbidden, "", {"您无权进行此操作", "you may not do this"});
}

Result<void> check_scope(store::Transaction const& transaction, Silence const& wish, Asking const& asking) {
  if (!wish.item && !wish.unit && !wish.recipient)
    return malformed("/item", "请指明事项、单位或人员", "one of item, unit and recipient must be named");
  if (wish.item && !transaction.item(*wish.item))
    return malformed("/item", "没有这个事项", "there is no such item");
  if (wish.unit && !asking.organisation.unit(*wish.unit))
    return malformed("/unit", "没有这个单位", "there is no such unit");
  if (wish.recipient && !asking.organisation.participant(*wish.recipient))
    return malformed("/recipient", "没有这个人", "there is no such person");
  return {};
}

void record(store::Transaction& transaction, std::string type, nlohmann::json payload, Asking const& asking) {
  transaction.append({0, asking.now, asking.now, Actor::person(asking.who), std::nullopt, std::move(type),
                      std::move(payload), nlohmann::json::object()});
}

nlohmann::json to_json(Silence const& silence) {
  nlohmann::json payload{
      {"silence", silence.id}, {"reason", silence.reason}, {"until", to_string(silence.until)}};
  if (silence.item) payload["on"] = silence.item->value();
  if (silence.unit) payload["unit"] = silence.unit->value();
  if (silence.recipient) payload["recipient"] = silence.recipient->value();
  if (!silence.step.empty()) payload["step"] = silence.step;
  return payload;
}

Result<void> may_silence(Silence const& silence, Asking const& asking) {
  Result<Participant const*> const person = asker(asking);
  if (!person) return tl::unexpected(person.error());
  if (asking.rules.permissions.may_at_large(**person, "silence")) return {};
  return refuse(Reason::Forbidden, silence.item ? "/item" : "",
                {"只有统筹人员和领导可以设置静默", "only a coordinator or a leader may silence notices"});
}

/// A stand-in reviews nothing of the one he stands in for. So whoever may not enter others' absences names
/// nobody who verifies, unless he verifies himself: he would choose who does not look at his work.
bool takes_a_verifier_away(Participant const& away, Participant const& substitute, Asking const& asking) {
  decision::Permissions const& permissions = asking.rules.permissions;
  Participant const* const person = asking.organisation.participant(asking.who);
  return permissions.may_at_large(substitute, "closeout.verify") &&
         !permissions.may_at_large(away, "closeout.verify") &&
         !(person && permissions.may_at_large(*person, "absence"));
}

Result<void> may_send_away(Absence const& absence, Asking const& asking) {
  Result<Participant const*> const person = asker(asking);
  if (!person) return tl::unexpected(person.error());
  if (absence.away == asking.who || asking.rules.permissions.may_at_large(**person, "absence")) return {};
  return refuse(
      Reason::Forbidden, "/away",
      {"只能登记自己的外出", "you may enter your own absence only; a coordinator may enter others'"});
}

}  // namespace

Result<Silence> set_silence(store::Transaction& transaction, Silence wish, Asking const& asking) {
  if (auto const may = may_silence(wish, asking); !may) return tl::unexpected(may.error());
  if (auto const fine = expect_reason(wish.reason); !fine) return tl::unexpected(fine.error());
  if (auto const fine = check_scope(transaction, wish, asking); !fine) return tl::unexpected(fine.error());
  if (wish.step.size() > 60) return malformed("/step", "步骤名称太长", "must be at most 60 bytes long");
  if (wish.until <= asking.now) return malformed("/until", "截止时间须在现在之后", "must be later than now");
  if (wish.until > asking.now + std::chrono::days{days_max})
    return malformed("/until", "静默最长一年", "must be within a year from now");
  wish.id = 0;
  wish.from = asking.now;
  wish.set_by = asking.who;
  wish.ended_at.reset();
  wish.ended_by.reset();
  wish.id = transaction.put_silence(wish);
  record(transaction, "silence.set", to_json(wish), asking);
  return wish;
}

Result<Silence> end_silence(store::Transaction& transaction, std::int64_t id, Asking const& asking) {
  std::optional<Silence> silence = transaction.silence(id);
  if (!silence) return refuse(Reason::NotFound, "", {"没有这条静默", "there is no such silence"});
  if (auto const may = may_silence(*silence, asking); !may) return tl::unexpected(may.error());
  if (!silence->runs(asking.now))
    return refuse(Reason::NotPossible, "", {"这条静默已经结束", "this silence has ended"});
  silence->ended_at = asking.now;
  silence->ended_by = asking.who;
  transaction.put_silence(*silence);
  record(transaction, "silence.ended", to_json(*silence), asking);
  return std::move(*silence);
}

Result<Absence> set_absence(store::Transaction& transaction, Absence wish, Asking const& asking) {
  if (auto const may = may_send_away(wish, asking); !may) return tl::unexpected(may.error());
  if (wish.reason.size() > reason_bytes_max)
    return malformed("/reason", "原因太长", "must be at most 1000 bytes long");
  Participant const* const away = asking.organisation.participant(wish.away);
  if (!away || !away->active) return malformed("/away", "没有这个人", "there is no such person");
  Participant const* const substitute = asking.organisation.participant(wish.substitute);
  if (!substitute || !substitute->active)
    return malformed("/substitute", "没有这个人", "there is no such person");
  if (away == substitute) return malformed("/substitute", "不能由本人代理", "must be somebody else");
  if (is_administrator(*away) || is_administrator(*substitute))
    return malformed("/substitute", "系统、安全、审计管理员不能互相或为他人代理",
                     "an administrator or auditor cannot stand in, nor be stood in for");
  if (takes_a_verifier_away(*away, *substitute, asking))
    return malformed("/substitute", "核查人员代理后不能再核查您的事项，请由统筹人员登记",
                     "an inspector who stands in for you cannot verify your items; a coordinator enters it");
  if (wish.last < wish.first)
    return malformed("/last", "截止日期早于起始日期", "must not be before the first day");
  if (wish.last < local_date(asking.now)) return malformed("/last", "已经过去", "is past");
  if (days_between(wish.first, wish.last) > days_max)
    return malformed("/last", "最长一年", "must be within a year of the first day");
  wish.id = 0;
  wish.set_by = asking.who;
  wish.ended_at.reset();
  wish.id = transaction.put_absence(wish);
  record(transaction, "absence.set",
         {{"absence", wish.id},
          {"away", wish.away.value()},
          {"substitute", wish.substitute.value()},
          {"first", to_string(wish.first)},
          {"last", to_string(wish.last)},
          {"reason", wish.reason}},
         asking);
  return wish;
}

Result<Absence> end_absence(store::Transaction& transaction, std::int64_t id, Asking const& asking) {
  std::optional<Absence> absence = transaction.absence(id);
  if (!absence) return refuse(Reason::NotFound, "", {"没有这条外出登记", "there is no such absence"});
  if (auto const may = may_send_away(*absence, asking); !may) return tl::unexpected(may.error());
  if (absence->ended_at || absence->last < local_date(asking.now))
    return refuse(Reason::NotPossible, "", {"这条外出登记已经结束", "this absence has ended"});
  absence->ended_at = asking.now;
  transaction.put_absence(*absence);
  record(transaction, "absence.ended", {{"absence", absence->id}, {"away", absence->away.value()}}, asking);
  return std::move(*absence);
}

}  // namespace xiaohao
