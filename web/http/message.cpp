#include "web/http/message.hpp"

#include <charconv>

namespace xiaohao::web {

std::string_view Request::header(std::string const& lower_case_name) const {
  auto const found = headers.find(lower_case_name);
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

std::string Request::field(std::string const& name) const {
  auto const found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  std::string_view rest = header("cookie");
  while (!rest.empty()) {
    auto const end = rest.find(';');
    std::string_view pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.substr(0, name.size()) == name && pair[name.size()] == '=')
      return std::string(pair.substr(name.size() + 1));
  }
  return std::nullopt;
}

Response text_response(int status, std::string content_type, std::string body) {
  Response response;
  response.status = status;
  response.content_type = std::move(content_type);
  response.body = std::make_shared<std::string const>(std::move(body));
  return response;
}

Response see_other(std::string location) {
  Response response = text_response(303, "text/plain; charset=utf-8", "");
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

}  // namespace xiaohao::web
