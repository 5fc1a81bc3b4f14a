#include "workflows/policy.hpp"

#include <algorithm>

#include "workflows/reading.hpp"

namespace xiaohao::workflows {
namespace {

int number(json::Fields& fields, std::string_view name, int min, int max) {
  return static_cast<int>(fields.integer(name, min, max));
}

decision::LightPolicy read_lights(json::Fields& fields) {
  decision::LightPolicy lights;
  lights.due_soon_days = number(fields, "due_soon_days", 0, 366);
  lights.gap = number(fields, "gap_basis_points", 1, complete);
  lights.unsigned_working_days = number(fields, "unsigned_working_days", 0, 250);
  lights.due_soon_working_days = fields.boolean_or("due_soon_working_days", false);
  lights.pace_working_days = fields.boolean_or("pace_working_days", false);
  if (fields.has("lead_weight")) lights.lead_weight = number(fields, "lead_weight", 1, 1000);
  if (fields.has("support_weight")) lights.support_weight = number(fields, "support_weight", 1, 1000);
  return lights;
}

decision::Settings read_settings(json::Fields& fields) {
  decision::Settings settings;
  settings.publicity_days = number(fields, "publicity_days", 0, 366);
  if (!fields.has("publicity_working_days"))
    fields.fault("publicity_working_days", Text{"缺少此项", "is missing"});
  settings.publicity_working_days = fields.boolean_or("publicity_working_days", false);
  settings.extension_working_days_before = number(fields, "extension_working_days_before", 0, 250);
  settings.extensions_max = number(fields, "extensions_max", 0, 100);
  if (fields.has("extension_days_coordinator"))
    settings.extension_days_coordinator = number(fields, "extension_days_coordinator", 0, 366);
  settings.immediate_days = number(fields, "immediate_days", 1, 366);
  return settings;
}

/// `image/*`, `application/pdf`: a type and a subtype in small letters, either of them `*`.
bool is_media_range(std::string const& text) {
  std::size_t const slash = text.find('/');
  auto const is_part = [](std::string_view part) {
    return part == "*" || (!part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                    std::string_view(".+-").find(c) != std::string_view::npos;
           }));
  };
  return slash != std::string::npos && is_part(std::string_view(text).substr(0, slash)) &&
         is_part(std::string_view(text).substr(slash + 1)) && (text.front() != '*' || text == "*/*");
}

decision::EvidencePolicy read_evidence(json::Fields& fields) {
  decision::EvidencePolicy evidence;
  evidence.bytes_max = fields.integer("bytes_max", 1000, 1 << 30);
  evidence.types = fields.texts("types");
  if (evidence.types.empty())
    fields.fault("types", Text{"须列出收哪些类型，全收写 */*",
                               "must list the types that are taken; all of them are */*"});
  for (std::string const& type : evidence.types)
    if (!is_media_range(type))
      fields.fault("types", Text{"“" + type + "”不是媒体类型，例如 image/*、application/pdf",
                                 "\"" + type + "\" is no media type such as image/* or application/pdf"});
  return evidence;
}

}  // namespace

Result<Policy> read_policy(json::Json const& document) {
  json::Fields top(document, "");
  read_heading(top, "xiaohao-policy/1");
  Policy policy;
  if (json::Json const* lights = top.optional("lights")) {
    json::Fields fields(*lights, top.pointer("lights"));
    policy.lights = read_lights(fields);
    top.include(fields.finish());
  }
  if (json::Json const* settings = top.optional("settings")) {
    json::Fields fields(*settings, top.pointer("settings"));
    policy.settings = read_settings(fields);
    top.include(fields.finish());
  }
  if (json::Json const* evidence = top.optional("evidence")) {
    json::Fields fields(*evidence, top.pointer("evidence"));
    policy.evidence = read_evidence(fields);
    top.include(fields.finish());
  }
  for (char const* known : {"name", "escalation"}) top.ignore(known);
  if (!top.has("lights") && !top.has("settings") && !top.has("evidence") && !top.has("escalation"))
    top.include(refuse(Reason::Malformed, "",
                       {"没有 lights、settings、evidence 或 escalation",
                        "has none of lights, settings, evidence, escalation"}));
  if (Result<void> const finished = top.finish(); !finished) return tl::unexpected(finished.error());
  return policy;
}

}  // namespace xiaohao::workflows
