// Three piles that are never merged, and what is still open and overdue.

#include "engine/decision/timeliness.hpp"

#include <gtest/gtest.h>

#include "tests/unit/decision/small_county.hpp"

namespace xiaohao::decision {
namespace {

Instant at(char const* text) { return parse_instant(text).value(); }

WorkItem closed(char const* applied, char const* due, int extensions) {
  SmallCounty county;
  WorkItem item = county.share("zhujianju", UnitRole::Lead);  // originally due 31 October
  item.status.closed = true;
  item.status.applied_at = at(applied);
  item.status.closed_at = at("2024-12-20T09:00:00+08:00");
  item.status.due = parse_date(due).value();
  item.status.extensions = extensions;
  return item;
}

Instant const now = at("2024-12-31T09:00:00+08:00");

TEST(Timeliness, GoesByTheDayOfTheApplicationThatLedToTheCloseOut) {
  EXPECT_EQ(timeliness_of(closed("2024-10-31T23:59:59+08:00", "2024-10-31", 0), now), Timeliness::OnTime);
  EXPECT_EQ(timeliness_of(closed("2024-11-01T00:00:00+08:00", "2024-10-31", 0), now), Timeliness::Late);
  EXPECT_EQ(timeliness_of(closed("2024-10-31T12:00:00+08:00", "2024-11-30", 1), now), Timeliness::OnTime);
  EXPECT_EQ(timeliness_of(closed("2024-11-30T23:00:00+08:00", "2024-11-30", 1), now),
            Timeliness::OnTimeAfterExtension);
  EXPECT_EQ(timeliness_of(closed("2024-12-01T00:00:00+08:00", "2024-11-30", 1), now), Timeliness::Late);
  // Changed rules moved the date: nobody asked for more time.
  EXPECT_EQ(timeliness_of(closed("2024-11-15T12:00:00+08:00", "2024-11-30", 0), now), Timeliness::OnTime);
}

TEST(Timeliness, LeavesOutWhatIsCancelledRoughOrNotDueYet) {
  SmallCounty county;
  WorkItem item = county.share("zhujianju", UnitRole::Lead);
  EXPECT_EQ(timeliness_of(item, at("2024-10-31T23:59:59+08:00")), std::nullopt);
  EXPECT_EQ(timeliness_of(item, at("2024-11-01T00:00:00+08:00")), Timeliness::OpenOverdue);
  item.status.applied_at = at("2024-10-31T10:00:00+08:00");
  EXPECT_EQ(timeliness_of(item, now), std::nullopt);  // others look at it; its clock stands still
  item.status.applied_at.reset();
  item.definition.schedule.soft = true;
  EXPECT_EQ(timeliness_of(item, now), std::nullopt);
  item.definition.schedule.soft = false;
  item.status.cancelled = true;
  EXPECT_EQ(timeliness_of(item, now), std::nullopt);
}

}  // namespace
}  // namespace xiaohao::decision
