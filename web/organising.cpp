#include "web/organising.hpp"

#include "web/calendar_feed.hpp"

namespace xiaohao::web {
namespace {

/// As `write_as`; people are known as they will be from the moment it is decided, and as they were again
/// should the commit fail.
template <class Value, class Change>
void write_who_is_who(Application& application, Username const& who, Change change, Written<Value> answer) {
  auto const followed = [&application, change](store::Transaction& transaction,
                                               Asking const& asking) -> Result<Value> {
    Result<Value> done = change(transaction, asking);
    if (done)
      application.engine.put_organisation_in_force(
          std::make_shared<Organisation const>(transaction.organisation()));
    return done;
  };
  write_as<Value>(application, who, followed, [&application, answer](Result<Value> const& written) {
    auto finish = [&application, answer, written] {
      if (!written) application.engine.reload_organisation();
      answer(written);
    };
    if (!application.workers.run(finish)) finish();
  });
}

}  // namespace

void add_unit(Application& application, Unit wish, Username const& who, Written<Unit> answer) {
  auto const change = [wish](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::add_unit(transaction, wish, asking);
  };
  write_who_is_who<Unit>(application, who, change, std::move(answer));
}

void change_unit(Application& application, Unit wish, std::string seen, Username const& who,
                 Written<Unit> answer) {
  auto const change = [wish, seen](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::change_unit(transaction, wish, seen, asking);
  };
  write_who_is_who<Unit>(application, who, change, std::move(answer));
}

void add_group(Application& application, GroupId id, std::string name, Username const& who,
               Written<UnitGroup> answer) {
  auto const change = [id, name](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::add_group(transaction, id, name, asking);
  };
  write_who_is_who<UnitGroup>(application, who, change, std::move(answer));
}

void change_group(Application& application, GroupWish wish, std::string seen, Username const& who,
                  Written<UnitGroup> answer) {
  auto const change = [wish, seen](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::change_group(transaction, wish, seen, asking);
  };
  write_who_is_who<UnitGroup>(application, who, change, std::move(answer));
}

void add_participant(Application& application, Participant wish, Username const& who,
                     Written<Participant> answer) {
  auto const change = [wish](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::add_participant(transaction, wish, asking);
  };
  write_who_is_who<Participant>(application, who, change, std::move(answer));
}

void change_participant(Application& application, Participant wish, std::string seen, Username const& who,
                        Written<Participant> answer) {
  auto const change = [wish, seen](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::change_participant(transaction, wish, seen, asking);
  };
  write_who_is_who<Participant>(application, who, change, std::move(answer));
}

void hand_over_person(Application& application, Username from, Username to, std::string reason,
                      Username const& who, Written<HandedOver> answer) {
  auto const change = [from, to, reason](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::hand_over_person(transaction, from, to, reason, asking);
  };
  write_as<HandedOver>(application, who, change, std::move(answer));
}

void hand_over_unit(Application& application, UnitId from, UnitId to, std::string reason, Username const& who,
                    Written<HandedOver> answer) {
  auto const change = [from, to, reason](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::hand_over_unit(transaction, from, to, reason, asking);
  };
  write_as<HandedOver>(application, who, change, std::move(answer));
}

Result<std::string> invitation_address(Application& application, Request const& request,
                                       Username const& username) {
  auto const organisation = application.engine.organisation();
  Participant const* const me = organisation->participant(request.visitor->username);
  if (!application.identity || !me ||
      !application.engine.rules().permissions.may_administer(*me, "people.change"))
    return refuse(Reason::Forbidden, "",
                  {"只有安全管理员可以发放账号链接", "only a security administrator gives out accounts"});
  Result<std::string> const secret = application.identity->invite(
      username, {Actor::person(request.visitor->username), application.engine.now()});
  if (!secret) return tl::unexpected(secret.error());
  return server_address(application, request) + "/set-up/" + *secret;
}

}  // namespace xiaohao::web
