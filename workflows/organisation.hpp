#pragma once

// A county's units, groups and people as a file: `xiaohao-organisation/1`.
//
//     {"$schema": "xiaohao-organisation/1", "coordinating_unit": "fupinban",
//      "units":  [{"id": "fupinban", "name": "县扶贫办", "kind": "agency"}, …],
//      "groups": [{"id": "gexiangzhenchang", "name": "各乡(镇、场)", "members": ["songshizhen", …]}, …],
//      "participants": [{"username": "inspector", "name": "…", "unit": "…", "roles": ["Inspector"]}, …]}

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/domain/organisation.hpp"
#include "engine/model/result.hpp"

namespace xiaohao::workflows {

/// Gives every unit an owner `owner-ID` and a head `head-ID`, so that sixty people need not be listed.
struct StaffRule {
  Username supervising_leader;
  std::string mail_domain;
};

struct OrganisationFile {
  Organisation organisation;  ///< staff included, when the file has a staff rule
  UnitId coordinating_unit;   ///< runs the plan, and answers for what a row gives to no single unit
  std::optional<StaffRule> staff;
  std::vector<Text> doubts;
};

/// Reads a document of `xiaohao-organisation/1`. A group without `members` is one whose members nobody has
/// named yet. Refuses, with every fault and its pointer: unknown fields, ids that are not lower-case ASCII,
/// ids, names and spellings that stand twice, members, units and leaders that are not listed, a number of
/// members other than the stated one, and a person who combines what must be apart (等保三级).
Result<OrganisationFile> read_organisation(nlohmann::json const& document);

/// Adds what `rule` gives to every unit of `organisation` that lacks it; people who are there stay.
void add_staff(Organisation& organisation, StaffRule const& rule);

/// The unit of this very name, or null.
Unit const* unit_named(Organisation const& organisation, std::string_view name);
/// The group in use of this name or with this spelling, or null.
UnitGroup const* group_named(Organisation const& organisation, std::string_view name);

}  // namespace xiaohao::workflows
