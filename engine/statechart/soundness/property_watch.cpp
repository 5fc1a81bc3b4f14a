#include "engine/statechart/soundness/property_watch.hpp"

namespace xiaohao::statechart::soundness {

PropertyWatch::PropertyWatch(Definition const& definition, std::vector<Property> const& properties)
    : definition_(definition) {
  Memory bit = 1;
  for (Property const& property : properties) {
    if (property.kind == PropertyKind::StaysReachable) continue;
    bool const remembers = property.kind == PropertyKind::DemandsEarlier;
    watched_.push_back({&property, Matcher(definition, property.when), Matcher(definition, property.demands),
                        Matcher(definition, property.since), remembers ? bit : 0, std::nullopt});
    if (remembers) bit <<= 1;  // the loader allows no more than there are bits
  }
}

Memory PropertyWatch::see(Memory before, Observation const& seen, std::optional<std::size_t> from) {
  Memory after = before;
  for (Watched& watched : watched_) {
    bool const undone = watched.since(seen);
    // A step that undoes it cannot rest on what was shown before: whoever reopens and closes at once has
    // shown nothing.
    bool const there = watched.demands(seen) || ((before & watched.bit) != 0 && !undone);
    if (!there && !watched.broken && watched.when(seen))
      watched.broken =
          Watched::Broken{from, seen.delay.empty() ? seen.event : "after " + seen.delay,
                          shown(definition_, seen.step.configuration),
                          seen.step.transitions.empty() ? "" : seen.step.transitions.front()->pointer};
    if (watched.bit != 0) after = there && !undone ? after | watched.bit : after & ~watched.bit;
  }
  return after;
}

std::vector<Flaw> PropertyWatch::broken(Explored const& explored) const {
  std::vector<Flaw> found;
  for (Watched const& watched : watched_) {
    if (!watched.broken) continue;
    auto const& broken = *watched.broken;
    std::string const path =
        broken.from ? path_to(definition_, explored, *broken.from) + " —" + broken.cause + "→ " + broken.to
                    : broken.to;
    Text const& text = watched.property->text;
    found.push_back({broken.pointer,
                     {text.zh + "（" + watched.property->id + "）",
                      text.en + " (" + watched.property->id + "), but this step does not keep it"},
                     path});
  }
  return found;
}

std::vector<Flaw> misnamed(Definition const& definition, std::span<Property const> properties) {
  std::vector<Flaw> found;
  for (Property const& property : properties)
    for (auto const* names :
         {&property.when.enters, &property.when.leaves, &property.demands.enters, &property.demands.leaves,
          &property.since.enters, &property.since.leaves, &property.reachable, &property.unless})
      for (StateName const& name : unknown_names(definition, *names))
        found.push_back({property.pointer,
                         {"没有状态名为或标为 " + name,
                          "names " + name + ", which is no state's tag; write a tag, or # and a state's id"},
                         ""});
  return found;
}

}  // namespace xiaohao::statechart::soundness
