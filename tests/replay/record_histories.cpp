// Writes anew what histories_test.cpp replays: the journals of generated paths that together take every
// transition of the shipped lifecycles, twice where something leads back, and the lifecycles they ran under.
//
//     cmake --build build/debug --target record_histories && build/debug/bin/record_histories
//     tests/replay/histories
//
// Whoever does that says: what these items did would be decided otherwise from now on, and that is meant.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/paths/paths.hpp"

namespace {

using namespace xiaohao;
using namespace xiaohao::paths;

void record(decision::SmallCounty const& county, Row row, Path const& path,
            std::filesystem::path const& file) {
  std::ofstream out(file);
  World world(county, row, [&](JournalEntry const& entry) {
    if (entry.item) out << leaf_of(entry) << "\n";
  });
  for (Move const& move : path.moves) world.must(move);
  world.stage().listen({});
}

std::string file_name(std::string lifecycle) {
  std::replace(lifecycle.begin(), lifecycle.end(), '/', '-');
  return lifecycle;
}

}  // namespace

int main(int count, char const* const* words) {
  if (count != 2) return std::fputs("usage: record_histories FOLDER\n", stderr), 2;
  std::filesystem::path const folder = words[1];
  std::filesystem::create_directories(folder);
  decision::SmallCounty const county;
  for (auto const& [name, document] : workflows::shipped_lifecycles())
    std::ofstream(folder / (file_name(name) + ".json"))
        << nlohmann::ordered_json::parse(document).dump() << "\n";
  for (Subject const& subject : subjects()) {
    std::string const& lifecycle = subject.lifecycle(county);
    for (auto const& old : std::filesystem::directory_iterator(folder))
      if (old.path().extension() == ".jsonl" &&
          old.path().filename().string().starts_with(file_name(lifecycle) + "-"))
        std::filesystem::remove(old.path());
    Paths paths =
        paths_through(explore(county, subject.row), *county.rules.lifecycle(lifecycle), subject.item);
    int number = 0;
    for (Path const& path : enough_of(std::move(paths.found), county, subject.row)) {
      std::string const digits = std::to_string(100 + ++number).substr(1);
      record(county, subject.row, path, folder / (file_name(lifecycle) + "-" + digits + ".jsonl"));
    }
    std::printf("%s: %d histories\n", lifecycle.c_str(), number);
  }
}
