#include "cli/check.hpp"

#include <ostream>

#include "cli/arguments.hpp"
#include "cli/checked_file.hpp"
#include "cli/vocabulary.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao check FILE… [--json]\n"
    "xiaohao check --list | --permissions [--json]\n"
    "Checks lifecycles, checklists, policies, calendars, organisations, permissions and password rules, each "
    "by its $schema, and\n"
    "lists every fault with its JSON Pointer; of a lifecycle also what would let an item stall, or close "
    "without evidence and a\n"
    "second person, with the way that leads there. Exit code 1: something is wrong.\n\n"
    "  --list          every guard, action and delay that a lifecycle may name\n"
    "  --permissions   who may send which event, and read what\n\n"
    "Example: xiaohao check workflows/lifecycles/assignment.json\n";

constexpr std::size_t files_max = 10'000;

void print(std::ostream& out, std::string const& path, CheckedFile const& checked) {
  if (checked.faults.empty()) {
    out << path << ": " << checked.schema << ", nothing wrong 无误\n";
    return;
  }
  for (statechart::Flaw const& flaw : checked.faults) {
    out << path << " " << (flaw.pointer.empty() ? "/" : flaw.pointer) << ": " << flaw.detail.en << "\n"
        << "    " << flaw.detail.zh << "\n";
    if (!flaw.path.empty()) out << "    path: " << flaw.path << "\n";
  }
}

nlohmann::ordered_json to_json(std::string const& path, CheckedFile const& checked) {
  auto faults = nlohmann::ordered_json::array();
  for (statechart::Flaw const& flaw : checked.faults) {
    nlohmann::ordered_json fault{
        {"pointer", flaw.pointer}, {"detail", flaw.detail.en}, {"detail_zh", flaw.detail.zh}};
    if (!flaw.path.empty()) fault["path"] = flaw.path;
    faults.push_back(std::move(fault));
  }
  return {{"file", path},
          {"schema", checked.schema},
          {"ok", checked.faults.empty()},
          {"faults", std::move(faults)}};
}

}  // namespace

int check_command(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  auto const read =
      Arguments::read(arguments, {{"--json", "--list", "--permissions", "--help"}, {}, 0, files_max, "FILE"});
  if (!read) return report(err, "check", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  bool const as_json = read->has("--json");
  if (read->has("--list")) return print_vocabulary(out, as_json);
  if (read->has("--permissions")) return print_permissions(out, err, as_json);
  if (read->words().empty())
    return report(err, "check",
                  Refusal{Reason::Malformed,
                          {{"", {"", "FILE is missing; name a file, or give --list or --permissions"}}}});
  bool sound = true;
  auto files = nlohmann::ordered_json::array();
  for (std::string const& path : read->words()) {
    auto const checked =
        json::file_text(path, statechart::machine_limits).and_then([](std::string const& text) {
          return check_document(text);
        });
    if (!checked) return report(err, "check: " + path, checked.error());
    sound = sound && checked->faults.empty();
    if (as_json)
      files.push_back(to_json(path, *checked));
    else
      print(out, path, *checked);
  }
  if (as_json) out << nlohmann::ordered_json{{"ok", sound}, {"files", std::move(files)}}.dump() << "\n";
  return sound ? exit_done : exit_no;
}

}  // namespace xiaohao::cli
