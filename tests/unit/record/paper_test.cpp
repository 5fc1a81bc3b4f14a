// The printed record: what its QR code holds, and a file held against it.

#include "engine/record/paper.hpp"

#include "engine/audit/known_heads.hpp"
#include "engine/journal/note.hpp"
#include "tests/unit/record/recorded_county.hpp"

namespace xiaohao::record {
namespace {

class PrintedRecord : public RecordedCounty {
 protected:
  static std::string replaced(std::string text, std::string const& what, std::string const& with) {
    return text.replace(text.find(what), what.size(), with);
  }
};

TEST_F(PrintedRecord, AgreesWithTheFileThatItWasPrintedOf) {
  close_lead();
  CloseOutRecord const made = record();
  auto const paper = paper_from(paper_text(made));
  ASSERT_TRUE(paper) << paper.error().first().detail.en;
  EXPECT_EQ(paper->digest, digest_of(made));
  EXPECT_EQ(paper->head, made.tree_head);
  EXPECT_TRUE(agrees(*paper, made));
  EXPECT_LE(paper_text(made).size(), 400U) << "a QR code that a phone reads from paper";
}

TEST_F(PrintedRecord, AgreesWithALaterFileOfTheSameEventsAndNotWithOneOfMore) {
  close_lead();
  Paper const paper = paper_from(paper_text(record())).value();
  CloseOutRecord later = record();
  must("owner-songshizhen", support, "accept");
  ASSERT_TRUE(keep_daily_head(*store, {clock.now() + std::chrono::days(3), clock.now()}));
  later.tree_head = sign_head(*store->read(), *store->key()).value();
  EXPECT_NE(later.tree_head, paper.head);
  EXPECT_TRUE(agrees(paper, later));

  must("leader", lead, "reinspect.reopen", {{"reason", "复查发现漏户"}});
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "补齐"}});
  must("coordinator", lead, "closeout.approve");
  must("inspector", lead, "closeout.verify");
  clock.advance_to(clock.now() + std::chrono::days{8});
  ASSERT_TRUE(engine->advance(clock.now()));
  auto const other = agrees(paper, record());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().first().pointer, "/events");
}

TEST_F(PrintedRecord, OfAnotherJournalDoesNotAgree) {
  close_lead();
  CloseOutRecord const made = record();
  Paper paper = paper_from(paper_text(made)).value();
  paper.head = journal::sign(paper.head.head, journal::SigningKey::generate(journal::Suite::Sha256Ed25519));
  auto const other = agrees(paper, made);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().first().pointer, "/keys");
}

TEST_F(PrintedRecord, IsReadAsAScannerWritesIt) {
  close_lead();
  std::string const text = paper_text(record());
  std::string windows;
  for (char const letter : text) windows += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
  EXPECT_TRUE(paper_from(windows));
  EXPECT_TRUE(paper_from(text.substr(0, text.size() - 1)));
  EXPECT_TRUE(paper_from(text + "\n\n"));
  for (std::string const& broken :
       {std::string(), std::string("https://example.org"), text.substr(1), text + "more\n", "\n" + text,
        replaced(text, "SHA-256 Ed25519", "MD5 RSA"), replaced(text, "xiaohao-tree-head/1", "tree-head"),
        text.substr(0, text.size() / 2)})
    EXPECT_EQ(paper_from(broken).error().reason, Reason::Malformed) << broken;
}

TEST_F(PrintedRecord, IsAHeadToVerifyAJournalFrom) {
  close_lead();
  CloseOutRecord const made = record();
  auto const of_paper = audit::heads_in(paper_text(made));
  ASSERT_TRUE(of_paper) << of_paper.error().first().detail.en;
  EXPECT_EQ(of_paper->front(), made.tree_head);
  EXPECT_EQ(audit::heads_in(journal::signed_note_of(made.tree_head)).value().front(), made.tree_head);
}

}  // namespace
}  // namespace xiaohao::record
