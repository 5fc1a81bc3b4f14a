#include "cli/password_input.hpp"

#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace xiaohao::cli {
namespace {

constexpr char interrupt = '\x03';

/// While it lives nothing typed is shown. Ctrl-C comes as a character, so that the terminal is always put
/// right.
class Silence {
 public:
  Silence() {
    tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silence() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  Silence(Silence const&) = delete;
  Silence& operator=(Silence const&) = delete;

 private:
  termios before_{};
};

Result<std::string> read_line(std::istream& in) {
  std::string line;
  if (!std::getline(in, line) || line.empty())
    return malformed("password", "there is none; give it as the first line of standard input");
  if (line.back() == '\r') line.pop_back();
  if (line.find(interrupt) != std::string::npos)
    return malformed("password", "given up; nothing was changed");
  return line;
}

}  // namespace

Result<std::string> read_password(std::istream& in, std::ostream& err, std::string const& prompt) {
  if (&in != &std::cin || !isatty(STDIN_FILENO)) return read_line(in);
  Silence const silence;
  err << prompt << ": " << std::flush;
  Result<std::string> first = read_line(in);
  err << "\n";
  if (!first) return first;
  err << "once more: " << std::flush;
  Result<std::string> const second = read_line(in);
  err << "\n";
  if (!second) return second;
  if (*first != *second) return malformed("password", "the two are not the same; nothing was changed");
  return first;
}

}  // namespace xiaohao::cli
