#include "cli/serve.hpp"

#include <csignal>
#include <ostream>

#include "cli/assembly.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao serve [--db URL] [--listen HOST:PORT] [--config FILE] [--heads FILE] [--demo] [--clock "
    "INSTANT]\n"
    "Serves pages and the API until SIGTERM or SIGINT.\n\n"
    "  --db       a database that `xiaohao init` made: a file path or sqlite:PATH; xiaohao.db by default\n"
    "  --listen   127.0.0.1:8080 by default; port 0 picks a free one\n"
    "  --config   settings as JSON: mail server, webhook, robots of WeCom, DingTalk and Feishu, heartbeat, "
    "heads_file\n"
    "  --heads    a second file for the journal's signed heads, best on another disk or machine: compared at "
    "the\n"
    "             start, which is refused when the history was truncated, forked or rewritten; then added "
    "to\n"
    "  --demo     demonstration accounts with known passwords; listens on this machine only\n"
    "  --clock    with --demo: a clock that begins at INSTANT and stands still until it is moved\n\n"
    "Example: xiaohao serve --db county.db --demo --clock 2024-01-02T08:30:00+08:00\n";

/// SIGTERM and SIGINT are taken by `wait` alone; every thread made after this leaves them to it.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  void wait() const {
    int received = 0;
    sigwait(&signals_, &received);
  }

 private:
  sigset_t signals_;
};

}  // namespace

int serve_command(std::vector<std::string> const& arguments, std::string const& version, std::ostream& out,
                  std::ostream& err) {
  auto const read = Arguments::read(arguments, serve_grammar);
  if (!read) return report(err, "serve", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  Result<ServeOptions> const options = read_serve_options(*read);
  if (!options) return report(err, "serve", options.error());

  StopSignals const stop;
  auto assembly = Assembly::make(*options, version);
  if (!assembly) return report(err, "serve", assembly.error());
  if (Result<void> const listening = (*assembly)->listen(); !listening)
    return report(err, "serve: --listen", listening.error());
  (*assembly)->start();
  if (!(*assembly)->warning().empty()) err << "xiaohao: serve: " << (*assembly)->warning() << "\n";
  out << (*assembly)->accounts();
  Result<std::string> const set_up = (*assembly)->first_set_up();
  if (!set_up) return report(err, "serve", set_up.error());
  if (!set_up->empty())
    out << "还没有账号；请在一小时内打开此链接，设置首位安全管理员（只能用一次）\n"
           "nobody has an account yet; open this link within an hour to set up the first security "
           "administrator; "
           "it works once:\n  "
        << *set_up << "\n";
  out << "listening on http://" << (*assembly)->address() << std::endl;
  stop.wait();
  (*assembly)->stop();
  return exit_done;
}

}  // namespace xiaohao::cli
