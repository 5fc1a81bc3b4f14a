#include "tests/bench/http_clients.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cstdlib>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace xiaohao::bench {
namespace {

int connected_to(std::uint16_t port) {
  int const descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
  return descriptor;
}

std::size_t body_bytes(std::string_view head) {
  auto const field = head.find("Content-Length: ");
  if (field == head.npos) std::abort();
  return std::strtoull(head.data() + field + 16, nullptr, 10);
}

/// Asks once and reads the answer into `bytes`; returns its length.
std::size_t ask(int descriptor, std::string const& request, std::vector<char>& bytes) {
  for (std::size_t sent = 0; sent < request.size();) {
    auto const count = ::send(descriptor, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) std::abort();
    sent += static_cast<std::size_t>(count);
  }
  std::size_t have = 0, want = 0;
  while (want == 0 || have < want) {
    auto const count = ::recv(descriptor, bytes.data() + have, bytes.size() - have, 0);
    if (count <= 0) std::abort();
    have += static_cast<std::size_t>(count);
    std::string_view const seen(bytes.data(), have);
    if (auto const end = seen.find("\r\n\r\n"); want == 0 && end != seen.npos) {
      want = end + 4 + body_bytes(seen.substr(0, end));
      bytes.resize(std::max(bytes.size(), want));
    }
  }
  return have;
}

constexpr std::size_t answer_bytes = 1 << 20;

}  // namespace

std::string answer_of(std::uint16_t port, std::string const& request) {
  int const descriptor = connected_to(port);
  std::vector<char> bytes(answer_bytes);
  std::size_t const length = ask(descriptor, request, bytes);
  ::close(descriptor);
  return {bytes.data(), length};
}

double rate_of(std::uint16_t port, std::string const& request, std::chrono::milliseconds time) {
  std::atomic<bool> stop{false};
  std::atomic<long> answered{0};
  std::vector<std::thread> threads;
  for (int client = 0; client < clients; ++client)
    threads.emplace_back([&] {
      int const descriptor = connected_to(port);
      std::vector<char> bytes(answer_bytes);
      for (; !stop; ++answered) ask(descriptor, request, bytes);
      ::close(descriptor);
    });
  auto const begin = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(time);
  stop = true;
  for (std::thread& thread : threads) thread.join();
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
  return static_cast<double>(answered) / took.count();
}

}  // namespace xiaohao::bench
