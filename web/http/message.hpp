#pragma once

// A request and its response, as handlers see them. Handlers know no socket: only `web/http/server` does, so
// that a change to a page compiles in a second and not in twenty (docs/decisions).

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/identity/account.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::web {

class EventFeed;

enum class Language { Chinese, English };
inline std::string const& in(Language language, Text const& text) {
  return language == Language::Chinese ? text.zh : text.en;
}

/// A file received with a form. Its bytes wait in a temporary file that goes when the request does.
struct Upload {
  std::string field;
  std::string name;    ///< as the client says; a label, never a path
  std::string path;    ///< where the bytes are
  std::string sha256;  ///< hexadecimal, computed while they came in
  std::int64_t size = 0;
  std::shared_ptr<void const> keeper;  ///< removes the temporary file when the last copy goes
};

/// Who is signed in, if anybody.
struct Visitor {
  Username username;
  std::string csrf_token;          ///< empty when authenticated by a bearer token, which needs none
  bool must_set_up_codes = false;  ///< until then only his own account is open to him
  identity::Scopes scopes{};       ///< of his access token; none: all that he may
};

struct Request {
  std::string method;  ///< `GET`, `POST`, `DELETE`; HEAD is answered by the server from GET
  std::string path;    ///< decoded, without the query
  std::map<std::string, std::string>
      query;  ///< decoded, `lang` taken out; a name that stands twice is refused before
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::map<std::string, std::string> form;     ///< fields of a urlencoded or multipart body
  std::vector<Upload> uploads;
  std::string body;                                    ///< any other body
  std::map<std::string, std::string> path_parameters;  ///< of the route: `{id}`
  std::string address;                                 ///< the peer's IP address
  std::optional<Visitor> visitor;
  Language language = Language::Chinese;

  std::string_view header(std::string const& lower_case_name) const;  ///< empty when absent
  std::optional<std::string> cookie(std::string_view name) const;
  std::string field(std::string const& name) const;  ///< of the form; empty when absent
};

/// What digits, a minus before them or not, and nothing else say.
std::optional<std::int64_t> whole_number(std::string_view text);

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<std::string const> body;  ///< shared, so that a cached page is sent without a copy
  std::string file;                         ///< when not empty: stream this file instead of `body`
  std::shared_ptr<EventFeed> events;  ///< when set: stays open and sends server-sent events from this feed
};

/// A response of JSON, HTML or plain text; `Cache-Control: no-store` unless `headers` say otherwise.
Response text_response(int status, std::string content_type, std::string body);
/// 303: the browser goes on with GET to `location`, a path of this server.
Response see_other(std::string location);

using Respond = std::function<void(Response)>;
/// Answers now or later, from any thread, exactly once.
using Handler = std::function<void(std::shared_ptr<Request const>, Respond)>;

}  // namespace xiaohao::web
