#pragma once

// The HTTP server: connections, limits, timeouts. What a request means is its `Service`'s business.
//
//     Server server(settings, service);
//     if (Result<void> listening = server.listen(); !listening) …;   // the port is in use
//     std::cout << "listening on http://" << server.address() << std::endl;
//     server.start();
//     …
//     server.stop();   // accepts nobody new, finishes what runs, returns within `drain_time_max`

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "web/http/gate.hpp"
#include "web/http/message.hpp"

namespace xiaohao::web {

struct ServerSettings {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
  int threads = 2;
  int connections_max = 768;
  int connections_per_address_max = 256;
  HeadLimits head;
  std::int64_t body_bytes_max = 1 << 20;     ///< of JSON and forms without files
  std::int64_t upload_bytes_max = 20 << 20;  ///< of all files of one form
  std::string upload_directory;              ///< where files wait for their handler; exists
  // Whoever does not keep these is disconnected without a word.
  std::chrono::milliseconds idle_time_max{60'000};  ///< between two requests of one connection
  std::chrono::milliseconds head_time_max{10'000};  ///< from the first byte of a request to its empty line
  std::chrono::milliseconds body_time_max{
      30'000};  ///< to which a second is added for each `body_bytes_per_second_min`
  std::int64_t body_bytes_per_second_min = 32 << 10;
  std::chrono::milliseconds answer_time_max{60'000};  ///< for the handler
  std::chrono::milliseconds write_time_max{30'000};   ///< for each 64 KiB of an answer
  std::chrono::milliseconds heartbeat{20'000};        ///< of event streams
  std::chrono::milliseconds drain_time_max{10'000};
};

/// What becomes of a request, decided from its head alone.
struct Admission {
  std::optional<Response> refusal;  ///< answered without reading the body
  Handler handler;
  bool takes_files = false;
};

class Service {
 public:
  virtual ~Service() = default;
  /// Called with the head only; may complete `request` (visitor, language, parameters). Must not wait.
  virtual Admission admit(Request& request) = 0;
  /// Words a refusal by the server itself: a bad head, a handler that threw; a bad body. `request` is null
  /// before the head is read.
  virtual Response refuse(HeadFault const& fault, Request const* request) = 0;
  virtual Response refuse(Refusal const& refusal, Request const* request) = 0;
  /// Counts an answer. For a connection refused before its request, `status` is 503.
  virtual void answered(int status) = 0;
};

class Server {
 public:
  Server(ServerSettings settings, Service& service);
  ~Server();

  /// Unavailable when the address cannot be had; the detail says why.
  Result<void> listen();
  std::string address() const;  ///< `127.0.0.1:8080`, after `listen`
  std::uint16_t port() const;
  void start();  ///< begins to serve, on threads of its own
  void stop();   ///< drains, then returns; safe to call twice

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace xiaohao::web
