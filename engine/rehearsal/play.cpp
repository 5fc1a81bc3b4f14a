#include "engine/rehearsal/play.hpp"

#include <algorithm>
#include <queue>

#include "engine/decision/light.hpp"
#include "engine/execution.hpp"
#include "engine/json/document.hpp"
#include "engine/rehearsal/cast.hpp"

namespace xiaohao::rehearsal {
namespace {

/// A digest that no file has: in a rehearsal nobody looks at the evidence.
constexpr char const* rehearsed_sha256 = "0000000000000000000000000000000000000000000000000000000000000000";
constexpr int progress_short_of_done = 95;

struct Later {
  bool operator()(Act const& left, Act const& right) const {
    return std::tie(left.at, left.item) > std::tie(right.at, right.item);
  }
};

class Player {
 public:
  Player(Stage& stage, Terms const& terms)
      : stage_(stage), terms_(terms), cast_(terms.scenario, terms.seed, terms.rules, stage) {
    for (WorkItem const& item : stage_.all_items()) {
      plan_next(item, terms_.from);
      if (item.definition.unit && item.status.due) watched_.push_back(item.id());
    }
    met_ = stage_.all_items().size();
    std::stable_sort(watched_.begin(), watched_.end(), [&](ItemId left, ItemId right) {
      return stage_.known_item(left).status.due > stage_.known_item(right).status.due;
    });
  }

  Play play() {
    for (Date day = local_date(terms_.from); day <= terms_.last_day; day = add_days(day, 1)) {
      Instant const night = end_of_day(day) - Duration{1};
      play_until(night);
      look_at_lights(day, night);
    }
    return std::move(play_);
  }

 private:
  Stage& stage_;
  Terms const& terms_;
  Cast cast_;
  std::priority_queue<Act, std::vector<Act>, Later> acts_;
  std::vector<ItemId> watched_;  ///< with due dates still to come, the next one last
  std::vector<ItemId> past_due_;
  std::size_t met_ = 0;  ///< items that were planned for: recurring duties make more of them
  Play play_;

  void plan_next(WorkItem const& item, Instant now) {
    if (auto act = cast_.next_act(item, now)) acts_.push(std::move(*act));
  }

  void meet_new_items(Instant now) {
    for (; met_ < stage_.all_items().size(); ++met_) {
      WorkItem const& item = stage_.all_items()[met_];
      plan_next(item, now);
      if (!item.definition.unit || !item.status.due) continue;
      auto const later = [&](ItemId other, Date due) { return *stage_.known_item(other).status.due >= due; };
      watched_.insert(std::lower_bound(watched_.begin(), watched_.end(), *item.status.due, later), item.id());
    }
  }

  void play_until(Instant until) {
    for (;;) {
      std::optional<Timer> const timer = stage_.first_timer();
      bool const timer_due = timer && timer->due <= until;
      if (timer_due && (acts_.empty() || timer->due <= acts_.top().at)) {
        fire(*timer);
      } else if (!acts_.empty() && acts_.top().at <= until) {
        Act const act = acts_.top();
        acts_.pop();
        perform(act);
      } else {
        return;
      }
    }
  }

  void fire(Timer const& timer) {
    Instant const recorded_at = std::max(timer.due, terms_.from);
    Execution execution(stage_, terms_.rules, stage_.people(), recorded_at);
    execution.fire(timer);
    ++play_.timers;
    if (timer.kind == "after") plan_next(stage_.known_item(timer.item), recorded_at);
    meet_new_items(recorded_at);
  }

  void perform(Act const& act) {
    WorkItem const& item = stage_.known_item(act.item);
    if (item.status.version == act.version && !carry_out(act)) {
      std::string const unit = item.definition.unit->value();
      play_.nobody_to_act[{act.event, unit}].insert(act.item);
      return;  // and so it waits for ever, as it would
    }
    plan_next(item, act.at);
    meet_new_items(act.at);
  }

  bool carry_out(Act const& act) {
    nlohmann::json payload = nlohmann::json::object();
    std::string event = act.event;
    switch (act.what) {
      case Act::What::Accept:
        break;
      case Act::What::Report: {
        WorkItem const& item = stage_.known_item(act.item);
        int const planned =
            decision::planned_progress(item, act.at, terms_.rules.lights, terms_.rules.calendar) / 100;
        payload["progress"] = std::max(item.status.progress / 100, std::min(planned, progress_short_of_done));
        break;
      }
      case Act::What::Apply:
        if (!send(
                act, "evidence.attach",
                {{"sha256", rehearsed_sha256}, {"name", "预演"}, {"size", 1}, {"media_type", "text/plain"}}))
          return false;
        payload["summary"] = "预演";
        break;
      case Act::What::Decide:
        if (act.returns) {
          event = returning(act.event);
          payload["reason"] = "预演";
        }
        break;
    }
    return send(act, event, payload);
  }

  /// By the first person whom the engine lets do it.
  bool send(Act const& act, std::string const& event, nlohmann::json const& payload) {
    Execution execution(stage_, terms_.rules, stage_.people(), act.at);
    for (Participant const* person : cast_.able(stage_.known_item(act.item), event)) {
      std::int64_t const seen = stage_.known_item(act.item).status.version;
      Command const command{act.item, event, payload, Actor::person(person->username), seen, ""};
      ++play_.commands;
      Result<WorkItem> const done = execution.run(command, act.at);
      if (done) return true;
      if (done.error().reason != Reason::Forbidden) return false;
    }
    return false;
  }

  void look_at_lights(Date day, Instant night) {
    while (!watched_.empty() && *stage_.known_item(watched_.back()).status.due < day) {
      past_due_.push_back(watched_.back());
      watched_.pop_back();
    }
    std::erase_if(past_due_, [&](ItemId id) { return !stage_.known_item(id).status.open(); });
    for (ItemId const id : past_due_) {
      WorkItem const& item = stage_.known_item(id);
      auto const light = decision::light_of(item, night, terms_.rules.lights, terms_.rules.calendar);
      if (light.light != decision::Light::Red) continue;
      RedDays& red = play_.red[*item.definition.unit];
      ++red.days;
      red.items.insert(id);
    }
  }
};

}  // namespace

Play play(Stage& stage, Terms const& terms) { return Player(stage, terms).play(); }

}  // namespace xiaohao::rehearsal
