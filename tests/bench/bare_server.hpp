#pragma once

// The least that Beast can do for a page: the same bytes from memory to whoever asks.

#include <cstdint>
#include <string>

namespace xiaohao::bench {

/// Serves `page` on a free port of 127.0.0.1 from a process of its own, with `threads` threads, until this
/// one ends. Returns the port.
std::uint16_t serve_bare(std::string page, int threads);

}  // namespace xiaohao::bench
