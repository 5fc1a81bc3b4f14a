// A lived-in database altered in every way there is: each is found, and the row is named. With TAMPER_SECONDS
// in the environment (`./dev fuzz tamper SECONDS`) every row is tried, then bytes of the files by chance.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>

#include "tests/unit/audit/alterations.hpp"
#include "tests/unit/audit/audited_county.hpp"

namespace xiaohao::audit {
namespace {

class Tampered : public AuditedCounty {
 protected:
  std::string copy = folder.file("copy.db");
  static constexpr int at_least = 500;  ///< different ones with an effect, when there is time for it
  int tried = 0, found = 0, named = 0;
  std::map<std::string, int> without_effect;

  static int seconds() {
    char const* const text = std::getenv("TAMPER_SECONDS");
    return text ? std::atoi(text) : 0;
  }

  /// False when it is not found though a reader of the database can see it.
  void try_out(Alteration const& alteration, std::string const& original) {
    copy_to(copy);
    alteration.apply(copy);
    Report const report = audited_at(copy);
    if (report.agrees()) {
      bool const database_is_the_same = contents_of(copy) == original;
      bool const of_the_database =
          !alteration.table.empty() || alteration.name.find("DB") == std::string::npos;
      if (database_is_the_same && of_the_database) return (void)++without_effect[alteration.table];
      if (database_is_the_same && alteration.name.find(" of DB") != std::string::npos &&
          alteration.name.find("flip byte") == 0)
        return (void)++without_effect["bytes that hold nothing"];
      if (database_is_the_same && alteration.name.find("cut DB") == 0)
        return (void)++without_effect["cut off nothing"];
    }
    ++tried;
    if (!report.agrees()) ++found;
    EXPECT_FALSE(report.agrees()) << alteration.name;
    auto const names_the_table = [&](Finding const& finding) {
      return alteration.table.empty() || finding.where.starts_with(alteration.table + "/");
    };
    if (std::any_of(report.findings.begin(), report.findings.end(), names_the_table))
      ++named;
    else
      ADD_FAILURE() << alteration.name << ": " << testing::PrintToString(names(report));
  }

  /// Older states of the database put back, whole or in part, beside files that know better.
  std::vector<Alteration> roll_backs(std::string const& older) const {
    auto const put_back = [older](std::vector<std::string> endings) {
      return [older, endings = std::move(endings)](std::string const& where) {
        for (std::string const& ending : endings)
          if (std::filesystem::exists(older + ending))
            std::filesystem::copy_file(older + ending, where + ending,
                                       std::filesystem::copy_options::overwrite_existing);
      };
    };
    return {{"put back the older database", "", put_back({"", "-wal"})},
            {"put back the older database and its seal", "", put_back({"", "-wal", ".seal"})},
            {"put back the older database and its heads", "", put_back({"", "-wal", ".heads"})},
            {"put back the older database without its log", "", put_back({""})}};
  }

  void say() const {
    std::cout << tried << " alterations with an effect, " << found << " found, " << named
              << " by the row or table altered\n";
    for (auto const& [what, count] : without_effect)
      std::cout << "  without effect: " << count << " " << what << "\n";
  }
};

TEST_F(Tampered, EveryAlterationIsFoundAndNamed) {
  std::string const older = folder.file("older.db");
  copy_to(older);
  must("owner-songshizhen", support, "report", {{"progress", 60}});
  clock.advance_to(clock.now() + std::chrono::days{1});
  ASSERT_TRUE(record::keep_daily_head(*store, {clock.now(), clock.now()}));
  close();
  ASSERT_THAT(names(audited()), IsEmpty());
  std::string const original = contents_of(path);
  for (Alteration const& back : roll_backs(older)) try_out(back, original);
  auto all = alterations_of(path, seconds() > 0 ? 1000 : 2);
  std::mt19937_64 chance(seconds() > 0 ? std::random_device()() : 7);
  auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds());
  auto const goes_on = [&](int count, int enough) {
    return seconds() > 0 ? tried < at_least || std::chrono::steady_clock::now() < end : count < enough;
  };
  std::shuffle(all.begin(), all.end(), chance);
  int count = 0;
  for (Alteration const& alteration : all)
    if (goes_on(count++, 120)) try_out(alteration, original);
  for (count = 0; goes_on(count, 20); ++count) try_out(random_bytes(chance), original);
  say();
  EXPECT_GT(tried, seconds() > 0 ? at_least - 1 : 50);
}

TEST_F(Tampered, AWriteAheadLogThatIsCutAnywhereIsFound) {
  std::string const killed = folder.file("killed.db");
  copy_to(killed);  // as a loss of power leaves it: the log is not in the database yet
  close();
  path = killed;
  ASSERT_THAT(names(audited()), IsEmpty());
  auto const log_bytes = std::filesystem::file_size(killed + "-wal");
  ASSERT_GT(log_bytes, 4096U);
  std::string const original = contents_of(killed);
  for (std::uintmax_t cut = 0; cut < 8; ++cut)
    try_out({"cut DB-wal to " + std::to_string(cut) + " of 8", "",
             [&](std::string const& where) {
               std::filesystem::resize_file(where + "-wal", log_bytes * cut / 8);
             }},
            original);
  say();
  EXPECT_GT(tried, 3);
}

TEST_F(Tampered, ADatabasePutBackWithAllItsFilesIsFoundByAHeadKeptElsewhere) {
  copy_to(copy);
  must("owner-songshizhen", support, "report", {{"progress", 60}});
  auto const elsewhere = record::sign_head(*store->read(), *store->key()).value();
  EXPECT_THAT(names(audited_at(copy)), IsEmpty());  // nothing in it can tell
  EXPECT_THAT(names(audited_at(copy, {elsewhere})), Contains(HasSubstr("cut_short head/")));
  EXPECT_THAT(names(audited({elsewhere})), IsEmpty());
}

TEST_F(Tampered, AForkByWhoeverHasDiskAndKeyIsFoundByAHeadKeptElsewhere) {
  close();
  copy_to(copy);
  reopen();
  must("owner-songshizhen", support, "report", {{"progress", 60}});
  auto const elsewhere = record::sign_head(*store->read(), *store->key()).value();
  close();
  path = copy;
  store = store::open_sqlite(copy).value();
  open();
  must("owner-songshizhen", support, "report", {{"progress", 90}});
  must("owner-songshizhen", support, "report", {{"progress", 95}});
  EXPECT_THAT(names(audited()), IsEmpty());
  EXPECT_THAT(names(audited({elsewhere})), Contains(HasSubstr("rewritten head/")));
}

TEST_F(Tampered, AHeadOfAnotherJournalIsNotOfThisOne) {
  journal::TreeHead other = record::sign_head(*store->read(), *store->key()).value().head;
  auto const forged = journal::sign(other, journal::SigningKey::generate(journal::Suite::Sha256Ed25519));
  EXPECT_THAT(names(audited({forged})), Contains(HasSubstr("unsigned head/")));
}

}  // namespace
}  // namespace xiaohao::audit
