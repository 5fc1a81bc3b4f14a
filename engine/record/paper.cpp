#include "engine/record/paper.hpp"

#include "engine/journal/base64.hpp"
#include "engine/journal/key_chain.hpp"
#include "engine/journal/note.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::record {
namespace {

bool is_signed_by_one_of(journal::SignedHead const& head, std::vector<RecordedEntry> const& keys) {
  journal::KeyChain chain;
  for (RecordedEntry const& key : keys)
    if (!chain.add(key.entry)) return false;
  for (journal::KeyEntry const& entry : chain.entries())
    if (is_signed_by(head, entry.key)) return true;
  return false;
}

}  // namespace

journal::Hash digest_of(CloseOutRecord const& record) {
  auto const with = hash_of(record.tree_head.head.suite);
  std::string hashes;
  for (RecordedEntry const& event : record.events) hashes += journal::leaf_hash(event.leaf, with);
  return journal::hash(hashes, with);
}

std::string paper_text(CloseOutRecord const& record) {
  return std::string(paper_title) + "\n" + journal::to_base64(digest_of(record)) + "\n" +
         journal::signed_note_of(record.tree_head);
}

Result<Paper> paper_from(std::string_view text) {
  std::vector<std::string> const lines = journal::lines_of(text);
  auto const digest = lines.size() == 9 ? journal::from_base64(lines[1]) : std::nullopt;
  if (!digest || digest->size() != 32 || lines[0] != paper_title)
    return malformed("", "is not what the QR code of a printed record holds; it begins with " +
                             std::string(paper_title) + " and has nine lines");
  std::size_t const second_line = text.find('\n') + 1;
  return journal::signed_note_from(text.substr(text.find('\n', second_line) + 1))
      .map([&](journal::SignedHead head) {
        return Paper{*digest, std::move(head)};
      });
}

Result<void> agrees(Paper const& paper, CloseOutRecord const& record) {
  if (paper.digest != digest_of(record))
    return refuse(Reason::GuardFailed, "/events",
                  {"与纸质档案所载经过不同", "are not those that the paper was printed of"});
  if (!is_signed_by_one_of(paper.head, record.keys))
    return refuse(Reason::GuardFailed, "/keys",
                  {"纸质档案的树头不是档案所载密钥签名的",
                   "the head on the paper is not signed by a key that the record names"});
  return {};
}

}  // namespace xiaohao::record
