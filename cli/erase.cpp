#include "cli/erase.hpp"

#include <limits>
#include <map>
#include <ostream>

#include "cli/acting.hpp"
#include "cli/arguments.hpp"
#include "engine/erasure.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao erase --db URL --by USERNAME --item ID --entry INDEX --field FIELD --reason TEXT\n"
    "Erases what somebody wrote about an item, and every repetition of it, because the law asks for it. The "
    "journal's\n"
    "entries, heads and records stay provable; that it was erased, by whom and why is one entry more.\n\n"
    "  --by      who has it erased: somebody whom the permission table lets `text.erase`\n"
    "  --entry   index of the journal entry, as the item's history and /journal show it\n"
    "  --field   note, summary, reason, text, problem, goal, measures, or name (of a file)\n\n"
    "A running server holds its database: use its API, POST /api/v1/items/{id}/erasures. Backups, and "
    "records "
    "that were\n"
    "handed out before, keep what they hold.\n\n"
    "Example: xiaohao erase --db var/xiaohao.db --by coordinator --item 31 --entry 412 --field summary "
    "--reason "
    "\"request of 2024-06-03\"\n";

Grammar const grammar{{"--help"}, {"--db", "--by", "--item", "--entry", "--field", "--reason"}, 0, 0, ""};

tl::unexpected<Refusal> wrong(std::string const& where, std::string const& detail) {
  return refuse(Reason::Malformed, where, {detail, detail});
}

Result<int> number(Arguments const& arguments, std::string const& option) {
  return whole_number(*arguments.option(option), 0, std::numeric_limits<int>::max())
      .map_error([&](Refusal refusal) {
        refusal.faults.front().pointer = option;
        return refusal;
      });
}

Refusal in_words(Refusal refusal) {
  static std::map<std::string, std::string> const options{
      {"/entry", "--entry"}, {"/field", "--field"}, {"/reason", "--reason"}};
  for (Fault& fault : refusal.faults)
    if (auto const found = options.find(fault.pointer); found != options.end()) fault.pointer = found->second;
  return refusal;
}

Result<JournalEntry> erase(Arguments const& arguments, Clock const& clock) {
  for (char const* needed : {"--db", "--by", "--item", "--entry", "--field", "--reason"})
    if (!arguments.option(needed)) return wrong(needed, "is missing; see --help");
  Result<int> const item = number(arguments, "--item"), entry = number(arguments, "--entry");
  if (!item) return tl::unexpected(item.error());
  if (!entry) return tl::unexpected(entry.error());
  Erasure const wish{ItemId{*item}, *entry, *arguments.option("--field"), *arguments.option("--reason")};
  Result<ActingDatabase> const database = ActingDatabase::open(*arguments.option("--db"));
  if (!database) return tl::unexpected(database.error());
  Asking const asking = database->asking(Username{*arguments.option("--by")}, clock.now());
  JournalEntry told{};
  Result<void> const written = database->store().write_and_wait([&](store::Transaction& transaction) {
    return erase_text(transaction, wish, asking).map([&](JournalEntry made) { told = std::move(made); });
  });
  if (!written) return tl::unexpected(written.error());
  return told;
}

}  // namespace

int erase_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                  std::ostream& err) {
  auto const read = Arguments::read(arguments, grammar);
  if (!read) return report(err, "erase", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  Result<JournalEntry> const erased = erase(*read, clock);
  if (!erased) return report(err, "erase", in_words(erased.error()));
  out << "erased " << erased->payload.at("texts").size() << ", told by entry " << erased->index << "\n";
  return exit_done;
}

}  // namespace xiaohao::cli
