#include "cli/vocabulary.hpp"

#include <iomanip>
#include <map>
#include <ostream>

#include "cli/arguments.hpp"
#include "engine/decision/actions.hpp"
#include "engine/decision/delays.hpp"
#include "engine/decision/guards.hpp"
#include "engine/json/document.hpp"
#include "workflows/rules.hpp"

namespace xiaohao::cli {
namespace {

using nlohmann::ordered_json;

ordered_json text_json(Text const& text) { return {{"zh", text.zh}, {"en", text.en}}; }

ordered_json to_json(decision::Guard const& guard) {
  return {{"name", guard.name}, {"params", ordered_json::array()}, {"meaning", text_json(guard.meaning)}};
}

ordered_json to_json(decision::Action const& action) {
  auto params = ordered_json::array();
  for (decision::Parameter const& parameter : action.parameters) {
    ordered_json described{{"name", parameter.name}};
    if (!parameter.values.empty()) described["values"] = parameter.values;
    params.push_back(std::move(described));
  }
  auto fields = ordered_json::array();
  for (decision::Field const& field : action.fields)
    fields.push_back({{"name", field.name}, {"required", field.required}, {"label", text_json(field.label)}});
  return {{"name", action.name},
          {"params", std::move(params)},
          {"meaning", text_json(action.meaning)},
          {"fields", std::move(fields)}};
}

/// `notify(occasion, audience: owner|head)`.
std::string signature(decision::Action const& action) {
  std::string text(action.name);
  if (action.parameters.empty()) return text;
  text += "(";
  for (decision::Parameter const& parameter : action.parameters) {
    if (text.back() != '(') text += ", ";
    text += parameter.name;
    for (std::size_t place = 0; place < parameter.values.size(); ++place)
      (text += place == 0 ? ": " : "|") += parameter.values[place];
  }
  return text + ")";
}

void line(std::ostream& out, std::string_view name, Text const& meaning) {
  out << "  " << std::left << std::setw(27) << name << " " << meaning.en << "  " << meaning.zh << "\n";
}

std::string roles_text(std::vector<decision::Permissions::Grant> const& grants, std::string const& what) {
  std::string text;
  for (auto const& grant : grants) {
    if (grant.what != what) continue;
    (text += text.empty() ? "" : ", ") += to_string(grant.role);
    if (grant.relation != decision::Relation::Any)
      (text += " (") += std::string(to_string(grant.relation)) + ")";
  }
  return text;
}

void print_grants(std::ostream& out, char const* heading,
                  std::vector<decision::Permissions::Grant> const& grants) {
  out << heading << "\n";
  std::string last;
  for (auto const& grant : grants) {
    if (grant.what != last)
      out << "  " << std::left << std::setw(20) << grant.what << " " << roles_text(grants, grant.what)
          << "\n";
    last = grant.what;
  }
}

ordered_json to_json(std::vector<decision::Permissions::Grant> const& grants) {
  auto rows = ordered_json::array();
  for (auto const& grant : grants)
    rows.push_back(
        {{"name", grant.what}, {"role", to_string(grant.role)}, {"relation", to_string(grant.relation)}});
  return rows;
}

}  // namespace

int print_vocabulary(std::ostream& out, bool as_json) {
  auto const delays = decision::delay_forms();
  if (as_json) {
    ordered_json all{{"guards", ordered_json::array()},
                     {"actions", ordered_json::array()},
                     {"delays", ordered_json::array()}};
    for (decision::Guard const& guard : decision::guards()) all["guards"].push_back(to_json(guard));
    for (decision::Action const& action : decision::actions()) all["actions"].push_back(to_json(action));
    for (auto const& [form, meaning] : delays)
      all["delays"].push_back({{"form", form}, {"meaning", text_json(meaning)}});
    out << all.dump() << "\n";
    return exit_done;
  }
  out << "Guards 条件\n";
  for (decision::Guard const& guard : decision::guards()) line(out, guard.name, guard.meaning);
  out << "\nActions 动作\n";
  for (decision::Action const& action : decision::actions()) {
    line(out, signature(action), action.meaning);
    for (decision::Field const& field : action.fields)
      out << "      " << field.name << (field.required ? "" : " (may be left out)") << "  " << field.label.zh
          << "\n";
  }
  out << "\nDelays 时限, beside milliseconds and P3D\n";
  for (auto const& [form, meaning] : delays) line(out, form, meaning);
  return exit_done;
}

int print_permissions(std::ostream& out, std::ostream& err, bool as_json) {
  auto const rules = workflows::shipped_rules();
  if (!rules) return report(err, "check", rules.error());
  auto const events = rules->permissions.events(), reads = rules->permissions.reads(),
             administration = rules->permissions.administration();
  if (as_json) {
    out << ordered_json{{"events", to_json(events)},
                        {"reads", to_json(reads)},
                        {"administration", to_json(administration)}}
               .dump()
        << "\n";
    return exit_done;
  }
  print_grants(out, "Who may send which event 谁可办理", events);
  print_grants(out, "\nWho may read what 谁可查看", reads);
  print_grants(out, "\nWho may change who is who 谁可维护组织与人员", administration);
  out << "\n  own: of his unit's items; leads: of shares that his unit leads; not_led: of lead shares, and "
         "those that no unit leads\n";
  return exit_done;
}

}  // namespace xiaohao::cli
