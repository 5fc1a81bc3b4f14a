// Calendar feeds, read by libical as a calendar program would.

#include "web/calendar_feed.hpp"

#include <libical/ical.h>

#include "tests/unit/web/pages/visitors.hpp"
#include "web/icalendar.hpp"

namespace xiaohao::web::pages {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A calendar as libical has read it; fails when it found anything wrong.
class Read {
 public:
  explicit Read(std::string const& text) : calendar_(icalparser_parse_string(text.c_str())) {
    icalrestriction_check(calendar_);
    EXPECT_EQ(icalcomponent_count_errors(calendar_), 0) << icalcomponent_as_ical_string(calendar_);
  }
  ~Read() { icalcomponent_free(calendar_); }
  Read(Read const&) = delete;
  Read& operator=(Read const&) = delete;

  std::vector<icalcomponent*> all(icalcomponent_kind kind) const {
    std::vector<icalcomponent*> found;
    for (auto* at = icalcomponent_get_first_component(calendar_, kind); at;
         at = icalcomponent_get_next_component(calendar_, kind))
      found.push_back(at);
    return found;
  }
  std::vector<icalcomponent*> events() const { return all(ICAL_VEVENT_COMPONENT); }
  std::vector<icalcomponent*> to_dos() const { return all(ICAL_VTODO_COMPONENT); }

