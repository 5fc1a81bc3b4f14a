#include "cli/user.hpp"

#include <sstream>

#include "cli/token.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A database with one unit, its owner without an account, and nobody else.
class AccountsByCommand : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  std::string path = folder.file("county.db");
  std::ostringstream out, err;

  void SetUp() override {
    auto const store = store::create_sqlite(path).value();
    UnitId const bureau{"zhujianju"};
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      transaction.put_unit({bureau, "县住建局", "agency", false, std::nullopt, std::nullopt});
      transaction.put_participant(
          {Username{"owner-zhujianju"}, "住建局经办人", bureau, {Role::Owner}, "", true});
      return {};
    }));
  }

  int user(std::vector<std::string> arguments, std::string const& typed = "") {
    arguments.insert(arguments.end(), {"--db", path});
    std::istringstream in(typed);
    out.str(""), err.str("");
    return user_command(arguments, in, out, err);
  }
  int token(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--db", path});
    out.str(""), err.str("");
    return token_command(arguments, out, err);
  }
  nlohmann::json listed() {
    EXPECT_EQ(user({"list", "--json"}), 0) << err.str();
    return nlohmann::json::parse(out.str())["items"];
  }
  std::vector<std::string> journal() const {
    std::vector<std::string> leaves;
    for (auto const& line : store::read_sqlite(path).value()->journal(0, 100)) leaves.push_back(line.leaf);
    return leaves;
  }
};

constexpr char const* good = "a kettle, a lamp, and no moon\n";

TEST_F(AccountsByCommand, AreMadeForWhoIsKnownAndForWhoIsNew) {
  EXPECT_EQ(user({"add", "owner-zhujianju"}, good), 0) << err.str();
  EXPECT_EQ(user({"add", "shenji", "--name", "李四", "--role", "Auditor"}, good), 0) << err.str();
  auto const items = listed();
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0]["account"], "enabled");
  EXPECT_EQ(items[1]["name"], "李四");
  EXPECT_EQ(items[1]["roles"], nlohmann::json::array({"Auditor"}));
  EXPECT_THAT(journal(), testing::ElementsAre(HasSubstr("account.created"), HasSubstr("participant.created"),
                                              HasSubstr("account.created")));
  for (std::string const& leaf : journal())
    EXPECT_THAT(leaf,
                AllOf(HasSubstr("\"actor\":\"cli:"), Not(HasSubstr("kettle")), Not(HasSubstr("argon2"))));
}

TEST_F(AccountsByCommand, KeepTheThreeAdministratorsApart) {
  for (char const* roles : {"Auditor,SystemAdministrator", "SecurityAdministrator,Owner", "Leader,Auditor"}) {
    EXPECT_EQ(user({"add", "zhaoliu", "--name", "赵六", "--role", roles, "--unit", "zhujianju"}, good), 2);
    EXPECT_THAT(err.str(), AllOf(HasSubstr("user add --role: "), HasSubstr("cannot be one person")));
  }
  EXPECT_EQ(user({"add", "owner-zhujianju", "--role", "Owner,Auditor"}, good), 2);
  EXPECT_TRUE(journal().empty());
}

TEST_F(AccountsByCommand, RefuseWhatWillNotDo) {
  struct Case {
    std::vector<std::string> arguments;
    char const* typed;
    char const* says;
  };
  for (Case const& refused : std::vector<Case>{
           {{}, "", "nothing to do"},
           {{"remove"}, "", "\"remove\" is not known here"},
           {{"add"}, "", "USERNAME is missing"},
           {{"list", "leader"}, "", "list takes no user name"},
           {{"add", "x", "--password", "y"}, "", "--password is not an option"},
           {{"disable", "x", "--role", "Owner"}, "", "--role belongs to user add"},
           {{"add", "owner-zhujianju"}, "", "user add password: there is none"},
           {{"add", "owner-zhujianju"}, "\n", "there is none"},
           {{"add", "owner-zhujianju"}, "short\n", "at least 15"},
           {{"add", "owner-zhujianju", "--rules", "等保三级"},
            "long enough but uniform\n",
            "at least 3 of these"},
           {{"add", "owner-zhujianju", "--rules", "none"}, good, "no password rules \"none\""},
           {{"add", "x", "--name", "X", "--role", "Chief"}, good, "\"Chief\" is no role"},
           {{"add", "x", "--name", "X", "--role", ""}, good, "\"\" is no role"},
           {{"add", "x", "--name", "X", "--role", "Owner"}, good, "user add --unit: an owner or head"},
           {{"add", "x", "--name", "X", "--role", "Owner", "--unit", "y"}, good, "there is no unit y"},
           {{"add", "x"}, good, "user add --name"},
           {{"password", "owner-zhujianju"}, good, "there is no account owner-zhujianju"},
           {{"disable", "nobody"}, "", "there is no account nobody"},
       }) {
    EXPECT_EQ(user(refused.arguments, refused.typed), 2);
    EXPECT_THAT(err.str(), HasSubstr(refused.says));
    EXPECT_EQ(out.str(), "");
  }
  EXPECT_TRUE(journal().empty()) << "and nothing was changed";
}

