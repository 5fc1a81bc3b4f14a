#include "engine/statechart/unrolled.hpp"

namespace xiaohao::statechart {

Turn Unrolled::begin(GuardEvaluator const& guard) {
  Turn first = initial(definition_, guard);
  at_ = place(first ? first->configuration : Configuration{});
  return first;
}

Unrolled::EventIndex Unrolled::event(std::string const& name) {
  auto const [known, fresh] = events_.emplace(name, names_.size());
  if (fresh) names_.push_back(name);
  return known->second;
}

Unrolled::Place* Unrolled::place(Configuration const& configuration) {
  Key key{configuration.active, configuration.history, configuration.done, configuration.entered};
  return &places_.try_emplace(std::move(key), Place{configuration, {}}).first->second;
}

Unrolled::Node& Unrolled::work_out(EventIndex event, GuardEvaluator const& guard) {
  if (nodes_.size() >= nodes_max_) {
    Configuration const here = at_->configuration;
    nodes_.clear();
    places_.clear();
    at_ = place(here);
  }
  std::vector<std::pair<Call const*, bool>> asked;
  Turn turn = step(definition_, at_->configuration, names_[event], [&](Call const& call) {
    asked.emplace_back(&call, guard(call));
    return asked.back().second;
  });
  if (at_->by_event.size() <= event) at_->by_event.resize(event + 1);
  Node** slot = &at_->by_event[event];
  for (auto const& [call, answer] : asked) {
    if (!*slot) *slot = &nodes_.emplace_back();
    (*slot)->asked = call;
    slot = &(*slot)->answers[answer ? 1 : 0];
  }
  *slot = &nodes_.emplace_back();
  (*slot)->to = turn ? place(turn->configuration) : at_;
  (*slot)->turn = std::move(turn);
  return **slot;
}

}  // namespace xiaohao::statechart
