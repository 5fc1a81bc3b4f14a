// The description that the API gives of itself, held against the routes it really has.

#include <gmock/gmock.h>
#include <set>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "web/application.hpp"

namespace xiaohao::web {
namespace {

using Places = std::set<std::string>;

/// Adding routes only remembers where the application is; nothing of it is used before a request comes.
Router api_router() {
  alignas(Application) static unsigned char nowhere[sizeof(Application)];
  Router router;
  add_api_routes(router, reinterpret_cast<Application&>(nowhere));
  return router;
}

nlohmann::json description() {
  Router const router = api_router();
  auto const match = router.find("GET", "/api/v1/openapi.json");
  nlohmann::json description;
  match.route->handler(std::make_shared<Request>(),
                       [&](Response const& response) { description = *json::read(*response.body); });
  return description;
}

TEST(Description, NamesEveryRouteAndNoOther) {
  Places described;
  nlohmann::json const document = description();
  for (auto const& [path, operations] : document["paths"].items())
    for (auto const& [method, operation] : operations.items()) described.insert(method + " /api/v1" + path);
  Places routed;
  Router const router = api_router();
  for (Route const& route : router.routes()) {
    std::string method = route.method;
    for (char& character : method)
      character = static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
    routed.insert(method + " " + route.pattern);
  }
  EXPECT_EQ(described, routed);
}

TEST(Description, SaysWhichRoutesNeedNobodySignedIn) {
  nlohmann::json const paths = description()["paths"];
  Router const router = api_router();
  for (Route const& route : router.routes()) {
    std::string method = route.method;
    for (char& character : method)
      character = static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
    nlohmann::json const& operation = paths.at(route.pattern.substr(7)).at(method);
    bool const open = operation.contains("security") && operation["security"].empty();
    EXPECT_EQ(open, route.access == Access::Anyone) << route.method << " " << route.pattern;
    EXPECT_EQ(operation["responses"].contains("401"),
              route.access == Access::SignedIn || route.pattern == "/api/v1/session");
  }
}

TEST(Description, GivesEveryOperationItsOwnNameAndOnlyKnownSchemas) {
  nlohmann::json const document = description();
  Places names;
  for (auto const& [path, operations] : document["paths"].items())
    for (auto const& [method, operation] : operations.items())
      EXPECT_TRUE(names.insert(operation["operationId"].get<std::string>()).second) << path;
  std::string const text = document.dump();
  for (std::size_t place = text.find("\"#/"); place != std::string::npos;
       place = text.find("\"#/", place + 1)) {
    std::string const pointer = text.substr(place + 2, text.find('"', place + 1) - place - 2);
    EXPECT_TRUE(document.contains(nlohmann::json::json_pointer(pointer))) << pointer;
  }
}

}  // namespace
}  // namespace xiaohao::web
