// Reads escalation policies. Every fault is found and named with its pointer; nothing is guessed.

#include <algorithm>
#include <set>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "notifications/step_reader.hpp"

namespace xiaohao::notifications {
namespace {

using json::Fields;
using json::Json;

class PolicyReader {
 public:
  Result<Policy> read(Json const& document) {
    Fields top(document, "");
    if (top.text("$schema") != "xiaohao-policy/1") top.fault("$schema", "must be xiaohao-policy/1");
    policy_.name = top.text("name");
    for (char const* others : {"description", "lights", "settings", "evidence", "appraisal"})
      top.ignore(others);
    Fields escalation(top.object("escalation"), "/escalation");
    read_quiet(escalation);
    read_bulletins(escalation);
    read_importance(escalation);
    read_texts(escalation);
    read_climb(escalation);
    read_occasions(escalation);
    read_heads(escalation);
    read_ladders(escalation);
    keep(escalation);
    keep(top);
    if (!faults_.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults_)});
    return std::move(policy_);
  }

 private:
  Policy policy_;
  std::vector<Fault> faults_;

  void keep(Fields& fields) {
    if (Result<void> const finished = fields.finish(); !finished)
      faults_.insert(faults_.end(), finished.error().faults.begin(), finished.error().faults.end());
  }

  void read_quiet(Fields& escalation) {
    Json const* const given = escalation.optional("quiet");
    if (!given) return;
    Fields fields(*given, escalation.pointer("quiet"));
    Quiet& quiet = policy_.quiet;
    quiet.from = time_of_day(fields, "from", quiet.from);
    quiet.to = time_of_day(fields, "to", quiet.to);
    quiet.morning = time_of_day(fields, "morning", quiet.morning);
    quiet.rest_days = fields.boolean_or("rest_days", true);
    bool const at_night = quiet.from > quiet.to ? quiet.morning >= quiet.from || quiet.morning < quiet.to
                                                : quiet.morning >= quiet.from && quiet.morning < quiet.to;
    if (at_night) fields.fault("morning", "lies in the quiet hours");
    keep(fields);
  }

  void read_bulletins(Fields& escalation) {
    Json const* const given = escalation.optional("bulletins");
    if (!given) return;
    Fields fields(*given, escalation.pointer("bulletins"));
    policy_.bulletins.day_of_month = static_cast<int>(fields.integer("day_of_month", 1, 28));
    policy_.bulletins.time = time_of_day(fields, "at", policy_.bulletins.time);
    keep(fields);
  }

  void read_importance(Fields& escalation) {
    Json const* const given = escalation.optional("importance");
    if (!given) return;
    Fields fields(*given, escalation.pointer("importance"));
    for (auto const& [name, rows] : escalation.object("importance").items())
      policy_.importance.emplace(name, fields.integers(name, 1, 100'000));
    keep(fields);
  }

  Text text(Fields& parent, std::string_view name) {
    Fields fields(parent.object(name), parent.pointer(name));
    Text text{fields.text("zh"), fields.text("en")};
    for (auto const& [language, pattern] : {std::pair{"zh", &text.zh}, std::pair{"en", &text.en}})
      if (std::string const fault = fault_of(*pattern); !fault.empty()) fields.fault(language, fault);
    keep(fields);
    return text;
  }

  void read_texts(Fields& escalation) {
    for (auto const& [name, given] : escalation.object("texts").items()) {
      Fields fields(given, json::join_pointer(escalation.pointer("texts"), name));
      Wording wording{text(fields, "subject"), text(fields, "body")};
      keep(fields);
      policy_.texts.emplace(name, std::move(wording));
    }
  }

  void read_climb(Fields& escalation) {
    Fields fields(escalation.object("climb"), escalation.pointer("climb"));
    for (auto const& [name, given] : escalation.object("climb").items()) {
      auto const from = audience_named(name);
      if (!from) fields.fault(name, no_audience(name));
      std::string const higher = fields.text(name);
      auto const to = audience_named(higher);
      bool const without_a_name = to && addressee_named(higher);
      if (!without_a_name) fields.fault(name, no_audience(higher));
      if (from && without_a_name) policy_.climb.emplace(*from, *to);
    }
    for (auto const& [from, to] : policy_.climb) {
      Audience at = from;
      std::size_t climbed = 0;
      for (auto next = policy_.climb.find(at); next != policy_.climb.end(); next = policy_.climb.find(at)) {
        at = next->second;
        if (++climbed > policy_.climb.size()) {
          fields.fault(to_string(from), "leads round in a circle");
          break;
        }
      }
    }
    keep(fields);
  }

  void read_occasions(Fields& escalation) {
    for (auto const& [name, given] : escalation.object("occasions").items()) {
      Fields fields(given, json::join_pointer(escalation.pointer("occasions"), name));
      OccasionRule rule{channels_of(fields), pace_of(fields), text_of(fields, name, policy_)};
      keep(fields);
      policy_.occasions.emplace(name, std::move(rule));
    }
    if (!policy_.occasions.contains("other"))
      escalation.fault("occasions",
                       "must have `other`, for occasions that a lifecycle names and this list does not");
  }

  void read_heads(Fields& escalation) {
    Json const* const given = escalation.optional("heads");
    if (!given) return;
    Fields fields(*given, escalation.pointer("heads"));
    policy_.heads = {channels_of(fields), pace_of(fields), ""};
    keep(fields);
  }

  void read_ladders(Fields& escalation) {
    std::size_t place = 0;
    for (Json const& given : escalation.array("ladders")) {
      Fields fields(given, json::join_pointer(escalation.pointer("ladders"), place++));
      LadderSteps ladder;
      ladder.name = fields.text("name");
      Fields applies(fields.object("applies_to"), fields.pointer("applies_to"));
      for (std::string const& name : applies.texts("kinds")) {
        if (auto const kind = item_kind_named(name))
          ladder.kinds.push_back(*kind);
        else
          applies.fault("kinds", name + " is no kind of item");
      }
      ladder.campaigns = applies.texts("campaigns");
      for (std::string const& name : applies.texts("roles")) {
        if (auto const role = unit_role_named(name))
          ladder.roles.push_back(*role);
        else
          applies.fault("roles", name + " is no role of a unit; known are Lead, Support");
      }
      ladder.importance = applies.texts("importance");
      for (std::string const& name : ladder.importance)
        if (!policy_.importance.contains(name))
          applies.fault("importance", "there is no importance " + name + " in /escalation/importance");
      keep(applies);
      std::set<std::string> ids;
      std::size_t index = 0;
      for (Json const& one : fields.array("steps")) {
        Fields step_fields(one, json::join_pointer(fields.pointer("steps"), index++));
        std::vector<Step> const steps = read_steps(step_fields, policy_);
        if (!ids.insert(steps.front().id).second)
          step_fields.fault("id", steps.front().id + " stands twice in this ladder");
        ladder.steps.insert(ladder.steps.end(), steps.begin(), steps.end());
        keep(step_fields);
      }
      keep(fields);
      policy_.ladders.push_back(std::move(ladder));
    }
  }
};

}  // namespace

Result<Policy> read_policy(Json const& document) { return PolicyReader().read(document); }

}  // namespace xiaohao::notifications
