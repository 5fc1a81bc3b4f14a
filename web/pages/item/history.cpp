#include "web/pages/item/history.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "engine/domain/channel_names.hpp"
#include "engine/json/document.hpp"
#include "web/lifecycle/labels.hpp"
#include "web/pages/parts.hpp"
#include "web/work.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr std::size_t names_shown_max = 8;

std::string text_in(nlohmann::json const& payload, char const* name) {
  auto const found = payload.find(name);
  return found != payload.end() && found->is_string() ? found->get<std::string>() : std::string();
}
std::optional<std::int64_t> number_in(nlohmann::json const& payload, char const* name) {
  auto const found = payload.find(name);
  return found != payload.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>())
                                                              : std::nullopt;
}

/// What an event carries besides words: figures, dates, files.
std::vector<std::string> facts_of(ItemView const& view, JournalEntry const& entry) {
  Say const& t = view.t();
  nlohmann::json const& payload = entry.payload;
  std::vector<std::string> facts;
  if (auto const shares = number_in(payload, "shares")) {
    facts.push_back(std::to_string(number_in(payload, "shares_closed").value_or(0)) + "/" +
                    std::to_string(*shares) + std::string(t(" 已销号", " closed")));
    facts.push_back(percent(static_cast<BasisPoints>(number_in(payload, "progress").value_or(0))));
    return facts;
  }
  if (auto const progress = number_in(payload, "progress")) facts.push_back(std::to_string(*progress) + "%");
  if (auto const due = parse_date(text_in(payload, "due")); due && entry.type != "escalation.step")
    facts.push_back(std::string(t("到 ", "until ")) + day(t, *due, view.year()));
  if (auto const values = payload.find("indicators"); values != payload.end() && values->is_object())
    for (auto const& [name, value] : values->items()) facts.push_back(name + " " + value.dump());
  std::string file = text_in(payload, "name");
  if (file.empty())
    for (Evidence const& piece : view.evidence)
      if (piece.sha256.value() == text_in(payload, "sha256")) file = piece.name;
  if (!file.empty()) facts.push_back(t.english() ? "“" + file + "”" : "《" + file + "》");
  if (auto const relied_on = payload.find("evidence"); relied_on != payload.end() && !relied_on->empty())
    facts.push_back(t.english() ? "on " + std::to_string(relied_on->size()) + " files"
                                : "依据 " + std::to_string(relied_on->size()) + " 份材料");
  return facts;
}

/// The occasions that the entry's actions gave to tell somebody.
std::set<std::string> occasions_of(JournalEntry const& entry) {
  std::set<std::string> occasions;
  auto const actions = entry.outcome.find("actions");
  if (actions == entry.outcome.end()) return occasions;
  for (nlohmann::json const& action : *actions)
    if (auto const params = action.find("params"); params != action.end())
      occasions.insert(text_in(*params, "occasion"));
  return occasions;
}

/// Notices that followed from `entry`: decided at its instant, for its step or one of its occasions. A clock
/// that stands still gives many entries one instant; an event's notices carry its index in their keys.
std::vector<Notice const*> notices_of(ItemView const& view, JournalEntry const& entry) {
  std::vector<Notice const*> found;
  bool const is_step = entry.type == "escalation.step";
  std::set<std::string> const occasions = occasions_of(entry);
  std::string const step = "/" + text_in(entry.payload, "step") + "/";
  std::string const event = "/event/" + std::to_string(entry.index) + "/";
  for (Notice const& notice : view.notices) {
    if (notice.decided_at != entry.at) continue;
    bool const by_event = notice.key.find("/event/") != std::string::npos;
    bool const follows = is_step ? !by_event && notice.key.find(step) != std::string::npos
                                 : occasions.contains(notice.step) &&
                                       (!by_event || notice.key.find(event) != std::string::npos);
    if (follows) found.push_back(&notice);
  }
  return found;
}

Html told(ItemView const& view, JournalEntry const& entry) {
  Say const& t = view.t();
  std::set<Username> recipients, failed;
  for (Notice const* notice : notices_of(view, entry)) {
    if (notice->state == NoticeState::Withheld) continue;
    recipients.insert(notice->recipient);
    if (notice->state == NoticeState::Dead) failed.insert(notice->recipient);
  }
  if (recipients.empty()) return {};
  return p(cls("told"), t("通知了 ", "Told: "), told_whom(view.visit, {recipients.begin(), recipients.end()}),
           when(!failed.empty(), [&] {
             return span(cls("late"), t("，其中未能送达：", "; not reached: "),
                         told_whom(view.visit, {failed.begin(), failed.end()}));
           }));
}

