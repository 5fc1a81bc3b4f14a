#include "web/http/gate.hpp"

#include <algorithm>
#include <array>

#include "web/http/target.hpp"

namespace xiaohao::web {
namespace {

using Fault = tl::unexpected<HeadFault>;

Fault fault(int status, std::string zh, std::string en) {
  return Fault(HeadFault{status, Text{std::move(zh), std::move(en)}});
}

bool is_token(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != marks.npos;
  });
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& character : lowered)
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  return lowered;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Fields that mean something only once: of two, two readers would take different ones.
bool stands_once(std::string_view name) {
  constexpr std::array<std::string_view, 17> names{
      "host",     "content-length", "transfer-encoding", "content-type",   "authorization", "cookie",
      "if-match", "if-none-match",  "idempotency-key",   "origin",         "referer",       "x-csrf-token",
      "expect",   "range",          "user-agent",        "sec-fetch-site", "upgrade"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_element(std::string_view list, std::string_view element) {
  while (!list.empty()) {
    auto const end = std::min(list.find(','), list.size());
    if (lower(trim(list.substr(0, end))) == element) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

bool is_host(std::string_view host) {
  constexpr std::string_view marks = "-._~:[]%!$&'()*+,;=";
  return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != marks.npos;
  });
}

tl::expected<int, HeadFault> read_request_line(std::string_view line, HeadLimits const& limits, Head& head) {
  auto const first = line.find(' ');
  auto const second = first == line.npos ? line.npos : line.find(' ', first + 1);
  if (second == line.npos || line.find(' ', second + 1) != line.npos)
    return fault(400, "请求行不正确", "the request line must be METHOD TARGET VERSION");
  std::string_view const version = line.substr(second + 1);
  if (version.substr(0, 5) != "HTTP/")
    return fault(400, "请求行不正确", "the request line must be METHOD TARGET VERSION");
  if (version != "HTTP/1.1" && version != "HTTP/1.0")
    return fault(505, "只支持 HTTP/1.1 和 HTTP/1.0", "only HTTP/1.1 and HTTP/1.0 are spoken here");
  head.method = line.substr(0, first);
  if (!is_token(head.method)) return fault(400, "请求方法不正确", "the method is not a token");
  constexpr std::array<std::string_view, 7> methods{"GET",   "HEAD",   "POST",   "PUT",
                                                    "PATCH", "DELETE", "OPTIONS"};
  if (std::find(methods.begin(), methods.end(), head.method) == methods.end())
    return fault(501, "不支持这个请求方法", "this method is not supported");
  head.target = line.substr(first + 1, second - first - 1);
  if (head.target.size() > limits.target_bytes_max)
    return fault(414, "请求目标过长", "the target is too long");
  bool const plain = std::all_of(head.target.begin(), head.target.end(),
                                 [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
  if (head.target.empty() || head.target.front() != '/' || !plain)
    return fault(400, "请求目标必须是以 / 开头的路径",
                 "the target must be a percent-encoded path that begins with /");
  return version == "HTTP/1.1" ? 1 : 0;
}

tl::expected<void, HeadFault> read_field(std::string_view line, Head& head) {
  if (line.front() == ' ' || line.front() == '\t')
    return fault(400, "不允许折行的请求头", "folded header lines are not allowed");
  auto const colon = line.find(':');
  if (colon == line.npos || !is_token(line.substr(0, colon)))
    return fault(400, "请求头不正确", "a header line must be NAME: VALUE, with nothing before the colon");
  std::string name = lower(line.substr(0, colon));
  std::string_view const value = trim(line.substr(colon + 1));
  bool const control = std::any_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
  if (control || !is_utf8(value))
    return fault(400, "请求头含有不允许的字符", "a header value holds bytes that are not allowed");
  auto const [place, fresh] = head.headers.emplace(name, value);
  if (fresh) return {};
  if (stands_once(name))
    return fault(400, "请求头 " + name + " 出现了两次", "the header " + name + " stands twice");
  place->second += ", ";
  place->second += value;
  return {};
}

tl::expected<void, HeadFault> read_framing(int minor_version, Head& head) {
  auto const host = head.headers.find("host");
  if (host == head.headers.end()) return fault(400, "缺少 Host", "exactly one Host header is needed");
  if (!is_host(host->second)) return fault(400, "Host 不正确", "the Host header is not a host");

  auto const encoding = head.headers.find("transfer-encoding");
  auto const length = head.headers.find("content-length");
  if (encoding != head.headers.end()) {
    if (lower(encoding->second) != "chunked")
      return fault(501, "Transfer-Encoding 只能是 chunked", "Transfer-Encoding may only be chunked");
    if (minor_version == 0) return fault(400, "HTTP/1.0 不能分块传输", "HTTP/1.0 has no chunked bodies");
    if (length != head.headers.end())
      return fault(400, "不能同时有 Content-Length 和 Transfer-Encoding",
                   "Content-Length and Transfer-Encoding exclude each other");
    head.chunked = true;
  }
  if (length != head.headers.end()) {
    std::string const& digits = length->second;
    bool const plain = !digits.empty() && digits.size() <= 15 &&
                       std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!plain) return fault(400, "Content-Length 必须是一个十进制数", "Content-Length must be digits only");
    head.content_length = std::stoll(digits);
  }
  if (head.headers.count("trailer") > 0) return fault(400, "不接受尾部字段", "trailers are not accepted");
  if (head.headers.count("upgrade") > 0) head.headers.erase("upgrade");

  auto const connection = head.headers.find("connection");
  std::string_view const options = connection == head.headers.end() ? std::string_view{} : connection->second;
  head.keep_alive = minor_version == 1 ? !has_element(options, "close") : has_element(options, "keep-alive");

  auto const expect = head.headers.find("expect");
  if (expect != head.headers.end()) {
    if (lower(expect->second) != "100-continue")
      return fault(417, "不支持这个 Expect", "the only expectation known is 100-continue");
    head.expects_continue = minor_version == 1;
  }
  return {};
}

}  // namespace

tl::expected<Head, HeadFault> read_head(std::string_view bytes, HeadLimits const& limits) {
  if (bytes.size() > limits.bytes_max) return fault(431, "请求头过大", "the header is too large");
  Head head;
  auto const end_of_line = bytes.find("\r\n");
  auto const minor_version = read_request_line(bytes.substr(0, end_of_line), limits, head);
  if (!minor_version) return tl::unexpected(minor_version.error());
  bytes.remove_prefix(end_of_line + 2);
  for (int fields = 0;; ++fields) {
    auto const end = bytes.find("\r\n");
    if (end == bytes.npos) return fault(400, "请求头没有结束", "the header does not end");
    if (end == 0) break;
    if (fields == limits.fields_max) return fault(431, "请求头太多", "too many header lines");
    if (auto const read = read_field(bytes.substr(0, end), head); !read) return tl::unexpected(read.error());
    bytes.remove_prefix(end + 2);
  }
  if (auto const read = read_framing(*minor_version, head); !read) return tl::unexpected(read.error());
  return head;
}

std::optional<HeadFault> early_fault(std::string_view bytes, HeadLimits const& limits) {
  if (bytes.size() > limits.bytes_max) return HeadFault{431, {"请求头过大", "the header is too large"}};
  if (!bytes.empty() && !(bytes.front() >= 'A' && bytes.front() <= 'Z'))
    return HeadFault{400, {"不是 HTTP 请求", "this is not an HTTP request"}};
  for (auto place = bytes.find('\n'); place != bytes.npos; place = bytes.find('\n', place + 1))
    if (place == 0 || bytes[place - 1] != '\r')
      return HeadFault{400, {"行必须以 CRLF 结束", "lines must end with CR LF"}};
  return std::nullopt;
}

}  // namespace xiaohao::web
