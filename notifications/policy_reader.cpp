// Reads escalation policies. Every fault is found and named with its pointer; nothing is guessed.

#include <algorithm>
#include <set>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "notifications/policy.hpp"

namespace xiaohao::notifications {
namespace {

using json::Fields;
using json::Json;

/// Offsets beyond this are mistakes: a ladder lives around its due date.
constexpr int offset_days_max = 400;
constexpr int offset_hours_max = 24 * offset_days_max;
constexpr int repeats_max = 50;

class PolicyReader {
 public:
  Result<Policy> read(Json const& document) {
    Fields top(document, "");
    if (top.text("$schema") != "xiaohao-policy/1") top.fault("$schema", "must be xiaohao-policy/1");
    policy_.name = top.text("name");
    for (char const* others : {"description", "lights", "settings", "appraisal"}) top.ignore(others);
    Fields escalation(top.object("escalation"), "/escalation");
    read_quiet(escalation);
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

  static std::chrono::minutes time_of_day(Fields& fields, std::string_view name,
                                          std::chrono::minutes otherwise) {
    if (!fields.has(name)) return otherwise;
    std::string const text = fields.text(name);
    auto const digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
      int const hour = (text[0] - '0') * 10 + text[1] - '0';
      int const minute = (text[3] - '0') * 10 + text[4] - '0';
      if (hour < 24 && minute < 60) return std::chrono::minutes{hour * 60 + minute};
    }
    fields.fault(name, "must be a time of day, as 08:37");
    return otherwise;
  }

