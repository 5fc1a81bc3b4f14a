#include "tests/integration/http/raw_client.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace xiaohao::tests {

RawClient::RawClient(std::uint16_t port, std::string source_address) {
  descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  ::inet_pton(AF_INET, source_address.c_str(), &address.sin_addr);
  ::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  address.sin_port = htons(port);
  if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
}

RawClient::~RawClient() { ::close(descriptor_); }

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void RawClient::finish_sending() { ::shutdown(descriptor_, SHUT_WR); }

int RawClient::read_some(std::chrono::milliseconds patience) {
  pollfd waiting{descriptor_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return -1;
  char piece[65536];
  auto const count = ::recv(descriptor_, piece, sizeof piece, 0);
  if (count <= 0) return 0;
  buffer_.append(piece, static_cast<std::size_t>(count));
  return static_cast<int>(count);
}

std::optional<Answer> RawClient::receive(std::chrono::milliseconds patience, bool of_head) {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (read_some(patience) <= 0) return std::nullopt;
  Answer answer;
  answer.status = std::stoi(buffer_.substr(9, 3));
  std::size_t place = buffer_.find("\r\n") + 2;
  while (place < end) {
    std::size_t const line_end = buffer_.find("\r\n", place);
    std::size_t const colon = buffer_.find(": ", place);
    std::string name = buffer_.substr(place, colon - place);
    for (char& character : name)
      character = static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
    std::string& value = answer.headers[name];
    value += (value.empty() ? "" : "\n") + buffer_.substr(colon + 2, line_end - colon - 2);
    place = line_end + 2;
  }
  auto const length = answer.headers.find("content-length");
  std::size_t const size = length == answer.headers.end() || of_head ? 0 : std::stoul(length->second);
  while (buffer_.size() < end + 4 + size)
    if (read_some(patience) <= 0) return std::nullopt;
  answer.body = buffer_.substr(end + 4, size);
  buffer_.erase(0, end + 4 + size);
  return answer;
}

std::string RawClient::receive_until(std::string_view wanted, std::chrono::milliseconds patience) {
  while (buffer_.find(wanted) == std::string::npos)
    if (read_some(patience) <= 0) break;
  return buffer_;
}

bool RawClient::closed_by_server(std::chrono::milliseconds patience) {
  int count = 0;
  while ((count = read_some(patience)) > 0) continue;
  return count == 0;
}

}  // namespace xiaohao::tests
