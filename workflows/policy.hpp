#pragma once

// The numbers a county chooses: `xiaohao-policy/1`. One file may hold some sections and another the rest;
// the section `escalation`, the ladder 督办阶梯, is read in `notifications/`.

#include <nlohmann/json_fwd.hpp>

#include "engine/decision/light.hpp"
#include "engine/decision/rules.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::workflows {

struct Policy {
  decision::LightPolicy lights;
  decision::Settings settings;
  decision::EvidencePolicy evidence;
};

/// Reads the sections `lights`, `settings` and `evidence` of a policy; one that is absent leaves the
/// product's own numbers. A section that is there names all of its numbers. Refuses, with every fault and its
/// pointer: unknown fields and sections, numbers that are missing or out of range, a document without any
/// section.
Result<Policy> read_policy(nlohmann::json const& document);

}  // namespace xiaohao::workflows