TEST_F(AccountsByCommand, CanBeDisabledEnabledAndGivenANewPassword) {
  ASSERT_EQ(user({"add", "owner-zhujianju"}, good), 0);
  EXPECT_EQ(user({"add", "owner-zhujianju"}, good), 2) << "not twice";
  EXPECT_EQ(user({"disable", "owner-zhujianju"}), 0);
  EXPECT_EQ(listed()[0]["account"], "disabled");
  EXPECT_EQ(user({"disable", "owner-zhujianju"}), 2);
  EXPECT_EQ(user({"enable", "owner-zhujianju"}), 0);
  EXPECT_EQ(user({"password", "owner-zhujianju"}, good), 2) << "the same";
  EXPECT_EQ(user({"password", "owner-zhujianju"}, "春风化雨 and thirty-one sparrows\r\n"), 0) << err.str();
  EXPECT_EQ(journal().size(), 4u);
}

TEST_F(AccountsByCommand, AreNotChangedBesideAServerButCanBeRead) {
  auto const server = store::open_sqlite(path).value();
  EXPECT_EQ(user({"add", "owner-zhujianju"}, good), 3);
  EXPECT_THAT(err.str(), HasSubstr("in use by another process; stop that one first"));
  EXPECT_EQ(token({"create", "owner-zhujianju", "--name", "x"}), 3);
  EXPECT_EQ(listed()[0]["account"], nullptr);
  EXPECT_EQ(token({"list", "--json"}), 0);
}

TEST_F(AccountsByCommand, NeedADatabaseThatIsThere) {
  std::istringstream in;
  EXPECT_EQ(user_command({"list", "--db", folder.file("none.db")}, in, out, err), 2);
  EXPECT_THAT(err.str(), HasSubstr("make one with `xiaohao init`"));
  EXPECT_EQ(user_command({"list"}, in, out, err), 2);
  EXPECT_EQ(user_command({"--help"}, in, out, err), 0);
  EXPECT_THAT(out.str(), HasSubstr("Example: "));
}

TEST_F(AccountsByCommand, HaveTokensThatAreShownOnce) {
  ASSERT_EQ(user({"add", "owner-zhujianju"}, good), 0);
  ASSERT_EQ(token({"create", "owner-zhujianju", "--name", "nightly export", "--scopes", "read,items",
                   "--days", "30"}),
            0)
      << err.str();
  std::string const shown = out.str();
  EXPECT_THAT(shown, testing::MatchesRegex("xiaohao_[A-Za-z0-9_-]+\n"));
  EXPECT_EQ(token({"list", "--json"}), 0);
  auto const items = nlohmann::json::parse(out.str())["items"];
  EXPECT_EQ(items[0]["name"], "nightly export");
  EXPECT_EQ(items[0]["state"], "valid");
  EXPECT_EQ(items[0]["scopes"], "read items");
  EXPECT_THAT(out.str(), Not(HasSubstr(shown.substr(8, 20))));
  EXPECT_EQ(token({"create", "owner-zhujianju", "--name", "nightly export"}), 2);
  EXPECT_EQ(token({"revoke", "owner-zhujianju", "--name", "nightly export"}), 0);
  EXPECT_EQ(token({"list", "owner-zhujianju"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("revoked"));
}

TEST_F(AccountsByCommand, RefuseTokensThatWillNotDo) {
  struct Case {
    std::vector<std::string> arguments;
    char const* says;
  };
  for (Case const& refused :
       std::vector<Case>{{{}, "nothing to do"},
                         {{"create"}, "USERNAME is missing"},
                         {{"create", "x"}, "--name is missing"},
                         {{"create", "x", "--name", "y", "--days", "0"}, "from 1 to 366"},
                         {{"create", "x", "--name", "y"}, "there is no account x"},
                         {{"create", "x", "--name", ""}, "token create --name"},
                         {{"create", "x", "--name", "y", "--scopes", "all"}, "there are read, items"},
                         {{"revoke", "x", "--name", "y"}, "no token named y"},
                         {{"list", "x"}, "there is no account x"},
                         {{"list", "--name", "y"}, "does not belong here"}}) {
    EXPECT_EQ(token(refused.arguments), 2);
    EXPECT_THAT(err.str(), HasSubstr(refused.says));
  }
}

}  // namespace
}  // namespace xiaohao::cli
