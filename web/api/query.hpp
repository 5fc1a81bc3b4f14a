#pragma once

// Reads the query of a request parameter by parameter, and names every fault at once: a bad value, or a
// parameter nobody knows.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/time.hpp"
#include "web/http/message.hpp"

namespace xiaohao::web::api {

class Query {
 public:
  explicit Query(Request const& request) : request_(request) {}

  std::optional<std::string> text(
      std::string_view name);  ///< at most 200 bytes; an empty value counts as absent
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::int64_t required_integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<Date> date(std::string_view name);
  /// A value that `named` knows; `known` lists them for the refusal.
  template <class Named>
  auto one_of(std::string_view name, Named named, std::string const& known)
      -> decltype(named(std::string_view{})) {
    auto const value = text(name);
    if (!value) return std::nullopt;
    auto const found = named(*value);
    if (!found) fault(name, {"只能是 " + known, "must be one of " + known});
    return found;
  }
  int limit() { return static_cast<int>(integer("limit", 1, 200).value_or(50)); }
  /// The number that a cursor of `list` carries; a cursor of another list or from elsewhere is a fault.
  std::optional<std::int64_t> cursor(std::string_view list);

  void fault(std::string_view name, Text detail);
  Result<void> finish();

 private:
  Request const& request_;
  std::vector<std::string> asked_;
  std::vector<Fault> faults_;

  std::string const* find(std::string_view name);
};

std::string cursor_of(std::string_view list, std::int64_t last);

std::string base64(std::string_view bytes);

}  // namespace xiaohao::web::api
