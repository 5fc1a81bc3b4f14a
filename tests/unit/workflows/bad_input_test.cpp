// What a county's files may have wrong. Each case is a good document with one change, the place that is
// named, and what is said about it.

#include "engine/domain/plain_text.hpp"
#include "tests/unit/workflows/shipped_plan.hpp"
#include "workflows/policy.hpp"

namespace xiaohao::workflows {
namespace {

using nlohmann::json;

json const good_checklist = json::parse(R"json({
  "$schema": "xiaohao-checklist/1", "title": "任务清单", "year": 2024, "source": "附件1",
  "campaigns": [{"name": "春季整改", "window": "3月至5月", "inferred": true, "focus": {"zh": "整改", "en": "rectify"}}],
  "items": [{
    "number": 10, "title": "安居扶贫巩固提升", "content": "3月份全面实施安居扶贫工程", "deadline": "10月底",
    "units": ["县住建局", {"as_written": "各乡（镇、场)", "role": "Support"}],
    "campaigns": ["春季整改"], "content_by_campaign": [{"campaign": "春季整改", "text": "…"}],
    "milestones": [{"deadline": "3月份", "text": "3月份全面实施安居扶贫工程"}],
    "indicators": [{"name": "改造方案", "target": 1500, "unit": "户", "comparison": ">="}],
    "source_lines": [95, 96], "doubts": [{"zh": "户数或栋数", "en": "households or buildings"}]}]})json");

json const good_organisation = json::parse(R"json({
  "$schema": "xiaohao-organisation/1", "coordinating_unit": "fupinban",
  "units": [{"id": "fupinban", "name": "县扶贫办", "kind": "agency"},
            {"id": "songshizhen", "name": "嵩市镇", "kind": "township", "head": "wang"}],
  "groups": [{"id": "xiangzhen", "name": "各乡(镇、场)", "spellings": ["各乡（镇、场）"], "members": ["songshizhen"]},
             {"id": "bangfuganbu", "name": "帮扶干部", "kind": "persons"}],
  "participants": [{"username": "wang", "name": "王镇长", "unit": "songshizhen", "roles": ["Head"],
                    "email": "wang@example.invalid"}],
  "staff": {"supervising_leader": "wang", "mail_domain": "example.invalid"}})json");

json const good_policy = document("policies/default.json");

struct BadInput {
  char const* change;   ///< a JSON Patch (RFC 6902)
  char const* pointer;  ///< where the fault is
  char const* says;     ///< in English
};
void PrintTo(BadInput const& bad, std::ostream* out) { *out << bad.change; }

json changed(json const& document, BadInput const& bad) { return document.patch(json::parse(bad.change)); }

template <class Value>
void expect_fault(Result<Value> const& result, BadInput const& bad) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().reason, Reason::Malformed);
  bool found = false;
  for (Fault const& fault : result.error().faults) {
    EXPECT_FALSE(fault.detail.zh.empty()) << fault.pointer;
    found = found || (fault.pointer == bad.pointer && fault.detail.en.find(bad.says) != std::string::npos);
  }
  EXPECT_TRUE(found) << result.error().first().pointer << ": " << result.error().first().detail.en;
}

