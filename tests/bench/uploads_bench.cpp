// Handing in a large file: checked, hashed, kept and journalled, against a bare Beast handler that writes the
// same bytes to a file.
//
//     ./dev bench uploads [ROUNDS]

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

#include "tests/bench/bare_server.hpp"
#include "tests/bench/http_clients.hpp"
#include "tests/bench/median.hpp"
#include "tests/bench/program_server.hpp"

namespace {

using namespace xiaohao;

constexpr std::size_t file_bytes = 16 << 20;
constexpr char const* border = "----xiaohao-bench";

/// A PDF by its first bytes, and never the same file twice: the same evidence is handed in once.
std::string file_of(int number) {
  std::string bytes = "%PDF-1.4\n" + std::to_string(number) + "\n";
  unsigned seed = static_cast<unsigned>(number) + 1;
  while (bytes.size() < file_bytes)
    bytes.push_back(static_cast<char>((seed = seed * 1664525u + 1013904223u) >> 24));
  return bytes;
}

std::string form_with(std::string const& file) {
  return std::string("--") + border +
         "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: "
         "application/pdf\r\n\r\n" +
         file + "\r\n--" + border + "--\r\n";
}

std::string post(std::string const& path, std::string const& fields, std::string const& body) {
  return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields +
         "Content-Type: multipart/form-data; boundary=" + border +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

double seconds_of(std::uint16_t port, std::string const& request, std::string_view expected) {
  auto const begin = std::chrono::steady_clock::now();
  std::string const answer = bench::answer_of(port, request);
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
  if (!answer.starts_with(expected)) {
    std::fprintf(stderr, "uploads_bench: %s\n", answer.substr(0, 400).c_str());
    std::exit(3);
  }
  return took.count();
}

/// The id of an item, and its version, that `owner-zuzhibu` may hand something in for once he has accepted
/// it.
std::string accepted_item(std::uint16_t port, bench::SignedIn const& owner) {
  std::string const list = bench::answer_of(
      port, bench::get_of(owner, "/api/v1/items?plan=2024&kind=Assignment&unit=zuzhibu&number=1"));
  auto const at = list.find("\"id\":");
  std::string const id = list.substr(at + 5, list.find(',', at) - at - 5);
  std::string const body = R"({"type":"accept"})";
  (void)bench::answer_of(
      port, "POST /api/v1/items/" + id + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + owner.cookie +
                "\r\nX-CSRF-Token: " + owner.csrf_token +
                "\r\nIf-Match: \"1\"\r\nContent-Type: application/json\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
  return id;
}

}  // namespace

int main(int count, char** values) {
  int const rounds = count > 1 ? std::atoi(values[1]) : 9;
  bench::ProgramServer const server(XIAOHAO_PROGRAM);
  bench::SignedIn const owner = bench::sign_in(server.port(), "owner-zuzhibu");
  std::string const path = "/api/v1/items/" + accepted_item(server.port(), owner) + "/evidence";
  std::string const fields = "Cookie: " + owner.cookie + "\r\nX-CSRF-Token: " + owner.csrf_token + "\r\n";
  std::string const folder = std::filesystem::temp_directory_path().string();
  std::uint16_t const bare_port = bench::serve_writing(folder, 2);
  std::vector<double> bare, ours;
  for (int round = 0; round < rounds; ++round) {
    std::string const body = form_with(file_of(round));
    bare.push_back(seconds_of(bare_port, post("/", "", body), "HTTP/1.1 200"));
    ours.push_back(seconds_of(server.port(), post(path, fields, body), "HTTP/1.1 201"));
  }
  double const megabytes = static_cast<double>(file_bytes) / (1 << 20);
  std::printf(
      "bare Beast handler, to a file  %8.1f MB/s\nevidence                       %8.1f MB/s\nratio           "
      "               %8.2f\n",
      megabytes / bench::median(bare), megabytes / bench::median(ours),
      bench::median(bare) / bench::median(ours));
}
