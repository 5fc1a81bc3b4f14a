#include "cli/group_change.hpp"

#include "cli/decision_list.hpp"
#include "cli/membership_desk.hpp"
#include "engine/group_change.hpp"
#include "engine/organisation_change.hpp"

namespace xiaohao::cli {
namespace {

Result<UnitGroup> group_now(store::Transaction& transaction, GroupId const& id) {
  Organisation const organisation = transaction.organisation();
  auto const known = organisation.groups.find(id);
  if (known == organisation.groups.end())
    return refuse(Reason::NotFound, "/group", {"没有这个单位组", "there is no such group"});
  return known->second;
}

Result<std::string> change_its_members(store::Transaction& transaction, GroupId const& id,
                                       Arguments const& arguments, Asking const& asking) {
  Result<UnitGroup> const seen = group_now(transaction, id);
  if (!seen) return tl::unexpected(seen.error());
  web::MembershipWish wish{id,
                           version_of(*seen),
                           read_units(arguments.option("--add").value_or("")),
                           read_units(arguments.option("--remove").value_or("")),
                           {},
                           arguments.option("--reason").value_or("")};
  if (auto const list = arguments.option("--decide")) {
    auto decisions = read_decisions(*list);
    if (!decisions)
      return tl::unexpected(Refusal{Reason::Malformed, {{"/decide", decisions.error().first().detail}}});
    wish.decisions = std::move(*decisions);
  }
  auto const done = change_members(transaction, wish, asking.who, asking.rules, {asking.now, asking.now});
  if (!done) return tl::unexpected(done.error());
  return std::to_string(done->shares_made) + " shares made, " + std::to_string(done->shares_ended) +
         " ended, " + std::to_string(done->undecided) + " undecided";
}

}  // namespace

Result<std::string> change_group(store::Transaction& transaction, std::string const& verb,
                                 GroupId const& group, Arguments const& arguments, Asking const& asking) {
  auto const name = arguments.option("--name");
  if (verb == "add-group") {
    auto const added = add_group(transaction, group, name.value_or(""), asking);
    if (!added) return tl::unexpected(added.error());
    return "done";
  }
  bool const members = arguments.option("--add") || arguments.option("--remove");
  bool const retires = arguments.has("--retire");
  if (!name && !members && !retires)
    return refuse(Reason::Malformed, "",
                  {"nothing to change; give --name, --add, --remove or --retire",
                   "nothing to change; give --name, --add, --remove or --retire"});
  std::string done = "done";
  if (members) {
    Result<std::string> words = change_its_members(transaction, group, arguments, asking);
    if (!words) return words;
    done = std::move(*words);
  }
  if (!name && !retires) return done;
  Result<UnitGroup> const before = group_now(transaction, group);
  if (!before) return tl::unexpected(before.error());
  auto const changed =
      xiaohao::change_group(transaction, {group, name.value_or(before->name), retires || is_retired(*before)},
                            version_of(*before), asking);
  if (!changed) return tl::unexpected(changed.error());
  return done;
}

}  // namespace xiaohao::cli
