#include "cli/init.hpp"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/database.hpp"
#include "cli/key_files.hpp"
#include "cli/plan_input.hpp"
#include "cli/rules.hpp"
#include "engine/creation.hpp"
#include "engine/store/sqlite/new_files.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao init --db URL --checklist FILE [--organisation FILE] [--year N] [--algorithms NAME]\n"
    "Makes a database and a plan from a checklist.\n\n"
    "  --db URL             the file to make: a path or sqlite:PATH; one that exists is refused\n"
    "  --checklist FILE     xiaohao-checklist/1; 2024 names the one that is shipped\n"
    "  --organisation FILE  xiaohao-organisation/1; the units that the plan of 2024 names, unless given\n"
    "  --year N             the plan's year; the checklist's own, unless given\n"
    "  --algorithms NAME    what the journal is hashed and signed with, for good: sha256-ed25519, unless "
    "given, or\n"
    "                       sm3-sm2 (GB/T 32905, GB/T 32918)\n\n"
    "Example: xiaohao init --db var/xiaohao.db --checklist workflows/checklists/2024.json\n";

int count(PlanDraft const& draft, ItemKind kind) {
  return static_cast<int>(std::count_if(draft.items.begin(), draft.items.end(),
                                        [&](ItemDraft const& item) { return item.definition.kind == kind; }));
}

void print_summary(std::ostream& out, std::string const& path, PlanDraft const& draft) {
  out << "made " << path << ": " << draft.plan.title << ", " << draft.plan.year.value() << "\n"
      << count(draft, ItemKind::Task) << " tasks, " << count(draft, ItemKind::Assignment) << " shares, "
      << count(draft, ItemKind::Milestone) << " milestones, " << count(draft, ItemKind::Occurrence)
      << " recurring duties, whose periods are made one at a time\n";
  std::vector<std::string> unknown;
  for (ItemDraft const& item : draft.items)
    for (NamedUnit const& named : item.definition.named_units)
      if (!named.members_known && std::find(unknown.begin(), unknown.end(), named.name) == unknown.end())
        unknown.push_back(named.name);
  if (unknown.empty()) return;
  out << "nobody says yet who is in: ";
  for (std::string const& name : unknown) out << (&name == &unknown.front() ? "" : ", ") << name;
  out << "\n";
}

/// Asked before anything is made, so that a refusal leaves not even a lock file behind.
Result<void> expect_no_file(std::string const& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return {};
  return refuse(
      Reason::NotPossible, "",
      {path + " 已存在；请换一个文件名，或用它运行 xiaohao serve",
       path +
           " exists already and is left as it is; give another name, or serve it with `xiaohao serve --db " +
           path + "`"});
}

Result<journal::Suite> suite_named(std::string const& name) {
  if (name == "sha256-ed25519") return journal::Suite::Sha256Ed25519;
  if (name == "sm3-sm2") return journal::Suite::Sm3Sm2;
  return malformed("", "\"" + name + "\" is not known; it is sha256-ed25519 or sm3-sm2");
}

Result<void> make(std::string const& path, journal::Suite suite, PlanInput const& input,
                  decision::Rules const& rules, Instant now) {
  store::sqlite::NewFiles const files(path);
  auto store = store::create_sqlite(path, suite);
  if (!store) return tl::unexpected(store.error());
  Moment const moment{counts_from(input.draft.plan.year, now), now};
  Result<void> made =
      create_plan(**store, rules, input.draft, input.organisation, workflows::shipped_lifecycles(), moment);
  if (made) made = keep_key(**store, path, moment);
  store->reset();  // closed first: closing writes
  if (!made) files.remove();
  return made;
}

int missing(std::ostream& err, std::string const& what) {
  return report(err, "init", Refusal{Reason::Malformed, {{"", {what, what}}}});
}

}  // namespace

int init_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                 std::ostream& err) {
  auto const read = Arguments::read(
      arguments, {{"--help"}, {"--db", "--checklist", "--organisation", "--year", "--algorithms"}, 0, 0, ""});
  if (!read) return report(err, "init", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  if (!read->option("--db"))
    return missing(err, "--db is missing; give the file to make, such as --db var/xiaohao.db");
  if (!read->option("--checklist"))
    return missing(err,
                   "--checklist is missing; give a file, such as --checklist workflows/checklists/2024.json");
  auto const path = database_path(*read->option("--db"));
  if (!path) return report(err, "init: --db", path.error());
  if (Result<void> const free = expect_no_file(*path); !free) return report(err, "init: --db", free.error());
  auto const suite = suite_named(read->option("--algorithms").value_or("sha256-ed25519"));
  if (!suite) return report(err, "init: --algorithms", suite.error());
  auto const installed = installed_rules();
  if (!installed) return report(err, "shipped rules", installed.error());
  decision::Rules const& rules = installed->rules;
  Instant const now = clock.now();
  auto const input =
      read_plan_input({*read->option("--checklist"), read->option("--organisation").value_or("2024"),
                       read->option("--year"), "init"},
                      rules, now);
  if (!input) return report(err, input.error().where, input.error().refusal);
  if (Result<void> const made = make(*path, *suite, *input, rules, now); !made)
    return report(err, "init: --db", made.error());
  print_summary(out, *path, input->draft);
  return exit_done;
}

}  // namespace xiaohao::cli
