#pragma once

// Units and groups as lists and answers to changes show them, each with the version that a change goes by.

#include "engine/domain/organisation.hpp"
#include "web/api/answers.hpp"

namespace xiaohao::web::api {

Json unit_json(Unit const& unit);
Json group_json(UnitGroup const& group);

}  // namespace xiaohao::web::api
