// A journal held against heads from elsewhere when the server starts.

#include "engine/audit/continuation.hpp"

#include "tests/unit/audit/audited_county.hpp"

namespace xiaohao::audit {
namespace {

class Continuation : public AuditedCounty {
 protected:
  std::string answer(std::vector<journal::SignedHead> const& heads) const {
    auto const same = expect_continuation(*store->read(), heads, "x.heads");
    if (same) return "continues";
    std::string const en = same.error().first().detail.en;
    std::string const word = en.substr(en.find(": ") + 2);
    return word.substr(0, word.find(':'));
  }
  journal::SignedHead signed_by_the_key(journal::TreeHead head) const {
    return journal::sign(std::move(head), *store->key());
  }
};

TEST_F(Continuation, OfEveryHeadThatWasKeptIsFound) {
  auto const kept = store->read()->signed_heads(0, 0);
  ASSERT_GE(kept.size(), 2U);
  EXPECT_EQ(answer(kept), "continues");
  EXPECT_EQ(answer({}), "continues");
}

TEST_F(Continuation, ThatIsMissingHasAName) {
  auto const kept = store->read()->signed_heads(0, 0);
  journal::TreeHead longer = kept.back().head;
  longer.size = store->read()->journal_head().size + 1;
  EXPECT_EQ(answer({kept.front(), signed_by_the_key(longer)}), "truncated");

  journal::TreeHead other = kept.back().head;
  other.root = journal::Hash(32, 'x');
  EXPECT_EQ(answer({kept.front(), signed_by_the_key(other)}), "forked");
  EXPECT_EQ(answer({signed_by_the_key(other)}), "rewritten");
  other.suite = journal::Suite::Sm3Sm2;
  EXPECT_EQ(answer({{other, "x"}}), "rewritten");

  auto const stranger = journal::SigningKey::generate(journal::Suite::Sha256Ed25519);
  EXPECT_EQ(answer({journal::sign(kept.back().head, stranger)}), "foreign");
}

}  // namespace
}  // namespace xiaohao::audit
