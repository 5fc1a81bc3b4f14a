#include "cli/key.hpp"

#include <filesystem>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/database.hpp"
#include "cli/key_files.hpp"
#include "engine/journal/base64.hpp"
#include "engine/journal/key_chain.hpp"
#include "engine/json/document.hpp"
#include "engine/record/keeping.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao key show --db URL [--json]\n"
    "xiaohao key rotate --db URL\n"
    "xiaohao key replace --db URL --reason lost|stolen\n"
    "The key that signs the journal's heads.\n\n"
    "  show     every key that the journal names, and the public key to give to inspectors\n"
    "  rotate   a new key takes over; the old one signs the hand-over, so who trusts it trusts the new one\n"
    "  replace  a new key where the old one is gone or in wrong hands; tell everyone its id by another "
    "way\n\n"
    "A running server holds its database: stop it before rotate and replace. `show` reads beside it.\n\n"
    "Example: xiaohao key show --db var/xiaohao.db\n";

Grammar const grammar{{"--json", "--help"}, {"--db", "--reason"}, 0, 1, "show, rotate or replace"};

nlohmann::json to_json(journal::KeyEntry const& entry) {
  return {{"index", entry.index},
          {"algorithms", to_string(entry.key.suite())},
          {"key_id", entry.key.id()},
          {"reason", entry.reason},
          {"handed_over", entry.handed_over},
          {"public_key", journal::to_base64(entry.key.der())}};
}

Result<void> show(std::string const& path, bool as_json, std::ostream& out) {
  auto const reader = store::read_sqlite(path);
  if (!reader) return tl::unexpected(reader.error());
  auto const keys = record::keys_of(**reader);
  if (!keys) return tl::unexpected(keys.error());
  nlohmann::json list = nlohmann::json::array();
  for (journal::KeyEntry const& entry : keys->entries()) {
    list.push_back(to_json(entry));
    if (!as_json)
      out << "entry " << entry.index << "\t" << entry.reason << "\t" << to_string(entry.key.suite()) << "\t"
          << entry.key.id() << "\n";
  }
  if (as_json) {
    out << nlohmann::json{{"keys", std::move(list)}}.dump() << "\n";
  } else if (keys->last()) {
    out << keys->last()->key.pem();
  }
  return {};
}

/// Opening the store before anything is moved shows that nobody else has it, and that it is whole.
Result<void> change(std::string const& path, std::optional<record::Loss> loss, Moment moment) {
  journal::Suite suite = journal::Suite::Sha256Ed25519;
  {
    auto const store = store::open_sqlite(path);
    if (!store) return tl::unexpected(store.error());
    suite = (*store)->read()->journal_suite();
    if (Result<void> const kept = loss ? Result<void>{} : keep_key(**store, path, moment); !kept) return kept;
  }
  if (auto put = put_new_key(path, suite); !put) return put;
  auto const store = store::open_sqlite(path);
  if (!store) return tl::unexpected(store.error());
  if (!loss) return keep_key(**store, path, moment);
  Result<void> const replaced = record::replace_key(**store, *loss, moment);
  std::error_code ignored;
  if (replaced) std::filesystem::remove(path + ".key.previous", ignored);
  return replaced;
}

}  // namespace

int key_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                std::ostream& err) {
  auto const read = Arguments::read(arguments, grammar);
  if (!read) return report(err, "key", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  auto const usage = [&](std::string const& detail) {
    return report(err, "key", Refusal{Reason::Malformed, {{"", {detail, detail}}}});
  };
  std::string const verb = read->words().empty() ? "" : read->words().front();
  if (verb != "show" && verb != "rotate" && verb != "replace")
    return usage("nothing to do; it is show, rotate or replace");
  if (!read->option("--db")) return usage("--db is missing; give the database, such as --db var/xiaohao.db");
  auto const path = database_path(*read->option("--db"));
  if (!path) return report(err, "key: --db", path.error());
  std::string const reason = read->option("--reason").value_or("");
  if (verb == "replace" ? reason != "lost" && reason != "stolen" : !reason.empty())
    return usage(verb == "replace" ? "--reason is missing; give lost or stolen"
                                   : "--reason belongs to replace");
  Result<void> done;
  if (verb == "show") {
    done = show(*path, read->has("--json"), out);
  } else {
    std::optional<record::Loss> loss;
    if (verb == "replace") loss = reason == "lost" ? record::Loss::Lost : record::Loss::Stolen;
    done = change(*path, loss, {clock.now(), clock.now()});
  }
  return done ? exit_done : report(err, "key " + verb, done.error());
}

}  // namespace xiaohao::cli
