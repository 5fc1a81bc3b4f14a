#include "cli/verify_record.hpp"

#include <ostream>

#include "cli/arguments.hpp"
#include "cli/file_text.hpp"
#include "engine/journal/note.hpp"
#include "engine/json/document.hpp"
#include "engine/record/paper.hpp"
#include "engine/record/verification.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao verify-record FILE [--key FILE] [--paper FILE] [--json]\n"
    "Checks a close-out record without a database, and says what was decided, by whom and when.\n\n"
    "  --key FILE  a key that you have from elsewhere: a public key in PEM, or its id of 64 digits; without "
    "it the\n"
    "              record is only held to the key that it brings\n"
    "  --paper FILE  what a scanner read from the QR code of the printed record: is it of these events?\n"
    "  --json      "
    "{\"holds\",\"trust\",\"plan\",\"item\",\"closed_at\",\"tree_head\",\"short_code\",\"record_code\","
    "\"words\",\"faults\"}"
    "\n\n"
    "Exit code 0: it holds; 1: it does not; 2: it is no record.\n\n"
    "Example: xiaohao verify-record closeout-7.json --key county.db.key.pub\n";

constexpr std::size_t key_bytes_max = 4096;
constexpr std::size_t paper_bytes_max = 4096;  ///< more than any QR code holds

/// The id of the key in the file.
Result<std::string> read_key(std::string const& path) {
  Result<std::string> text = file_text(path, key_bytes_max);
  if (!text) return text;
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r' || text->back() == ' '))
    text->pop_back();
  if (text->size() == 64 && text->find_first_not_of("0123456789abcdef") == std::string::npos) return text;
  return journal::PublicKey::from_pem(*text).map([](journal::PublicKey const& key) { return key.id(); });
}

nlohmann::ordered_json faults_json(Refusal const& refusal) {
  auto list = nlohmann::ordered_json::array();
  for (Fault const& fault : refusal.faults)
    list.push_back({{"pointer", fault.pointer}, {"detail", fault.detail.zh + " " + fault.detail.en}});
  return list;
}

void print_verdict(std::ostream& out, record::CloseOutRecord const& read, record::Verdict const& verdict) {
  out << "档案属实。The record holds.\n\n";
  std::vector<Text> const words = record::words_of(read, verdict);
  for (Text const& line : words) out << line.zh << "\n";
  out << "\n";
  for (Text const& line : words) out << line.en << "\n";
}

nlohmann::ordered_json verdict_json(record::CloseOutRecord const& read, record::Verdict const& verdict) {
  auto words = nlohmann::ordered_json::array();
  for (Text const& line : record::words_of(read, verdict))
    words.push_back({{"zh", line.zh}, {"en", line.en}});
  return {{"holds", true},
          {"trust", to_string(verdict.trust)},
          {"plan", read.plan},
          {"item", read.item},
          {"closed_at", verdict.story.closed_at.value_or("")},
          {"tree_head", journal::head_to_json(read.tree_head)},
          {"short_code", short_code(verdict.head)},
          {"record_code", journal::code_of(record::digest_of(read))},
          {"words", std::move(words)},
          {"faults", nlohmann::ordered_json::array()}};
}

void print_faults(std::ostream& out, Refusal const& refusal, bool as_json) {
  if (as_json) {
    out << nlohmann::ordered_json{{"holds", false}, {"faults", faults_json(refusal)}}.dump() << "\n";
    return;
  }
  out << "档案不成立。The record does not hold.\n";
  for (Fault const& fault : refusal.faults)
    out << "  " << fault.pointer << "  " << fault.detail.zh << "  " << fault.detail.en << "\n";
}

}  // namespace

int verify_record_command(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  auto const read = Arguments::read(arguments, {{"--json", "--help"}, {"--key", "--paper"}, 0, 1, "FILE"});
  if (!read) return report(err, "verify-record", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  if (read->words().empty())
    return report(err, "verify-record",
                  Refusal{Reason::Malformed, {{"", {"", "FILE is missing; give a close-out record"}}}});
  std::string const& path = read->words().front();
  std::optional<std::string> known_key;
  if (auto const key_path = read->option("--key")) {
    Result<std::string> key = read_key(*key_path);
    if (!key) return report(err, "verify-record: " + *key_path, key.error());
    known_key = std::move(*key);
  }
  std::optional<record::Paper> paper;
  if (auto const paper_path = read->option("--paper")) {
    auto read_paper = file_text(*paper_path, paper_bytes_max).and_then([](std::string const& text) {
      return record::paper_from(text);
    });
    if (!read_paper) return report(err, "verify-record: " + *paper_path, read_paper.error());
    paper = std::move(*read_paper);
  }
  auto const record = file_text(path, record::record_bytes_max).and_then([](std::string const& text) {
    return record::read_record(text);
  });
  if (!record) return report(err, "verify-record: " + path, record.error());
  auto const verdict = record::verify(*record, known_key).and_then([&](record::Verdict given) {
    Result<void> const same = paper ? agrees(*paper, *record) : Result<void>();
    return same.map([&] { return std::move(given); });
  });
  if (!verdict) {
    print_faults(out, verdict.error(), read->has("--json"));
    return exit_no;
  }
  if (read->has("--json"))
    out << verdict_json(*record, *verdict).dump() << "\n";
  else
    print_verdict(out, *record, *verdict);
  return exit_done;
}

}  // namespace xiaohao::cli
