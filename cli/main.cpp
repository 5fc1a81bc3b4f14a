// `xiaohao COMMAND …`: finds the command and runs it. One file for each command stands beside this one; a new
// one gets a row in the table.

#include <algorithm>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/change.hpp"
#include "cli/check.hpp"
#include "cli/erase.hpp"
#include "cli/findings.hpp"
#include "cli/init.hpp"
#include "cli/key.hpp"
#include "cli/machine.hpp"
#include "cli/migrate_lifecycle.hpp"
#include "cli/organisation.hpp"
#include "cli/rehearse.hpp"
#include "cli/resync.hpp"
#include "cli/serve.hpp"
#include "cli/silence.hpp"
#include "cli/token.hpp"
#include "cli/user.hpp"
#include "cli/verify.hpp"
#include "cli/verify_record.hpp"
#include "cli/when.hpp"
#include "engine/clock/clock.hpp"
#include "workflows/shipped.hpp"

namespace {

using namespace xiaohao;
using Words = std::vector<std::string>;

struct Subcommand {
  char const* name;
  char const* usage;    ///< its words, for the list of commands
  char const* summary;  ///< one line
  int (*run)(Words const& arguments);
};

int when(Words const& arguments) {
  auto const calendar = workflows::shipped_calendar();
  if (!calendar) return cli::report(std::cerr, "shipped calendar", calendar.error());
  return cli::when_command(arguments, *calendar, std::cin, std::cout, std::cerr);
}

int check(Words const& arguments) { return cli::check_command(arguments, std::cout, std::cerr); }

int machine(Words const& arguments) {
  return cli::machine_command(arguments, std::cin, std::cout, std::cerr);
}

int init(Words const& arguments) { return cli::init_command(arguments, SystemClock(), std::cout, std::cerr); }

int serve(Words const& arguments) {
  return cli::serve_command(arguments, XIAOHAO_VERSION, std::cout, std::cerr);
}

int user(Words const& arguments) { return cli::user_command(arguments, std::cin, std::cout, std::cerr); }

int token(Words const& arguments) { return cli::token_command(arguments, std::cout, std::cerr); }

int findings(Words const& arguments) {
  return cli::findings_command(arguments, SystemClock(), std::cout, std::cerr);
}

int key(Words const& arguments) { return cli::key_command(arguments, SystemClock(), std::cout, std::cerr); }

int resync(Words const& arguments) {
  return cli::resync_command(arguments, SystemClock(), std::cout, std::cerr);
}
int change(Words const& arguments) {
  return cli::change_command(arguments, SystemClock(), std::cout, std::cerr);
}
int migrate_lifecycle(Words const& arguments) {
  return cli::migrate_lifecycle_command(arguments, SystemClock(), std::cout, std::cerr);
}
int verify(Words const& arguments) { return cli::verify_command(arguments, std::cout, std::cerr); }
int rehearse(Words const& arguments) {
  return cli::rehearse_command(arguments, SystemClock(), std::cout, std::cerr);
}

int organisation(Words const& arguments) {
  return cli::organisation_command(arguments, SystemClock(), std::cout, std::cerr);
}
int silence(Words const& arguments) {
  return cli::silence_command(arguments, SystemClock(), std::cout, std::cerr);
}

int erase(Words const& arguments) {
  return cli::erase_command(arguments, SystemClock(), std::cout, std::cerr);
}

int verify_record(Words const& arguments) {
  return cli::verify_record_command(arguments, std::cout, std::cerr);
}

constexpr Subcommand subcommands[] = {
    {"init", "--db URL --checklist FILE", "makes a database and a plan", init},
    {"serve", "--db URL [--demo]", "serves pages and the API", serve},
    {"when", "PHRASE --year N | --scan FILE", "reads a deadline phrase, or finds those of a text", when},
    {"verify", "--db URL [--since HEADFILE]", "recomputes everything, and names what was changed", verify},
    {"rehearse", "--checklist FILE --year N | --db URL",
     "plays a year before it begins, or what is left of one", rehearse},
    {"verify-record", "FILE [--key FILE]", "checks a close-out record without a database", verify_record},
    {"resync", "--db URL --organisation FILE", "what a new list of members means for a running plan", resync},
    {"change", "--db URL --calendar FILE | --policy FILE | --phrase ITEM=PHRASE",
     "what other rules mean for a running year", change},
    {"migrate-lifecycle", "--db URL --lifecycle FILE --mapping FILE",
     "moves running items to a new version of their lifecycle", migrate_lifecycle},
    {"key", "show|rotate|replace --db URL", "the key that signs the journal", key},
    {"check", "FILE… | --list | --permissions",
     "what is wrong with a county's files; what they may name; who may do what", check},
    {"machine", "FILE --events FILE|-", "runs a lifecycle without a database", machine},
    {"user", "add|list|disable|enable|password|forget-codes --db URL", "who may sign in", user},
    {"organisation", "list|add-unit|change-unit|add-person|change-person|hand-over-unit|hand-over-person",
     "units, people, and the hand-over of their work", organisation},
    {"silence", "set|end|list --db URL", "who is not told for a while, and why", silence},
    {"findings", "import FILE --db URL --by USERNAME [--commit]",
     "registers an inspection's list of findings", findings},
    {"erase", "--db URL --item ID --entry INDEX --field FIELD",
     "erases what somebody wrote, because the law asks for it", erase},
    {"token", "create|list|revoke --db URL", "access tokens for scripts", token},
};

void print_help() {
  std::cout << "xiaohao COMMAND …   销号台: deadlines of a county's annual checklist\n\n";
  for (Subcommand const& subcommand : subcommands)
    std::cout << "  " << subcommand.name << " " << subcommand.usage << "\n      " << subcommand.summary
              << "\n";
  std::cout << "\n  --version, --help; each command has a --help with an example\n";
}

}  // namespace

int main(int count, char** values) {
  Words arguments(values + 1, values + count);
  std::string const command = arguments.empty() ? "" : arguments.front();
  if (!arguments.empty()) arguments.erase(arguments.begin());
  if (command == "--version") {
    std::cout << "xiaohao " XIAOHAO_VERSION "\n";
    return cli::exit_done;
  }
  if (command == "--help" || command == "-h") {
    print_help();
    return cli::exit_done;
  }
  auto const found = std::find_if(std::begin(subcommands), std::end(subcommands),
                                  [&](Subcommand const& subcommand) { return command == subcommand.name; });
  if (found != std::end(subcommands)) return found->run(arguments);
  std::cerr << "xiaohao: "
            << (command.empty() ? "no command" : "\"" + command.substr(0, 100) + "\" is not a command")
            << "; see xiaohao --help\n";
  return cli::exit_usage;
}
