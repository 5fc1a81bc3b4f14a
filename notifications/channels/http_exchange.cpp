#include "notifications/channels/http_exchange.hpp"

#include <curl/curl.h>
#include <memory>
#include <sys/socket.h>

#include "notifications/channels/reachable.hpp"

namespace xiaohao::notifications {
namespace {

constexpr std::size_t answer_bytes_max = 16 * 1024;

struct Exchange {
  HttpTarget const& target;
  bool encrypted;
  HttpAnswer answer;
  std::size_t header_bytes = 0;
  bool too_long = false;
  std::string forbidden;  ///< the address that was refused
};

std::size_t keep_body(char* data, std::size_t size, std::size_t count, void* given) {
  auto& exchange = *static_cast<Exchange*>(given);
  if (exchange.answer.body.size() + size * count > answer_bytes_max) {
    exchange.too_long = true;
    return 0;
  }
  exchange.answer.body.append(data, size * count);
  return size * count;
}

std::size_t count_headers(char*, std::size_t size, std::size_t count, void* given) {
  auto& exchange = *static_cast<Exchange*>(given);
  exchange.header_bytes += size * count;
  exchange.too_long = exchange.too_long || exchange.header_bytes > answer_bytes_max;
  return exchange.too_long ? 0 : size * count;
}

curl_socket_t open_socket(void* given, curlsocktype, curl_sockaddr* address) {
  auto& exchange = *static_cast<Exchange*>(given);
  if (!may_reach(address->addr, exchange.target.allowed_addresses, exchange.encrypted)) {
    exchange.forbidden = address_text(address->addr);
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// GET when there is no body.
HttpAnswer perform(HttpTarget const& target, std::string const* body,
                    std::vector<std::string> const& headers) {
  static CURLcode const library = curl_global_init(CURL_GLOBAL_DEFAULT);
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> const handle(curl_easy_init(), curl_easy_cleanup);
  if (library != CURLE_OK || !handle) return {0, {}, "no HTTP client"};
  CURL* const curl = handle.get();
  Exchange exchange{target, target.url.starts_with("https://"), {}, 0, false, {}};
  curl_slist* lines =
      curl_slist_append(nullptr, "Expect:");  // the body is small: no round trip to ask whether it may come
  for (std::string const& header : headers) lines = curl_slist_append(lines, header.c_str());
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> const kept(lines, curl_slist_free_all);

  curl_easy_setopt(curl, CURLOPT_URL, target.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "xiaohao");
  if (!target.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, target.ca_file.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
  if (body) {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->c_str());
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, count_headers);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(target.connect_seconds_max.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(target.message_seconds_max.count()));

  CURLcode const code = curl_easy_perform(curl);
  if (code == CURLE_OK) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    exchange.answer.status = static_cast<int>(status);
  } else if (!exchange.forbidden.empty()) {
    exchange.answer.fault = "the address " + exchange.forbidden + " is not one that may be reached";
  } else {
    exchange.answer.fault = exchange.too_long ? "the answer is too long" : curl_easy_strerror(code);
  }
  return std::move(exchange.answer);
}

}  // namespace

HttpAnswer get(HttpTarget const& target, std::vector<std::string> const& headers) {
  return perform(target, nullptr, headers);
}

HttpAnswer post(HttpTarget const& target, std::string const& content_type, std::string const& body,
                std::vector<std::string> const& headers) {
  std::vector<std::string> lines{"Content-Type: " + content_type};
  lines.insert(lines.end(), headers.begin(), headers.end());
  return perform(target, &body, lines);
}

HttpAnswer post_json(HttpTarget const& target, std::string const& body,
                     std::vector<std::string> const& headers) {
  return post(target, "application/json; charset=utf-8", body, headers);
}

}  // namespace xiaohao::notifications
