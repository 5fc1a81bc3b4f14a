#include "engine/store/sqlite/seal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::store::sqlite {
namespace {

/// Room for the longest seal, so that a shorter one written over it leaves only spaces.
constexpr std::size_t file_bytes = 1024;

}  // namespace

std::string seal_statement(Seal const& seal) {
  return "xiaohao-seal/1\n" + std::string(to_string(seal.suite)) + "\n" + std::to_string(seal.journal_size) +
         "\n" + journal::to_base64(seal.journal_root) + "\n" + std::to_string(seal.changes) + "\n" +
         journal::to_base64(seal.chain) + "\n" + seal.key_id + "\n";
}

Seal signed_by(Seal seal, journal::SigningKey const& key) {
  seal.key_id = key.public_key().id();
  seal.signature = key.sign(seal_statement(seal));
  return seal;
}

bool is_signed_by(Seal const& seal, journal::PublicKey const& key) {
  return seal.key_id == key.id() && key.verifies(seal_statement(seal), seal.signature);
}

void write_seal_file(std::string const& path, Seal const& seal) {
  nlohmann::json const json{{"format", "xiaohao-seal/1"},
                            {"algorithms", to_string(seal.suite)},
                            {"journal_size", seal.journal_size},
                            {"journal_root", journal::to_base64(seal.journal_root)},
                            {"changes", seal.changes},
                            {"chain", journal::to_base64(seal.chain)},
                            {"key_id", seal.key_id},
                            {"signature", journal::to_base64(seal.signature)}};
  std::string text = json.dump();
  text.resize(file_bytes - 1, ' ');
  text += '\n';
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return;  // a witness that cannot be written is a witness less; the commit stands
  (void)!::pwrite(file, text.data(), text.size(), 0);
  ::close(file);
}

std::optional<Seal> read_seal_file(std::string const& path) {
  auto const document = json::read_file(path, {file_bytes, 4});
  if (!document || !document->is_object()) return std::nullopt;
  json::Fields fields(*document, "");
  constexpr std::int64_t most = (std::int64_t{1} << 53) - 1;
  bool const ours = fields.text("format") == "xiaohao-seal/1";
  auto const suite = journal::suite_named(fields.text("algorithms"));
  Seal seal;
  seal.journal_size = fields.integer("journal_size", 0, most);
  auto const root = journal::from_base64(fields.text("journal_root"));
  seal.changes = fields.integer("changes", 0, most);
  auto const chain = journal::from_base64(fields.text("chain"));
  seal.key_id = fields.text("key_id");
  auto const signature = journal::from_base64(fields.text("signature"));
  if (!ours || !fields.finish() || !suite || !root || !chain || !signature) return std::nullopt;
  seal.suite = *suite;
  seal.journal_root = *root;
  seal.chain = *chain;
  seal.signature = *signature;
  return seal;
}

}  // namespace xiaohao::store::sqlite
