#pragma once

// Clients for the benchmarks of a server: as many connections as asked for, each asking again as soon as it
// was answered.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace xiaohao::bench {

constexpr int clients = 8;

/// One whole answer, head and body, of 127.0.0.1:`port` to `request`. Ends the program when there is none.
std::string answer_of(std::uint16_t port, std::string const& request);

/// Requests per second that `clients` connections get out of `port` within `time`. Every answer has a
/// Content-Length.
double rate_of(std::uint16_t port, std::string const& request, std::chrono::milliseconds time);

}  // namespace xiaohao::bench
