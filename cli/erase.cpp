#include "cli/erase.hpp"

#include <charconv>
#include <map>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/database.hpp"
#include "engine/erasure.hpp"
#include "engine/json/document.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao erase --db URL --by USERNAME --item ID --entry INDEX --field FIELD --reason TEXT\n"
    "Erases what somebody wrote about an item, and every repetition of it, because the law asks for it. The "
    "journal's\n"
    "entries, heads and records stay provable; that it was erased, by whom and why is one entry more.\n\n"
    "  --by      who has it erased: somebody whom the permission table lets `text.erase`\n"
    "  --entry   index of the journal entry, as the item's history and /journal show it\n"
    "  --field   note, summary, reason, text, or name (of a file)\n\n"
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

Result<std::int64_t> number(Arguments const& arguments, char const* option) {
  std::string const text = *arguments.option(option);
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0)
    return wrong(option, "must be a whole number");
  return value;
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
  Result<std::int64_t> const item = number(arguments, "--item"), entry = number(arguments, "--entry");
  if (!item) return tl::unexpected(item.error());
  if (!entry) return tl::unexpected(entry.error());
  Erasure const wish{ItemId{*item}, *entry, *arguments.option("--field"), *arguments.option("--reason")};
  Result<std::string> const path = database_path(*arguments.option("--db"));
  if (!path) return tl::unexpected(path.error());
  auto const store = store::open_sqlite(*path);
  if (!store) return tl::unexpected(store.error());
  Result<decision::Rules> const rules = workflows::shipped_rules();
  if (!rules) return tl::unexpected(rules.error());
  Organisation const organisation = (*store)->read()->organisation();
  Asking const asking{Username{*arguments.option("--by")}, clock.now(), *rules, organisation};
  JournalEntry told{};
  Result<void> const written = (*store)->write_and_wait([&](store::Transaction& transaction) {
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
