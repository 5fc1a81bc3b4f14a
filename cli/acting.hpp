#pragma once

// A command that acts in somebody's name on a database that no server holds: `erase`, `silence`.

#include <memory>
#include <string>

#include "engine/decision/rules.hpp"
#include "engine/domain/organisation.hpp"
#include "engine/silencing.hpp"
#include "engine/store/store.hpp"

namespace xiaohao::cli {

/// The database with the rules in force in it, and its people.
class ActingDatabase {
 public:
  /// Refuses what `--db` cannot be, a database that cannot be opened, and rules that cannot be read.
  static Result<ActingDatabase> open(std::string const& url);

  store::Store& store() const { return *store_; }
  /// Good for as long as this is.
  Asking asking(Username who, Instant now) const { return {std::move(who), now, rules_, organisation_}; }

 private:
  ActingDatabase(std::unique_ptr<store::Store> store, decision::Rules rules, Organisation organisation)
      : store_(std::move(store)), rules_(std::move(rules)), organisation_(std::move(organisation)) {}

  std::unique_ptr<store::Store> store_;
  decision::Rules rules_;
  Organisation organisation_;
};

}  // namespace xiaohao::cli
