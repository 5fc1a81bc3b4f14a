#include "web/lifecycle/labels.hpp"

#include <gmock/gmock.h>

namespace xiaohao::web::lifecycle {
namespace {

using testing::ElementsAre;

TEST(Label, BreaksIdeographsAnywhereAndLatinAtSpaces) {
  EXPECT_THAT(wrap("申请销号", 12, 96, 2).lines, ElementsAre("申请销号"));
  EXPECT_THAT(wrap("回头看：重新整改", 12, 60, 2).lines, ElementsAre("回头看：", "重新整改"));
  EXPECT_THAT(wrap("Apply for close-out", 12, 84, 2).lines, ElementsAre("Apply for", "close-out"));
}

TEST(Label, IsCutWithAnEllipsisWhenNoLineHoldsIt) {
  Label const label = wrap("等待上级部门书面答复并报领导小组备案", 12, 48, 2);
  ASSERT_EQ(label.lines.size(), 2);
  EXPECT_TRUE(label.lines.back().ends_with("…"));
  EXPECT_LE(label.width, 96);
}

TEST(Label, CountsAnIdeographAsAnEm) {
  EXPECT_EQ(width_of("销号", 12), 24);
  EXPECT_LT(width_of("ab", 12), 24);
  EXPECT_EQ(width_of("", 12), 0);
}

}  // namespace
}  // namespace xiaohao::web::lifecycle
