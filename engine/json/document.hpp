#pragma once

// nlohmann/json whole, for files that look into documents; the rest include `json_fwd.hpp`.
// Its members are compiled once, in document.cpp, and not again in every file: a quarter of a sanitized
// build.

#include <nlohmann/json.hpp>

extern template class nlohmann::basic_json<>;
extern template class nlohmann::basic_json<nlohmann::ordered_map>;