  template <class Value>
  static Value one_of(Fields& fields, std::string_view name, Value otherwise,
                      std::initializer_list<std::pair<std::string_view, Value>> choices) {
    if (!fields.has(name)) return otherwise;
    std::string const text = fields.text(name);
    std::string known;
    for (auto const& [choice, value] : choices) {
      if (choice == text) return value;
      known += (known.empty() ? "" : ", ") + std::string(choice);
    }
    fields.fault(name, "must be one of " + known);
    return otherwise;
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

  std::optional<Audience> audience(Fields& fields, std::string_view name, std::string const& text) {
    auto const found = audience_named(text);
    if (!found)
      fields.fault(name,
                   text +
                       " is no audience; known are owner, head, supervising_leader, coordinator, leadership, "
                       "inspector, first_reviewer, all_owners");
    return found;
  }

  std::vector<Audience> audiences(Fields& fields, std::string_view name) {
    std::vector<Audience> found;
    for (std::string const& text : fields.texts(name))
      if (auto const one = audience(fields, name, text)) found.push_back(*one);
    return found;
  }

  void read_climb(Fields& escalation) {
    Fields fields(escalation.object("climb"), escalation.pointer("climb"));
    for (auto const& [name, given] : escalation.object("climb").items()) {
      auto const from = audience(fields, name, name);
      auto const to = audience(fields, name, fields.text(name));
      if (from && to) policy_.climb.emplace(*from, *to);
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

  std::vector<std::string> channels(Fields& fields) {
    std::vector<std::string> names = fields.texts("channels");
    if (names.empty()) fields.fault("channels", "must name at least one channel");
    for (std::string const& name : names)
      if (!is_channel(name))
        fields.fault("channels",
                     name + " is no channel; known are inbox, mail, wecom, dingtalk, feishu, webhook, print");
    return names;
  }

  std::string text_name(Fields& fields, std::string_view otherwise) {
    std::string name = fields.text_or("text", otherwise);
    if (!policy_.texts.contains(name))
      fields.fault("text", "there is no text " + name + " in /escalation/texts");
    return name;
  }

  Pace pace(Fields& fields) {
    return one_of<Pace>(fields, "pace", Pace::Morning,
                        {{"morning", Pace::Morning}, {"prompt", Pace::Prompt}, {"urgent", Pace::Urgent}});
  }

  void read_occasions(Fields& escalation) {
    for (auto const& [name, given] : escalation.object("occasions").items()) {
      Fields fields(given, json::join_pointer(escalation.pointer("occasions"), name));
      OccasionRule rule{channels(fields), pace(fields), text_name(fields, name)};
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
    policy_.heads = {channels(fields), pace(fields), ""};
    keep(fields);
  }

  Offset read_offset(Fields& parent, std::string_view name) {
    Fields fields(parent.object(name), parent.pointer(name));
    Offset offset;
    int given = 0;
    struct Named {
      char const* name;
      Offset::Unit unit;
      int max;
    };
    for (Named const& unit : {Named{"working_days", Offset::Unit::WorkingDays, offset_days_max},
                              Named{"days", Offset::Unit::Days, offset_days_max},
                              Named{"hours", Offset::Unit::Hours, offset_hours_max}}) {
      if (!fields.has(unit.name)) continue;
      ++given;
      offset = {unit.unit, static_cast<int>(fields.integer(unit.name, -unit.max, unit.max))};
    }
    if (given != 1) parent.fault(name, "must be one of working_days, days, hours");
    keep(fields);
    return offset;
  }

  Step read_step(Fields& fields) {
    Step step;
    step.id = fields.text("id");
    if (step.id.find_first_of("/#") != std::string::npos) fields.fault("id", "must not contain / or #");
    step.kind = fields.text("kind");
    step.offset = read_offset(fields, "offset");
    step.time_of_day = time_of_day(fields, "at", policy_.quiet.morning);
    step.to = audiences(fields, "to");
    if (step.to.empty()) fields.fault("to", "must name at least one audience");
    step.copy = audiences(fields, "copy");
    step.channels = channels(fields);
    step.pace = pace(fields);
    step.text = text_name(fields, step.kind);
    step.misfire =
        one_of<Misfire>(fields, "misfire", Misfire::Apply,
                        {{"apply", Misfire::Apply}, {"skip", Misfire::Skip}, {"fold", Misfire::Fold}});
    for (std::string const& name : fields.texts("stops")) {
      if (name == "acknowledged")
        step.stops.push_back(Stop::Acknowledged);
      else if (name == "reported")
        step.stops.push_back(Stop::Reported);
      else if (name != "applied" && name != "closed")  // these always do; a policy may say so
        fields.fault("stops", name + " is no stop; known are acknowledged, reported, applied, closed");
    }
    return step;
  }

  /// A repeat is a step of its own, later by as much, and needless once the first is acknowledged.
  void add_repeats(Fields& fields, Step const& step, std::vector<Step>& steps) {
    Json const* const given = fields.optional("repeat");
    if (!given) return;
    Fields repeat(*given, fields.pointer("repeat"));
    Offset const every = read_offset(repeat, "every");
    int const times = static_cast<int>(repeat.integer("times", 1, repeats_max));
    if (every.unit != step.offset.unit) repeat.fault("every", "must have the unit of the step's own offset");
    if (every.count <= 0) repeat.fault("every", "must be later than the step, not earlier");
    for (int time = 2; time <= times + 1; ++time) {
      Step again = step;
      again.id += "#" + std::to_string(time);
      again.offset.count += every.count * (time - 1);
      if (std::find(again.stops.begin(), again.stops.end(), Stop::Acknowledged) == again.stops.end())
        again.stops.push_back(Stop::Acknowledged);
      steps.push_back(std::move(again));
    }
    keep(repeat);
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
      keep(applies);
      std::set<std::string> ids;
      std::size_t index = 0;
      for (Json const& one : fields.array("steps")) {
        Fields step_fields(one, json::join_pointer(fields.pointer("steps"), index++));
        Step const step = read_step(step_fields);
        if (!ids.insert(step.id).second) step_fields.fault("id", step.id + " stands twice in this ladder");
        ladder.steps.push_back(step);
        add_repeats(step_fields, step, ladder.steps);
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
