#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/arguments.hpp"
#include "engine/model/time.hpp"

namespace xiaohao::cli {

struct ServeOptions {
  std::string database = "xiaohao.db";  ///< path of the SQLite file
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  std::optional<std::string> config;
  std::optional<std::string> heads;  ///< a second file of signed heads
  bool demonstration = false;
  std::optional<Instant> clock;  ///< where a virtual clock starts
};

extern Grammar const serve_grammar;

/// Refuses an address that is none, a demonstration beyond this machine, a virtual clock without --demo.
Result<ServeOptions> read_serve_options(Arguments const& arguments);

}  // namespace xiaohao::cli
