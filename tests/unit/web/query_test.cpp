#include "web/api/query.hpp"

#include <gmock/gmock.h>

#include "engine/domain/work_item.hpp"

namespace xiaohao::web::api {
namespace {

Request request_with(std::map<std::string, std::string> query) {
  Request request;
  request.query = std::move(query);
  return request;
}

TEST(ApiQuery, ReadsWhatItIsAskedFor) {
  Request const request = request_with({{"plan", "2024"},
                                        {"due_before", "2024-02-29"},
                                        {"kind", "Task"},
                                        {"limit", "7"},
                                        {"cursor", cursor_of("items", 41)},
                                        {"q", ""}});
  Query query(request);
  EXPECT_EQ(query.integer("plan", 1, 9999), 2024);
  EXPECT_EQ(to_string(*query.date("due_before")), "2024-02-29");
  EXPECT_EQ(query.one_of("kind", item_kind_named, "Task"), ItemKind::Task);
  EXPECT_EQ(query.limit(), 7);
  EXPECT_EQ(query.cursor("items"), 41);
  EXPECT_FALSE(query.text("q"));
  EXPECT_TRUE(query.finish());
}

TEST(ApiQuery, NamesEveryFaultAtOnce) {
  Request const request = request_with({{"plan", "2024x"},
                                        {"due_before", "2024-02-30"},
                                        {"kind", "task"},
                                        {"limit", "201"},
                                        {"cursor", "notices.7"},
                                        {"colour", "red"}});
  Query query(request);
  query.integer("plan", 1, 9999);
  query.date("due_before");
  query.one_of("kind", item_kind_named, "Task");
  query.limit();
  query.cursor("items");
  auto const finished = query.finish();
  ASSERT_FALSE(finished);
  std::vector<std::string> pointers;
  for (Fault const& fault : finished.error().faults) pointers.push_back(fault.pointer);
  EXPECT_THAT(pointers,
              testing::ElementsAre("/plan", "/due_before", "/kind", "/limit", "/cursor", "/colour"));
}

TEST(ApiQuery, RefusesNumbersThatWouldWrap) {
  for (std::string const text : {"99999999999999999999", "-1", "1e3", "0x10", " 1", "1 "}) {
    Request const request = request_with({{"number", text}});
    Query query(request);
    query.integer("number", 0, 100);
    EXPECT_FALSE(query.finish()) << text;
  }
}

TEST(Base64, IsAsTheStandardSays) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xff\xfe"), "//4=");
}

}  // namespace
}  // namespace xiaohao::web::api
