#include "web/api/organisation_json.hpp"

#include "engine/organisation_change.hpp"

namespace xiaohao::web::api {
namespace {

Json head_or_null(std::optional<Username> const& username) {
  return username ? Json(username->value()) : Json(nullptr);
}

}  // namespace

Json unit_json(Unit const& unit) {
  return {{"id", unit.id.value()},
          {"name", unit.name},
          {"kind", unit.kind},
          {"example", unit.example},
          {"head", head_or_null(unit.head)},
          {"supervising_leader", head_or_null(unit.supervising_leader)},
          {"retired", unit.retired},
          {"version", version_of(unit)}};
}

Json group_json(UnitGroup const& group) {
  Json members = Json::array();
  for (UnitId const& member : group.members) members.push_back(member.value());
  return {{"id", group.id.value()},
          {"name", group.name},
          {"kind", group.kind},
          {"members", std::move(members)},
          {"members_known", group.members_known},
          {"version", version_of(group)}};
}

}  // namespace xiaohao::web::api
