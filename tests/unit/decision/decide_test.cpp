#include "engine/decision/decide.hpp"

#include <gmock/gmock.h>

#include "engine/decision/guards.hpp"
#include "tests/unit/decision/small_county.hpp"

namespace xiaohao::decision {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json const photo{
    {"sha256", std::string(64, 'a')}, {"name", "验收单.jpg"}, {"size", 1024}, {"media_type", "image/jpeg"}};

MATCHER_P(RefusedAs, reason, "") { return !arg.has_value() && arg.error().reason == reason; }

/// A share that has been applied for by its unit's owner.
WorkItem applied(SmallCounty& county, char const* unit, UnitRole role) {
  WorkItem share = county.share(unit, role);
  std::string const owner = std::string("owner-") + unit;
  county.must(share, owner.c_str(), "accept");
  county.must(share, owner.c_str(), "report", {{"progress", 60}, {"text", "主体完工"}});
  county.must(share, owner.c_str(), "evidence.attach", photo);
  county.must(share, owner.c_str(), "closeout.apply", {{"summary", "全部完工"}});
  return share;
}

/// The status of a share whose publicity has ended.
ItemStatus after_publicity(SmallCounty& county, WorkItem const& share) {
  Command command{share.id(),     "xstate.after.publicity.assignment.closeout.publicity",
                  json::object(), Actor::clock(),
                  std::nullopt,   ""};
  return decide(command, {county.now, share, county.leads, county.organisation,
                          [&] { return county.evidence; }, county.rules})
      .value()
      .status;
}

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

TEST(Return, CountsAndLetsTheUnitsClockRunAgain) {
  SmallCounty county;
  WorkItem share = applied(county, "zhujianju", UnitRole::Lead);
  EXPECT_TRUE(share.status.applied_at.has_value());
  EXPECT_THAT(county.send(share, "coordinator", "closeout.return"), RefusedAs(Reason::Malformed));
  county.must(share, "coordinator", "closeout.return", {{"reason", "缺验收单"}});
  EXPECT_EQ(share.status.returns, 1);
  EXPECT_FALSE(share.status.applied_at.has_value());
  EXPECT_EQ(share.status.stage, "in_progress");
}

TEST(Return, MaySetADayOfItsOwnThatIsNotPastAndEndsWithTheNextApplication) {
  SmallCounty county;
  for (auto const& [reviewer, event] :
       {std::pair("coordinator", "closeout.return"), std::pair("inspector", "closeout.reject")}) {
    WorkItem share = applied(county, "zhujianju", UnitRole::Lead);
    if (std::string_view(reviewer) == "inspector") county.must(share, "coordinator", "closeout.approve");
    EXPECT_THAT(county.send(share, reviewer, event, {{"reason", "缺"}, {"redo_by", "2024-10-07"}}),
                RefusedAs(Reason::GuardFailed));
    Decision const returned =
        county.send(share, reviewer, event, {{"reason", "缺"}, {"redo_by", "2024-10-08"}}).value();
    EXPECT_EQ(returned.status.redo_by, parse_date("2024-10-08").value());
    EXPECT_EQ(returned.status.due, share.status.due);
    ASSERT_EQ(returned.delays.size(), 1U);
    EXPECT_EQ(to_string(returned.delays[0].due), "2024-10-09T00:00:00.000+08:00");
    EXPECT_THAT(returned.consequences.occasions[0].text, HasSubstr("2024-10-08"));
    county.must(share, reviewer, event, {{"reason", "缺"}, {"redo_by", "2024-10-08"}});
    county.must(share, "owner-zhujianju", "closeout.apply", {{"summary", "补齐"}});
    EXPECT_EQ(share.status.redo_by, std::nullopt);
  }
}

TEST(Return, OfAMilestoneSetsNoDayThatIsPastEither) {
  SmallCounty county;
  WorkItem milestone = county.share("zhujianju", UnitRole::Lead);
  milestone.status.lifecycle = "milestone/2";
  milestone.status = begin(milestone.definition, milestone.status, county.rules, county.now).status;
  county.must(milestone, "owner-zhujianju", "evidence.attach", photo);
  county.must(milestone, "owner-zhujianju", "complete", {{"summary", "完成"}});
  EXPECT_THAT(county.send(milestone, "coordinator", "return", {{"reason", "缺"}, {"redo_by", "2024-10-07"}}),
              RefusedAs(Reason::GuardFailed));
  county.must(milestone, "coordinator", "return", {{"reason", "缺"}, {"redo_by", "2024-10-08"}});
  EXPECT_EQ(milestone.status.redo_by, parse_date("2024-10-08").value());
}

TEST(Disowning, IsDecidedByTheCoordinatorAndHandsTheShareOn) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  EXPECT_THAT(county.send(share, "owner-zhujianju", "disown"), RefusedAs(Reason::Malformed));
  county.must(share, "owner-zhujianju", "disown", {{"reason", "职能已划转"}});
  EXPECT_THAT(county.send(share, "owner-zhujianju", "disown.refuse", {{"reason", "x"}}),
              RefusedAs(Reason::Forbidden));
  EXPECT_THAT(county.send(share, "coordinator", "disown.accept", {{"reason", "属实"}}),
              RefusedAs(Reason::Malformed));
  Decision const handed =
      county.send(share, "coordinator", "disown.accept", {{"reason", "属实"}, {"unit", "songshizhen"}})
          .value();
  EXPECT_TRUE(handed.status.cancelled);
  EXPECT_EQ(handed.consequences.handed_to, UnitId{"songshizhen"});
  EXPECT_TRUE(handed.consequences.tell_parent);
  county.must(share, "coordinator", "disown.refuse", {{"reason", "职能没有变"}});
  EXPECT_EQ(share.status.stage, "issued");
  county.must(share, "owner-zhujianju", "accept");
  EXPECT_THAT(county.send(share, "owner-zhujianju", "disown", {{"reason", "晚了"}}),
              RefusedAs(Reason::NotPossible));
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

TEST(Extension, IsAskedForInTimeAndCountsOnceItIsGranted) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  EXPECT_THAT(
      county.send(share, "owner-zhujianju", "extension.request", {{"due", "2024-10-30"}, {"reason", "雨"}}),
      RefusedAs(Reason::GuardFailed));
  EXPECT_THAT(
      county.send(share, "owner-zhujianju", "extension.request", {{"due", "2025-01-30"}, {"reason", "雨"}}),
      RefusedAs(Reason::GuardFailed));
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-30"}, {"reason", "雨"}});
  EXPECT_EQ(to_string(*share.status.due), "2024-10-31");
  county.must(share, "coordinator", "extension.grant");
  EXPECT_EQ(to_string(*share.status.due), "2024-11-30");
  EXPECT_EQ(to_string(*share.definition.schedule.due), "2024-10-31");
}

