#include "notifications/step_reader.hpp"

#include <algorithm>

#include "engine/domain/channel_names.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::notifications {
namespace {

using json::Fields;
using json::Json;

/// Offsets beyond this are mistakes: a ladder lives around its due date.
constexpr int offset_days_max = 400;
constexpr int offset_hours_max = 24 * offset_days_max;
constexpr int repeats_max = 50;
constexpr int bulletins_max = 12;

template <class Value>
Value one_of(Fields& fields, std::string_view name, Value otherwise,
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

std::vector<Addressee> addressees(Fields& fields, std::string_view name) {
  std::vector<Addressee> found;
  for (std::string const& text : fields.texts(name)) {
    if (auto const one = addressee_named(text))
      found.push_back(*one);
    else
      fields.fault(name, no_audience(text));
  }
  return found;
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
  parent.include(fields.finish());
  return offset;
}

std::string known_channels() {
  std::string known;
  for (ChannelName const& channel : channel_names)
    known += (known.empty() ? "" : ", ") + std::string(channel.name);
  return known;
}

std::optional<decision::Light> light_of(Fields& fields, std::string_view name, std::string const& text) {
  auto const light = decision::light_named(text);
  if (!light) fields.fault(name, text + " is no light; known are green, yellow, red");
  return light;
}

Watch read_watch(Fields& parent, Json const& given) {
  Fields fields(given, parent.pointer("watch"));
  Watch watch;
  watch.light = light_of(fields, "light", fields.text("light")).value_or(watch.light);
  bool const in_a_row = fields.has("bulletins_in_a_row");
  if (in_a_row == fields.has("bulletins_in_a_quarter"))
    parent.fault("watch", "must have one of bulletins_in_a_row, bulletins_in_a_quarter");
  else
    watch.times = static_cast<int>(fields.integer(in_a_row ? "bulletins_in_a_row" : "bulletins_in_a_quarter",
                                                  1, in_a_row ? bulletins_max : 3));
  watch.in_a_row = in_a_row;
  parent.include(fields.finish());
  return watch;
}

Condition read_condition(Fields& parent) {
  Condition condition;
  Json const* const given = parent.optional("only_if");
  if (!given) return condition;
  Fields fields(*given, parent.pointer("only_if"));
  for (std::string const& name : fields.texts("lights"))
    if (auto const light = light_of(fields, "lights", name)) condition.lights.push_back(*light);
  condition.stages = fields.texts("stages");
  if (fields.has("progress_below"))
    condition.progress_below = static_cast<int>(fields.integer("progress_below", 1, 100)) * 100;
  if (fields.has("accepted")) condition.accepted = fields.boolean_or("accepted", true);
  if (fields.has("returns_at_least"))
    condition.returns_at_least = static_cast<int>(fields.integer("returns_at_least", 1, 100));
  if (condition.empty())
    parent.fault("only_if", "must name lights, stages, progress_below, accepted or returns_at_least");
  parent.include(fields.finish());
  return condition;
}

void read_stops(Fields& fields, Step& step) {
  for (std::string const& name : fields.texts("stops")) {
    if (name == "acknowledged")
      step.stops.push_back(Stop::Acknowledged);
    else if (name == "reported")
      step.stops.push_back(Stop::Reported);
    else if (name == "extension_pending")
      step.stops.push_back(Stop::ExtensionPending);
    else if (name != "applied" && name != "closed")  // these always do; a policy may say so
      fields.fault(
          "stops",
          name + " is no stop; known are acknowledged, reported, extension_pending, applied, closed");
  }
}

void add_repeats(Fields& fields, std::vector<Step>& steps) {
  Json const* const given = fields.optional("repeat");
  if (!given) return;
  Step const step = steps.front();
  Fields repeat(*given, fields.pointer("repeat"));
  Offset const every = read_offset(repeat, "every");
  int const times = static_cast<int>(repeat.integer("times", 1, repeats_max));
  if (step.watch) fields.fault("repeat", "a step that watches bulletins does not repeat");
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
  fields.include(repeat.finish());
}

}  // namespace

std::chrono::minutes time_of_day(Fields& fields, std::string_view name, std::chrono::minutes otherwise) {
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

std::string no_audience(std::string_view name) {
  return std::string(name) +
         " is no audience; known are owner, head, supervising_leader, coordinator, leadership, inspector, "
         "first_reviewer, all_owners, group:ID, unit:ID";
}

std::vector<std::string> channels_of(Fields& fields) {
  std::vector<std::string> names = fields.texts("channels");
  if (names.empty()) fields.fault("channels", "must name at least one channel");
  for (std::string const& name : names)
    if (!is_channel(name)) fields.fault("channels", name + " is no channel; known are " + known_channels());
  return names;
}

Pace pace_of(Fields& fields) {
  return one_of<Pace>(fields, "pace", Pace::Morning,
                      {{"morning", Pace::Morning}, {"prompt", Pace::Prompt}, {"urgent", Pace::Urgent}});
}

std::string text_of(Fields& fields, std::string_view otherwise, Policy const& policy) {
  std::string name = fields.text_or("text", otherwise);
  if (!policy.texts.contains(name))
    fields.fault("text", "there is no text " + name + " in /escalation/texts");
  return name;
}

std::vector<Step> read_steps(Fields& fields, Policy const& policy) {
  Step step;
  step.id = fields.text("id");
  if (step.id.find_first_of("/#") != std::string::npos) fields.fault("id", "must not contain / or #");
  step.kind = fields.text("kind");
  if (Json const* const watch = fields.optional("watch")) {
    step.watch = read_watch(fields, *watch);
    if (fields.has("offset")) fields.fault("offset", "a step that watches bulletins has none");
    fields.ignore("offset");
  } else {
    step.offset = read_offset(fields, "offset");
  }
  step.time_of_day = time_of_day(fields, "at", policy.quiet.morning);
  step.to = addressees(fields, "to");
  if (step.to.empty()) fields.fault("to", "must name at least one audience");
  step.copy = addressees(fields, "copy");
  step.channels = channels_of(fields);
  step.pace = pace_of(fields);
  step.text = text_of(fields, step.kind, policy);
  step.misfire =
      one_of<Misfire>(fields, "misfire", Misfire::Apply,
                      {{"apply", Misfire::Apply}, {"skip", Misfire::Skip}, {"fold", Misfire::Fold}});
  step.acknowledge = one_of<Acknowledge>(fields, "acknowledge", Acknowledge::Every,
                                         {{"every", Acknowledge::Every}, {"one", Acknowledge::One}});
  step.only_if = read_condition(fields);
  read_stops(fields, step);
  std::vector<Step> steps{std::move(step)};
  add_repeats(fields, steps);
  return steps;
}

}  // namespace xiaohao::notifications
