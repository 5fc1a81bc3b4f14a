#include "engine/domain/item_json.hpp"

#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

using Json = nlohmann::json;

template <class Value>
Json or_null(std::optional<Value> const& value) {
  return value ? Json(to_string(*value)) : Json(nullptr);
}

Json or_null(std::optional<UnitId> const& id) { return id ? Json(id->value()) : Json(nullptr); }
Json or_null(std::optional<Username> const& name) { return name ? Json(name->value()) : Json(nullptr); }
Json or_null(std::optional<std::string> const& text) { return text ? Json(*text) : Json(nullptr); }

Json text_to_json(Text const& text) { return {{"zh", text.zh}, {"en", text.en}}; }

template <class Value, class Convert>
Json list(std::vector<Value> const& values, Convert convert) {
  Json array = Json::array();
  for (Value const& value : values) array.push_back(convert(value));
  return array;
}

std::optional<Instant> instant_at(Json const& json, char const* name) {
  Json const& value = json.at(name);
  return value.is_null() ? std::nullopt
                         : std::optional(parse_instant(value.get_ref<std::string const&>()).value());
}

std::optional<Date> date_at(Json const& json, char const* name) {
  Json const& value = json.at(name);
  return value.is_null() ? std::nullopt
                         : std::optional(parse_date(value.get_ref<std::string const&>()).value());
}

std::optional<Username> username_at(Json const& json, char const* name) {
  Json const& value = json.at(name);
  return value.is_null() ? std::nullopt : std::optional(Username{value.get<std::string>()});
}

int integer_at(Json const& json, char const* name) {
  return static_cast<int>(json.at(name).get<std::int64_t>());
}

}  // namespace

Json definition_to_json(ItemDefinition const& d) {
  return {
      {"id", d.id.value()},
      {"plan", d.plan.value()},
      {"parent", d.parent ? Json(d.parent->value()) : Json(nullptr)},
      {"kind", to_string(d.kind)},
      {"number", d.number},
      {"title", d.title},
      {"content", d.content},
      {"schedule",
       {{"phrase", d.schedule.phrase},
        {"kind", to_string(d.schedule.kind)},
        {"start", or_null(d.schedule.start)},
        {"due", or_null(d.schedule.due)},
        {"recurrence", or_null(d.schedule.recurrence)},
        {"soft", d.schedule.soft}}},
      {"campaigns", d.campaigns},
      {"unit", or_null(d.unit)},
      {"role", d.role ? Json(to_string(*d.role)) : Json(nullptr)},
      {"named_units", list(d.named_units,
                           [](NamedUnit const& unit) {
                             return Json{{"as_written", unit.as_written},
                                         {"name", unit.name},
                                         {"role", to_string(unit.role)},
                                         {"role_inferred", unit.role_inferred},
                                         {"members_known", unit.members_known}};
                           })},
      {"indicators", list(d.indicators,
                          [](Indicator const& indicator) {
                            return Json{{"name", indicator.name},
                                        {"target", indicator.target},
                                        {"unit", indicator.unit},
                                        {"comparison", indicator.comparison},
                                        {"text", indicator.text}};
                          })},
      {"content_by_campaign", list(d.content_by_campaign,
                                   [](CampaignText const& part) {
                                     return Json{{"campaign", part.campaign}, {"text", part.text}};
                                   })},
      {"source_lines", d.source_lines},
      {"doubts", list(d.doubts, text_to_json)},
  };
}

Json status_to_json(ItemStatus const& s) {
  return {
      {"version", s.version},
      {"lifecycle", s.lifecycle},
      {"configuration", s.configuration},
      {"stage", s.stage},
      {"closed", s.closed},
      {"cancelled", s.cancelled},
      {"due", or_null(s.due)},
      {"progress", s.progress},
      {"accepted_at", or_null(s.accepted_at)},
      {"last_report_at", or_null(s.last_report_at)},
      {"applied_at", or_null(s.applied_at)},
      {"closed_at", or_null(s.closed_at)},
      {"cycle", s.cycle},
      {"returns", s.returns},
      {"extensions", s.extensions},
      {"requested_due", or_null(s.requested_due)},
      {"redo_by", or_null(s.redo_by)},
      {"applicant", or_null(s.applicant)},
      {"contributors", list(s.contributors, [](Username const& name) { return Json(name.value()); })},
      {"first_reviewer", or_null(s.first_reviewer)},
      {"shares", s.shares},
      {"shares_closed", s.shares_closed},
      {"groups_unknown", s.groups_unknown},
  };
}

