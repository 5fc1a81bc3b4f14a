#include "web/http/response_head.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace xiaohao::web {
namespace {

std::string_view phrase_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Status";
  }
}

void add(std::string& head, std::string_view name, std::string_view value) {
  auto const breaks_out = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  };
  if (std::any_of(name.begin(), name.end(), breaks_out) ||
      std::any_of(value.begin(), value.end(), breaks_out))
    throw std::logic_error("a response header holds a control character: " + std::string(name));
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string response_head(Response const& response, std::optional<std::int64_t> content_length,
                          bool keep_alive) {
  std::string head;
  head.reserve(1024);
  head += "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(phrase_of(response.status)).append("\r\n");
  bool has_policy = false;
  bool has_cache = false;
  for (auto const& [name, value] : response.headers) {
    add(head, name, value);
    has_policy = has_policy || name == "Content-Security-Policy";
    has_cache = has_cache || name == "Cache-Control";
  }
  if (response.status != 204 && response.status != 304) {
    add(head, "Content-Type", response.content_type);
    if (content_length) add(head, "Content-Length", std::to_string(*content_length));
  }
  if (!has_policy)
    head +=
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' "
        "data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri "
        "'none'\r\n";
  if (!has_cache) head += "Cache-Control: no-store\r\n";
  head +=
      "X-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: same-origin\r\n"
      "X-Frame-Options: DENY\r\n"
      "Cross-Origin-Opener-Policy: same-origin\r\n"
      "Cross-Origin-Resource-Policy: same-origin\r\n"
      "Cross-Origin-Embedder-Policy: require-corp\r\n"
      "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n";
  head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

}  // namespace xiaohao::web
