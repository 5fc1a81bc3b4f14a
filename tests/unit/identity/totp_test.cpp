#include "engine/identity/totp.hpp"

#include <gmock/gmock.h>

namespace xiaohao::identity {
namespace {

Instant seconds(std::int64_t count) { return Instant{std::chrono::seconds{count}}; }

/// RFC 6238, appendix B.
struct Vector {
  std::int64_t seconds;
  TotpHash hash;
  char const* code;
};
class OneTimeCode : public testing::TestWithParam<Vector> {
 protected:
  Totp totp{GetParam().hash == TotpHash::Sha1 ? "12345678901234567890" : "12345678901234567890123456789012",
            GetParam().hash, 8};
};
TEST_P(OneTimeCode, IsWhatTheStandardSays) {
  Instant const now = seconds(GetParam().seconds);
  EXPECT_EQ(code_of(totp, step_of(totp, now)), GetParam().code);
  EXPECT_EQ(accepted_step(totp, GetParam().code, now, std::nullopt), step_of(totp, now));
}
INSTANTIATE_TEST_SUITE_P(
    Rfc6238, OneTimeCode,
    testing::Values(
        Vector{59, TotpHash::Sha1, "94287082"}, Vector{59, TotpHash::Sha256, "46119246"},
        Vector{1111111109, TotpHash::Sha1, "07081804"}, Vector{1111111109, TotpHash::Sha256, "68084774"},
        Vector{1111111111, TotpHash::Sha1, "14050471"}, Vector{1111111111, TotpHash::Sha256, "67062674"},
        Vector{1234567890, TotpHash::Sha1, "89005924"}, Vector{1234567890, TotpHash::Sha256, "91819424"},
        Vector{2000000000, TotpHash::Sha1, "69279037"}, Vector{2000000000, TotpHash::Sha256, "90698825"},
        Vector{20000000000, TotpHash::Sha1, "65353130"}, Vector{20000000000, TotpHash::Sha256, "77737706"}));

class PhoneAtHand : public testing::Test {
 protected:
  Totp totp{"12345678901234567890"};
  Instant now = seconds(1'700'000'010);
  std::int64_t step = step_of(totp, now);
};

TEST_F(PhoneAtHand, MayBeHalfAMinuteOff) {
  for (std::int64_t const off : {-1, 0, 1})
    EXPECT_EQ(accepted_step(totp, code_of(totp, step + off), now, {}), step + off);
  for (std::int64_t const off : {-2, 2})
    EXPECT_FALSE(accepted_step(totp, code_of(totp, step + off), now, {}));
}

TEST_F(PhoneAtHand, OpensOnceWithEachCode) {
  std::string const code = code_of(totp, step);
  auto const first = accepted_step(totp, code, now, std::nullopt);
  ASSERT_TRUE(first);
  EXPECT_FALSE(accepted_step(totp, code, now, first));
  EXPECT_FALSE(accepted_step(totp, code_of(totp, step - 1), now, first)) << "nor with one before it";
  EXPECT_EQ(accepted_step(totp, code_of(totp, step + 1), now, first), step + 1);
}

TEST_F(PhoneAtHand, GivesSixDigits) {
  EXPECT_EQ(code_of(totp, step).size(), 6u);
  for (char const* wrong : {"", "1", "12345", "1234567", "abcdef"})
    EXPECT_FALSE(accepted_step(totp, wrong, now, std::nullopt)) << wrong;
}

TEST(Provisioning, IsReadByAppsFromOneUri) {
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");  // RFC 4648, section 10, without padding
  EXPECT_EQ(provisioning_uri(Totp{"12345678901234567890"}, "销号台", "leader"),
            "otpauth://totp/%E9%94%80%E5%8F%B7%E5%8F%B0:leader?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=%E9%94%80%E5%8F%B7%E5%8F%B0&algorithm=SHA1&digits=6&period=30");
  EXPECT_EQ(new_totp_secret().size(), 20u);
  EXPECT_NE(new_totp_secret(), new_totp_secret());
}

}  // namespace
}  // namespace xiaohao::identity