 private:
  icalcomponent* calendar_;
};

std::string day(icaltimetype const& time) {
  EXPECT_TRUE(time.is_date);
  return to_string(Date{std::chrono::year{time.year} / time.month / time.day});
}

class CalendarFeed : public Pages {
 protected:
  std::string feed(char const* who, std::optional<UnitId> unit = std::nullopt) {
    return calendar_of(*application, Username{who}, unit, "https://xiaohao.example", Language::Chinese);
  }
};

TEST_F(CalendarFeed, ShowsAUnitsDueDatesAsAllDayEventsAndToDos) {
  Read const calendar(feed("owner-zhujianju"));
  ASSERT_THAT(calendar.events(), SizeIs(1));
  ASSERT_THAT(calendar.to_dos(), SizeIs(1));
  Date const due = *item(lead).status.due;
  icalcomponent* const event = calendar.events().front();
  EXPECT_EQ(day(icalcomponent_get_dtstart(event)), to_string(due));
  EXPECT_EQ(day(icalcomponent_get_dtend(event)), to_string(add_days(due, 1)));
  EXPECT_THAT(icalcomponent_get_summary(event), HasSubstr(item(lead).definition.title + " · zhujianju"));
  icalcomponent* const to_do = calendar.to_dos().front();
  EXPECT_EQ(day(icalcomponent_get_due(to_do)), to_string(due));
  EXPECT_EQ(icalcomponent_get_status(to_do), ICAL_STATUS_NEEDSACTION);
  EXPECT_STRNE(icalcomponent_get_uid(event), icalcomponent_get_uid(to_do));
}

TEST_F(CalendarFeed, OfAnotherUnitIsAskedForByNameAndOfThePlanByThoseWithoutAUnit) {
  Read const theirs(feed("owner-zhujianju", UnitId{"songshizhen"}));
  ASSERT_THAT(theirs.events(), SizeIs(1));
  EXPECT_THAT(icalcomponent_get_summary(theirs.events().front()), HasSubstr("songshizhen"));
  Read const plan(feed("leader"));
  EXPECT_THAT(plan.events(), SizeIs(1)) << "the task, not its shares";
  EXPECT_THAT(Read(feed("nobody")).events(), IsEmpty());
}

TEST_F(CalendarFeed, OfAUnitShowsAllItsDutiesUnderItsName) {
  identity::UnitCalendarFeed const made{Username{"coordinator"}, UnitId{"songshizhen"}, "", clock.now()};
  std::string const text = unit_calendar_of(*application, made, "https://xiaohao.example", Language::Chinese);
  Read const calendar(text);
  EXPECT_THAT(text, HasSubstr("X-WR-CALNAME:songshizhen：完成时限"));
  ASSERT_THAT(calendar.events(), SizeIs(1));
  ASSERT_THAT(calendar.to_dos(), SizeIs(1));
  icalcomponent* const event = calendar.events().front();
  EXPECT_EQ(day(icalcomponent_get_dtstart(event)), to_string(*item(support).status.due));
  EXPECT_THAT(icalcomponent_get_summary(event), HasSubstr(" · songshizhen"));
  EXPECT_THAT(icalcomponent_get_description(event), HasSubstr("职责：配合"));
  Read const own(feed("owner-songshizhen"));
  EXPECT_STREQ(icalcomponent_get_uid(event), icalcomponent_get_uid(own.events().front()))
      << "the same duty, whoever shows it";
  identity::UnitCalendarFeed const of_nobody{Username{"nobody"}, made.unit, "", clock.now()};
  EXPECT_THAT(Read(unit_calendar_of(*application, of_nobody, "", Language::English)).events(), IsEmpty());
}

TEST_F(CalendarFeed, ReplacesWhatTheProgramHasWhenAnItemMovesOn) {
  std::string const before = icalcomponent_get_uid(Read(feed("owner-zhujianju")).to_dos().front());
  must("owner-zhujianju", lead, "accept");
  must("owner-zhujianju", lead, "report", {{"progress", 60}, {"text", "完成六成"}});
  Read const after(feed("owner-zhujianju"));
  icalcomponent* const to_do = after.to_dos().front();
  EXPECT_EQ(icalcomponent_get_uid(to_do), before);
  EXPECT_EQ(icalcomponent_get_sequence(to_do), 3);
  EXPECT_EQ(icalcomponent_get_status(to_do), ICAL_STATUS_INPROCESS);
  attach("owner-zhujianju", lead);
  must("owner-zhujianju", lead, "closeout.apply", {{"summary", "危房改造全部完成"}});
  must("coordinator", lead, "closeout.approve");
  must("inspector", lead, "closeout.verify");
  clock.advance_to(clock.now() + std::chrono::days{8});
  ASSERT_TRUE(engine->advance(clock.now()));
  Read const closed(feed("owner-zhujianju"));
  EXPECT_EQ(icalcomponent_get_status(closed.to_dos().front()), ICAL_STATUS_COMPLETED);
  EXPECT_THAT(icalcomponent_get_summary(closed.events().front()), HasSubstr("（已销号）"));
}

TEST_F(CalendarFeed, IsNotBrokenByWhatStandsInNames) {
  turn_hostile();
  Read const calendar(feed("owner-zhujianju"));
  bool found = false;
  for (icalcomponent* const event : calendar.events())
    if (std::string const summary = icalcomponent_get_summary(event);
        summary.find(std::string(hostile_name) + "title") != std::string::npos)
      found = true;
  EXPECT_TRUE(found);
}

TEST(CalendarText, FoldsLinesOfMoreThan75BytesBetweenCharactersAndEscapes) {
  std::string const words =
      "一；二,三;四\\五\n" + std::string(70, 'x') + "走访慰问困难群众，逐户核查，建立台账，按月调度";
  CalendarText calendar("销号台");
  calendar.begin("VEVENT");
  calendar.plain("UID", "1@here");
  calendar.moment("DTSTAMP", parse_instant("2024-03-01T08:37:09.500+08:00").value());
  calendar.date("DTSTART", parse_date("2024-02-29").value());
  calendar.text("SUMMARY", words + "\x01");
  calendar.end("VEVENT");
  std::string const text = calendar.take();
  EXPECT_THAT(text, HasSubstr("DTSTAMP:20240301T003709Z\r\n"));
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t const end = text.find("\r\n", begin);
    EXPECT_LE(end - begin, 75u);
    EXPECT_NE(static_cast<unsigned char>(text[begin + (text[begin] == ' ' ? 1 : 0)]) & 0xc0, 0x80);
    begin = end + 2;
  }
  Read const read(text);
  EXPECT_EQ(icalcomponent_get_summary(read.events().front()), words);
}

}  // namespace
}  // namespace xiaohao::web::pages
