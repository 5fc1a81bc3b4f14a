#include "cli/serve_options.hpp"

#include "cli/database.hpp"

namespace xiaohao::cli {
namespace {

/// `HOST:PORT`, `[::1]:PORT`.
Result<void> read_address(std::string const& text, ServeOptions& options) {
  auto const colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == text.size())
    return malformed(
        "--listen",
        "\"" + text + "\" will not do; give HOST:PORT, such as 127.0.0.1:8080, or port 0 for any free one");
  Result<int> const port = whole_number(text.substr(colon + 1), 0, 65535);
  if (!port) return malformed("--listen", "port " + port.error().first().detail.en);
  options.host = text.substr(0, colon);
  if (options.host.size() > 2 && options.host.front() == '[' && options.host.back() == ']')
    options.host = options.host.substr(1, options.host.size() - 2);
  options.port = static_cast<std::uint16_t>(*port);
  return {};
}

bool is_loopback(std::string const& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace

Grammar const serve_grammar{
    {"--demo", "--help"}, {"--db", "--listen", "--config", "--heads", "--clock"}, 0, 0, ""};

Result<ServeOptions> read_serve_options(Arguments const& arguments) {
  ServeOptions options;
  options.demonstration = arguments.has("--demo");
  options.config = arguments.option("--config");
  options.heads = arguments.option("--heads");
  if (auto const url = arguments.option("--db")) {
    Result<std::string> path = database_path(*url);
    if (!path) return malformed("--db", path.error().first().detail.en);
    options.database = std::move(*path);
  }
  if (auto const address = arguments.option("--listen"))
    if (Result<void> const read = read_address(*address, options); !read) return tl::unexpected(read.error());
  if (options.demonstration && !is_loopback(options.host))
    return malformed("--listen", options.host +
                                     " can be reached by others, and a demonstration has known passwords; "
                                     "with --demo listen on 127.0.0.1, [::1] or localhost");
  if (auto const clock = arguments.option("--clock")) {
    if (!options.demonstration)
      return malformed("--clock", "only a demonstration may have a clock of its own; add --demo");
    Result<Instant> const instant = parse_instant(*clock);
    if (!instant) return malformed("--clock", "\"" + *clock + "\": " + instant.error().first().detail.en);
    options.clock = *instant;
  }
  return options;
}

}  // namespace xiaohao::cli
