#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "web/http/message.hpp"

namespace xiaohao::web {

/// The status line and header of `response`, with the headers that keep browsers safe on everything this
/// server says: a strict Content-Security-Policy (unless the response brings a stricter one), nosniff, no
/// referrer, no framing, no caching unless the response says so. Without `content_length` the body lasts
/// until the connection closes. Throws std::logic_error when a header would break out of its line: that is a
/// bug of the handler.
std::string response_head(Response const& response, std::optional<std::int64_t> content_length,
                          bool keep_alive);

}  // namespace xiaohao::web
