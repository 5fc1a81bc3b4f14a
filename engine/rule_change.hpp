#pragma once

// Changing the rules of a running year: a new calendar, policy or phrase. What it means for what is open is
// computed first; carrying it out does that and nothing else.
//
//     Effects const effects = effects_of(*reader, {before, after, phrases}, now).value();   // shown
//     change_rules(store, {before, after, phrases}, documents, actor, {now, now});           // done
//
// No notice is sent by a change: steps of a ladder that have gone by under the new rules are not made up for,
// and those to come are among the effects.

#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/decision/light.hpp"
#include "engine/decision/rules.hpp"
#include "engine/domain/command.hpp"
#include "engine/store/store.hpp"

namespace xiaohao {

/// A phrase that takes the place of an item's own. A task's goes to its shares as well, but those that have a
/// due date of their own by now.
struct PhraseChange {
  ItemId item;
  std::string phrase;
};

struct RuleChange {
  decision::Rules const& before;
  decision::Rules const& after;
  std::vector<PhraseChange> phrases;
};

struct DueChange {
  WorkItem item;  ///< as it stands before
  Date after;
  std::string phrase;
  Text reason;
};

struct LightChange {
  WorkItem item;
  decision::Light before, after;
  Text reason;
};

/// A step of a ladder that is to come at another time, is new, is no more, or goes to others.
struct StepChange {
  WorkItem item;
  std::string step;
  std::optional<Instant> before, after;
  std::vector<Username> recipients;  ///< of the step as it will be, else as it was
};

struct Effects {
  std::vector<DueChange> dues;
  std::vector<LightChange> lights;
  std::vector<StepChange> steps;
};

/// What `change` means for the open items of `reader`, by id. A due date follows the calendar and the policy
/// where it is what its phrase means by the rules before; one that was extended stays. Refuses, with a
/// pointer `/phrases/N`: items that are not there or not open, phrases that cannot be read, name no day, or
/// recur.
Result<Effects> effects_of(store::Reader const& reader, RuleChange const& change, Instant now);

/// Carries `change` out inside a transaction that somebody else commits, or that nobody does: a rehearsal's.
/// `documents` are kept under their names, as `rules/calendar`, and in the entry `rules.changed`.
Result<Effects> change_rules_within(store::Transaction& transaction, RuleChange const& change,
                                    std::map<std::string, nlohmann::json> const& documents,
                                    Actor const& actor, Moment moment);

/// The same in one transaction of its own. Refuses (Forbidden) an actor to whom the permission table does not
/// give `rules.change`. `decided` is called inside the transaction, when all else is done.
Result<Effects> change_rules(store::Store& store, RuleChange const& change,
                             std::map<std::string, nlohmann::json> const& documents, Actor const& actor,
                             Moment moment, std::function<void()> const& decided = {});

}  // namespace xiaohao
