#include "web/http/router.hpp"

#include <gtest/gtest.h>

namespace xiaohao::web {
namespace {

Router router_of_items() {
  Router router;
  router.add("GET", "/", Access::SignedIn, nullptr);
  router.add("GET", "/items/{id}", Access::SignedIn, nullptr);
  router.add("GET", "/items/new", Access::SignedIn, nullptr);
  router.add("POST", "/items/{id}/events", Access::SignedIn, nullptr);
  router.add_upload("/items/{id}/evidence", Access::SignedIn, nullptr);
  return router;
}

TEST(Router, TakesParametersFromThePath) {
  Router const router = router_of_items();
  auto const match = router.find("POST", "/items/7/events");
  ASSERT_TRUE(match.route);
  EXPECT_EQ(match.parameters.at("id"), "7");
  EXPECT_TRUE(router.find("POST", "/items/7/evidence").route->takes_files);
}

TEST(Router, PrefersLiteralSegments) {
  Router const router = router_of_items();
  EXPECT_EQ(router.find("GET", "/items/new").route->pattern, "/items/new");
  EXPECT_EQ(router.find("GET", "/items/8").route->pattern, "/items/{id}");
}

TEST(Router, AnswersHeadFromGet) { EXPECT_EQ(router_of_items().find("HEAD", "/").route->pattern, "/"); }

TEST(Router, TellsWhichMethodsAPathKnows) {
  Router const router = router_of_items();
  EXPECT_EQ(router.find("DELETE", "/items/7").allow, "GET, HEAD");
  EXPECT_FALSE(router.find("DELETE", "/items/7").route);
  EXPECT_EQ(router.find("GET", "/nowhere").allow, "");
  EXPECT_EQ(router.find("GET", "/items/").allow, "") << "an empty segment is no id";
}

}  // namespace
}  // namespace xiaohao::web
