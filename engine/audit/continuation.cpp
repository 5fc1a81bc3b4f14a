#include "engine/audit/continuation.hpp"

#include "engine/record/keeping.hpp"

namespace xiaohao::audit {
namespace {

auto refuse_history(std::string const& where, Text const& what) {
  return refuse(Reason::Unavailable, "",
                {where + "：" + what.zh + "；请运行 xiaohao verify --since " + where + " 查明，勿继续使用",
                 where + ": " + what.en + "; run `xiaohao verify --since " + where +
                     "` to see where, and do not go on with it"});
}

bool continues(store::Reader const& reader, store::JournalHead const& now, journal::TreeHead const& head) {
  return journal::proves_consistency(head.size, now.size, head.root, now.root,
                                     reader.consistency_proof(head.size, now.size), hash_of(head.suite));
}

}  // namespace

Result<void> expect_continuation(store::Reader const& reader, std::vector<journal::SignedHead> const& heads,
                                 std::string const& where) {
  Result<journal::KeyChain> const keys = record::keys_of(reader);
  if (!keys) return tl::unexpected(keys.error());
  store::JournalHead const now = reader.journal_head();
  std::int64_t agreed = 0;  // the longest beginning that is as some head says
  for (auto const& [head, signature] : heads)
    if (head.size <= now.size && head.suite == reader.journal_suite() && continues(reader, now, head))
      agreed = std::max(agreed, head.size);
  for (journal::SignedHead const& each : heads) {
    journal::TreeHead const& head = each.head;
    std::string const size = std::to_string(head.size), present = std::to_string(now.size);
    if (head.size > now.size)
      return refuse_history(where,
                            {"历史被截短（truncated）：曾有 " + size + " 条日志，现有 " + present + " 条",
                             "truncated: the journal had " + size + " entries and has " + present});
    if (head.suite != reader.journal_suite() || !continues(reader, now, head)) {
      if (agreed == 0)
        return refuse_history(where, {"历史被改写（rewritten）：前 " + size + " 条日志已不是原来的内容",
                                      "rewritten: the first " + size + " entries are not what they were"});
      std::string const same = std::to_string(agreed);
      return refuse_history(
          where, {"历史分叉（forked）：前 " + same + " 条相符，到第 " + size + " 条已是另一种历史",
                  "forked: the first " + same + " entries are what they were, and those up to " + size +
                      " tell another story"});
    }
    journal::KeyEntry const* const key = keys->in_effect(head.size);
    if (!key || !is_signed_by(each, key->key))
      return refuse_history(
          where, {"前 " + size + " 条的树头不是日志所载密钥签名的（foreign）",
                  "foreign: the head of " + size + " entries is not signed by a key that the journal names"});
  }
  return {};
}

}  // namespace xiaohao::audit
