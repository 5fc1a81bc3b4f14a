
#include "engine/record/words.hpp"

#include "engine/domain/command.hpp"
#include "engine/journal/base64.hpp"
#include "engine/journal/note.hpp"
#include "engine/json/document.hpp"
#include "engine/record/paper.hpp"
#include "engine/record/texts.hpp"
#include "engine/record/verification.hpp"

namespace xiaohao::record {
namespace {

struct EventWords {
  char const* type;
  Text words;
};

/// The events of the shipped lifecycles. Another county's own are shown by their names.
std::vector<EventWords> const& event_words() {
  static std::vector<EventWords> const table{
      {"plan.created", {"制定方案", "plan made"}},
      {"item.created", {"下达", "issued"}},
      {"accept", {"签收", "accepted"}},
      {"disown", {"认为不属本单位", "said it is another unit's"}},
      {"disown.accept", {"改由其他单位办理", "handed it to another unit"}},
      {"disown.refuse", {"裁定仍由该单位办理", "decided that it stays with the unit"}},
      {"report", {"进展反馈", "reported progress"}},
      {"evidence.attach", {"提交佐证材料", "handed in evidence"}},
      {"evidence.withdraw", {"撤回佐证材料", "withdrew evidence"}},
      {"closeout.apply", {"申请销号", "applied for close-out"}},
      {"closeout.approve", {"初审通过", "approved in first review"}},
      {"closeout.return", {"初审退回", "returned in first review"}},
      {"closeout.verify", {"核查通过", "verified"}},
      {"closeout.reject", {"核查退回", "rejected in verification"}},
      {"closeout.object", {"公示期异议", "objected during publicity"}},
      {"complete", {"申报完成", "said it is complete"}},
      {"confirm", {"确认完成", "confirmed"}},
      {"return", {"退回", "returned"}},
      {"reinspect.pass", {"回头看通过", "passed reinspection"}},
      {"reinspect.reopen", {"回头看重新整改", "reopened"}},
      {"extension.request", {"申请延期", "asked for an extension"}},
      {"extension.grant", {"批准延期", "granted the extension"}},
      {"extension.refuse", {"不同意延期", "refused the extension"}},
      {"due.changed", {"规则变动，更改时限", "had its due date changed by new rules"}},
      {"urge", {"催办", "urged"}},
      {"escalation.step", {"督办", "escalated"}},
      {"share.changed", {"责任分解变动", "a share changed"}},
      {"cancel", {"终止", "cancelled"}},
      {"measures.extend", {"深化措施", "added measures"}},
      {"finding.registered", {"登记反馈问题", "registered the finding"}},
      {"finding.grouped", {"归类同类问题", "changed the group of similar problems"}},
      {"finding.pushed", {"推送举一反三自查", "sent self-checks to sister units"}},
      {"finding.relapsed", {"认定为反弹", "recognised a relapse"}},
      {"work.handed_over", {"移交工作", "handed the work over"}},
      {"text.erased", {"依法删除文字", "had a text erased by law"}},
  };
  return table;
}

Text words_for(std::string const& type) {
  for (EventWords const& known : event_words())
    if (known.type == type) return known.words;
  if (type.starts_with("xstate.after.")) return {"期限届满", "its time was up"};
  return {type, type};
}

std::string text_at(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string minute_of(std::string const& instant) {
  return instant.size() >= 16 ? instant.substr(0, 10) + " " + instant.substr(11, 5) : instant;
}

bool closes(Json const& entry) {
  auto const actions = entry["outcome"].find("actions");
  if (actions == entry["outcome"].end() || !actions->is_array()) return false;
  for (Json const& action : *actions)
    if (action.is_object() && text_at(action, "type") == "record_closing") return true;
  return false;
}

Text event_line(Json const& entry) {
  Deed const deed = deed_of(entry);
  std::string const other = deed.on_behalf;
  Text line{deed.at + "　" + (deed.actor.empty() ? "自动" : deed.actor) +
                (other.empty() ? "" : "（代 " + other + "）") + "　" + deed.what.zh,
            deed.at + "  " + (deed.actor.empty() ? "by itself" : deed.actor) +
                (other.empty() ? "" : " (for " + other + ")") + ": " + deed.what.en};
  if (deed.closes) line = {line.zh + "，销号", line.en + ", closed"};
  if (!deed.words.empty()) line = {line.zh + "：" + deed.words, line.en + ": " + deed.words};
  return line;
}

Text trust_line(Trust trust, std::string const& key_id) {
  switch (trust) {
    case Trust::Given:
      return {"签名密钥就是您提供的密钥。", "The signature is by the key that you gave."};
    case Trust::HandedOver:
      return {"签名密钥由您提供的密钥移交而来，移交记录在档案内并经两把密钥签名。",
              "The signature is by a key that yours handed over to; the hand-over is in the record, signed "
              "by both."};
    case Trust::Embedded:
      break;
  }
  return {"未提供密钥：只能证明档案与其自带密钥相符。请将密钥指纹与另行取得的核对：" + key_id,
          "No key was given: the record agrees with the key that it brings. Compare that key with one you "
          "have from "
          "elsewhere: " +
              key_id};
}

}  // namespace

Deed deed_of(Json const& entry) {
  Deed deed{minute_of(text_at(entry, "at")),
            "",
            text_at(entry, "on_behalf_of"),
            words_for(text_at(entry, "type")),
            closes(entry),
            ""};
  if (!entry.contains("automatic")) deed.actor = text_at(entry, "actor");
  auto const commitments = entry.find("commitments");
  for (char const* name : {"summary", "reason", "text", "problem", "goal", "measures", "note"}) {
    std::string words = text_at(entry["payload"], name);
    if (words.empty() && commitments != entry.end() && commitments->contains(name)) words = erased_text;
    if (!words.empty()) deed.words += (deed.words.empty() ? "" : "；") + words;
  }
  return deed;
}

std::vector<Text> words_of(CloseOutRecord const& record, Verdict const& verdict) {
  Story const& story = verdict.story;
  Json const& item = story.definition;
  std::string const number = std::to_string(item.value("number", 0)), title = text_at(item, "title");
  std::string const unit = text_at(item, "unit"),
                    due = story.due.is_string() ? story.due.get<std::string>() : "";
  std::vector<Text> lines;
  lines.push_back({text_at(story.plan, "title") + "，第 " + number + " 项《" + title + "》" +
                       (unit.empty() ? "" : "，责任单位 " + unit) + (due.empty() ? "" : "，时限 " + due),
                   text_at(story.plan, "title") + ", item " + number + " \"" + title + "\"" +
                       (unit.empty() ? "" : ", unit " + unit) + (due.empty() ? "" : ", due " + due)});
  for (Json const& event : told_events(record)) lines.push_back(event_line(event));
  for (Json const& piece : story.evidence) {
    std::string const name = piece["name"].is_string() ? piece["name"].get<std::string>() : erased_text;
    lines.push_back({"佐证　" + name + "　" + std::to_string(piece.value("size", 0)) + " 字节　SHA-256 " +
                         text_at(piece, "sha256"),
                     "evidence  " + name + ", " + std::to_string(piece.value("size", 0)) +
                         " bytes, SHA-256 " + text_at(piece, "sha256")});
  }
  std::string const size = std::to_string(verdict.head.size), time = minute_of(verdict.head.time);
  lines.push_back(
      {"销号时间 " + minute_of(story.closed_at.value_or("")) + "；以日志前 " + size + " 条（至 " + time +
           "）为准，短码 " + short_code(verdict.head) + "。此后是否重新打开，须向出具单位查询。",
       "Closed " + minute_of(story.closed_at.value_or("")) + ", as of the first " + size +
           " entries of the journal (up to " + time + "), short code " + short_code(verdict.head) +
           ". Whether it was reopened later only the journal can tell."});
  std::string const code = journal::code_of(digest_of(record));
  lines.push_back({"档案码 " + code + "，与纸质档案上的核对。",
                   "Record code " + code + ", to be held against the one on paper."});
  lines.push_back(trust_line(verdict.trust, verdict.head.key_id));
  return lines;
}

}  // namespace xiaohao::record
