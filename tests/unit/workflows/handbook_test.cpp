// The examples of docs/checklists.md are files that can be loaded.

#include <sstream>

#include "tests/unit/workflows/shipped_plan.hpp"

namespace xiaohao::workflows {
namespace {

/// The blocks of JSON in the handbook that are whole documents.
std::vector<nlohmann::json> examples() {
  std::ifstream file("docs/checklists.md");
  std::stringstream all;
  all << file.rdbuf();
  std::string const text = all.str();
  std::vector<nlohmann::json> found;
  for (std::size_t at = text.find("```json\n"); at != std::string::npos;
       at = text.find("```json\n", at + 1)) {
    std::string const block = text.substr(at + 8, text.find("\n```", at + 8) - at - 8);
    if (block.find("$schema") != std::string::npos) found.push_back(json::read(block).value());
  }
  return found;
}

TEST(Handbook, ShowsAChecklistAndAnOrganisationThatCanBeLoaded) {
  auto const documents = examples();
  ASSERT_EQ(documents.size(), 2u);
  auto const checklist = read_checklist(documents[0], working_days());
  ASSERT_TRUE(checklist) << checklist.error().first().pointer << checklist.error().first().detail.en;
  auto const organisation = read_organisation(documents[1]);
  ASSERT_TRUE(organisation) << organisation.error().first().pointer << organisation.error().first().detail.en;
  EXPECT_TRUE(plan_of(*checklist, demonstration()));
}

}  // namespace
}  // namespace xiaohao::workflows