ItemDefinition definition_from_json(Json const& json) {
  ItemDefinition d{ItemId{json.at("id").get<std::int64_t>()},
                   PlanYear{integer_at(json, "plan")},
                   std::nullopt,
                   item_kind_named(json.at("kind").get<std::string>()).value(),
                   integer_at(json, "number"),
                   json.at("title").get<std::string>(),
                   json.at("content").get<std::string>(),
                   {},
                   {},
                   std::nullopt,
                   std::nullopt,
                   {},
                   {},
                   {},
                   {},
                   {}};
  if (!json.at("parent").is_null()) d.parent = ItemId{json.at("parent").get<std::int64_t>()};
  Json const& schedule = json.at("schedule");
  d.schedule.phrase = schedule.at("phrase").get<std::string>();
  d.schedule.kind = calendar::schedule_kind_named(schedule.at("kind").get<std::string>()).value();
  d.schedule.start = date_at(schedule, "start");
  d.schedule.due = date_at(schedule, "due");
  if (!schedule.at("recurrence").is_null())
    d.schedule.recurrence = schedule.at("recurrence").get<std::string>();
  d.schedule.soft = schedule.at("soft").get<bool>();
  d.campaigns = json.at("campaigns").get<std::vector<std::string>>();
  if (!json.at("unit").is_null()) d.unit = UnitId{json.at("unit").get<std::string>()};
  if (!json.at("role").is_null()) d.role = unit_role_named(json.at("role").get<std::string>());
  for (Json const& u : json.at("named_units"))
    d.named_units.push_back({u.at("as_written").get<std::string>(), u.at("name").get<std::string>(),
                             unit_role_named(u.at("role").get<std::string>()).value(),
                             u.at("role_inferred").get<bool>(), u.at("members_known").get<bool>()});
  for (Json const& i : json.at("indicators"))
    d.indicators.push_back({i.at("name").get<std::string>(), i.at("target").get<std::int64_t>(),
                            i.at("unit").get<std::string>(), i.at("comparison").get<std::string>(),
                            i.at("text").get<std::string>()});
  for (Json const& c : json.at("content_by_campaign"))
    d.content_by_campaign.push_back({c.at("campaign").get<std::string>(), c.at("text").get<std::string>()});
  d.source_lines = json.at("source_lines").get<std::vector<int>>();
  for (Json const& t : json.at("doubts"))
    d.doubts.push_back({t.at("zh").get<std::string>(), t.at("en").get<std::string>()});
  return d;
}

ItemStatus status_from_json(Json const& json) {
  ItemStatus s;
  s.version = json.at("version").get<std::int64_t>();
  s.lifecycle = json.at("lifecycle").get<std::string>();
  s.configuration = json.at("configuration").get<std::string>();
  s.stage = json.at("stage").get<std::string>();
  s.closed = json.at("closed").get<bool>();
  s.cancelled = json.at("cancelled").get<bool>();
  s.due = date_at(json, "due");
  s.progress = integer_at(json, "progress");
  s.accepted_at = instant_at(json, "accepted_at");
  s.last_report_at = instant_at(json, "last_report_at");
  s.applied_at = instant_at(json, "applied_at");
  s.closed_at = instant_at(json, "closed_at");
  s.cycle = integer_at(json, "cycle");
  s.returns = integer_at(json, "returns");
  s.extensions = integer_at(json, "extensions");
  s.requested_due = date_at(json, "requested_due");
  if (json.contains("redo_by"))
    s.redo_by = date_at(json, "redo_by");  // entries of version 0.6 and before lack it
  s.applicant = username_at(json, "applicant");
  for (Json const& name : json.at("contributors")) s.contributors.emplace_back(name.get<std::string>());
  s.first_reviewer = username_at(json, "first_reviewer");
  s.shares = integer_at(json, "shares");
  s.shares_closed = integer_at(json, "shares_closed");
  s.groups_unknown = integer_at(json, "groups_unknown");
  return s;
}

}  // namespace xiaohao
