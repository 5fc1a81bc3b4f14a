// What the permission table may say, and to whom it gives nothing.

#include <array>
#include <gmock/gmock.h>

#include "engine/decision/permissions.hpp"
#include "tests/unit/decision/small_county.hpp"

namespace xiaohao::decision {
namespace {

using nlohmann::json;

json table_of(char const* section, json const& grant) {
  json table{{"$schema", "xiaohao-permissions/1"},
             {"events", json::array()},
             {"reads", json::array()},
             {"administration", json::array()}};
  table[section].push_back(grant);
  return table;
}

TEST(PermissionTable, LetsNoAdministratorAct) {
  for (char const* role : {"SystemAdministrator", "SecurityAdministrator", "Auditor"}) {
    json const grant{{"events", {"cancel"}}, {"role", role}, {"relation", "any"}};
    auto const read = Permissions::read(table_of("events", grant));
    ASSERT_FALSE(read) << role;
    EXPECT_EQ(read.error().first().pointer, "/events/0/role");
  }
}

TEST(PermissionTable, LetsNobodyWhoActsAdminister) {
  json const grant{{"administration", {"people.change"}}, {"role", "Leader"}, {"relation", "any"}};
  auto const read = Permissions::read(table_of("administration", grant));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().first().pointer, "/administration/0/role");
}

TEST(PermissionTable, GivesNothingToWhoeverHasLeft) {
  SmallCounty county;
  Permissions const& table = county.rules.permissions;
  Participant leader = county.organisation.participants.at(Username{"leader"});
  Participant admin = county.organisation.participants.at(Username{"admin"});
  auto const given = [&] {
    return std::array{table.may_at_large(leader, "rules.change"), table.may_read_at_large(leader, "history"),
                      table.may_administer(admin, "units.change")};
  };
  EXPECT_THAT(given(), testing::Each(true));
  leader.active = admin.active = false;
  EXPECT_THAT(given(), testing::Each(false));
}

TEST(PermissionTable, LetsWhoeverMayReadHisOwnItemsOnlyReadNothingAtLarge) {
  json const grant{{"reads", {"history"}}, {"role", "Owner"}, {"relation", "own"}};
  SmallCounty county;
  EXPECT_FALSE(
      Permissions::read(table_of("reads", grant))
          ->may_read_at_large(county.organisation.participants.at(Username{"owner-zhujianju"}), "history"));
}

}  // namespace
}  // namespace xiaohao::decision
