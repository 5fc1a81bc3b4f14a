#include "web/api/query.hpp"

#include <algorithm>

namespace xiaohao::web::api {
std::string const* Query::find(std::string_view name) {
  asked_.emplace_back(name);
  auto const found = request_.query.find(std::string(name));
  return found == request_.query.end() || found->second.empty() ? nullptr : &found->second;
}

std::optional<std::string> Query::text(std::string_view name) {
  std::string const* const value = find(name);
  if (!value) return std::nullopt;
  if (value->size() > 200) fault(name, {"最多 200 字节", "at most 200 bytes"});
  return *value;
}

std::optional<std::int64_t> Query::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  std::string const* const value = find(name);
  if (!value) return std::nullopt;
  auto const number = whole_number(*value);
  if (number && *number >= min && *number <= max) return number;
  std::string const range = std::to_string(min) + "–" + std::to_string(max);
  fault(name, {"必须是 " + range + " 的整数", "must be an integer, " + range});
  return std::nullopt;
}

std::int64_t Query::required_integer(std::string_view name, std::int64_t min, std::int64_t max) {
  auto const value = integer(name, min, max);
  if (!value &&
      (request_.query.count(std::string(name)) == 0 || request_.query.at(std::string(name)).empty()))
    fault(name, {"缺少此参数", "this parameter is needed"});
  return value.value_or(min);
}

std::optional<Date> Query::date(std::string_view name) {
  std::string const* const value = find(name);
  if (!value) return std::nullopt;
  auto const date = parse_date(*value);
  if (date) return *date;
  fault(name, {"必须是 YYYY-MM-DD 格式的日期", "must be a date, YYYY-MM-DD"});
  return std::nullopt;
}

std::optional<std::int64_t> Query::cursor(std::string_view list) {
  std::string const* const value = find("cursor");
  if (!value) return std::nullopt;
  auto const dot = value->rfind('.');
  auto const last =
      dot == std::string::npos ? std::nullopt : whole_number(std::string_view(*value).substr(dot + 1));
  if (last && value->substr(0, dot) == list) return last;
  fault("cursor", {"不是这个列表给出的游标", "is not a cursor that this list has given"});
  return std::nullopt;
}

void Query::fault(std::string_view name, Text detail) {
  faults_.push_back(Fault{"/" + std::string(name), std::move(detail)});
}

Result<void> Query::finish() {
  for (auto const& [name, value] : request_.query)
    if (std::find(asked_.begin(), asked_.end(), name) == asked_.end())
      fault(name, {"没有这个参数：" + name, "there is no parameter \"" + name + "\" here"});
  if (faults_.empty()) return {};
  return tl::unexpected(Refusal{Reason::Malformed, std::move(faults_)});
}

std::string cursor_of(std::string_view list, std::int64_t last) {
  return std::string(list) + "." + std::to_string(last);
}

std::string base64(std::string_view bytes) {
  constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t place = 0; place < bytes.size(); place += 3) {
    std::uint32_t group = 0;
    std::size_t const count = std::min<std::size_t>(3, bytes.size() - place);
    for (std::size_t byte = 0; byte < 3; ++byte)
      group = group << 8 | (byte < count ? static_cast<unsigned char>(bytes[place + byte]) : 0U);
    for (std::size_t digit = 0; digit < 4; ++digit)
      text += digit <= count ? digits[group >> (18 - 6 * digit) & 63] : '=';
  }
  return text;
}

}  // namespace xiaohao::web::api