Html entry_line(ItemView const& view, JournalEntry const& entry) {
  Say const& t = view.t();
  std::string const words = words_of(entry);
  std::vector<std::string> const facts = facts_of(view, entry);
  bool const late = entry.recorded_at - entry.at > std::chrono::minutes{1};
  return li(
      cls(entry.actor.automatic ? "automatic" : "by-person"),
      html::time(attr("datetime", to_string(entry.at)), moment(t, entry.at)),
      div(p(span(cls("who-did"), actor_name(view.visit, entry.actor)), " ", strong(deed_of(view, entry)),
            when(!facts.empty(), [&] { return group(" ", listed(t, facts)); }),
            when(late,
                 [&] {
                   return small(t("（补记于 ", " (recorded "), moment(t, entry.recorded_at), t("）", ")"));
                 })),
          when(!words.empty(), [&] { return element("blockquote", {words}); }), told(view, entry)));
}

}  // namespace

std::string person_name(Visit const& visit, Username const& username) {
  Participant const* const person = visit.organisation->participant(username);
  if (auto const group = person ? std::nullopt : group_name(username)) return std::string(visit.t(*group));
  return person ? person->name : username.value();
}

std::string actor_name(Visit const& visit, Actor const& actor) {
  Say const& t = visit.t;
  if (actor.username.value() == "clock") return std::string(t("时限", "The clock"));
  if (actor.username.value() == "engine") return std::string(t("系统", "The system"));
  Participant const* const person = visit.organisation->participant(actor.username);
  std::string name = person_name(visit, actor.username);
  if (person && person->unit) {
    std::string const unit = visit.unit_name(*person->unit);
    if (name.find(unit) == std::string::npos) name += t.english() ? " (" + unit + ")" : "（" + unit + "）";
  }
  if (actor.on_behalf_of) name += (t.english() ? " for " : " 代 ") + person_name(visit, *actor.on_behalf_of);
  return name;
}

std::string deed_of(ItemView const& view, JournalEntry const& entry) {
  Say const& t = view.t();
  if (entry.type == "item.created") switch (view.item.definition.kind) {
      case ItemKind::Occurrence:
        return std::string(t("按周期下达本期", "was issued for its period"));
      case ItemKind::Finding:
        return std::string(t("交办", "was issued"));
      default:
        return std::string(t("列入方案并下达", "was issued with the plan"));
    }
  for (auto const& [type, zh, en] :
       {std::tuple{"finding.registered", "登记了反馈问题", "registered the finding"},
        {"finding.grouped", "归类同类问题", "changed the group of similar problems"},
        {"finding.pushed", "推送了举一反三自查", "sent self-checks to sister units"},
        {"finding.relapsed", "认定为反弹", "recognised a relapse"}})
    if (entry.type == type) return std::string(t(zh, en));
  if (entry.type == "due.changed")
    return std::string(t("规则变动，时限改为 ", "moved the due date by changed rules to ")) +
           text_in(entry.payload, "due") + std::string(t("：", ": ")) +
           text_in(entry.payload, t.english() ? "reason_en" : "reason");
  if (entry.type == "escalation.step") {
    std::string step = text_in(entry.payload, "step");
    for (Notice const* notice : notices_of(view, entry)) step = notice->step;
    return step_name(t, step.substr(0, step.find_first_of("-#0123456789")));
  }
  if (entry.type == erasure_event) return std::string(t("依法删除了文字", "had a text erased by law"));
  if (entry.type == "work.handed_over") {
    auto const name_of = [&](std::string const& id) {
      return view.visit.organisation->unit(UnitId{id}) ? view.visit.unit_name(UnitId{id})
                                                       : person_name(view.visit, Username{id});
    };
    return std::string(t("移交工作：", "handed the work over: ")) + name_of(text_in(entry.payload, "from")) +
           " → " + name_of(text_in(entry.payload, "to"));
  }
  if (entry.type == "lifecycle.migrated")
    return std::string(t("转入新版流程 ", "moved it to the lifecycle ")) + text_in(entry.payload, "to");
  if (statechart::Definition const* const lifecycle = view.lifecycle())
    for (auto const& [transition, times] : lifecycle::path_of(*lifecycle, {entry}).taken)
      return in(t.language(), lifecycle::label_of(*lifecycle, *transition));
  return entry.type;
}

