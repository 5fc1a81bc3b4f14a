#include "web/http/gate.hpp"

#include <gtest/gtest.h>

namespace xiaohao::web {
namespace {

struct HeadCase {
  std::string name;
  std::string bytes;
  int status;  ///< 0: let through
};

std::string lines(std::string const& request_line, std::string const& fields = "") {
  return request_line + "\r\nHost: xiaohao.example\r\n" + fields + "\r\n";
}

class Gate : public testing::TestWithParam<HeadCase> {};

TEST_P(Gate, LetsThroughOnlyWhatEveryReaderAgreesOn) {
  auto const head = read_head(GetParam().bytes, HeadLimits{});
  EXPECT_EQ(head ? 0 : head.error().status, GetParam().status) << (head ? "" : head.error().detail.en);
}

INSTANTIATE_TEST_SUITE_P(
    Heads, Gate,
    testing::Values(
        HeadCase{"plain", lines("GET / HTTP/1.1"), 0}, HeadCase{"old_version", lines("GET / HTTP/1.0"), 0},
        HeadCase{"query", lines("GET /items?q=%E5%B1%B1 HTTP/1.1"), 0},
        HeadCase{"chunked", lines("POST / HTTP/1.1", "Transfer-Encoding: chunked\r\n"), 0},
        HeadCase{"length", lines("POST / HTTP/1.1", "Content-Length: 12\r\n"), 0},
        HeadCase{"list_header_twice", lines("GET / HTTP/1.1", "Accept: text/html\r\nAccept: */*\r\n"), 0},
        HeadCase{"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
        HeadCase{"empty_host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
        HeadCase{"two_hosts", lines("GET / HTTP/1.1", "Host: other.example\r\n"), 400},
        HeadCase{"host_with_path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        HeadCase{"absolute_target", lines("GET http://other.example/ HTTP/1.1"), 400},
        HeadCase{"asterisk_target", lines("OPTIONS * HTTP/1.1"), 400},
        HeadCase{"raw_utf8_target", lines("GET /山 HTTP/1.1"), 400},
        HeadCase{"fragment", lines("GET /a#b HTTP/1.1"), 400},
        HeadCase{"space_in_target", lines("GET /a b HTTP/1.1"), 400},
        HeadCase{"no_version", lines("GET /"), 400}, HeadCase{"http2", "PRI * HTTP/2.0\r\n\r\n", 505},
        HeadCase{"other_version", lines("GET / HTTP/1.2"), 505},
        HeadCase{"unknown_method", lines("BREW / HTTP/1.1"), 501},
        HeadCase{"trace", lines("TRACE / HTTP/1.1"), 501},
        HeadCase{"lower_case_method", lines("get / HTTP/1.1"), 501},
        HeadCase{"chunked_and_gzip", lines("POST / HTTP/1.1", "Transfer-Encoding: chunked, gzip\r\n"), 501},
        HeadCase{"xchunked", lines("POST / HTTP/1.1", "Transfer-Encoding: xchunked\r\n"), 501},
        HeadCase{"two_encodings",
                 lines("POST / HTTP/1.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
                 400},
        HeadCase{"chunked_on_1_0", lines("POST / HTTP/1.0", "Transfer-Encoding: chunked\r\n"), 400},
        HeadCase{"chunked_and_length",
                 lines("POST / HTTP/1.1", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
        HeadCase{"two_lengths", lines("POST / HTTP/1.1", "Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
        HeadCase{"length_list", lines("POST / HTTP/1.1", "Content-Length: 5, 5\r\n"), 400},
        HeadCase{"signed_length", lines("POST / HTTP/1.1", "Content-Length: +5\r\n"), 400},
        HeadCase{"negative_length", lines("POST / HTTP/1.1", "Content-Length: -5\r\n"), 400},
        HeadCase{"hexadecimal_length", lines("POST / HTTP/1.1", "Content-Length: 0x5\r\n"), 400},
        HeadCase{"endless_length", lines("POST / HTTP/1.1", "Content-Length: 99999999999999999999\r\n"), 400},
        HeadCase{"folded", lines("GET / HTTP/1.1", "X-A: b\r\n c\r\n"), 400},
        HeadCase{"space_before_colon", lines("GET / HTTP/1.1", "Content-Length : 5\r\n"), 400},
        HeadCase{"no_colon", lines("GET / HTTP/1.1", "nonsense\r\n"), 400},
        HeadCase{"empty_name", lines("GET / HTTP/1.1", ": x\r\n"), 400},
        HeadCase{"zero_byte", lines("GET / HTTP/1.1", std::string("X-A: b\0c\r\n", 10)), 400},
        HeadCase{"bare_return", lines("GET / HTTP/1.1", "X-A: b\rc\r\n"), 400},
        HeadCase{"bare_newline", lines("GET / HTTP/1.1", "X-A: b\nX-B: c\r\n"), 400},
        HeadCase{"invalid_utf8", lines("GET / HTTP/1.1", "X-A: \xff\xfe\r\n"), 400},
        HeadCase{"two_cookies", lines("GET / HTTP/1.1", "Cookie: a=b\r\nCookie: a=c\r\n"), 400},
        HeadCase{"two_authorizations",
                 lines("GET / HTTP/1.1", "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"), 400},
        HeadCase{"trailer_announced",
                 lines("POST / HTTP/1.1", "Transfer-Encoding: chunked\r\nTrailer: Cookie\r\n"), 400},
        HeadCase{"other_expectation", lines("POST / HTTP/1.1", "Expect: tea\r\n"), 417},
        HeadCase{"long_target", lines("GET /" + std::string(9000, 'a') + " HTTP/1.1"), 414},
        HeadCase{"large_head", lines("GET / HTTP/1.1", "X-A: " + std::string(17000, 'a') + "\r\n"), 431}),
    [](auto const& one) { return one.param.name; });

TEST(GateReading, CountsHeaderLines) {
  std::string fields;
  for (int number = 0; number < 64; ++number) fields += "X-" + std::to_string(number) + ": 1\r\n";
  auto const head = read_head(lines("GET / HTTP/1.1", fields), HeadLimits{});
  ASSERT_FALSE(head);
  EXPECT_EQ(head.error().status, 431);
}

TEST(GateReading, TellsAFaultBeforeTheHeadIsWhole) {
  EXPECT_FALSE(early_fault("GET / HTTP/1.1\r\nHost: a", HeadLimits{}));
  EXPECT_TRUE(early_fault("GET / HTTP/1.1\nHost: a\n\n", HeadLimits{}));
  EXPECT_TRUE(early_fault("\x16\x03\x01", HeadLimits{})) << "a TLS greeting";
  EXPECT_TRUE(early_fault("\r\nGET / HTTP/1.1", HeadLimits{}));
}

TEST(GateReading, KeepsAConnectionAsTheVersionSays) {
  EXPECT_TRUE(read_head(lines("GET / HTTP/1.1"), {})->keep_alive);
  EXPECT_FALSE(read_head(lines("GET / HTTP/1.1", "Connection: foo, Close\r\n"), {})->keep_alive);
  EXPECT_FALSE(read_head(lines("GET / HTTP/1.0"), {})->keep_alive);
  EXPECT_TRUE(read_head(lines("GET / HTTP/1.0", "Connection: keep-alive\r\n"), {})->keep_alive);
}

}  // namespace
}  // namespace xiaohao::web
