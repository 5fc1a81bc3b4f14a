#include "web/lifecycle/layout.hpp"

#include <gmock/gmock.h>
#include <map>
#include <set>

#include "random_machine.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::web::lifecycle {
namespace {

using statechart::Definition;
using statechart::Transition;

constexpr unsigned machines = 60;

Definition shipped(std::string const& name) {
  auto const document =
      json::read_ordered(*workflows::shipped("lifecycles/" + name + ".json"), statechart::machine_limits);
  return statechart::load(document.value()).value();
}

bool overlap(Rectangle const& a, Rectangle const& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}
bool within(Rectangle const& inner, Rectangle const& outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() &&
         inner.bottom() <= outer.bottom();
}
/// A stretch of a line, less its ends.
Rectangle inside_of(Point a, Point b) {
  return {std::min(a.x, b.x) + 1, std::min(a.y, b.y) + 1, std::abs(a.x - b.x) - 2, std::abs(a.y - b.y) - 2};
}
bool runs_through(std::vector<Point> const& line, Rectangle const& box) {
  for (std::size_t at = 1; at < line.size(); ++at) {
    Rectangle stretch = inside_of(line[at - 1], line[at]);
    stretch.width = std::max(stretch.width, 0);
    stretch.height = std::max(stretch.height, 0);
    bool const apart = stretch.right() <= box.x || box.right() <= stretch.x || stretch.bottom() <= box.y ||
                       box.bottom() <= stretch.y;
    if (!apart) return true;
  }
  return false;
}
Rectangle area_of(PlacedLabel const& placed) {
  int const left = placed.centred ? placed.x - placed.label.width / 2 : placed.x;
  return {left, placed.top, placed.label.width, placed.label.height};
}

TEST(LifecyclePicture, ShowsEveryStateAndEveryTransitionOnce) {
  for (unsigned seed = 0; seed < machines; ++seed) {
    Definition const machine = RandomMachine(seed).make();
    Layout const layout = layout_of(machine, Language::Chinese);
    std::map<std::size_t, int> states;
    std::map<Transition const*, int> transitions;
    for (Box const& box : layout.boxes) {
      ++states[box.state];
      for (InnerTransition const& inner : box.inner) ++transitions[inner.transition];
    }
    for (Arrow const& arrow : layout.arrows)
      if (arrow.transition) {
        ++transitions[arrow.transition];
        EXPECT_EQ(arrow.lines.size(), arrow.transition->targets.size()) << seed;
        EXPECT_TRUE(arrow.label) << seed << ": an arrow without its words";
      }
    for (std::size_t index = 0; index < machine.states().size(); ++index) EXPECT_EQ(states[index], 1) << seed;
    for (Transition const* transition : transitions_of(machine))
      EXPECT_EQ(transitions[transition], 1) << seed;
    EXPECT_EQ(transitions.size(), transitions_of(machine).size());
  }
}

TEST(LifecyclePicture, LetsNoBoxLieOnAnother) {
  for (unsigned seed = 0; seed < machines; ++seed) {
    Definition const machine = RandomMachine(seed).make();
    Layout const layout = layout_of(machine, Language::English);
    for (Box const& box : layout.boxes) {
      if (auto const parent = machine.state(box.state).parent) {
        EXPECT_TRUE(within(box.area, layout.boxes[*parent].area))
            << seed << " " << machine.state(box.state).id;
      }
      for (Box const& other : layout.boxes) {
        bool const nested = box.state == other.state || machine.descends(box.state, other.state) ||
                            machine.descends(other.state, box.state);
        if (!nested) {
          EXPECT_FALSE(overlap(box.area, other.area))
              << seed << " " << machine.state(box.state).id << " " << machine.state(other.state).id;
        }
      }
    }
    EXPECT_TRUE(within(layout.boxes.front().area, {0, 0, layout.width, layout.height}));
  }
}

TEST(LifecyclePicture, LetsNoLineRunThroughAState) {
  for (unsigned seed = 0; seed < machines; ++seed) {
    Definition const machine = RandomMachine(seed).make();
    Layout const layout = layout_of(machine, Language::Chinese);
    for (Arrow const& arrow : layout.arrows)
      for (auto const& line : arrow.lines)
        for (Box const& box : layout.boxes)
          if (machine.state(box.state).children.empty()) {
            EXPECT_FALSE(runs_through(line, box.area))
                << seed << ": a line from " << machine.state(arrow.from).id << " through "
                << machine.state(box.state).id;
          }
  }
}

TEST(LifecyclePicture, WritesNoWordsOnAState) {
  for (unsigned seed = 0; seed < machines; ++seed) {
    Definition const machine = RandomMachine(seed).make();
    Layout const layout = layout_of(machine, Language::English);
    for (Arrow const& arrow : layout.arrows)
      for (Box const& box : layout.boxes)
        if (arrow.label && machine.state(box.state).children.empty()) {
          EXPECT_FALSE(overlap(area_of(*arrow.label), box.area))
              << seed << ": " << arrow.label->label.lines.front() << " on " << machine.state(box.state).id;
        }
  }
}

TEST(LifecyclePicture, LeadsEveryLineFromItsStateToItsTarget) {
  for (unsigned seed = 0; seed < machines; ++seed) {
    Definition const machine = RandomMachine(seed).make();
    Layout const layout = layout_of(machine, Language::Chinese);
    auto const on_border = [&](Point point, std::size_t state) {
      Rectangle const& area = layout.boxes[state].area;
      bool const inside =
          point.x >= area.x && point.x <= area.right() && point.y >= area.y && point.y <= area.bottom();
      return inside &&
             (point.x == area.x || point.x == area.right() || point.y == area.y || point.y == area.bottom());
    };
    for (Arrow const& arrow : layout.arrows)
      for (std::size_t line = 0; line < arrow.lines.size(); ++line) {
        auto const& points = arrow.lines[line];
        auto const& targets =
            arrow.transition ? arrow.transition->targets : machine.state(arrow.from).initial;
        EXPECT_TRUE(on_border(points.front(), arrow.from)) << seed << " " << machine.state(arrow.from).id;
        EXPECT_TRUE(on_border(points.back(), targets[line]))
            << seed << " " << machine.state(targets[line]).id;
        for (std::size_t at = 1; at < points.size(); ++at)
          EXPECT_TRUE(points[at].x == points[at - 1].x || points[at].y == points[at - 1].y);
      }
  }
}

TEST(LifecyclePicture, ShowsTheWayFromIssueToCloseOutAsOneStraightLine) {
  for (Language const language : {Language::Chinese, Language::English}) {
    Definition const assignment = shipped("assignment");
    Layout const layout = layout_of(assignment, language);
    std::set<int> heights;
    int x = 0;
    for (char const* key : {"issued", "in_progress", "first_review", "verification", "publicity", "closed"}) {
      Box const& box = layout.boxes[assignment.find(std::string("assignment.closeout.") + key).value()];
      EXPECT_GT(box.area.x, x) << key;
      x = box.area.right();
      heights.insert(box.area.y);
    }
    EXPECT_EQ(heights.size(), 1);
    int straight = 0;
    for (Arrow const& arrow : layout.arrows)
      for (auto const& line : arrow.lines) straight += line.size() == 2 ? 1 : 0;
    EXPECT_GE(straight, 5);
  }
}

TEST(LifecyclePicture, IsTheSameEachTime) {
  for (char const* name : {"assignment", "task", "milestone"}) {
    Layout const one = layout_of(shipped(name), Language::Chinese);
    Layout const other = layout_of(shipped(name), Language::Chinese);
    ASSERT_EQ(one.arrows.size(), other.arrows.size());
    for (std::size_t arrow = 0; arrow < one.arrows.size(); ++arrow)
      EXPECT_EQ(one.arrows[arrow].lines, other.arrows[arrow].lines);
    EXPECT_EQ(one.width, other.width);
    EXPECT_EQ(one.height, other.height);
  }
}

}  // namespace
}  // namespace xiaohao::web::lifecycle
