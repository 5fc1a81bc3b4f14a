#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/http/message.hpp"

namespace xiaohao::web {

/// Who may call a route at all. What a person may do with an item is decided in the engine.
enum class Access {
  Anyone,    ///< sign-in, health, assets
  SignedIn,  ///< pages redirect to /sign-in, the API answers 401
};

struct Route {
  std::string method;
  std::string pattern;  ///< `/api/v1/items/{id}/events`
  Access access;
  Handler handler;
  bool takes_files =
      false;  ///< a multipart body with files is streamed to disk; elsewhere such a body is 415
};

/// Finds the handler of a request. Literal segments go before parameters; an unknown path is 404, a known one
/// with another method 405 with `Allow`.
class Router {
 public:
  void add(std::string method, std::string pattern, Access access, Handler handler);
  /// A POST whose multipart body may carry files.
  void add_upload(std::string pattern, Access access, Handler handler);
  struct Match {
    Route const* route = nullptr;
    std::map<std::string, std::string> parameters;
    std::string allow;  ///< methods of the path, when the path is known and the method is not
  };
  Match find(std::string_view method, std::string_view path) const;
  std::vector<Route> const& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace xiaohao::web
