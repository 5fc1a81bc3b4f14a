#include "engine/decision/actions.hpp"

#include <algorithm>

#include "engine/json/document.hpp"

namespace xiaohao::decision {
namespace {

using Json = nlohmann::json;

std::string text_of(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int number_of(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_number_integer() ? static_cast<int>(found->get<std::int64_t>())
                                                             : 0;
}

/// What a person wrote, under whichever name the event gives it; and by when it is to be mended, if he said
/// so.
std::string words_of(Json const& payload) {
  std::string const redo_by = text_of(payload, "redo_by");
  std::string const until = redo_by.empty() ? "" : "\n补正时限 To be handed in again by: " + redo_by;
  for (char const* name : {"reason", "text", "summary", "note"})
    if (std::string text = text_of(payload, name); !text.empty()) return text + until;
  return {};
}

void contribute(ItemStatus& status, Actor const& actor) {
  if (actor.automatic) return;
  auto& contributors = status.contributors;
  for (Username const& who : {actor.username, actor.on_behalf_of.value_or(actor.username)})
    if (std::find(contributors.begin(), contributors.end(), who) == contributors.end())
      contributors.push_back(who);
}

void record_acceptance(ItemStatus& status, ActionInput const& in, Consequences&) {
  status.accepted_at = in.at;
}

void record_report(ItemStatus& status, ActionInput const& in, Consequences&) {
  status.progress = number_of(in.payload, "progress") * 100;
  status.last_report_at = in.at;
  contribute(status, in.actor);
}

void attach_evidence(ItemStatus& status, ActionInput const& in, Consequences& then) {
  contribute(status, in.actor);
  then.attached.push_back(Evidence{in.definition.id, Sha256Hex{text_of(in.payload, "sha256")},
                                   text_of(in.payload, "name"), in.payload.at("size").get<std::int64_t>(),
                                   text_of(in.payload, "media_type"), text_of(in.payload, "note"),
                                   in.actor.username, in.at, status.cycle, false});
}

void withdraw_evidence(ItemStatus& status, ActionInput const& in, Consequences& then) {
  contribute(status, in.actor);
  then.withdrawn.emplace_back(text_of(in.payload, "sha256"));
}

void freeze_application(ItemStatus& status, ActionInput const& in, Consequences&) {
  status.applied_at = in.at;
  status.applicant = in.actor.username;
  status.redo_by.reset();
  contribute(status, in.actor);
}

void record_first_review(ItemStatus& status, ActionInput const& in, Consequences&) {
  status.first_reviewer = in.actor.username;
}
void record_verification(ItemStatus&, ActionInput const&, Consequences&) {}
void record_reinspection(ItemStatus&, ActionInput const&, Consequences& then) { then.rechecked = true; }
void record_objection(ItemStatus&, ActionInput const&, Consequences&) {}
void record_urge(ItemStatus&, ActionInput const&, Consequences&) {}

void record_return(ItemStatus& status, ActionInput const& in, Consequences&) {
  ++status.returns;
  withdraw_application(status);
  if (std::string const day = text_of(in.payload, "redo_by"); !day.empty())
    status.redo_by = parse_date(day).value();
}

void record_disowning(ItemStatus&, ActionInput const&, Consequences&) {}
void keep_with_unit(ItemStatus&, ActionInput const&, Consequences&) {}

void hand_share_over(ItemStatus& status, ActionInput const& in, Consequences& then) {
  status.requested_due.reset();
  then.handed_to = UnitId{text_of(in.payload, "unit")};
}

void record_closing(ItemStatus& status, ActionInput const& in, Consequences&) {
  status.closed_at = in.at;
  status.progress = complete;
}

void record_reopening(ItemStatus& status, ActionInput const&, Consequences&) { status.closed_at.reset(); }

void begin_next_cycle(ItemStatus& status, ActionInput const& in, Consequences& then) {
  ++status.cycle;
  // Whoever asked for a later date that nobody has answered yet must not come to answer it himself.
  if (!status.requested_due) status.contributors.clear();
  withdraw_application(status);
  status.redo_by.reset();
  then.rechecked = true;
  record_reopening(status, in, then);
}

void extend_measures(ItemStatus& status, ActionInput const& in, Consequences& then) {
  contribute(status, in.actor);
  then.measures = text_of(in.payload, "measures");
}

void record_cancellation(ItemStatus& status, ActionInput const&, Consequences&) {
  status.applied_at.reset();
  status.requested_due.reset();
  status.redo_by.reset();
}

void record_extension_request(ItemStatus& status, ActionInput const& in, Consequences&) {
  status.requested_due = parse_date(text_of(in.payload, "due")).value();
  contribute(status, in.actor);
}

void grant_extension(ItemStatus& status, ActionInput const&, Consequences&) {
  if (!status.requested_due) return;  // the item was cancelled meanwhile, and its request with it
  status.due = status.requested_due;
  status.requested_due.reset();
  ++status.extensions;
}

void refuse_extension(ItemStatus& status, ActionInput const&, Consequences&) { status.requested_due.reset(); }

/// Not an extension, which is asked for and counted.
void change_due(ItemStatus& status, ActionInput const& in, Consequences&) {
  status.due = parse_date(text_of(in.payload, "due")).value();
}

void record_shares(ItemStatus& status, ActionInput const& in, Consequences&) {
  status.shares = number_of(in.payload, "shares");
  status.shares_closed = number_of(in.payload, "shares_closed");
  status.groups_unknown = number_of(in.payload, "groups_unknown");
  status.progress = number_of(in.payload, "progress");
}

void tell_parent(ItemStatus&, ActionInput const&, Consequences& then) { then.tell_parent = true; }

void forward(ItemStatus&, ActionInput const& in, Consequences& then) {
  then.forwards.push_back({text_of(in.params, "event"), in.payload});
}

void notify(ItemStatus&, ActionInput const& in, Consequences& then) {
  then.occasions.push_back({text_of(in.params, "occasion"), text_of(in.params, "audience"),
                            words_of(in.payload), in.actor.username});
}

Field required(char const* name, FieldType type, char const* zh, char const* en) {
  return {name, type, true, {zh, en}};
}
Field possible(char const* name, FieldType type, char const* zh, char const* en) {
  return {name, type, false, {zh, en}};
}

std::vector<Action> const& all() {
  using enum FieldType;
  static std::vector<Action> const table{
      {"extend_measures",
       {"补充、深化整改措施", "adds measures to those that a finding has"},
       {required("measures", Text, "深化措施", "Further measures")},
       extend_measures},
      {"record_acceptance", {"记录签收时间", "records when the unit accepted"}, {}, record_acceptance},
      {"record_report",
       {"记录进展", "records the progress reported"},
       {required("progress", Percent, "进度（%）", "Progress (%)"),
        possible("text", Text, "进展情况", "What was done"),
        possible("indicators", Indicators, "指标完成值", "Indicator values")},
       record_report},
      {"attach_evidence",
       {"登记佐证材料", "records a piece of evidence"},
       {required("sha256", Sha256, "文件摘要", "SHA-256 of the file"),
        required("name", Text, "文件名", "File name"), required("size", Bytes, "大小", "Size in bytes"),
        required("media_type", Text, "类型", "Media type")},
       attach_evidence},
      {"withdraw_evidence",
       {"撤回佐证材料，记录仍保留", "marks a piece of evidence as withdrawn; it stays in the record"},
       {required("sha256", Sha256, "文件摘要", "SHA-256 of the file"),
        possible("reason", Text, "理由", "Reason")},
       withdraw_evidence},
      {"freeze_application",
       {"记录申请，单位时限停止计算", "records the application; the unit's clock stands still"},
       {required("summary", Text, "完成情况", "Summary of what was achieved"),
        possible("evidence", Sha256List, "佐证材料", "Evidence relied on")},
       freeze_application},
      {"record_first_review",
       {"记录初审", "records the first review"},
       {possible("text", Text, "初审意见", "Opinion")},
       record_first_review},
      {"record_return",
       {"记录退回，时限不变", "records the return; the due date stays"},
       {required("reason", Text, "退回理由", "Reason"),
        possible("redo_by", Date, "补正时限", "To be handed in again by")},
       record_return},
      {"record_disowning",
       {"记录不属本单位", "records that the unit says it is not its own"},
       {required("reason", Text, "不属本单位的理由", "Why it is not this unit's")},
       record_disowning},
      {"keep_with_unit",
       {"裁定仍由该单位办理", "records that the share stays with the unit"},
       {required("reason", Text, "裁定理由", "Reason")},
       keep_with_unit},
      {"hand_share_over",
       {"改由另一单位办理，下达新的责任分解", "the share goes to another unit, which gets one of its own"},
       {required("unit", Unit, "改由", "Unit that takes it over"),
        required("reason", Text, "裁定理由", "Reason")},
       hand_share_over},
      {"record_verification",
       {"记录核查", "records the verification"},
       {possible("text", Text, "核查意见", "Opinion")},
       record_verification},
      {"record_objection",
       {"记录异议", "records the objection"},
       {required("reason", Text, "异议内容", "Reason")},
       record_objection},
      {"record_closing", {"记录销号", "records the close-out"}, {}, record_closing},
      {"record_reopening", {"记录重新打开", "records the reopening"}, {}, record_reopening},
      {"record_reinspection",
       {"记录回头看", "records the reinspection"},
       {possible("text", Text, "现状", "State found")},
       record_reinspection},
      {"begin_next_cycle",
       {"开始新一轮整改", "begins a new close-out cycle"},
       {required("reason", Text, "重新整改理由", "Reason")},
       begin_next_cycle},
      {"record_cancellation",
       {"记录终止", "records the cancellation"},
       {required("reason", Text, "终止理由", "Reason")},
       record_cancellation},
      {"record_extension_request",
       {"记录延期申请，批准前原时限有效", "records the request; the old due date counts until it is granted"},
       {required("due", Date, "申请时限", "Due date asked for"),
        possible("phrase", Text, "时限用语", "In words"), required("reason", Text, "延期原因", "Reason")},
       record_extension_request},
      {"grant_extension",
       {"批准延期", "the requested due date counts from now"},
       {possible("text", Text, "批准意见", "Opinion")},
       grant_extension},
      {"refuse_extension",
       {"不同意延期", "refuses the request"},
       {required("reason", Text, "不同意理由", "Reason")},
       refuse_extension},
      {"change_due",
       {"规则变动后更改时限", "the due date that changed rules give counts from now"},
       {required("due", Date, "新时限", "New due date"), required("reason", Text, "理由", "Reason")},
       change_due},
      {"record_urge",
       {"记录催办", "records the urge"},
       {required("text", Text, "催办内容", "What is asked for")},
       record_urge},
      {"record_shares",
       {"汇总各责任单位", "sums up the assignments"},
       {required("shares", Count, "责任分解数", "Assignments"),
        required("shares_closed", Count, "已销号数", "Assignments closed"),
        required("groups_unknown", Count, "成员未明确的单位组", "Groups of unknown members"),
        required("progress", Count, "加权进度", "Weighted progress in basis points")},
       record_shares},
      {"tell_parent", {"告知所属任务", "lets the task sum up anew"}, {}, tell_parent},
      {"forward",
       {"转给各责任单位", "passes an event on to the open children"},
       {},
       forward,
       {{"event", {}}}},
      {"notify",
       {"通知有关人员", "tells people"},
       {},
       notify,
       {{"occasion", {}},
        {"audience", {"owner", "first_reviewer", "inspector", "coordinator", "leadership", "head"}}}},
  };
  return table;
}

}  // namespace

void withdraw_application(ItemStatus& status) {
  status.applied_at.reset();
  status.applicant.reset();
  status.first_reviewer.reset();
}

std::span<Action const> actions() { return all(); }

Action const* action_named(std::string_view name) {
  for (Action const& action : all())
    if (action.name == name) return &action;
  return nullptr;
}

}  // namespace xiaohao::decision
