#pragma once

// One HTTP request to another machine, of which nothing good is expected: no redirects, no proxy from the
// environment, an answer of bounded size, bounded time, and only to addresses that may be reached. The
// address is checked as the connection is made, so that a name cannot mean another machine by then.

#include <chrono>
#include <string>
#include <vector>

namespace xiaohao::notifications {

struct HttpTarget {
  std::string url;                             ///< `http://` only for addresses that are allowed by name
  std::vector<std::string> allowed_addresses;  ///< numeric; internal ones that may be reached all the same
  std::string ca_file;                         ///< certificates to trust instead of the system's
  std::chrono::seconds connect_seconds_max{5};
  std::chrono::seconds message_seconds_max{15};
};

struct HttpAnswer {
  int status = 0;     ///< 0: there was no whole answer, and `fault` says why
  std::string body;   ///< at most 16 KiB; a longer one is a fault
  std::string fault;  ///< never holds the URL, which may carry a secret
};

/// Each blocks until the answer is there or time is up. Throws nothing that the other side can cause.
HttpAnswer get(HttpTarget const& target, std::vector<std::string> const& headers);
HttpAnswer post(HttpTarget const& target, std::string const& content_type, std::string const& body,
                std::vector<std::string> const& headers);
HttpAnswer post_json(HttpTarget const& target, std::string const& body,
                     std::vector<std::string> const& headers);

}  // namespace xiaohao::notifications
