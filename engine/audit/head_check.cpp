#include "engine/audit/head_check.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/audit/known_heads.hpp"
#include "engine/json/document.hpp"
#include "engine/record/keeping.hpp"
#include "engine/store/sqlite/history.hpp"
#include "engine/store/sqlite/reader.hpp"

namespace xiaohao::audit {
namespace {

using journal::SignedHead;
using store::sqlite::Seal;

constexpr std::streamsize heads_bytes_max = 64 << 20;

bool exists(std::string const& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

std::string file_name(std::string const& path) {
  return "file/" + std::filesystem::path(path).filename().string();
}

/// The root of `size` entries as they are now; none when there are fewer.
std::optional<journal::Hash> root_at(Tree const& tree, std::int64_t size) {
  auto const found = tree.roots.find(size);
  return found == tree.roots.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

FilesBeside files_beside(std::string const& path) {
  FilesBeside beside;
  beside.seal = store::sqlite::read_seal_file(path + ".seal");
  beside.seal_unreadable = !beside.seal && exists(path + ".seal");
  std::ifstream file(path + ".heads", std::ios::binary);
  if (!file) return beside;
  std::string text(static_cast<std::size_t>(std::min<std::uintmax_t>(
                       std::filesystem::file_size(path + ".heads"), heads_bytes_max)),
                   '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.find_first_not_of(" \n") == std::string::npos) return beside;
  auto heads = heads_in(text);
  if (heads)
    beside.heads = std::move(*heads);
  else
    beside.heads_unreadable = true;
  return beside;
}

HeadCheck::HeadCheck(store::sqlite::Connection& connection, std::string path, FilesBeside beside,
                     std::vector<SignedHead> elsewhere)
    : connection_(connection),
      path_(std::move(path)),
      beside_(std::move(beside)),
      elsewhere_(std::move(elsewhere)) {
  kept_ = store::sqlite::SqliteReader(connection_).signed_heads(0, 0);
  seal_ = store::sqlite::stored_seal(connection_);
}

std::set<std::int64_t> HeadCheck::sizes() const {
  std::set<std::int64_t> sizes;
  for (auto const* heads : {&kept_, &beside_.heads, &elsewhere_})
    for (SignedHead const& head : *heads) sizes.insert(head.head.size);
  if (seal_) sizes.insert(seal_->journal_size);
  if (beside_.seal) sizes.insert(beside_.seal->journal_size);
  return sizes;
}

void HeadCheck::run(Tree const& tree, Report& report) {
  read_keys(report);
  check_key_files(report);
  check_seal(tree, report);
  check_seal_file(tree, report);
  auto const row = [](journal::TreeHead const& head) { return "signed_head/" + std::to_string(head.size); };
  auto const line = [this](journal::TreeHead const& head) {
    return file_name(path_ + ".heads") + "/" + std::to_string(head.size);
  };
  auto const known = [](journal::TreeHead const& head) { return "head/" + short_code(head); };
  check_heads(kept_, row, tree, report);
  check_heads(beside_.heads, line, tree, report);
  check_heads(elsewhere_, known, tree, report);
  if (beside_.heads_unreadable)
    report.add(Kind::Damaged, file_name(path_ + ".heads"),
               {"无法读取", "cannot be read as heads, a line each"});
  report.extent.heads = static_cast<std::int64_t>(kept_.size() + beside_.heads.size() + elsewhere_.size());
  if (!kept_.empty()) report.short_code = short_code(kept_.back().head);
}

void HeadCheck::read_keys(Report& report) {
  Result<journal::KeyChain> keys = record::keys_of(store::sqlite::SqliteReader(connection_));
  if (!keys)
    report.add(Kind::Damaged, "journal/journal.key", keys.error().first().detail);
  else
    keys_ = std::move(*keys);
  if (keys && !keys_.last())
    report.add(Kind::Unsigned, "journal", {"日志没有记载密钥", "the journal names no key"});
  if (keys_.last()) report.key_id = keys_.last()->key.id();
}

void HeadCheck::check_key_files(Report& report) const {
  if (!keys_.last()) return;
  Result<journal::SigningKey> const key = journal::SigningKey::load(path_ + ".key");
  if (!key && key.error().reason == Reason::NotFound)
    report.notes.push_back({"数据库旁没有密钥文件", "there is no key file beside the database"});
  else if (!key)
    report.add(Kind::Damaged, file_name(path_ + ".key"), key.error().first().detail);
  else if (key->public_key() != keys_.last()->key)
    report.add(Kind::Edited, file_name(path_ + ".key"),
               {"不是日志所载的密钥", "is not the key that the journal names"});
  std::ifstream file(path_ + ".key.pub", std::ios::binary);
  if (!file) return;
  std::ostringstream text;
  text << file.rdbuf();
  auto const given = journal::PublicKey::from_pem(text.str());
  if (!given || *given != keys_.last()->key)
    report.add(Kind::Edited, file_name(path_ + ".key.pub"),
               {"不是日志所载的公钥", "is not the public key that the journal names"});
}

void HeadCheck::check_seal(Tree const& tree, Report& report) const {
  store::sqlite::Query others = connection_.query("other_seals");
  while (others.next())
    report.add(Kind::PutIn, "seal/" + std::to_string(others.integer(0)),
               {"多出一行封印", "a second seal was put in; there is one"});
  if (!seal_) return report.add(Kind::Deleted, "seal/1", {"封印不在了", "the seal is gone"});
  journal::KeyEntry const* const key = keys_.in_effect(seal_->journal_size);
  if (!key || seal_->suite != key->key.suite() || !is_signed_by(*seal_, key->key))
    report.add(Kind::Unsigned, "seal/1",
               seal_->key_id.empty()
                   ? Text{"最后一次写入时没有密钥，封印未签名",
                          "the last commit was made without the key, so nothing vouches for it"}
                   : Text{"封印的签名不成立",
                          "the seal is not signed by the journal's key, or not what was signed"});
  if (tree.size > seal_->journal_size)
    report.add(Kind::PutIn, "journal/" + std::to_string(seal_->journal_size),
               {"封印之后的日志不是本程序写入的", "entries were put in after the journal was sealed"});
  else if (root_at(tree, seal_->journal_size) != seal_->journal_root)
    report.add(tree.size < seal_->journal_size ? Kind::CutShort : Kind::Rewritten, "journal",
               {"日志与封印不符", "the journal is not the one that was sealed"});
}

void HeadCheck::check_seal_file(Tree const& tree, Report& report) const {
  std::string const name = file_name(path_ + ".seal");
  if (beside_.seal_unreadable)
    return report.add(Kind::Damaged, name, {"无法读取", "cannot be read as a seal"});
  if (!beside_.seal)
    return report.notes.push_back(
        {"数据库旁没有封印文件，无法发现放回的旧库",
         "there is no seal file beside the database: an older copy put back would not show by it"});
  Seal const& witness = *beside_.seal;
  journal::KeyEntry const* const key = keys_.in_effect(witness.journal_size);
  if (!key || !is_signed_by(witness, key->key))
    return report.add(Kind::Unsigned, name, {"封印文件的签名不成立", "is not signed by the journal's key"});
  if (tree.size < witness.journal_size) {
    std::string const was = std::to_string(witness.journal_size), now = std::to_string(tree.size);
    return report.add(Kind::CutShort, "journal",
                      {"日志曾有 " + was + " 条，现有 " + now + " 条",
                       "the journal had " + was + " entries and has " + now});
  }
  if (root_at(tree, witness.journal_size) != witness.journal_root)
    return report.add(Kind::Rewritten, "journal",
                      {"日志与封印文件不符", "the journal is not the one that the seal file tells of"});
  if (auto const departure = store::sqlite::departure_from(witness, connection_))
    report.add(
        *departure == store::sqlite::Departure::CutShort ? Kind::CutShort : Kind::Rewritten, "row_change",
        {"行变更登记与封印文件不符", "the register of rows is not the one that the seal file tells of"});
}

bool HeadCheck::is_signed(SignedHead const& head) const {
  journal::KeyEntry const* const key = keys_.in_effect(head.head.size);
  return key && is_signed_by(head, key->key);
}

void HeadCheck::check_heads(std::vector<SignedHead> const& heads,
                            std::function<std::string(journal::TreeHead const&)> const& name,
                            Tree const& tree, Report& report) const {
  std::int64_t agreed = 0;  // the longest beginning that is as some head said
  for (SignedHead const& head : heads)
    if (root_at(tree, head.head.size) == head.head.root) agreed = std::max(agreed, head.head.size);
  for (SignedHead const& head : heads) {
    std::string const size = std::to_string(head.head.size), now = std::to_string(tree.size);
    bool const is_authentic = is_signed(head);
    if (!is_authentic)
      report.add(Kind::Unsigned, name(head.head),
                 {"签名不是日志所载密钥的",
                  "is not signed by a key that the journal names for its time: another journal's, or the "
                  "keys were changed"});
    if (head.head.size > tree.size)
      report.add(Kind::CutShort, name(head.head),
                 {"该树头计有 " + size + " 条日志，现只有 " + now + " 条：历史被截短或回退",
                  "it counts " + size + " entries and there are " + now +
                      ": the history was cut short, or put back to an older state"});
    else if (root_at(tree, head.head.size) != head.head.root)
      report.add(
          Kind::Rewritten, name(head.head),
          {"前 " + size + " 条日志已不是该树头所签的内容" + (is_authentic ? "：同一密钥签过两种历史" : ""),
           "the first " + size + " entries are not those it was made of" +
               (agreed > 0 ? ", though the first " + std::to_string(agreed) + " are" : "") +
               (is_authentic ? ": a forked or rewritten history" : "")});
  }
}

}  // namespace xiaohao::audit
