#include "engine/identity/notice_link.hpp"

#include <gtest/gtest.h>

namespace xiaohao::identity {
namespace {

Notice notice_to(char const* who) {
  Notice notice;
  notice.id = NoticeId{17};
  notice.key = "item/7/2024-02-29/urge/" + std::string(who) + "/mail";
  notice.recipient = Username{who};
  return notice;
}

Instant const now = parse_instant("2024-03-01T08:37:00+08:00").value();
Instant const end = now + notice_link_lasts;

TEST(NoticeLink, IsGoodForItsNoticeUntilItsEnd) {
  std::string const token = notice_token("secret", notice_to("zhangsan"), end);
  EXPECT_EQ(notice_in_token(token), NoticeId{17});
  EXPECT_EQ(read_notice_token("secret", notice_to("zhangsan"), token, now), TokenReading::Good);
  EXPECT_EQ(read_notice_token("secret", notice_to("zhangsan"), token, end), TokenReading::Expired);
}

TEST(NoticeLink, IsBoundToRecipientAndDatabase) {
  std::string const token = notice_token("secret", notice_to("zhangsan"), end);
  EXPECT_EQ(read_notice_token("secret", notice_to("lisi"), token, now), TokenReading::Forged);
  EXPECT_EQ(read_notice_token("another", notice_to("zhangsan"), token, now), TokenReading::Forged);
  EXPECT_EQ(read_notice_token("", notice_to("zhangsan"), notice_token("", notice_to("zhangsan"), end), now),
            TokenReading::Forged);
}

TEST(NoticeLink, HoldsAgainstEveryChangedCharacter) {
  std::string const token = notice_token("secret", notice_to("zhangsan"), end);
  for (std::size_t place = 0; place < token.size(); ++place)
    for (char const other : {'0', '7', 'f', '.', '-'}) {
      std::string forged = token;
      if (forged[place] == other) continue;
      forged[place] = other;
      EXPECT_EQ(read_notice_token("secret", notice_to("zhangsan"), forged, now), TokenReading::Forged)
          << forged;
    }
  for (char const* text : {"", ".", "..", "17", "17.", "17..", "x.1.y", "17.99999999999999999999.00"})
    EXPECT_EQ(read_notice_token("secret", notice_to("zhangsan"), text, now), TokenReading::Forged) << text;
}

}  // namespace
}  // namespace xiaohao::identity
