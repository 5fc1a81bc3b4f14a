#include "engine/decision/guards.hpp"
#include "tests/unit/decision/close_out.hpp"

namespace xiaohao::decision {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(CloseOut, OfALeadShareGoesByTheCoordinatorAndTheInspector) {
  SmallCounty county;
  WorkItem share = applied(county, "zhujianju", UnitRole::Lead);
  EXPECT_EQ(share.status.stage, "first_review");
  county.must(share, "coordinator", "closeout.approve");
  Decision const verified = county.send(share, "inspector", "closeout.verify").value();
  EXPECT_EQ(verified.status.stage, "publicity");
  ASSERT_EQ(verified.delays.size(), 1u);
  EXPECT_EQ(to_string(verified.delays[0].due), "2024-10-15T09:00:00.000+08:00");
  share.status = verified.status;
  Command end{share.id(), verified.delays[0].event, json::object(), Actor::clock(), std::nullopt, ""};
  Decision const closed = decide(end, {verified.delays[0].due, share, county.leads, county.organisation,
                                       [] { return std::vector<Evidence>{}; }, county.rules})
                              .value();
  EXPECT_TRUE(closed.status.closed);
  EXPECT_TRUE(closed.consequences.tell_parent);
}

TEST(CloseOut, OfASupportingShareIsFirstReviewedByTheLeadUnitAlone) {
  SmallCounty county;
  WorkItem const share = applied(county, "songshizhen", UnitRole::Support);
  EXPECT_THAT(county.send(share, "coordinator", "closeout.approve"), RefusedAs(Reason::Forbidden));
  EXPECT_THAT(county.send(share, "owner-fupinban", "closeout.approve"), RefusedAs(Reason::Forbidden));
  EXPECT_TRUE(county.send(share, "owner-zhujianju", "closeout.approve").has_value());
}

TEST(CloseOut, IsNotVerifiedByTheOneWhoApplied) {
  SmallCounty county;
  county.organisation.participants.at(Username{"owner-songshizhen"}).roles.push_back(Role::Inspector);
  WorkItem share = applied(county, "songshizhen", UnitRole::Support);
  county.must(share, "owner-zhujianju", "closeout.approve");
  EXPECT_THAT(county.send(share, "owner-songshizhen", "closeout.verify"), RefusedAs(Reason::Forbidden));
}

TEST(CloseOut, IsNotVerifiedFromTheUnitsOwnHouseNorByTheFirstReviewer) {
  SmallCounty county;
  Participant& inspector = county.organisation.participants.at(Username{"inspector"});
  WorkItem share = applied(county, "zhujianju", UnitRole::Lead);
  county.must(share, "coordinator", "closeout.approve");
  inspector.unit = UnitId{"zhujianju"};
  EXPECT_THAT(county.send(share, "inspector", "closeout.verify"), RefusedAs(Reason::Forbidden));
  county.organisation.participants.at(Username{"coordinator"}).roles.push_back(Role::Inspector);
  EXPECT_THAT(county.send(share, "coordinator", "closeout.verify"), RefusedAs(Reason::Forbidden));
}

/// `substitute` verifies while he stands in for `away`.
Result<Decision> verify_for(SmallCounty& county, WorkItem const& share, char const* away,
                            char const* substitute) {
  Absence absence;
  absence.away = Username{away};
  absence.substitute = Username{substitute};
  std::vector<Absence> const absences{absence};
  Command command{share.id(),           "closeout.verify",
                  json::object(),       Actor::person(absence.substitute),
                  share.status.version, ""};
  return decide(command, {county.now, share, county.leads, county.organisation,
                          [&] { return county.evidence; }, county.rules, &absences});
}

TEST(CloseOut, IsNotVerifiedForTheFirstReviewerNorForAnInspectorOfTheUnit) {
  SmallCounty county;
  WorkItem share = applied(county, "zhujianju", UnitRole::Lead);
  county.must(share, "coordinator", "closeout.approve");
  EXPECT_TRUE(verify_for(county, share, "inspector", "leader"));
  county.organisation.participants.at(Username{"coordinator"}).roles.push_back(Role::Inspector);
  EXPECT_THAT(verify_for(county, share, "coordinator", "leader"), RefusedAs(Reason::Forbidden));
  county.organisation.participants.at(Username{"inspector"}).unit = UnitId{"zhujianju"};
  EXPECT_THAT(verify_for(county, share, "inspector", "leader"), RefusedAs(Reason::Forbidden));
}

TEST(CloseOut, NeedsEvidence) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  auto const answer = county.send(share, "owner-zhujianju", "closeout.apply", {{"summary", "全部完工"}});
  ASSERT_THAT(answer, RefusedAs(Reason::GuardFailed));
  EXPECT_THAT(answer.error().first().detail.zh, HasSubstr("佐证"));
}

