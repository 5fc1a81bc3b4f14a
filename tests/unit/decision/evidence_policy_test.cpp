#include "engine/decision/evidence_policy.hpp"

#include <gtest/gtest.h>

namespace xiaohao::decision {
namespace {

TEST(EvidencePolicy, TakesEverythingUnlessItSaysWhat) {
  EXPECT_TRUE(EvidencePolicy{}.takes_all());
  EXPECT_TRUE(EvidencePolicy{}.takes("application/octet-stream"));
  EvidencePolicy const narrow{1000, {"image/*", "application/pdf"}};
  EXPECT_FALSE(narrow.takes_all());
  for (char const* type : {"image/png", "image/jpeg", "application/pdf"})
    EXPECT_TRUE(narrow.takes(type)) << type;
  for (char const* type : {"text/plain", "imagery/png", "image", "application/pdfx", ""})
    EXPECT_FALSE(narrow.takes(type)) << type;
}

TEST(EvidencePolicy, SaysWhatIsWrongWithAFile) {
  EvidencePolicy const narrow{1000, {"image/*"}};
  EXPECT_TRUE(narrow.check(1000, "image/png"));
  EXPECT_EQ(narrow.check(1001, "image/png").error().reason, Reason::TooLarge);
  EXPECT_EQ(narrow.check(1000, "text/plain").error().reason, Reason::GuardFailed);
  EXPECT_EQ(narrow.check(1000, "text/plain").error().first().pointer, "/file");
}

}  // namespace
}  // namespace xiaohao::decision
