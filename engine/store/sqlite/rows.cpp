#include "engine/store/sqlite/rows.hpp"

#include "engine/domain/item_json.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::store::sqlite {
namespace {

using nlohmann::json;

template <class Value>
std::optional<Username> username_of(Value text) {
  return text ? std::optional(Username{*text}) : std::nullopt;
}

std::string lines_of(std::vector<Username> const& names) {
  std::string text;
  for (Username const& name : names) text += (text.empty() ? "" : "\n") + name.value();
  return text;
}

std::vector<Username> names_of(std::string const& lines) {
  std::vector<Username> names;
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t const end = std::min(lines.find('\n', begin), lines.size());
    names.emplace_back(lines.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

json text_json(Text const& text) { return {{"zh", text.zh}, {"en", text.en}}; }
Text text_from(json const& text) {
  return {text.at("zh").get<std::string>(), text.at("en").get<std::string>()};
}

json texts_json(std::vector<Text> const& texts) {
  json list = json::array();
  for (Text const& text : texts) list.push_back(text_json(text));
  return list;
}

std::vector<Text> texts_from(json const& list) {
  std::vector<Text> texts;
  for (json const& text : list) texts.push_back(text_from(text));
  return texts;
}

}  // namespace

std::string campaigns_key(ItemDefinition const& definition) {
  std::string key;
  for (std::string const& campaign : definition.campaigns) key += (key.empty() ? "" : "、") + campaign;
  return key;
}

WorkItem read_item(Query const& row, DefinitionCache& definitions) {
  WorkItem item{definitions.read(ItemId{row.integer(1)}, row.view(0)), {}};
  ItemStatus& s = item.status;
  s.version = row.integer(2);
  s.lifecycle = row.text(3);
  s.configuration = row.text(4);
  s.stage = row.text(6);
  s.closed = row.flag(7);
  s.cancelled = row.flag(8);
  s.due = row.date_or_none(9);
  s.progress = row.small(10);
  s.accepted_at = row.instant_or_none(11);
  s.last_report_at = row.instant_or_none(12);
  s.applied_at = row.instant_or_none(13);
  s.closed_at = row.instant_or_none(14);
  s.cycle = row.small(15);
  s.returns = row.small(16);
  s.extensions = row.small(17);
  s.requested_due = row.date_or_none(18);
  s.applicant = username_of(row.text_or_none(19));
  s.contributors = names_of(row.text(20));
  s.first_reviewer = username_of(row.text_or_none(21));
  s.shares = row.small(22);
  s.shares_closed = row.small(23);
  s.groups_unknown = row.small(24);
  s.redo_by = row.date_or_none(25);
  return item;
}

void bind_status(Query& query, ItemId item, ItemStatus const& s,
                 std::vector<std::string> const& active_states) {
  std::string active = "|";
  for (std::string const& state : active_states) active += state + "|";
  query.bind(":item", item)
      .bind(":version", s.version)
      .bind(":lifecycle", s.lifecycle)
      .bind(":configuration", s.configuration);
  query.bind(":active_states", active)
      .bind(":stage", s.stage)
      .bind(":closed", s.closed)
      .bind(":cancelled", s.cancelled)
      .bind(":due", s.due);
  query.bind(":progress", s.progress)
      .bind(":accepted_at", s.accepted_at)
      .bind(":last_report_at", s.last_report_at)
      .bind(":applied_at", s.applied_at);
  query.bind(":closed_at", s.closed_at)
      .bind(":cycle", s.cycle)
      .bind(":returns", s.returns)
      .bind(":extensions", s.extensions);
  query.bind(":requested_due", s.requested_due)
      .bind(":applicant", s.applicant)
      .bind(":contributors", lines_of(s.contributors));
  query.bind(":first_reviewer", s.first_reviewer)
      .bind(":shares", s.shares)
      .bind(":shares_closed", s.shares_closed)
      .bind(":groups_unknown", s.groups_unknown)
      .bind(":redo_by", s.redo_by);
}

Plan read_plan(Query const& row) {
  Plan plan{PlanYear{row.small(0)}, row.text(1), row.text(2), {}, texts_from(json::parse(row.text(4)))};
  for (json const& c : json::parse(row.text(3)))
    plan.campaigns.push_back({c.at("name").get<std::string>(), text_from(c.at("focus")),
                              parse_date(c.at("start").get<std::string>()).value(),
                              parse_date(c.at("due").get<std::string>()).value(),
                              c.at("inferred").get<bool>()});
  return plan;
}

void bind_plan(Query& query, Plan const& plan) {
  json campaigns = json::array();
  for (Campaign const& c : plan.campaigns)
    campaigns.push_back({{"name", c.name},
                         {"focus", text_json(c.focus)},
                         {"start", to_string(c.start)},
                         {"due", to_string(c.due)},
                         {"inferred", c.inferred}});
  query.bind(":year", plan.year)
      .bind(":title", plan.title)
      .bind(":source", plan.source)
      .bind(":campaigns", campaigns.dump())
      .bind(":doubts", texts_json(plan.doubts).dump());
}

Unit read_unit(Query const& row) {
  return {UnitId{row.text(0)},
          row.text(1),
          row.text(2),
          row.flag(3),
          username_of(row.text_or_none(4)),
          username_of(row.text_or_none(5)),
          !row.is_null(6)};
}

void bind_unit(Query& query, Unit const& unit) {
  query.bind(":id", unit.id)
      .bind(":name", unit.name)
      .bind(":kind", unit.kind)
      .bind(":example", unit.example)
      .bind(":head", unit.head)
      .bind(":supervising_leader", unit.supervising_leader)
      .bind(":retired", unit.retired);
}

UnitGroup read_group(Query const& row) {
  UnitGroup group{GroupId{row.text(0)}, row.text(1), json::parse(row.text(2)).get<std::vector<std::string>>(),
                  row.text(3),          {},          row.flag(5),
                  std::nullopt};
  for (json const& member : json::parse(row.text(4))) group.members.emplace_back(member.get<std::string>());
  if (!row.is_null(6)) group.stated_size = row.small(6);
  return group;
}

void bind_group(Query& query, UnitGroup const& group) {
  json members = json::array();
  for (UnitId const& member : group.members) members.push_back(member.value());
  query.bind(":id", group.id)
      .bind(":name", group.name)
      .bind(":spellings", json(group.spellings).dump())
      .bind(":kind", group.kind);
  query.bind(":members", members.dump())
      .bind(":members_known", group.members_known)
      .bind(":stated_size", group.stated_size);
}

Participant read_participant(Query const& row) {
  Participant participant{Username{row.text(0)}, row.text(1), std::nullopt, {}, row.text(4), row.flag(5)};
  if (auto const unit = row.text_or_none(2)) participant.unit = UnitId{*unit};
  for (json const& role : json::parse(row.text(3)))
    participant.roles.push_back(role_named(role.get<std::string>()).value());
  return participant;
}

void bind_participant(Query& query, Participant const& participant) {
  json roles = json::array();
  for (Role role : participant.roles) roles.push_back(to_string(role));
  query.bind(":username", participant.username)
      .bind(":name", participant.name)
      .bind(":unit", participant.unit)
      .bind(":roles", roles.dump());
  query.bind(":email", participant.email).bind(":active", participant.active);
}

Evidence read_evidence(Query const& row) {
  return {
      ItemId{row.integer(0)}, Sha256Hex{row.text(1)}, row.text(2),  row.integer(3), row.text(4), row.text(5),
      Username{row.text(6)},  row.instant(7),         row.small(8), row.flag(9)};
}

Notice read_notice(Query const& row) {
  Notice n;
  n.id = NoticeId{row.integer(0)};
  n.key = row.text(1);
  n.item = ItemId{row.integer(2)};
  n.recipient = Username{row.text(3)};
  n.channel = row.text(4);
  n.step = row.text(5);
  n.subject = {row.text(6), row.text(7)};
  n.body = {row.text(8), row.text(9)};
  n.state = notice_state_named(row.text(10)).value();
  n.decided_at = row.instant(11);
  n.planned_for = row.instant(12);
  n.sent_at = row.instant_or_none(13);
  n.acknowledged_at = row.instant_or_none(14);
  n.attempts = row.small(15);
  n.next_attempt_at = row.instant_or_none(16);
  n.last_error = row.text(17);
  n.delivery = row.text(18);
  n.receipt = row.text(19);
  n.withheld = row.text(20);
  n.pace = row.text_or_none(21).value_or("");
  return n;
}

void bind_notice(Query& query, Notice const& n) {
  query.bind(":key", n.key)
      .bind(":item", n.item)
      .bind(":recipient", n.recipient)
      .bind(":channel", n.channel)
      .bind(":step", n.step);
  query.bind(":subject_zh", n.subject.zh)
      .bind(":subject_en", n.subject.en)
      .bind(":body_zh", n.body.zh)
      .bind(":body_en", n.body.en);
  query.bind(":state", to_string(n.state))
      .bind(":decided_at", n.decided_at)
      .bind(":planned_for", n.planned_for)
      .bind(":sent_at", n.sent_at);
  query.bind(":acknowledged_at", n.acknowledged_at)
      .bind(":attempts", n.attempts)
      .bind(":next_attempt_at", n.next_attempt_at);
  query.bind(":last_error", n.last_error).bind(":delivery", n.delivery);
  query.bind(":receipt", n.receipt).bind(":withheld", n.withheld);
  query.bind(":pace", n.pace.empty() ? std::nullopt : std::optional(n.pace));
}

}  // namespace xiaohao::store::sqlite