std::string words_of(JournalEntry const& entry) {
  std::string words;
  for (char const* name : {"reason", "summary", "text", "problem", "goal", "measures", "note"})
    if (std::string const text = text_in(entry.payload, name); !text.empty())
      words += (words.empty() ? "" : "\n") + text;
  return words;
}

std::string sentence_of(ItemView const& view, JournalEntry const& entry) {
  Say const& t = view.t();
  std::string sentence = actor_name(view.visit, entry.actor) + " " + deed_of(view, entry);
  if (auto const facts = facts_of(view, entry); !facts.empty()) sentence += " " + listed(t, facts);
  if (std::string const words = words_of(entry); !words.empty())
    sentence += std::string(t("：", ": ")) + words;
  return sentence;
}

Html history_section(ItemView const& view) {
  Say const& t = view.t();
  if (!view.shows_history) return {};
  Html lines;
  for (auto entry = view.history.rbegin(); entry != view.history.rend(); ++entry)
    lines += entry_line(view, *entry);
  return section(
      cls("sheet"), id("history"), data("live", ""), h2(t("经过", "What happened")),
      view.history.empty() ? p(cls("hint"), t("还没有记录。", "Nothing yet.")) : ol(cls("history"), lines));
}

std::string step_name(Say const& t, std::string_view step) {
  struct Name {
    std::string_view step, zh, en;
  };
  constexpr std::array<Name, 29> names{{{"remind", "提醒", "reminder"},
                                        {"urge", "催办", "urge"},
                                        {"supervise", "督办", "supervision"},
                                        {"circulate", "通报", "circulation"},
                                        {"summon", "约谈", "summons"},
                                        {"special_letter", "专函督办", "special letter"},
                                        {"extension_requested", "待批延期", "extension asked for"},
                                        {"extension_granted", "同意延期", "extension granted"},
                                        {"extension_refused", "不同意延期", "extension refused"},
                                        {"undelivered", "未送达", "not delivered"},
                                        {"urged", "催办", "urge"},
                                        {"review", "待初审", "for first review"},
                                        {"verification", "待核查", "for verification"},
                                        {"verified", "核查通过", "verified"},
                                        {"returned", "退回", "returned"},
                                        {"closed", "销号", "closed"},
                                        {"disowned", "不属本单位", "not ours"},
                                        {"disown_accepted", "改由其他单位", "handed on"},
                                        {"disown_refused", "仍由本单位", "stays with you"},
                                        {"handed_over", "转来任务", "handed to you"},
                                        {"reinspection", "回头看", "reinspection"},
                                        {"redo_overdue", "补正逾期", "not handed in again"},
                                        {"finding", "交办问题", "finding issued"},
                                        {"self_check", "举一反三自查", "self-check"},
                                        {"relapsed", "问题反弹", "relapse"},
                                        {"objected", "异议", "objection"},
                                        {"reopened", "重新整改", "reopened"},
                                        {"cancelled", "终止", "cancelled"},
                                        {"journal_head", "日志树头", "journal head"}}};
  for (Name const& name : names)
    if (name.step == step) return std::string(t(name.zh, name.en));
  return std::string(step);
}

std::string told_whom(Visit const& visit, std::vector<Username> const& recipients) {
  Say const& t = visit.t;
  std::string const count = std::to_string(recipients.size());
  bool const me =
      visit.me && std::find(recipients.begin(), recipients.end(), visit.me->username) != recipients.end();
  if (!sees_all_notices(visit.me)) {
    if (!me) return t.english() ? count + (count == "1" ? " person" : " people") : count + " 人";
    if (recipients.size() == 1) return std::string(t("您", "you"));
    std::string const others = std::to_string(recipients.size() - 1);
    return t.english() ? "you and " + others + " more" : "您等 " + count + " 人";
  }
  std::vector<std::string> names;
  for (Username const& recipient : recipients)
    if (names.size() < names_shown_max) names.push_back(person_name(visit, recipient));
  std::string text = listed(t, names);
  if (recipients.size() > names_shown_max)
    text += t.english() ? " and others, " + count + " people" : "等 " + count + " 人";
  return text;
}

}  // namespace xiaohao::web::pages
