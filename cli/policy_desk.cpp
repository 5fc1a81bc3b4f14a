#include "cli/policy_desk.hpp"

#include "cli/changed_rules.hpp"
#include "cli/kept_rules.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* shipped_name = "policies/escalation.json";

struct Proposed {
  nlohmann::json document;
  InstalledRules rules;
};

/// The rules in force with the section `escalation` of `text` in place of their own.
Result<Proposed> proposed(store::Reader const& reader, std::string_view text) {
  Result<nlohmann::json> document = json::read(text);
  if (!document) return tl::unexpected(document.error());
  if (!document->is_object() || !document->contains("escalation"))
    return malformed("/escalation", "is missing: the whole policy is wanted, as it is in force");
  Result<InstalledRules> in_force = rules_in_force(reader);
  if (!in_force) return tl::unexpected(in_force.error());
  Result<InstalledRules> changed = with_policy(std::move(*in_force), *document);
  if (!changed) return tl::unexpected(changed.error());
  return Proposed{std::move(*document), std::move(*changed)};
}

}  // namespace

std::string LivePolicyDesk::in_force() const {
  std::string const text = engine_.store()
                               .read()
                               ->definition(kept_escalation)
                               .value_or(std::string(workflows::shipped(shipped_name).value_or("{}")));
  Result<json::OrderedJson> const document = json::read_ordered(text);
  return document ? document->dump(1) : text;
}

Result<web::PolicyDesk::Proposal> LivePolicyDesk::propose(std::string_view document) const {
  auto const reader = engine_.store().read();
  Result<Proposed> changed = proposed(*reader, document);
  if (!changed) return tl::unexpected(changed.error());
  auto rules = std::make_shared<decision::Rules const>(std::move(changed->rules.rules));
  Result<Effects> effects = effects_of(*reader, {engine_.rules(), *rules, {}}, engine_.now());
  if (!effects) return tl::unexpected(effects.error());
  return Proposal{std::move(rules), std::move(*effects)};
}

Result<Effects> LivePolicyDesk::adopt(std::string_view document, Username const& who) {
  Result<Proposed> changed = proposed(*engine_.store().read(), document);
  if (!changed) return tl::unexpected(changed.error());
  auto const after = std::make_shared<decision::Rules const>(changed->rules.rules);
  Instant const now = engine_.now();
  // What has fallen due by now goes by the rules before.
  if (auto const advanced = engine_.advance(now); !advanced) return tl::unexpected(advanced.error());
  std::shared_ptr<decision::Rules const> before;
  Result<Effects> done =
      change_rules(engine_.store(), {engine_.rules(), *after, {}}, kept_policy(changed->document),
                   Actor::person(who), {now, clock_.now()}, [&] { before = engine_.put_in_force(after); });
  if (done)
    adopted_(changed->rules.ladder);
  else if (before)
    engine_.put_in_force(before);
  return done;
}

}  // namespace xiaohao::cli
