#pragma once

#include "engine/identity/demonstration.hpp"
#include "engine/identity/identity.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::identity {

using store::at;

inline Username const leader{"leader"};
inline Username const owner{"owner-zhujianju"};
constexpr char const* good_password = "春风化雨 and thirty-one sparrows";
constexpr char const* other_password = "走访慰问 before the lanterns go up";

/// The cheapest hash there is: tests look at what is done, not how long it takes.
inline Settings cheap_settings() {
  Settings settings;
  settings.hash_cost = {8192, 1};
  return settings;
}

/// Three people, a real store, and a clock that we move.
class County : public testing::Test {
 protected:
  store::TemporaryFolder folder;
  std::unique_ptr<store::Store> store = store::create_sqlite(folder.file("county.db")).value();
  VirtualClock clock{at("2024-01-02T09:00:00+08:00")};
  std::shared_ptr<Organisation> organisation = std::make_shared<Organisation>();
  Settings settings = cheap_settings();
  std::unique_ptr<Identity> identity;

  void SetUp() override {
    UnitId const bureau{"zhujianju"};
    organisation->units.emplace(bureau,
                                Unit{bureau, "县住建局", "agency", false, std::nullopt, std::nullopt});
    for (Participant const& person :
         {Participant{leader, "领导小组", std::nullopt, {Role::Leader}, "", true},
          Participant{owner, "住建局经办人", bureau, {Role::Owner}, "", true},
          Participant{Username{"auditor"}, "审计员", std::nullopt, {Role::Auditor}, "", true}})
      organisation->participants.emplace(person.username, person);
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      for (auto const& [id, unit] : organisation->units) transaction.put_unit(unit);
      for (auto const& [username, person] : organisation->participants) transaction.put_participant(person);
      return {};
    }));
    restart();
    ASSERT_TRUE(identity->add_account(organisation->participants.at(leader), good_password, authority()));
    ASSERT_TRUE(identity->add_account(organisation->participants.at(owner), other_password, authority()));
  }

  /// As after a restart of the server on the same database.
  void restart() {
    identity.reset();
    identity = std::make_unique<Identity>(
        *store, clock, [this] { return organisation; }, settings);
  }

  Authority authority() const { return {Actor::person(Username{"security"}), clock.now()}; }
  void wait(Duration duration) { clock.advance_to(clock.now() + duration); }
  auto sign_in(std::string const& username, std::string const& password,
               std::string const& address = "10.0.0.7") {
    return identity->sign_in(username, password, "", address);
  }
  void change_person(Username const& username, std::function<void(Participant&)> const& change) {
    auto changed = std::make_shared<Organisation>(*organisation);
    change(changed->participants.at(username));
    organisation = changed;
  }
  std::vector<nlohmann::json> journal() const {
    std::vector<nlohmann::json> entries;
    for (store::JournalLine const& line : store->read()->journal(0, 1000))
      entries.push_back(nlohmann::json::parse(line.leaf));
    return entries;
  }
};

}  // namespace xiaohao::identity