TEST(Extension, BeyondTheCoordinatorsDaysIsTheLeadershipGroupsToGrant) {
  SmallCounty county;
  county.rules.settings.extension_days_coordinator = 10;
  for (auto const& [due, may] : {std::pair("2024-11-10", true), std::pair("2024-11-11", false)}) {
    WorkItem share = county.share("zhujianju", UnitRole::Lead);
    county.must(share, "owner-zhujianju", "extension.request", {{"due", due}, {"reason", "雨"}});
    EXPECT_EQ(county.send(share, "coordinator", "extension.grant").has_value(), may) << due;
    EXPECT_TRUE(county.send(share, "leader", "extension.grant")) << due;
  }
  // Two short ones add up: what counts is the original date.
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-08"}, {"reason", "雨"}});
  county.must(share, "coordinator", "extension.grant");
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-16"}, {"reason", "雨"}});
  EXPECT_THAT(county.send(share, "coordinator", "extension.grant"), RefusedAs(Reason::Forbidden));
}

TEST(Extension, IsNotGrantedByTheOneWhoAskedAlsoWhenTheItemWasReopenedMeanwhile) {
  SmallCounty county;
  county.organisation.participants.at(Username{"owner-zhujianju"}).roles.push_back(Role::Coordinator);
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  county.must(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-30"}, {"reason", "雨"}});
  EXPECT_THAT(county.send(share, "owner-zhujianju", "extension.grant"), RefusedAs(Reason::Forbidden));
  county.must(share, "owner-zhujianju", "evidence.attach", photo);
  county.must(share, "owner-zhujianju", "closeout.apply", {{"summary", "完成"}});
  county.must(share, "coordinator", "closeout.approve");
  county.must(share, "inspector", "closeout.verify");
  share.status = after_publicity(county, share);
  county.must(share, "inspector", "reinspect.reopen", {{"reason", "反弹"}});
  EXPECT_THAT(county.send(share, "owner-zhujianju", "extension.grant"), RefusedAs(Reason::Forbidden));
  EXPECT_TRUE(county.send(share, "coordinator", "extension.grant"));
}

TEST(Extension, IsGivenOnlySoOftenAndNotOnceTheItemIsAppliedFor) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  auto const more = [&](int weeks) {
    return json{{"due", to_string(add_days(*share.definition.schedule.due, 7 * weeks))}, {"reason", "雨"}};
  };
  WorkItem const before = share;
  for (int n = 1; n <= county.rules.settings.extensions_max; ++n) {
    county.must(share, "owner-zhujianju", "extension.request", more(n));
    county.must(share, "coordinator", "extension.grant");
  }
  EXPECT_THAT(county.send(share, "owner-zhujianju", "extension.request", more(8)),
              RefusedAs(Reason::GuardFailed));
  WorkItem waiting = before;
  county.must(waiting, "owner-zhujianju", "evidence.attach", photo);
  county.must(waiting, "owner-zhujianju", "closeout.apply", {{"summary", "完成"}});
  EXPECT_THAT(county.send(waiting, "owner-zhujianju", "extension.request", more(1)),
              RefusedAs(Reason::GuardFailed));
}

TEST(Extension, AfterTheDueDateIsRefused) {
  SmallCounty county;
  WorkItem share = county.share("zhujianju", UnitRole::Lead);
  county.must(share, "owner-zhujianju", "accept");
  county.now = parse_instant("2024-11-01T00:00:00+08:00").value();
  EXPECT_THAT(
      county.send(share, "owner-zhujianju", "extension.request", {{"due", "2024-11-30"}, {"reason", "雨"}}),
      RefusedAs(Reason::GuardFailed));
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
