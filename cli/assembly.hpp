#pragma once

// A running server: every part, put together in the order of their dependencies and taken apart in reverse.
// The only place where the engine meets its database, its rules, its notifier and its pages.

#include <memory>
#include <string>

#include "cli/serve_options.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::cli {

class Assembly {
 public:
  /// Opens the database, loads the rules, and with --demo fills the demonstration's organisation and
  /// accounts.
  static Result<std::unique_ptr<Assembly>> make(ServeOptions const& options, std::string const& version);
  ~Assembly();

  /// Unavailable when the address cannot be had.
  Result<void> listen();
  std::string address() const;   ///< `127.0.0.1:8080`, after `listen`
  std::string accounts() const;  ///< of a demonstration, for the terminal; empty otherwise
  /// Where the first security administrator sets his password, for the terminal and nowhere else; empty when
  /// there are accounts. After `listen`; each call makes a new link and ends the one before.
  Result<std::string> first_set_up() const;
  std::string const& warning() const;  ///< what whoever starts it should know; empty: nothing
  void start();
  void stop();  ///< lets requests, deliveries and timers under way end, then returns

 private:
  struct Parts;
  explicit Assembly(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace xiaohao::cli
