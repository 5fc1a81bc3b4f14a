#include "web/http/router.hpp"

#include <set>

namespace xiaohao::web {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // every path and pattern begins with a slash
    auto const end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// How well `pattern` fits: nothing when it does not, else one character for each segment, `1` literal and
/// `0` parameter.
std::optional<std::string> fit(std::vector<std::string_view> const& pattern,
                               std::vector<std::string_view> const& path,
                               std::map<std::string, std::string>& parameters) {
  if (pattern.size() != path.size()) return std::nullopt;
  std::string exactness;
  for (std::size_t place = 0; place < path.size(); ++place) {
    if (is_parameter(pattern[place])) {
      if (path[place].empty()) return std::nullopt;
      parameters.emplace(pattern[place].substr(1, pattern[place].size() - 2), path[place]);
      exactness += '0';
    } else if (pattern[place] == path[place]) {
      exactness += '1';
    } else {
      return std::nullopt;
    }
  }
  return exactness;
}

}  // namespace

void Router::add(std::string method, std::string pattern, Access access, Handler handler) {
  routes_.push_back(Route{std::move(method), std::move(pattern), access, std::move(handler), false});
}

void Router::add_upload(std::string pattern, Access access, Handler handler) {
  routes_.push_back(Route{"POST", std::move(pattern), access, std::move(handler), true});
}

Router::Match Router::find(std::string_view method, std::string_view path) const {
  Match best;
  std::string best_exactness;
  std::set<std::string> allowed;
  auto const segments = segments_of(path);
  for (Route const& route : routes_) {
    std::map<std::string, std::string> parameters;
    auto const exactness = fit(segments_of(route.pattern), segments, parameters);
    if (!exactness) continue;
    allowed.insert(route.method);
    if (route.method == "GET") allowed.insert("HEAD");
    bool const same_method = route.method == method || (method == "HEAD" && route.method == "GET");
    if (!same_method || (best.route && *exactness <= best_exactness)) continue;
    best.route = &route;
    best.parameters = std::move(parameters);
    best_exactness = *exactness;
  }
  for (std::string const& name : allowed) best.allow += (best.allow.empty() ? "" : ", ") + name;
  return best;
}

}  // namespace xiaohao::web
