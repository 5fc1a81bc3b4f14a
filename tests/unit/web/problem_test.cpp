#include "web/problem.hpp"

#include <gtest/gtest.h>

#include "engine/json/document.hpp"

namespace xiaohao::web {
namespace {

TEST(Problem, HasOneStatusForEachReason) {
  std::map<Reason, int> const table{
      {Reason::Malformed, 400}, {Reason::Unauthenticated, 401}, {Reason::Forbidden, 403},
      {Reason::NotFound, 404},  {Reason::NotPossible, 409},     {Reason::Stale, 412},
      {Reason::TooLarge, 413},  {Reason::GuardFailed, 422},     {Reason::VersionMissing, 428},
      {Reason::TooOften, 429},  {Reason::Unavailable, 503},     {Reason::StorageFull, 507}};
  for (auto const& [reason, status] : table) EXPECT_EQ(status_of(reason), status);
}

TEST(Problem, NamesEveryFieldAtFaultInTheLanguageAskedFor) {
  Refusal const refusal{
      Reason::Malformed,
      {Fault{"/progress", {"必须是整数", "must be an integer"}}, Fault{"/text", {"缺少", "is missing"}}}};
  auto const english =
      nlohmann::json::parse(*problem(refusal, "/api/v1/items/7/events", Language::English).body);
  EXPECT_EQ(english["status"], 400);
  EXPECT_EQ(english["type"], "urn:xiaohao:problem:malformed");
  EXPECT_EQ(english["detail"], "must be an integer");
  EXPECT_EQ(english["instance"], "/api/v1/items/7/events");
  EXPECT_EQ(english["errors"][1], (nlohmann::json{{"pointer", "/text"}, {"detail", "is missing"}}));
  auto const chinese = nlohmann::json::parse(*problem(refusal, "/", Language::Chinese).body);
  EXPECT_EQ(chinese["detail"], "必须是整数");
}

TEST(Problem, SurvivesADetailThatIsNotUtf8) {
  Refusal const refusal{Reason::NotFound, {Fault{"", {"\xff", "\xff"}}}};
  EXPECT_NO_THROW(problem(refusal, "/", Language::English));
}

}  // namespace
}  // namespace xiaohao::web
