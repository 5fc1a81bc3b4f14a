#pragma once

// The close-out region of the shipped assignment, without guards and payloads, in two other ways: as the
// switch that a programmer would write for it alone, and as a Boost.Statechart. Neither says which actions
// follow; both count them.

#include <boost/mpl/list.hpp>
#include <boost/statechart/event.hpp>
#include <boost/statechart/in_state_reaction.hpp>
#include <boost/statechart/simple_state.hpp>
#include <boost/statechart/state_machine.hpp>
#include <boost/statechart/transition.hpp>
#include <cstdint>

namespace xiaohao::bench {

enum class Stage : std::uint8_t {
  Issued,
  InProgress,
  FirstReview,
  Verification,
  Publicity,
  Closed,
  Cancelled
};
enum class Event : std::uint8_t {
  Accept,
  Urge,
  Cancel,
  Report,
  Attach,
  Withdraw,
  Apply,
  Approve,
  Return,
  Verify,
  Reject,
  Object,
  End,
  Pass,
  Reopen
};

/// One step of the hand-written machine; `actions` grows by those that would run.
inline Stage switched(Stage stage, Event event, std::uint64_t& actions) {
  switch (stage) {
    case Stage::Issued:
      switch (event) {
        case Event::Accept:
          actions += 1;
          return Stage::InProgress;
        case Event::Urge:
          actions += 2;
          return Stage::Issued;
        case Event::Cancel:
          actions += 3;
          return Stage::Cancelled;
        default:
          return stage;
      }
    case Stage::InProgress:
      switch (event) {
        case Event::Report:
          actions += 1;
          return Stage::InProgress;
        case Event::Attach:
          actions += 1;
          return Stage::InProgress;
        case Event::Withdraw:
          actions += 1;
          return Stage::InProgress;
        case Event::Apply:
          actions += 2;
          return Stage::FirstReview;
        case Event::Urge:
          actions += 2;
          return Stage::InProgress;
        case Event::Cancel:
          actions += 3;
          return Stage::Cancelled;
        default:
          return stage;
      }
    case Stage::FirstReview:
      switch (event) {
        case Event::Approve:
          actions += 2;
          return Stage::Verification;
        case Event::Return:
          actions += 2;
          return Stage::InProgress;
        case Event::Urge:
          actions += 2;
          return Stage::FirstReview;
        case Event::Cancel:
          actions += 3;
          return Stage::Cancelled;
        default:
          return stage;
      }
    case Stage::Verification:
      switch (event) {
        case Event::Verify:
          actions += 2;
          return Stage::Publicity;
        case Event::Reject:
          actions += 2;
          return Stage::InProgress;
        case Event::Urge:
          actions += 2;
          return Stage::Verification;
        case Event::Cancel:
          actions += 3;
          return Stage::Cancelled;
        default:
          return stage;
      }
    case Stage::Publicity:
      switch (event) {
        case Event::Object:
          actions += 2;
          return Stage::Verification;
        case Event::Cancel:
          actions += 3;
          return Stage::Cancelled;
        case Event::End:
          actions += 3;
          return Stage::Closed;
        default:
          return stage;
      }
    case Stage::Closed:
      switch (event) {
        case Event::Pass:
          actions += 1;
          return Stage::Closed;
        case Event::Reopen:
          actions += 3;
          return Stage::InProgress;
        default:
          return stage;
      }
    case Stage::Cancelled:
      break;
  }
  return stage;
}

namespace boosted {

namespace sc = boost::statechart;

struct Accept : sc::event<Accept> {};
struct Urge : sc::event<Urge> {};
struct Cancel : sc::event<Cancel> {};
struct Report : sc::event<Report> {};
struct Attach : sc::event<Attach> {};
struct Withdraw : sc::event<Withdraw> {};
struct Apply : sc::event<Apply> {};
struct Approve : sc::event<Approve> {};
struct Return : sc::event<Return> {};
struct Verify : sc::event<Verify> {};
struct Reject : sc::event<Reject> {};
struct Object : sc::event<Object> {};
struct End : sc::event<End> {};
struct Pass : sc::event<Pass> {};
struct Reopen : sc::event<Reopen> {};

struct Issued;
struct InProgress;
struct FirstReview;
struct Verification;
struct Publicity;
struct Closed;
struct Cancelled;

struct Closeout : sc::state_machine<Closeout, Issued> {
  std::uint64_t actions = 0;
  template <int count, class On>
  void run(On const&) {
    actions += count;
  }
};

template <class On, class To, int count>
using Leads = sc::transition<On, To, Closeout, &Closeout::template run<count, On>>;

template <class State>
struct Resting : sc::simple_state<State, Closeout> {
  template <int count, class On>
  void stay(On const&) {
    this->outermost_context().actions += count;
  }
};
template <class On, class In, int count>
using Stays = sc::in_state_reaction<On, Resting<In>, &Resting<In>::template stay<count, On>>;

struct Issued : Resting<Issued> {
  using reactions =
      boost::mpl::list<Leads<Accept, InProgress, 1>, Stays<Urge, Issued, 2>, Leads<Cancel, Cancelled, 3>>;
};
struct InProgress : Resting<InProgress> {
  using reactions = boost::mpl::list<Stays<Report, InProgress, 1>, Stays<Attach, InProgress, 1>,
                                     Stays<Withdraw, InProgress, 1>, Leads<Apply, FirstReview, 2>,
                                     Stays<Urge, InProgress, 2>, Leads<Cancel, Cancelled, 3>>;
};
struct FirstReview : Resting<FirstReview> {
  using reactions = boost::mpl::list<Leads<Approve, Verification, 2>, Leads<Return, InProgress, 2>,
                                     Stays<Urge, FirstReview, 2>, Leads<Cancel, Cancelled, 3>>;
};
struct Verification : Resting<Verification> {
  using reactions = boost::mpl::list<Leads<Verify, Publicity, 2>, Leads<Reject, InProgress, 2>,
                                     Stays<Urge, Verification, 2>, Leads<Cancel, Cancelled, 3>>;
};
struct Publicity : Resting<Publicity> {
  using reactions =
      boost::mpl::list<Leads<Object, Verification, 2>, Leads<Cancel, Cancelled, 3>, Leads<End, Closed, 3>>;
};
struct Closed : Resting<Closed> {
  using reactions = boost::mpl::list<Stays<Pass, Closed, 1>, Leads<Reopen, InProgress, 3>>;
};
struct Cancelled : Resting<Cancelled> {};

}  // namespace boosted
}  // namespace xiaohao::bench
