#pragma once

#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao {

/// Some rows of the shipped checklist, as a file: recurring, with milestones, of single units and of groups.
/// A whole year of all rows takes ten times as long with sanitizers, and says no more.
inline std::string const& some_rows() {
  static std::string const path = [] {
    nlohmann::json document = *json::read(*workflows::shipped("checklists/2024.json"));
    nlohmann::json rows = nlohmann::json::array();
    for (nlohmann::json& row : document["items"])
      if (int const number = row["number"]; number == 1 || number == 9 || number == 10 || number == 16)
        rows.push_back(row);
    document["items"] = std::move(rows);
    std::string const file = testing::TempDir() + "rehearsal-rows-" + std::to_string(::getpid()) + ".json";
    std::ofstream(file) << document;
    return file;
  }();
  return path;
}

}  // namespace xiaohao
