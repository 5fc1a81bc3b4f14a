#include "cli/findings.hpp"

#include <algorithm>
#include <ostream>

#include "cli/acting.hpp"
#include "cli/arguments.hpp"
#include "cli/kept_rules.hpp"
#include "engine/findings.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/finding_list.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao findings import FILE.csv|FILE.json --db URL --by USERNAME [--year N] [--commit] [--json]\n"
    "Registers the findings of an inspection's list: all of them or none, in one transaction. Without "
    "--commit nothing is\n"
    "written: the list is tried out, and everything wrong with it is named with row and column. A finding is "
    "known by its\n"
    "source and its number there, so that the same list imported twice adds nothing.\n\n"
    "  --by      who registers: somebody whom the permission table lets `finding.register`\n"
    "  --year    of the plan; left out: the latest plan\n"
    "  --on      the day they were handed over, when that was earlier: deadlines such as 10日内 count from "
    "it\n\n"
    "Columns: 问题来源 编号 问题名称 问题描述 责任单位 整改时限, and where known 反馈日期 类别 个性/共性 "
    "整改目标 "
    "整改措施 责任人\n"
    "关联任务; docs/findings.md explains them. CSV may be UTF-8 or GB18030.\n"
    "A running server holds its database: stop it for an import, or register through its page or API.\n\n"
    "Example: xiaohao findings import audit-2024.csv --db var/xiaohao.db --by coordinator --commit\n";

Grammar const grammar{
    {"--commit", "--json", "--help"}, {"--db", "--by", "--year", "--on"}, 0, 2, "import FILE"};
constexpr json::Limits list_limits{16 << 20, 16};

struct Imported {
  int added = 0;
  int known = 0;  ///< were registered before
};

tl::unexpected<Refusal> wrong(std::string const& where, std::string const& detail) {
  return refuse(Reason::Malformed, where, {detail, detail});
}

Result<PlanYear> plan_asked(Arguments const& arguments, store::Reader const& reader) {
  std::vector<Plan> const plans = reader.plans();
  if (auto const given = arguments.option("--year")) {
    Result<int> const year = whole_number(*given, 1, 9999);
    if (year)
      for (Plan const& plan : plans)
        if (plan.year.value() == *year) return plan.year;
    return wrong("--year", "there is no plan of the year " + *given);
  }
  if (plans.empty()) return wrong("--db", "has no plan yet; run `xiaohao init` first");
  return plans.front().year;
}

/// From when the list counts: now, or the morning of an earlier day.
Result<Instant> day_asked(Arguments const& arguments, Instant now) {
  auto const given = arguments.option("--on");
  if (!given) return now;
  auto const day = parse_date(*given);
  if (!day) return wrong("--on", "must be a date, as 2024-03-15");
  if (*day > local_date(now)) return wrong("--on", "must not be in the future");
  return std::min(now, at_local_time(*day, std::chrono::hours{9}));
}

/// What stands there already under the same number; a fault when it is something else.
std::optional<Fault> differs(store::Reader const& reader, Finding const& known, FindingWish const& wish) {
  std::optional<WorkItem> const item = reader.item(known.item);
  bool const same = item && item->definition.title == wish.title && item->definition.unit == wish.unit;
  if (same) return std::nullopt;
  std::string const id = std::to_string(known.item.value());
  return Fault{"/reference",
               {"该来源的这个编号已登记为事项 " + id + "，名称或单位不同",
                "this number of the source is item " + id + " already, with another title or unit"}};
}

Result<void> import_within(store::Transaction& transaction, workflows::FindingList const& list,
                           Asking const& asking, Imported& imported) {
  std::vector<Fault> faults = list.faults;
  for (workflows::ListedFinding const& listed : list.findings) {
    FindingWish const& wish = listed.wish;
    auto const at_fault = [&](Fault fault) {
      fault.pointer = listed.place + fault.pointer;
      faults.push_back(std::move(fault));
    };
    if (auto const known = transaction.finding_named(wish.plan, wish.source, wish.reference)) {
      ++imported.known;
      if (auto fault = differs(transaction, *known, wish)) at_fault(std::move(*fault));
      continue;
    }
    Result<Finding> const made = register_finding(transaction, wish, asking);
    if (made)
      ++imported.added;
    else if (made.error().reason == Reason::Forbidden)
      return tl::unexpected(made.error());
    else
      for (Fault const& fault : made.error().faults) at_fault(fault);
  }
  if (faults.empty()) return {};
  return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
}

