// The dashboard of the 2024 checklist against a bare Beast handler that sends the same bytes from memory. The
// server is the program itself with its demonstration accounts; both serve from processes of their own, by
// turns, and medians count.
//
//     ./dev bench dashboard [SECONDS]

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bare_server.hpp"
#include "tests/bench/http_clients.hpp"
#include "tests/bench/median.hpp"

namespace {

using namespace xiaohao;
using namespace std::chrono_literals;

constexpr int server_threads = 2;  // as many as `xiaohao serve` has
constexpr int rounds = 9;

[[noreturn]] void fail(std::string const& what) {
  std::fprintf(stderr, "dashboard_bench: %s\n", what.c_str());
  std::exit(3);
}

/// `xiaohao serve` on a free port, ended with this object.
class Server {
 public:
  explicit Server(std::string const& database) {
    int ends[2];
    if (::pipe(ends) != 0) fail("no pipe");
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::execl(XIAOHAO_PROGRAM, "xiaohao", "serve", "--db", database.c_str(), "--demo", "--clock",
              "2024-03-06T09:00:00+08:00", "--listen", "127.0.0.1:0", nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ::fdopen(ends[0], "r");
    char line[512];
    while (std::fgets(line, sizeof line, output_))
      if (unsigned number = 0; std::sscanf(line, "listening on http://127.0.0.1:%u", &number) == 1) {
        port_ = static_cast<std::uint16_t>(number);
        return;
      }
    fail("the server did not start");
  }
  ~Server() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
    std::fclose(output_);
  }
  std::uint16_t port() const { return port_; }

 private:
  pid_t process_ = -1;
  std::FILE* output_ = nullptr;
  std::uint16_t port_ = 0;
};

/// The cookie of a session of `leader`, who sees every unit's items.
std::string signed_in(std::uint16_t port) {
  std::string const body = R"({"username":"leader","password":"demo-leader"})";
  std::string const answer =
      bench::answer_of(port,
                       "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
                       "application/json\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body);
  auto const begin = answer.find("xiaohao_session=");
  if (begin == answer.npos) fail("no session: " + answer.substr(0, 300));
  return answer.substr(begin, answer.find(';', begin) - begin);
}

}  // namespace

int main(int count, char** values) {
  double const seconds = count > 1 ? std::atof(values[1]) : 5;
  std::chrono::milliseconds const round(static_cast<int>(seconds * 1000 / rounds / 2));
  std::string pattern = (std::filesystem::temp_directory_path() / "xiaohao-bench-XXXXXX").string();
  std::filesystem::path const folder = ::mkdtemp(pattern.data());
  std::string const database = (folder / "county.db").string();
  std::string const init = std::string(XIAOHAO_PROGRAM) + " init --db " + database +
                           " --checklist workflows/checklists/2024.json > /dev/null";
  if (std::system(init.c_str()) != 0) fail("init failed");
  {
    Server const server(database);
    std::string const request = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + signed_in(server.port()) +
                                "\r\nAccept: text/html\r\n\r\n";
    std::string const answer = bench::answer_of(server.port(), request);
    if (!answer.starts_with("HTTP/1.1 200")) fail("no dashboard: " + answer.substr(0, 300));
    std::string const page = answer.substr(answer.find("\r\n\r\n") + 4);
    std::uint16_t const bare_port = bench::serve_bare(page, server_threads);

    std::vector<double> bare, ours;
    bench::rate_of(server.port(), request, 200ms);
    for (int number = 0; number < rounds; ++number) {
      bare.push_back(bench::rate_of(bare_port, request, round));
      ours.push_back(bench::rate_of(server.port(), request, round));
    }
    std::printf(
        "bare Beast handler, %zu bytes  %8.0f requests/s\ndashboard                      %8.0f requests/s\n"
        "ratio                          %8.2f (goal 0.5)\n",
        page.size(), bench::median(bare), bench::median(ours), bench::median(ours) / bench::median(bare));
  }
  std::filesystem::remove_all(folder);
}
