#include "cli/check.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <unistd.h>

#include "engine/json/document.hpp"

namespace xiaohao::cli {
namespace {

using testing::HasSubstr;

struct Ran {
  int code;
  std::string out, err;
};

Ran check(std::vector<std::string> const& arguments) {
  std::ostringstream out, err;
  int const code = check_command(arguments, out, err);
  return {code, out.str(), err.str()};
}

/// A file of this test's own.
class File {
 public:
  explicit File(std::string const& text) {
    std::string pattern = (std::filesystem::temp_directory_path() / "xiaohao-check-XXXXXX").string();
    int const descriptor = ::mkstemp(pattern.data());
    ::close(descriptor);
    path_ = pattern;
    std::ofstream(path_) << text;
  }
  ~File() { std::filesystem::remove(path_); }
  std::string const& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Check, FindsNothingWrongWithWhatIsShipped) {
  std::vector<std::string> paths{"--json"};
  for (auto const& entry : std::filesystem::recursive_directory_iterator("workflows"))
    if (entry.path().extension() == ".json") paths.push_back(entry.path().string());
  ASSERT_GT(paths.size(), 10u);
  Ran const ran = check(paths);
  EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
  EXPECT_TRUE(nlohmann::json::parse(ran.out)["ok"]);
}

TEST(Check, NamesEveryFaultOfALifecycleWithTheWayThatLeadsThere) {
  File const file(R"({"$schema":"xiaohao-lifecycle/1","id":"mine","version":"1","initial":"open","states":{
    "open":{"on":{"done":{"target":"closed","actions":["record_closing"]},"stop":"cancelled"}},
    "closed":{"tags":["closed"],"on":{"reopen":{"target":"open","actions":["begin_next_cycle"]}}},
    "cancelled":{"type":"final","tags":["cancelled"]}}})");
  Ran const ran = check({file.path(), "--json"});
  EXPECT_EQ(ran.code, 1);
  auto const answer = nlohmann::json::parse(ran.out);
  EXPECT_FALSE(answer["ok"]);
  auto const& faults = answer["files"][0]["faults"];
  ASSERT_EQ(faults.size(), 3u) << ran.out;  // no application, no evidence, no second person
  EXPECT_EQ(faults[1]["pointer"], "/states/open/on/done");
  EXPECT_EQ(faults[1]["path"], "open —done→ closed");
  EXPECT_THAT(check({file.path()}).out, HasSubstr("    path: open —done→ closed\n"));
}

TEST(Check, NamesTheFaultsOfOtherFilesByPointer) {
  File const calendar(R"({"$schema":"xiaohao-calendar/1","years":7})");
  Ran const ran = check({calendar.path()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("/years"));
  File const permissions(
      R"({"$schema":"xiaohao-permissions/1","events":[{"events":["cancel"],"role":"SystemAdministrator","relation":"any"}],"reads":[]})");
  EXPECT_THAT(check({permissions.path()}).out,
              HasSubstr("/events/0/role: an administrator or auditor acts on no item"));
}

TEST(Check, RefusesWhatItCannotRecognise) {
  for (auto const& [text, because] :
       {std::pair{"{", ""}, {"[]", "$schema"}, {R"({"$schema":"xiaohao-nonsense/1"})", "is one of"}}) {
    File const file(text);
    Ran const ran = check({file.path()});
    EXPECT_EQ(ran.code, 2) << text;
    EXPECT_THAT(ran.err, HasSubstr(because));
  }
  EXPECT_EQ(check({"/nowhere.json"}).code, 2);
  EXPECT_EQ(check({}).code, 2);
}

TEST(Check, ListsWhatALifecycleMayName) {
  auto const answer = nlohmann::json::parse(check({"--list", "--json"}).out);
  EXPECT_THAT(answer["guards"].dump(), HasSubstr("actor_is_independent"));
  EXPECT_THAT(answer["actions"].dump(), HasSubstr("audience"));
  EXPECT_THAT(answer["delays"].dump(), HasSubstr("due-3wd"));
  EXPECT_THAT(check({"--list"}).out, HasSubstr("notify(occasion, audience: owner|"));
}

TEST(Check, PrintsThePermissionTable) {
  EXPECT_THAT(check({"--permissions"}).out, HasSubstr("closeout.verify      Inspector"));
  auto const answer = nlohmann::json::parse(check({"--permissions", "--json"}).out);
  for (auto const& grant : answer["events"])
    EXPECT_THAT(grant["role"].get<std::string>(), testing::Not(HasSubstr("Administrator")));
}

}  // namespace
}  // namespace xiaohao::cli
