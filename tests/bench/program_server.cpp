#include "tests/bench/program_server.hpp"

#include <csignal>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/http_clients.hpp"

namespace xiaohao::bench {
namespace {

[[noreturn]] void fail(std::string const& what) {
  std::fprintf(stderr, "bench: %s\n", what.c_str());
  std::exit(3);
}

std::string between(std::string const& text, std::string const& before, char after) {
  auto const begin = text.find(before);
  if (begin == text.npos) fail("no session: " + text.substr(0, 300));
  auto const from = begin + before.size();
  return text.substr(from, text.find(after, from) - from);
}

}  // namespace

ProgramServer::ProgramServer(char const* program) {
  std::string pattern = (std::filesystem::temp_directory_path() / "xiaohao-bench-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  std::string const database = (folder_ / "county.db").string();
  std::string const init = std::string(program) + " init --db " + database +
                           " --checklist workflows/checklists/2024.json > /dev/null";
  if (std::system(init.c_str()) != 0) fail("init failed");
  serve(program, database, "2024-03-06T09:00:00+08:00");
}

ProgramServer::ProgramServer(char const* program, std::string const& database, char const* clock) {
  serve(program, database, clock);
}

void ProgramServer::serve(char const* program, std::string const& database, char const* clock) {
  int ends[2];
  if (::pipe(ends) != 0) fail("no pipe");
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl(program, "xiaohao", "serve", "--db", database.c_str(), "--demo", "--clock", clock, "--listen",
            "127.0.0.1:0", nullptr);
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

ProgramServer::~ProgramServer() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
  std::fclose(output_);
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
}

SignedIn sign_in(std::uint16_t port, std::string const& username) {
  std::string const body = R"({"username":")" + username + R"(","password":"demo-)" + username + R"("})";
  std::string const answer = answer_of(port,
                                       "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
                                       "application/json\r\nContent-Length: " +
                                           std::to_string(body.size()) + "\r\n\r\n" + body);
  return {"xiaohao_session=" + between(answer, "xiaohao_session=", ';'),
          between(answer, R"("csrf_token":")", '"')};
}

void advance(std::uint16_t port, SignedIn const& administrator, std::string const& instant) {
  std::string const body = R"({"to":")" + instant + R"("})";
  std::string const answer = answer_of(
      port, "POST /api/v1/demo/clock HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + administrator.cookie +
                "\r\nX-CSRF-Token: " + administrator.csrf_token +
                "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body);
  if (!answer.starts_with("HTTP/1.1 200")) fail("the clock did not move: " + answer.substr(0, 300));
}

std::string get_of(SignedIn const& who, std::string const& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + who.cookie +
         "\r\nAccept: text/html, application/json\r\n\r\n";
}

}  // namespace xiaohao::bench
