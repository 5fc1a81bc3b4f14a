// `xiaohao COMMAND …`: finds the command and runs it. One file for each command stands beside this one.

#include <iostream>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/machine.hpp"
#include "cli/when.hpp"
#include "workflows/shipped.hpp"

namespace {

constexpr char const* help =
    "xiaohao COMMAND …            销号台: deadlines of a county's annual checklist\n\n"
    "  when PHRASE --year N       reads a deadline phrase\n"
    "  machine FILE --events FILE runs a lifecycle without a database\n\n"
    "  --version, --help; each command has a --help with an example\n";

}  // namespace

int main(int count, char** values) {
  using namespace xiaohao;
  std::vector<std::string> arguments(values + 1, values + count);
  std::string const command = arguments.empty() ? "" : arguments.front();
  if (!arguments.empty()) arguments.erase(arguments.begin());
  if (command == "--version") {
    std::cout << "xiaohao " XIAOHAO_VERSION "\n";
    return cli::exit_done;
  }
  if (command == "--help" || command == "-h") {
    std::cout << help;
    return cli::exit_done;
  }
  if (command == "when") {
    auto const calendar = workflows::shipped_calendar();
    if (!calendar) return cli::report(std::cerr, "shipped calendar", calendar.error());
    return cli::when_command(arguments, *calendar, std::cout, std::cerr);
  }
  if (command == "machine") return cli::machine_command(arguments, std::cin, std::cout, std::cerr);
  std::cerr << "xiaohao: "
            << (command.empty() ? "no command" : "\"" + command.substr(0, 100) + "\" is not a command")
            << "; see xiaohao --help\n";
  return cli::exit_usage;
}