class BadChecklist : public testing::TestWithParam<BadInput> {};
TEST_P(BadChecklist, IsRefusedWithThePlaceAndTheReason) {
  ASSERT_TRUE(read_checklist(good_checklist, working_days()));
  expect_fault(read_checklist(changed(good_checklist, GetParam()), working_days()), GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Cases, BadChecklist,
    testing::Values(
        BadInput{R"([{"op":"replace","path":"/$schema","value":"xiaohao-checklist/2"}])", "/$schema",
                 "xiaohao-checklist/1"},
        BadInput{R"([{"op":"remove","path":"/title"}])", "/title", "missing"},
        BadInput{R"([{"op":"replace","path":"/year","value":"2024"}])", "/year", "integer"},
        BadInput{R"([{"op":"replace","path":"/items","value":[]}])", "/items", "at least one"},
        BadInput{R"([{"op":"add","path":"/remark","value":"x"}])", "/remark", "not a known field"},
        BadInput{R"([{"op":"add","path":"/items/0/dedline","value":"2月底"}])", "/items/0/dedline",
                 "not a known field"},
        BadInput{R"([{"op":"replace","path":"/items/0/number","value":0}])", "/items/0/number", "integer"},
        BadInput{R"([{"op":"copy","from":"/items/0","path":"/items/1"}])", "/items/1/number", "twice"},
        BadInput{R"([{"op":"replace","path":"/items/0/title","value":"安居\u202e扶贫"}])", "/items/0/title",
                 "invisible"},
        BadInput{R"([{"op":"replace","path":"/items/0/title","value":"a\r\nBcc: b"}])", "/items/0/title",
                 "control"},
        BadInput{R"([{"op":"replace","path":"/items/0/deadline","value":"2月30日"}])", "/items/0/deadline",
                 "29 days"},
        BadInput{R"([{"op":"replace","path":"/items/0/deadline","value":"尽快"}])", "/items/0/deadline",
                 "cannot be fixed"},
        BadInput{R"([{"op":"remove","path":"/items/0/deadline"}])", "/items/0/deadline", "missing"},
        BadInput{R"([{"op":"replace","path":"/items/0/units","value":[]}])", "/items/0/units",
                 "at least one unit"},
        BadInput{R"([{"op":"replace","path":"/items/0/units/0","value":7}])", "/items/0/units/0", "object"},
        BadInput{R"([{"op":"replace","path":"/items/0/units/1/role","value":"Boss"}])",
                 "/items/0/units/1/role", "Lead or Support"},
        BadInput{R"([{"op":"replace","path":"/items/0/campaigns/0","value":"冬季"}])", "/items/0/campaigns/0",
                 "not one of"},
        BadInput{R"([{"op":"replace","path":"/items/0/content_by_campaign/0/campaign","value":"冬季"}])",
                 "/items/0/content_by_campaign/0/campaign", "not one of"},
        BadInput{R"([{"op":"replace","path":"/items/0/milestones/0/deadline","value":"近期"}])",
                 "/items/0/milestones/0/deadline", "cannot be fixed"},
        BadInput{R"([{"op":"remove","path":"/items/0/milestones/0/text"}])", "/items/0/milestones/0/text",
                 "missing"},
        BadInput{R"([{"op":"replace","path":"/items/0/indicators/0/comparison","value":">"}])",
                 "/items/0/indicators/0/comparison", ">="},
        BadInput{R"([{"op":"replace","path":"/items/0/indicators/0/target","value":1.5}])",
                 "/items/0/indicators/0/target", "integer"},
        BadInput{R"([{"op":"replace","path":"/items/0/source_lines/1","value":"96"}])",
                 "/items/0/source_lines/1", "integer"},
        BadInput{R"([{"op":"remove","path":"/items/0/doubts/0/en"}])", "/items/0/doubts/0/en", "missing"},
        BadInput{R"([{"op":"copy","from":"/campaigns/0","path":"/campaigns/1"}])", "/campaigns/1/name",
                 "twice"},
        BadInput{R"([{"op":"replace","path":"/campaigns/0/window","value":"春天"}])", "/campaigns/0/window",
                 "cannot read"}));

/// Read well, but cannot be made into a plan with this organisation.
class BadPlan : public testing::TestWithParam<BadInput> {};
TEST_P(BadPlan, IsRefusedWithThePlaceAndTheReason) {
  auto const made = [](json const& document) {
    return plan_of(read_checklist(document, working_days()).value(), demonstration());
  };
  ASSERT_TRUE(made(good_checklist));
  expect_fault(made(changed(good_checklist, GetParam())), GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Cases, BadPlan,
    testing::Values(BadInput{R"([{"op":"replace","path":"/items/0/units/0","value":"县住房局"}])",
                             "/items/0/units/0", "no unit or group \"县住房局\""},
                    BadInput{R"([{"op":"replace","path":"/items/0/units","value":["帮扶干部"]}])",
                             "/items/0/units", "persons only"},
                    BadInput{
                        R"([{"op":"replace","path":"/items/0/milestones/0/deadline","value":"3月1日起"}])",
                        "/items/0/milestones/0/deadline", "needs a day"},
                    BadInput{R"([{"op":"replace","path":"/items/0/deadline","value":"每日"}])",
                             "/items/0/deadline", "too often"},
                    BadInput{R"([{"op":"replace","path":"/items/0/deadline","value":"2023年10月底"}])",
                             "/items/0/deadline", "before the plan's year"},
                    BadInput{R"([{"op":"replace","path":"/campaigns/0/window","value":"5月底"}])",
                             "/campaigns/0/window", "first and a last day"}));

class BadOrganisation : public testing::TestWithParam<BadInput> {};
TEST_P(BadOrganisation, IsRefusedWithThePlaceAndTheReason) {
  ASSERT_TRUE(read_organisation(good_organisation));
  expect_fault(read_organisation(changed(good_organisation, GetParam())), GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Cases, BadOrganisation,
    testing::Values(
        BadInput{R"([{"op":"replace","path":"/$schema","value":"xiaohao-checklist/1"}])", "/$schema",
                 "xiaohao-organisation/1"},
        BadInput{R"([{"op":"replace","path":"/units/0/id","value":"Fupinban"}])", "/units/0/id",
                 "lower-case"},
        BadInput{R"([{"op":"replace","path":"/units/1/id","value":"fupinban"}])", "/units/1/id", "twice"},
        BadInput{R"([{"op":"replace","path":"/units/1/name","value":"县扶贫办"}])", "/units/1/name", "twice"},
        BadInput{R"([{"op":"replace","path":"/units/0/kind","value":"bureau"}])", "/units/0/kind",
                 "agency or township"},
        BadInput{R"([{"op":"replace","path":"/units/1/head","value":"li"}])", "/units/1/head", "not listed"},
        BadInput{R"([{"op":"add","path":"/units/0/phone","value":"1"}])", "/units/0/phone",
                 "not a known field"},
        BadInput{R"([{"op":"replace","path":"/groups/0/name","value":"县扶贫办"}])", "/groups/0/name",
                 "twice"},
        BadInput{R"([{"op":"replace","path":"/groups/0/spellings/0","value":"帮扶干部"}])", "/groups/1/name",
                 "twice"},
        BadInput{R"([{"op":"add","path":"/groups/0/members/1","value":"hechengzhen"}])",
                 "/groups/0/members/1", "not listed"},
        BadInput{R"([{"op":"add","path":"/groups/0/members/1","value":"songshizhen"}])",
                 "/groups/0/members/1", "twice"},
        BadInput{R"([{"op":"add","path":"/groups/0/stated_size","value":19}])", "/groups/0/members",
                 "must have 19 members, and has 1"},
        BadInput{R"([{"op":"add","path":"/groups/1/members","value":["fupinban"]}])", "/groups/1/members",
                 "no units"},
        BadInput{R"([{"op":"add","path":"/groups/0/kind","value":"set"}])", "/groups/0/kind",
                 "group or persons"},
        BadInput{R"([{"op":"replace","path":"/participants/0/unit","value":"hechengzhen"}])",
                 "/participants/0/unit", "not listed"},
        BadInput{R"([{"op":"replace","path":"/participants/0/roles","value":[]}])", "/participants/0/roles",
                 "at least one role"},
        BadInput{R"([{"op":"replace","path":"/participants/0/roles/0","value":"Boss"}])",
                 "/participants/0/roles/0", "not a role"},
        BadInput{R"([{"op":"replace","path":"/participants/0/roles","value":["Auditor","Owner"]}])",
                 "/participants/0/roles", "no other role"},
        BadInput{R"([{"op":"replace","path":"/participants/0/email","value":"a@b,c@d"}])",
                 "/participants/0/email", "no mail address"},
        BadInput{R"([{"op":"replace","path":"/coordinating_unit","value":"nobody"}])", "/coordinating_unit",
                 "not listed"},
        BadInput{R"([{"op":"remove","path":"/coordinating_unit"}])", "/coordinating_unit", "missing"},
        BadInput{R"([{"op":"replace","path":"/staff/supervising_leader","value":"li"}])",
                 "/staff/supervising_leader", "not listed"},
        BadInput{R"([{"op":"replace","path":"/staff/mail_domain","value":"a b"}])", "/staff/mail_domain",
                 "no domain name"}));

class BadPolicy : public testing::TestWithParam<BadInput> {};
TEST_P(BadPolicy, IsRefusedWithThePlaceAndTheReason) {
  ASSERT_TRUE(read_policy(good_policy));
  expect_fault(read_policy(changed(good_policy, GetParam())), GetParam());
}
INSTANTIATE_TEST_SUITE_P(
    Cases, BadPolicy,
    testing::Values(
        BadInput{R"([{"op":"remove","path":"/lights/gap_basis_points"}])", "/lights/gap_basis_points",
                 "missing"},
        BadInput{R"([{"op":"replace","path":"/lights/gap_basis_points","value":10001}])",
                 "/lights/gap_basis_points", "1–10000"},
        BadInput{R"([{"op":"remove","path":"/settings/publicity_working_days"}])",
                 "/settings/publicity_working_days", "missing"},
        BadInput{R"([{"op":"replace","path":"/settings/publicity_days","value":-1}])",
                 "/settings/publicity_days", "0–366"},
        BadInput{R"([{"op":"add","path":"/lamps","value":{}}])", "/lamps", "not a known field"},
        BadInput{R"([{"op":"add","path":"/evidence","value":{"bytes_max":5,"types":["*/*"]}}])",
                 "/evidence/bytes_max", "1000–"},
        BadInput{R"([{"op":"add","path":"/evidence","value":{"bytes_max":5000,"types":[]}}])",
                 "/evidence/types", "*/*"},
        BadInput{R"([{"op":"add","path":"/evidence","value":{"bytes_max":5000,"types":["pdf"]}}])",
                 "/evidence/types", "no media type"},
        BadInput{
            R"([{"op":"remove","path":"/lights"},{"op":"remove","path":"/settings"},{"op":"remove","path":"/evidence"}])",
            "", "has none of"}));

TEST(ChecklistFile, NamesAllItsFaultsAtOnce) {
  json document = good_checklist;
  document["items"][0]["deadline"] = "尽快";
  document["items"][0]["units"] = json::array();
  document["items"][0]["colour"] = "red";
  auto const read = read_checklist(document, working_days());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().faults.size(), 3u);
}

TEST(PlainText, HasNoInvisibleCharacters) {
  EXPECT_TRUE(is_plain("各乡(镇、场) ——“示例”"));
  for (char const* hidden : {"a\tb", "a\nb", "a\x7f", "\xc2\x85", "\xc2\xad", "\xe2\x80\x8b", "\xe2\x80\xae",
                             "\xe2\x81\xa0", "\xef\xbb\xbf", "\xd8\x9c"})
    EXPECT_FALSE(is_plain(hidden));
}

}  // namespace
}  // namespace xiaohao::workflows
