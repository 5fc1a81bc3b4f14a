// Histories as they were once decided, decided again by this build. They take every transition of the shipped
// lifecycles, twice where something leads back.

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "engine/json/reader.hpp"
#include "engine/replay/replay.hpp"
#include "tests/unit/decision/small_county.hpp"

namespace xiaohao::replay {
namespace {

constexpr char const* folder = "tests/replay/histories";
constexpr char const* if_meant =
    "This build decides otherwise than the histories in tests/replay/histories were decided. If that is not "
    "meant, "
    "the change breaks items that run. If it is, record them anew, and say why in the commit:\n"
    "  cmake --build build/debug --target record_histories && build/debug/bin/record_histories "
    "tests/replay/histories\n"
    "A lifecycle that is changed gets a new version; the file of the old one stays, and its histories with "
    "it.";

std::string text_of(std::filesystem::path const& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> files(char const* extension) {
  std::vector<std::filesystem::path> found;
  for (auto const& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == extension) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// The county's, with every lifecycle that some history ran under.
decision::SmallCounty county_then_and_now() {
  decision::SmallCounty county;
  for (auto const& file : files(".json")) {
    auto const lifecycle =
        json::read_ordered(text_of(file), statechart::machine_limits).and_then(statechart::load).value();
    county.rules.lifecycles.emplace(lifecycle.name(), lifecycle);
  }
  return county;
}

TEST(Histories, AreDecidedByThisBuildAsTheyWereDecided) {
  decision::SmallCounty const county = county_then_and_now();
  ASSERT_GT(files(".jsonl").size(), 5u);
  for (auto const& file : files(".jsonl")) {
    Replay replay(county.rules, county.organisation, Against::Everything);
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) replay.take(entry_of(line).value());
    std::string differences;
    for (Difference const& difference : replay.differences())
      differences += "  entry " + std::to_string(difference.index) + ": " + difference.detail.en + "\n";
    EXPECT_EQ(differences, "") << file.filename() << "\n" << if_meant;
    EXPECT_FALSE(replay.items().empty());
  }
}

TEST(Histories, RanUnderLifecyclesThatAreShippedAsTheyWere) {
  auto const shipped = workflows::shipped_lifecycles();
  std::set<std::string> recorded;
  for (auto const& file : files(".json")) {
    auto const then = nlohmann::ordered_json::parse(text_of(file));
    std::string const name = then["id"].get<std::string>() + "/" + then["version"].get<std::string>();
    recorded.insert(name);
    if (auto const now = shipped.find(name); now != shipped.end()) {
      EXPECT_EQ(nlohmann::ordered_json::parse(now->second), then)
          << name << " has changed, and items run under that name. Raise its version.\n"
          << if_meant;
    }
  }
  for (auto const& [name, document] : shipped)
    EXPECT_TRUE(recorded.contains(name)) << name << "\n" << if_meant;
}

}  // namespace
}  // namespace xiaohao::replay