TEST(CloseOut, MayNameOnlyEvidenceThatIsThere) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  county.must(share, "owner-zhujianju", "evidence.attach", photo);
  auto const answer = county.send(share, "owner-zhujianju", "closeout.apply",
                                  {{"summary", "完"}, {"evidence", {std::string(64, 'b')}}});
  ASSERT_THAT(answer, RefusedAs(Reason::GuardFailed));
  EXPECT_EQ(answer.error().first().pointer, "/evidence/0");
  json second = photo;
  second["sha256"] = std::string(64, 'b');
  county.must(share, "owner-zhujianju", "evidence.attach", second);
  county.evidence.back().withdrawn = true;
  EXPECT_THAT(county.send(share, "owner-zhujianju", "closeout.apply",
                          {{"summary", "完"}, {"evidence", {std::string(64, 'b')}}}),
              RefusedAs(Reason::GuardFailed))
      << "it was withdrawn, and another being there does not make up for it";
}

TEST(CloseOut, OfATaskWaitsForGroupsWhoseMembersNobodyKnows) {
  SmallCounty county;
  WorkItem const task = county.share("zhujianju", UnitRole::Lead);
  Actor const engine = Actor::engine();
  std::function<std::vector<Evidence>()> const none = [] { return std::vector<Evidence>{}; };
  auto const fault = [&](int closed, int unknown) {
    json const counts{{"shares", 2}, {"shares_closed", closed}, {"groups_unknown", unknown}};
    return guard_named("all_shares_are_closed")
        ->fault({task, counts, engine, nullptr, county.now, none, county.rules});
  };
  EXPECT_TRUE(fault(1, 0));
  EXPECT_TRUE(fault(2, 1));
  EXPECT_FALSE(fault(2, 0));
}

TEST(Reinspection, IsNotPassedFromTheUnitsOwnHouseNorByWhoDidTheWork) {
  SmallCounty county;
  for (std::string const lifecycle : {"assignment/2", "milestone/2"}) {
    WorkItem item = county.share("zhujianju", UnitRole::Lead);
    item.status.lifecycle = lifecycle;
    item.status = begin(item.definition, item.status, county.rules, county.now).status;
    bool const share = lifecycle == "assignment/2";
    if (share) county.must(item, "owner-zhujianju", "accept");
    county.must(item, "owner-zhujianju", "evidence.attach", photo);
    county.must(item, "owner-zhujianju", share ? "closeout.apply" : "complete", {{"summary", "完成"}});
    county.must(item, "coordinator", share ? "closeout.approve" : "confirm");
    if (share) {
      county.must(item, "inspector", "closeout.verify");
      item.status = after_publicity(county, item);
    }
    ASSERT_TRUE(item.status.closed) << lifecycle;
    EXPECT_TRUE(county.send(item, "inspector", "reinspect.pass")) << lifecycle;
    Participant& inspector = county.organisation.participants.at(Username{"inspector"});
    Participant const before = inspector;
    inspector.unit = UnitId{"zhujianju"};
    EXPECT_THAT(county.send(item, "inspector", "reinspect.pass"), RefusedAs(Reason::Forbidden)) << lifecycle;
    inspector = before;
    county.organisation.participants.at(Username{"owner-zhujianju"}).roles.push_back(Role::Inspector);
    county.organisation.participants.at(Username{"owner-zhujianju"}).unit = UnitId{"songshizhen"};
    EXPECT_THAT(county.send(item, "owner-zhujianju", "reinspect.pass"), RefusedAs(Reason::Forbidden))
        << lifecycle;
    county.organisation.participants.at(Username{"owner-zhujianju"}).roles.pop_back();
    county.organisation.participants.at(Username{"owner-zhujianju"}).unit = UnitId{"zhujianju"};
  }
}

TEST(Command, ThatSawAnOldVersionIsStaleBeforeAnythingElse) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  share.status.version = 7;
  Command command{share.id(), "accept", json::object(), Actor::person(Username{"admin"}), 6, ""};
  Context const context{
      county.now,  share, county.leads, county.organisation, [] { return std::vector<Evidence>{}; },
      county.rules};
  EXPECT_THAT(decide(command, context), RefusedAs(Reason::Stale));
  command.seen = std::nullopt;
  EXPECT_THAT(decide(command, context), RefusedAs(Reason::VersionMissing));
}

TEST(Command, OfAnotherUnitOrAnAdministratorIsForbidden) {
  SmallCounty county;
  WorkItem const share = county.share("zhujianju", UnitRole::Lead);
  for (char const* who : {"owner-songshizhen", "admin", "inspector", "leader", "nobody"})
    EXPECT_THAT(county.send(share, who, "accept"), RefusedAs(Reason::Forbidden)) << who;
}