/// `row 3/unit` as people read it: `row 3, 责任单位`.
Refusal in_words(Refusal refusal) {
  for (Fault& fault : refusal.faults)
    if (std::size_t const end = fault.pointer.find('/', fault.pointer.starts_with("/findings/") ? 10 : 0);
        end != std::string::npos && !fault.pointer.starts_with("--"))
      fault.pointer = fault.pointer.substr(0, end) + ", " + workflows::column_of(fault.pointer.substr(end));
  return refusal;
}

Result<Imported> import(Arguments const& arguments, Clock const& clock) {
  if (!arguments.option("--by")) return wrong("--by", "is missing; say who registers them");
  auto const text = json::file_text(arguments.words()[1], list_limits);
  if (!text) return tl::unexpected(text.error());
  Result<ActingDatabase> const database = ActingDatabase::open(*arguments.option("--db"));
  if (!database) return tl::unexpected(database.error());
  Result<Instant> const counts_from = day_asked(arguments, clock.now());
  if (!counts_from) return tl::unexpected(counts_from.error());
  Asking asking = database->asking(Username{*arguments.option("--by")}, *counts_from);
  asking.recorded_at = clock.now();
  auto const reader = database->store().read();
  Result<PlanYear> const plan = plan_asked(arguments, *reader);
  if (!plan) return tl::unexpected(plan.error());
  auto const task_of = [&](int number) -> std::optional<ItemId> {
    store::ItemFilter filter;
    filter.plan = *plan;
    filter.kind = ItemKind::Task;
    filter.number = number;
    auto const tasks = reader->items(filter);
    return tasks.empty() ? std::nullopt : std::optional(tasks.front().id());
  };
  Result<workflows::FindingList> const list =
      workflows::read_finding_list(*text, *plan, asking.organisation, task_of);
  if (!list) return tl::unexpected(list.error());
  bool const commit = arguments.has("--commit");
  if (commit)
    if (auto const kept = keep_lifecycles(database->store()); !kept) return tl::unexpected(kept.error());
  Imported imported;
  bool tried = false;
  Result<void> const written =
      database->store().write_and_wait([&](store::Transaction& transaction) -> Result<void> {
        imported = {};
        if (auto done = import_within(transaction, *list, asking, imported); !done) return done;
        tried = true;
        if (commit) return {};
        return refuse(Reason::NotPossible, "", {"试导入", "tried out"});  // undoes it
      });
  if (!written && !tried) return tl::unexpected(written.error());
  if (!written && commit) return tl::unexpected(written.error());
  return imported;
}

}  // namespace

int findings_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                     std::ostream& err) {
  auto const read = Arguments::read(arguments, grammar);
  if (!read) return report(err, "findings", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  auto const usage = [&](std::string const& detail) {
    return report(err, "findings", Refusal{Reason::Malformed, {{"", {detail, detail}}}});
  };
  if (read->words().empty() || read->words()[0] != "import")
    return usage("say what to do: import FILE; see --help");
  if (read->words().size() != 2) return usage("FILE is missing; see --help");
  if (!read->option("--db")) return usage("--db is missing; give the database, such as --db var/xiaohao.db");
  Result<Imported> const imported = import(*read, clock);
  if (!imported) return report(err, "findings import: " + read->words()[1], in_words(imported.error()));
  bool const commit = read->has("--commit");
  if (read->has("--json"))
    out << nlohmann::json{{"added", imported->added}, {"known", imported->known}, {"committed", commit}}
               .dump()
        << "\n";
  else
    out << (commit ? "registered " : "would register ") << imported->added << ", known before "
        << imported->known << (commit ? "" : "; nothing is written without --commit") << "\n";
  return exit_done;
}

}  // namespace xiaohao::cli
