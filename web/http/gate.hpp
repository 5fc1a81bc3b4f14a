#pragma once

// The gate: what the head of a request must look like before anything acts on it.
//
// Beast 1.81 is lenient: it reads `Transfer-Encoding: chunked, gzip` as an empty body and the rest as another
// request, merges trailers into the header, and accepts no Host, two Hosts, folded lines and absolute
// targets. So the bytes are judged here first, strictly, and Beast only sees heads on which every reader
// agrees.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "engine/model/text.hpp"

namespace xiaohao::web {

struct HeadLimits {
  std::size_t bytes_max = 16 << 10;
  std::size_t target_bytes_max = 8 << 10;
  int fields_max = 64;
};

struct Head {
  std::string method;
  std::string target;                          ///< as sent, `/…`
  std::map<std::string, std::string> headers;  ///< names in lower case; lists are joined by commas
  bool chunked = false;
  std::int64_t content_length = 0;
  bool keep_alive = true;
  bool expects_continue = false;
};

/// Why a head is refused: the HTTP status, and a sentence.
struct HeadFault {
  int status;
  Text detail;
};

/// `bytes` is everything up to and including the empty line.
tl::expected<Head, HeadFault> read_head(std::string_view bytes, HeadLimits const& limits);

/// A fault that can be told before the empty line has come; nothing when reading on makes sense.
std::optional<HeadFault> early_fault(std::string_view bytes, HeadLimits const& limits);

}  // namespace xiaohao::web