TEST(Command, OfOneWhoHasLeftIsForbidden) {
  SmallCounty county;
  WorkItem const share = county.share("zhujianju", UnitRole::Lead);
  EXPECT_TRUE(county.send(share, "owner-zhujianju", "accept"));
  county.organisation.participants.at(Username{"owner-zhujianju"}).active = false;
  EXPECT_THAT(county.send(share, "owner-zhujianju", "accept"), RefusedAs(Reason::Forbidden));
}

TEST(Command, OfAStandInWhoHasLeftIsForbidden) {
  SmallCounty county;
  WorkItem share = applied(county, "zhujianju", UnitRole::Lead);
  county.must(share, "coordinator", "closeout.approve");
  EXPECT_TRUE(verify_for(county, share, "inspector", "leader"));
  county.organisation.participants.at(Username{"leader"}).active = false;
  EXPECT_THAT(verify_for(county, share, "inspector", "leader"), RefusedAs(Reason::Forbidden));
}

TEST(Command, OfTheClockIsNobodysEvenIfTheTableSaysSo) {
  SmallCounty county;
  char const* const publicity_ends = "xstate.after.publicity.assignment.closeout.publicity";
  WorkItem share = applied(county, "zhujianju", UnitRole::Lead);
  county.must(share, "coordinator", "closeout.approve");
  county.must(share, "inspector", "closeout.verify");
  county.rules.permissions =
      Permissions::read({{"$schema", "xiaohao-permissions/1"},
                         {"events", {{{"events", {publicity_ends}}, {"role", "Owner"}, {"relation", "any"}}}},
                         {"reads", json::array()}})
          .value();
  EXPECT_THAT(county.send(share, "owner-zhujianju", publicity_ends), RefusedAs(Reason::Forbidden));
}

TEST(Command, NotPossibleHereSaysWhatIs) {
  SmallCounty county;
  WorkItem const share = county.share("zhujianju", UnitRole::Lead);
  auto const answer = county.send(share, "owner-zhujianju", "report", {{"progress", 10}});
  ASSERT_THAT(answer, RefusedAs(Reason::NotPossible));
  EXPECT_THAT(answer.error().first().detail.en, HasSubstr("accept"));
}

TEST(Command, NamesEveryFieldThatIsWrong) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  auto const answer = county.send(share, "owner-zhujianju", "report", {{"progress", 101}, {"texts", "?"}});
  ASSERT_THAT(answer, RefusedAs(Reason::Malformed));
  EXPECT_EQ(answer.error().faults.size(), 2u);
}

TEST(Command, CarriesNoControlCharactersInWhatAPersonWrote) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  for (std::string const& text : {std::string("a\0b", 3), std::string("\x1b[2Jgone"), std::string("a\x7f")})
    EXPECT_THAT(county.send(share, "owner-zhujianju", "report", {{"progress", 1}, {"text", text}}),
                RefusedAs(Reason::Malformed));
  EXPECT_TRUE(county.send(share, "owner-zhujianju", "report", {{"progress", 1}, {"text", "一\r\n二\t三"}}));
}

TEST(Replay, OfTheJournalReachesTheSameStatus) {
  SmallCounty county;
  ItemStatus status = county.share("zhujianju", UnitRole::Lead).status;
  WorkItem share = applied(county, "zhujianju", UnitRole::Lead);
  county.must(share, "coordinator", "closeout.return", {{"reason", "缺验收单"}});
  county.must(share, "owner-zhujianju", "closeout.apply", {{"summary", "已补"}});
  county.must(share, "coordinator", "closeout.approve");
  for (JournalEntry const& entry : county.entries)
    status = replay(share.definition, status, entry, county.rules).value().status;
  EXPECT_EQ(status, share.status);
}

TEST(PossibleEvents, AreThoseOfThePersonWithWhatStandsAgainstThem) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  auto const events = possible_events(*county.organisation.participant(Username{"owner-zhujianju"}),
                                      {county.now, share, county.leads, county.organisation,
                                       [] { return std::vector<Evidence>{}; }, county.rules});
  auto const apply = std::find_if(events.begin(), events.end(),
                                  [](PossibleEvent const& event) { return event.type == "closeout.apply"; });
  ASSERT_NE(apply, events.end());
  EXPECT_EQ(apply->label.zh, "申请销号");
  EXPECT_EQ(apply->blocked_by.size(), 1u);
  EXPECT_EQ(std::count_if(events.begin(), events.end(),
                          [](PossibleEvent const& event) {
                            return event.type == "closeout.verify" || event.type == "cancel";
                          }),
            0);
}

}  // namespace
}  // namespace xiaohao::decision
