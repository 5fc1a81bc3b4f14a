// The shipped checklist held against the plan's own text, and its deadlines against the calendar of 2024.

#include <set>

#include "tests/unit/workflows/shipped_plan.hpp"

namespace xiaohao::workflows {
namespace {

/// Takes `part` out of `text`, where it must stand.
bool take_out(std::string& text, std::string const& part) {
  auto const at = text.find(part);
  if (at != std::string::npos) text.erase(at, part.size());
  return at != std::string::npos;
}

/// Takes `content` out of `text` piece by piece: the table was flattened across its columns, so a row's
/// content may stand in several places. Returns the number of pieces, 0 when some of it stands nowhere.
int take_out_in_pieces(std::string& text, std::string_view content) {
  int pieces = 0;
  while (!content.empty()) {
    std::size_t longest = 0;
    while (longest < content.size() && text.find(content.substr(0, longest + 1)) != std::string::npos)
      ++longest;
    while (longest < content.size() && (content[longest] & 0xc0) == 0x80) --longest;  // whole characters
    if (longest < 6 || !take_out(text, std::string(content.substr(0, longest)))) return 0;
    content.remove_prefix(longest);
    ++pieces;
  }
  return pieces;
}

/// The row's units as the plan writes them: an entry that was read as two stands there once.
std::string units_as_written(ChecklistItem const& item) {
  std::string text, last;
  for (NamedUnit const& unit : item.units) {
    if (unit.as_written == last) continue;
    text += (text.empty() ? "" : "、") + unit.as_written;
    last = unit.as_written;
  }
  return text;
}

class EachRow : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Plan2024, EachRow, testing::Range(1, 25));

TEST_P(EachRow, HasTheWordsOfThePlanAndNoOthers) {
  ChecklistItem const& item = row(GetParam());
  std::string rest = text_of(item.source_lines);
  EXPECT_TRUE(take_out(rest, item.title)) << item.title;
  EXPECT_THAT(take_out_in_pieces(rest, item.content), testing::AllOf(testing::Ge(1), testing::Le(2)));
  EXPECT_TRUE(take_out(rest, item.deadline)) << item.deadline;
  EXPECT_THAT(rest, testing::AnyOf(units_as_written(item), units_as_written(item) + "；"));
}

TEST_P(EachRow, NamesUnitsThatThePlanItselfNamesThere) {
  for (NamedUnit const& unit : row(GetParam()).units) {
    Organisation const& organisation = organisation_2024().organisation;
    EXPECT_TRUE(unit_named(organisation, unit.name) || group_named(organisation, unit.name)) << unit.name;
  }
}

TEST_P(EachRow, TakesItsMilestonesIndicatorsAndCampaignsFromItsContent) {
  ChecklistItem const& item = row(GetParam());
  for (ChecklistMilestone const& milestone : item.milestones) {
    EXPECT_THAT(item.content, testing::HasSubstr(milestone.text));
    EXPECT_THAT(milestone.text, testing::HasSubstr(milestone.deadline));
  }
  for (Indicator const& indicator : item.indicators) {
    EXPECT_THAT(item.content, testing::HasSubstr(indicator.text));
    EXPECT_THAT(indicator.text, testing::HasSubstr(std::to_string(indicator.target)));
  }
  std::string parts;
  for (CampaignText const& part : item.content_by_campaign) parts += part.text;
  EXPECT_THAT(parts, testing::AnyOf("", item.content));
}

TEST_P(EachRow, SaysItsDoubtsInBothLanguages) {
  for (Text const& doubt : row(GetParam()).doubts) {
    EXPECT_NE(doubt.zh, doubt.en);
    EXPECT_FALSE(doubt.zh.empty() || doubt.en.empty());
  }
}

struct Due {
  int number;
  char const* date;
};
class Deadline : public testing::TestWithParam<Due> {};
INSTANTIATE_TEST_SUITE_P(Plan2024, Deadline,
                         testing::Values(Due{1, "2024-02-29"}, Due{2, "2024-12-31"}, Due{3, "2024-12-31"},
                                         Due{4, "2024-09-15"}, Due{5, "2024-10-31"}, Due{6, "2024-06-30"},
                                         Due{7, "2024-09-30"}, Due{8, "2024-12-31"}, Due{9, "2024-12-31"},
                                         Due{10, "2024-10-31"}, Due{11, "2024-10-31"}, Due{12, "2024-10-31"},
                                         Due{13, "2024-12-31"}, Due{14, "2024-11-30"}, Due{15, "2024-12-31"},
                                         Due{16, "2024-11-30"}, Due{17, "2024-12-31"}, Due{18, "2024-12-31"},
                                         Due{19, "2024-12-31"}, Due{20, "2024-12-31"}, Due{21, "2024-12-31"},
                                         Due{22, "2024-12-31"}, Due{23, "2024-12-31"},
                                         Due{24, "2024-12-31"}));

TEST_P(Deadline, IsTheDayThatThePhraseMeansIn2024) {
  PlanDraft const plan = plan_of(checklist_2024(), organisation_2024()).value();
  ItemDefinition const task = task_of(plan, GetParam().number);
  EXPECT_EQ(task.schedule.due, day(GetParam().date));
  EXPECT_EQ(task.schedule.phrase, row(GetParam().number).deadline);
}

TEST(Checklist2024, HoldsEveryLineOfTheTable) {
  std::vector<int> lines;
  for (ChecklistItem const& item : checklist_2024().items)
    lines.insert(lines.end(), item.source_lines.begin(), item.source_lines.end());
  ASSERT_EQ(lines.size(), 103u);
  for (std::size_t place = 0; place < lines.size(); ++place)
    EXPECT_EQ(lines[place], 55 + static_cast<int>(place));
}

TEST(Checklist2024, WritesPhrasesAndNoDates) {
  EXPECT_THAT(std::string(*shipped("checklists/2024.json")),
              testing::Not(testing::ContainsRegex("\"[0-9]{4}-[0-9]{2}-[0-9]{2}\"")));
}

TEST(Checklist2024, KeepsInSightThatThePlanNamesTwoNumbersOfPeople) {
  auto const mentions = [](std::string const& words) {
    return testing::Contains(testing::Field(&Text::zh, testing::HasSubstr(words)));
  };
  EXPECT_THAT(checklist_2024().doubts, mentions("551人以上"));
  EXPECT_THAT(row(4).doubts, mentions("501人以上"));
  EXPECT_THAT(row(10).doubts, mentions("1500余栋"));
  EXPECT_THAT(row(9).doubts, mentions("先后"));
}

TEST(Checklist2024, TakesTheFirstUnitOfARowForItsLeadAndSaysSo) {
  for (ChecklistItem const& item : checklist_2024().items) {
    EXPECT_EQ(item.units.front().role, UnitRole::Lead) << item.number;
    EXPECT_TRUE(item.units.front().role_inferred) << item.number;
    for (std::size_t place = 1; place < item.units.size(); ++place)
      EXPECT_EQ(item.units[place].role, UnitRole::Support) << item.number;
  }
}

TEST(Checklist2024, GivesOnlyItems17And24ToCampaignsByTheirOwnWords) {
  for (ChecklistItem const& item : checklist_2024().items)
    EXPECT_EQ(!item.campaigns.empty(), item.number == 17 || item.number == 24) << item.number;
  EXPECT_THAT(row(17).campaigns, testing::ElementsAre("秋冬巩固"));
  EXPECT_THAT(row(24).campaigns, testing::ElementsAre("春季整改", "夏季提升", "秋冬巩固"));
  EXPECT_EQ(row(24).content_by_campaign.size(), 3u);
}

TEST(Organisation2024, NamesOnlyWhatStandsInTheLinesItCites) {
  nlohmann::json const file = document("organisation/2024.json");
  EXPECT_EQ(file["units"].size(), 21u);
  EXPECT_EQ(file["groups"].size(), 7u);
  for (nlohmann::json const& unit : file["units"])
    for (int line : unit["source_lines"])
      // Item 9's and item 16's units are broken by their content, and one bureau is named with an office of
      // its own.
      EXPECT_THAT(plan_lines().at(static_cast<std::size_t>(line)),
                  testing::HasSubstr(unit["name"].get<std::string>()));
}

TEST(Organisation2024, SaysThatNobodyNamesTheMembersOfAnyGroup) {
  for (auto const& [id, group] : organisation_2024().organisation.groups) {
    EXPECT_FALSE(group.members_known) << id.value();
    EXPECT_TRUE(group.members.empty()) << id.value();
  }
}

TEST(Organisation2024, KnowsAGroupByEverySpellingOfThePlan) {
  Organisation const& organisation = organisation_2024().organisation;
  for (char const* spelling : {"各乡(镇、场)", "各乡（镇、场）", "各乡（镇、场)"})
    EXPECT_EQ(group_named(organisation, spelling)->id, GroupId{"gexiangzhenchang"}) << spelling;
  EXPECT_EQ(group_named(organisation, "各帮扶干部")->kind, "persons");
}

}  // namespace
}  // namespace xiaohao::workflows
