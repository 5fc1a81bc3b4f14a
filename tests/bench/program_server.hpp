#pragma once

// The program itself, serving the 2024 checklist with its demonstration accounts from a process of its own.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <sys/types.h>

namespace xiaohao::bench {

/// A database of the 2024 checklist in a folder that goes with this object, and `xiaohao serve` over it on a
/// free port. Ends the program when it does not start.
class ProgramServer {
 public:
  /// `program` is the path of `xiaohao`.
  explicit ProgramServer(char const* program);
  /// Over a `database` that is there already, from `clock` on; both stay when this object goes.
  ProgramServer(char const* program, std::string const& database, char const* clock);
  ~ProgramServer();
  ProgramServer(ProgramServer const&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  void serve(char const* program, std::string const& database, char const* clock);

  std::filesystem::path folder_;  ///< empty: not ours
  pid_t process_ = -1;
  std::FILE* output_ = nullptr;
  std::uint16_t port_ = 0;
};

struct SignedIn {
  std::string cookie;  ///< `xiaohao_session=…`
  std::string csrf_token;
};
/// A session of a demonstration account.
SignedIn sign_in(std::uint16_t port, std::string const& username);

/// Moves the virtual clock to `instant`, and comes back when everything until then is done.
void advance(std::uint16_t port, SignedIn const& administrator, std::string const& instant);

/// A GET of a signed-in person.
std::string get_of(SignedIn const& who, std::string const& path);

}  // namespace xiaohao::bench
