#include "web/ui/assets.hpp"

#include <gmock/gmock.h>

#include "web/application.hpp"

namespace xiaohao::web {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

TEST(Assets, AreFoundUnderTheirFingerprintAndKeptForEver) {
  Router router;
  add_asset_routes(router);
  EXPECT_THAT(asset_path("xiaohao.css"), MatchesRegex("/assets/xiaohao\\.[0-9a-f]{16}\\.css"));
  auto const match = router.find("GET", asset_path("xiaohao.css"));
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->access, Access::Anyone);
  match.route->handler(std::make_shared<Request>(), [](Response const& response) {
    EXPECT_EQ(response.content_type, "text/css; charset=utf-8");
    EXPECT_THAT(*response.body, HasSubstr("--ink"));
    EXPECT_THAT(response.headers, testing::Contains(std::pair<std::string, std::string>(
                                      "Cache-Control", "public, max-age=31536000, immutable")));
  });
  EXPECT_EQ(router.find("GET", "/assets/xiaohao.css").route, nullptr);
  EXPECT_THROW(asset_path("other.css"), std::logic_error);
}

}  // namespace
}  // namespace xiaohao::web
