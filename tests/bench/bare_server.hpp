#pragma once

// The least that Beast can do: the same bytes from memory to whoever asks, or what he sends to a file.

#include <cstdint>
#include <string>

namespace xiaohao::bench {

/// Serves `page` on a free port of 127.0.0.1 from a process of its own, with `threads` threads, until this
/// one ends. Returns the port.
std::uint16_t serve_bare(std::string page, int threads);

/// Writes the body of each request to a file of its own in `folder`, which it then removes, and says so.
std::uint16_t serve_writing(std::string folder, int threads);

}  // namespace xiaohao::bench
