// Silences and absences: who may set them, and what a substitute may do.

#include "engine/silencing.hpp"

#include "tests/unit/engine/county.hpp"

namespace xiaohao {
namespace {

class Silencing : public County {
 protected:
  Result<Silence> silence(char const* who, Silence wish) {
    return write<Silence>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return set_silence(transaction, wish, asking);
    });
  }
  /// From so many days after today to so many.
  Result<Absence> away(char const* who, char const* absent, char const* substitute, int from = 0,
                       int to = 10) {
    Absence wish;
    wish.away = Username{absent};
    wish.substitute = Username{substitute};
    wish.first = add_days(local_date(engine->now()), from);
    wish.last = add_days(local_date(engine->now()), to);
    return write<Absence>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return set_absence(transaction, wish, asking);
    });
  }
  Silence wish() const {
    Silence silence;
    silence.item = ItemId{2};
    silence.reason = "洪灾抢险";
    silence.until = engine->now() + std::chrono::days{5};
    return silence;
  }
  template <class Value>
  std::string pointer_of(Result<Value> const& refused) const {
    return refused ? "accepted" : refused.error().first().pointer;
  }
};

TEST_F(Silencing, IsForThoseWhomTheTableLets) {
  EXPECT_EQ(silence("owner-zhujianju", wish()).error().reason, Reason::Forbidden);
  EXPECT_EQ(silence("admin", wish()).error().reason, Reason::Forbidden);
  EXPECT_EQ(silence("nobody", wish()).error().reason, Reason::Forbidden);
  Result<Silence> const set = silence("coordinator", wish());
  ASSERT_TRUE(set);
  EXPECT_EQ(store->read()->silences_at(engine->now()), std::vector<Silence>{*set});
  EXPECT_EQ(store->read()->entries_of_type("silence.set").size(), 1u);
}

TEST_F(Silencing, NeedsAReasonAnEndAndSomethingToSilence) {
  Silence mute = wish();
  mute.reason = " ";
  EXPECT_EQ(pointer_of(silence("coordinator", mute)), "/reason");
  Silence endless = wish();
  endless.until = engine->now() + std::chrono::days{400};
  EXPECT_EQ(pointer_of(silence("coordinator", endless)), "/until");
  Silence county = wish();
  county.item.reset();
  EXPECT_EQ(pointer_of(silence("coordinator", county)), "/item");
  Silence nowhere = wish();
  nowhere.item = ItemId{99};
  EXPECT_EQ(pointer_of(silence("coordinator", nowhere)), "/item");
  EXPECT_TRUE(store->read()->silences(10).empty());
}

TEST_F(Silencing, EndsOnce) {
  std::int64_t const id = silence("coordinator", wish())->id;
  auto const end = [&](char const* who) {
    return write<Silence>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return end_silence(transaction, id, asking);
    });
  };
  EXPECT_EQ(end("owner-zhujianju").error().reason, Reason::Forbidden);
  EXPECT_TRUE(end("leader"));
  EXPECT_EQ(end("leader").error().reason, Reason::NotPossible);
  EXPECT_TRUE(store->read()->silences_at(engine->now()).empty());
}

TEST_F(Silencing, LetsASubstituteActInHisOwnName) {
  EXPECT_EQ(send("owner-songshizhen", ItemId{2}, "accept").error().reason, Reason::Forbidden);
  EXPECT_EQ(away("owner-songshizhen", "owner-zhujianju", "owner-songshizhen").error().reason,
            Reason::Forbidden);
  ASSERT_TRUE(away("owner-zhujianju", "owner-zhujianju", "owner-songshizhen"));
  EXPECT_EQ(send("owner-fupinban", ItemId{2}, "accept").error().reason, Reason::Forbidden)
      << "nobody stands in but the substitute";
  must("owner-songshizhen", ItemId{2}, "accept");
  must("owner-songshizhen", ItemId{2}, "report", {{"progress", 40}});
  auto const entry = entry_of(store->read()->history(ItemId{2}).back()).value();
  EXPECT_EQ(entry.actor.username, Username{"owner-songshizhen"});
  EXPECT_EQ(entry.actor.on_behalf_of, Username{"owner-zhujianju"});
  // Both have had a part in it now, and neither reviews it.
  EXPECT_THAT(item(ItemId{2}).status.contributors,
              testing::UnorderedElementsAre(Username{"owner-songshizhen"}, Username{"owner-zhujianju"}));
}

TEST_F(Silencing, KeepsASubstituteFromVerifyingWhatHisPrincipalDid) {
  must("owner-zhujianju", ItemId{2}, "accept");
  attach("owner-zhujianju", ItemId{2});
  must("owner-zhujianju", ItemId{2}, "closeout.apply", {{"summary", "完成"}});
  must("coordinator", ItemId{2}, "closeout.approve");
  ASSERT_TRUE(away("coordinator", "owner-zhujianju", "inspector"));
  EXPECT_EQ(send("inspector", ItemId{2}, "closeout.verify").error().reason, Reason::Forbidden);
}

TEST_F(Silencing, LetsNobodyNameHisOwnInspectorSoThatHeCannotVerify) {
  auto const named = away("owner-zhujianju", "owner-zhujianju", "inspector");
  ASSERT_FALSE(named);
  EXPECT_EQ(named.error().first().pointer, "/substitute");
  EXPECT_TRUE(away("coordinator", "owner-zhujianju", "inspector"));
}

TEST_F(Silencing, LetsNoAdministratorStandIn) {
  EXPECT_EQ(pointer_of(away("coordinator", "coordinator", "admin")), "/substitute");
  EXPECT_EQ(pointer_of(away("coordinator", "admin", "coordinator")), "/substitute");
}

TEST_F(Silencing, TakesNoAbsenceThatIsPastEndlessOrOfOneWhoHasLeft) {
  EXPECT_EQ(pointer_of(away("coordinator", "coordinator", "coordinator")), "/substitute");
  EXPECT_EQ(pointer_of(away("coordinator", "coordinator", "leader", -9, -1)), "/last");
  EXPECT_EQ(pointer_of(away("coordinator", "coordinator", "leader", 5, 4)), "/last");
  EXPECT_EQ(pointer_of(away("coordinator", "coordinator", "leader", 0, 400)), "/last");
  ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    Participant left = people.organisation.participants.at(Username{"owner-songshizhen"});
    left.active = false;
    transaction.put_participant(left);
    return {};
  }));
  engine->reload_organisation();
  EXPECT_EQ(pointer_of(away("coordinator", "owner-zhujianju", "owner-songshizhen")), "/substitute");
  EXPECT_EQ(pointer_of(away("coordinator", "owner-songshizhen", "owner-zhujianju")), "/away");
  EXPECT_TRUE(store->read()->absences(10).empty());
}

TEST_F(Silencing, EndsTheSubstitutesRightsWithTheAbsence) {
  std::int64_t const id = away("owner-zhujianju", "owner-zhujianju", "owner-songshizhen")->id;
  auto const end = [&](char const* who) {
    return write<Absence>(who, [&](store::Transaction& transaction, Asking const& asking) {
      return end_absence(transaction, id, asking);
    });
  };
  EXPECT_EQ(end("owner-songshizhen").error().reason, Reason::Forbidden);
  ASSERT_TRUE(end("coordinator"));
  EXPECT_EQ(send("owner-songshizhen", ItemId{2}, "accept").error().reason, Reason::Forbidden);
}

}  // namespace
}  // namespace xiaohao
