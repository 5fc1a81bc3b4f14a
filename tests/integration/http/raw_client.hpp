#pragma once

// A client that sends exactly the bytes it is told, right or wrong, and reads answers as they come.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace xiaohao::tests {

struct Answer {
  int status = 0;
  std::map<std::string, std::string>
      headers;  ///< names in lower case; of several Set-Cookie the values are joined by lines
  std::string body;
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, std::string source_address = "127.0.0.1");
  ~RawClient();
  RawClient(RawClient const&) = delete;
  RawClient& operator=(RawClient const&) = delete;

  bool send(std::string_view bytes);  ///< false when the server has closed
  void finish_sending();
  /// The next answer by Content-Length; nothing when the connection ended first, or after `patience`.
  std::optional<Answer> receive(std::chrono::milliseconds patience = std::chrono::seconds(10),
                                bool of_head = false);
  /// Whatever comes within `patience`, until `wanted` stands in it.
  std::string receive_until(std::string_view wanted,
                            std::chrono::milliseconds patience = std::chrono::seconds(10));
  bool closed_by_server(std::chrono::milliseconds patience = std::chrono::seconds(10));

  std::optional<Answer> ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }

 private:
  int descriptor_ = -1;
  std::string buffer_;
  int read_some(std::chrono::milliseconds patience);  ///< bytes; 0 closed; -1 nothing in time
};

}  // namespace xiaohao::tests
