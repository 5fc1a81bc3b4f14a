#include "web/http/response_head.hpp"

#include <gmock/gmock.h>
#include <stdexcept>

namespace xiaohao::web {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ResponseHead, KeepsBrowsersSafe) {
  std::string const head = response_head(text_response(200, "text/html; charset=utf-8", ""), 0, true);
  EXPECT_THAT(head, HasSubstr("Content-Security-Policy: default-src 'none';"));
  EXPECT_THAT(head, HasSubstr("frame-ancestors 'none'; base-uri 'none'"));
  EXPECT_THAT(head, Not(HasSubstr("unsafe")));
  EXPECT_THAT(head, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(head, HasSubstr("Cache-Control: no-store\r\n"));
}

TEST(ResponseHead, LetsNoValueBreakOutOfItsLine) {
  Response response = see_other("/items\r\nSet-Cookie: a=b");
  EXPECT_THROW(response_head(response, 0, true), std::logic_error);
}

TEST(ResponseHead, GivesWayToAStricterPolicy) {
  Response response = text_response(200, "image/png", "");
  response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'");
  response.headers.emplace_back("Cache-Control", "private, max-age=60");
  std::string const head = response_head(response, 0, true);
  EXPECT_THAT(head, Not(HasSubstr("script-src")));
  EXPECT_THAT(head, Not(HasSubstr("no-store")));
}

}  // namespace
}  // namespace xiaohao::web
