#include "cli/decision_list.hpp"

#include <algorithm>

#include "cli/arguments.hpp"

namespace xiaohao::cli {
namespace {

std::vector<std::string> parts_of(std::string const& list) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= list.size();) {
    std::size_t const end = std::min(list.find(',', begin), list.size());
    parts.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

tl::unexpected<Refusal> wrong(std::string const& words) {
  return refuse(Reason::Malformed, "", {words, words});
}

}  // namespace

Result<std::map<UnitId, std::optional<UnitId>>> read_decisions(std::string const& list) {
  std::map<UnitId, std::optional<UnitId>> decisions;
  for (std::string const& each : parts_of(list)) {
    std::size_t const equals = each.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == each.size())
      return wrong("\"" + shown(each) + "\" is no decision; write UNIT=cancel or UNIT=SUCCESSOR");
    std::string const unit = each.substr(0, equals), what = each.substr(equals + 1);
    std::optional<UnitId> successor;
    if (what != "cancel") successor = UnitId{what};
    if (!decisions.emplace(UnitId{unit}, successor).second)
      return wrong("\"" + shown(unit) + "\" stands twice; decide once");
  }
  return decisions;
}

std::vector<UnitId> read_units(std::string const& list) {
  std::vector<UnitId> units;
  if (list.empty()) return units;
  for (std::string& each : parts_of(list)) units.emplace_back(std::move(each));
  return units;
}

}  // namespace xiaohao::cli
