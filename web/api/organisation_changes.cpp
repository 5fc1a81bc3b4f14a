// Units, people and groups as they change, and the hand-over of their work.

#include "engine/json/reader.hpp"
#include "web/api/answers.hpp"
#include "web/api/organisation_json.hpp"
#include "web/api/query.hpp"
#include "web/membership_desk.hpp"
#include "web/organising.hpp"

namespace xiaohao::web::api {
namespace {

Json person_json(Participant const& person) {
  Json roles = Json::array();
  for (Role const role : person.roles) roles.push_back(std::string(to_string(role)));
  return {{"username", person.username.value()},
          {"name", person.name},
          {"unit", person.unit ? Json(person.unit->value()) : Json(nullptr)},
          {"roles", std::move(roles)},
          {"email", person.email},
          {"active", person.active},
          {"version", version_of(person)}};
}

Json moved_json(HandedOver const& moved) {
  Json items = Json::array(), made = Json::array();
  for (ItemId const item : moved.items) items.push_back(item.value());
  for (ItemId const item : moved.made) made.push_back(item.value());
  return {{"items", std::move(items)}, {"made", std::move(made)}, {"absences", moved.absences}};
}

/// `If-Match: "3f2a…"`, as a list or the last answer gave it.
Result<std::string> seen_in(Request const& request) {
  std::string_view const text = request.header("if-match");
  if (text.empty())
    return refuse(Reason::VersionMissing, "",
                  {"请在 If-Match 中给出您读到的 version", "send the version you read in If-Match"});
  if (text.size() > 2 && text.front() == '"' && text.back() == '"')
    return std::string(text.substr(1, text.size() - 2));
  return refuse(Reason::Malformed, "",
                {"If-Match 必须是带引号的 version", "If-Match must be one quoted version"});
}

template <class Value>
Written<Value> answer_with(std::shared_ptr<Request const> request, Respond respond, int status,
                           Json (*show)(Value const&)) {
  return [request = std::move(request), respond = std::move(respond), status,
          show](Result<Value> const& written) {
    if (!written) return respond(problem(written.error(), *request));
    Json const body = show(*written);
    Response response = json_response(status, body);
    if (body.contains("version"))
      response.headers.emplace_back("ETag", "\"" + body.at("version").get<std::string>() + "\"");
    respond(std::move(response));
  };
}

/// A POST or PATCH whose `ask` reads the body, and either sends the change or says what is wrong.
template <class Ask>
void add_change(Router& router, std::string method, std::string const& path, Ask ask) {
  router.add(std::move(method), base_path + path, Access::SignedIn,
             [ask](std::shared_ptr<Request const> request, Respond respond) {
               Result<void> asked = Query(*request).finish();
               if (asked) asked = ask(request, respond);
               if (!asked) respond(problem(asked.error(), *request));
             });
}

std::optional<Username> username_in(json::Fields& fields, char const* name,
                                    std::optional<Username> const& before) {
  if (!fields.has(name)) return before;
  std::string const text = fields.optional(name) ? fields.text(name) : "";
  return text.empty() ? std::nullopt : std::optional(Username{text});
}

/// What the body says of `unit`; what it does not say stays.
Result<Unit> read_unit(Request const& request, Unit unit, bool is_new) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  if (is_new) unit.id = UnitId{fields.text("id")};
  if (is_new || fields.has("name")) unit.name = fields.text("name");
  if (is_new || fields.has("kind")) unit.kind = fields.text("kind");
  unit.head = username_in(fields, "head", unit.head);
  unit.supervising_leader = username_in(fields, "supervising_leader", unit.supervising_leader);
  if (!is_new) unit.retired = fields.boolean_or("retired", unit.retired);
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return unit;
}

Result<Participant> read_person(Request const& request, Participant person, bool is_new) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  if (is_new) person.username = Username{fields.text("username")};
  if (is_new || fields.has("name")) person.name = fields.text("name");
  if (fields.has("unit"))
    person.unit = fields.optional("unit") ? std::optional(UnitId{fields.text("unit")}) : std::nullopt;
  if (is_new || fields.has("roles")) {
    person.roles.clear();
    for (std::string const& name : fields.texts("roles")) {
      if (auto const role = role_named(name))
        person.roles.push_back(*role);
      else
        fields.fault("roles", "knows no role " + name);
    }
  }
  person.email = fields.text_or("email", person.email);
  if (!is_new) person.active = fields.boolean_or("active", person.active);
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return person;
}

void add_unit_routes(Router& router, Application& application) {
  add_change(router, "POST", "/units",
             [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
               Result<Unit> wish =
                   read_unit(*request, {UnitId{""}, "", "", false, std::nullopt, std::nullopt}, true);
               if (!wish) return tl::unexpected(wish.error());
               add_unit(application, std::move(*wish), request->visitor->username,
                        answer_with<Unit>(request, respond, 201, unit_json));
               return {};
             });
  add_change(router, "PATCH", "/units/{id}",
             [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
               auto const organisation = application.engine.organisation();
               Unit const* const known = organisation->unit(UnitId{request->path_parameters.at("id")});
               if (!known) return refuse(Reason::NotFound, "", {"没有这个单位", "there is no such unit"});
               Result<std::string> seen = seen_in(*request);
               if (!seen) return tl::unexpected(seen.error());
               Result<Unit> wish = read_unit(*request, *known, false);
               if (!wish) return tl::unexpected(wish.error());
               change_unit(application, std::move(*wish), *seen, request->visitor->username,
                           answer_with<Unit>(request, respond, 200, unit_json));
               return {};
             });
}

void add_person_routes(Router& router, Application& application) {
  add_change(router, "POST", "/participants",
             [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
               Result<Participant> wish =
                   read_person(*request, {Username{""}, "", std::nullopt, {}, "", true}, true);
               if (!wish) return tl::unexpected(wish.error());
               add_participant(application, std::move(*wish), request->visitor->username,
                               answer_with<Participant>(request, respond, 201, person_json));
               return {};
             });
  add_change(router, "PATCH", "/participants/{username}",
             [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
               auto const organisation = application.engine.organisation();
               Participant const* const known =
                   organisation->participant(Username{request->path_parameters.at("username")});
               if (!known) return refuse(Reason::NotFound, "", {"没有这个人", "there is no such person"});
               Result<std::string> seen = seen_in(*request);
               if (!seen) return tl::unexpected(seen.error());
               Result<Participant> wish = read_person(*request, *known, false);
               if (!wish) return tl::unexpected(wish.error());
               change_participant(application, std::move(*wish), *seen, request->visitor->username,
                                  answer_with<Participant>(request, respond, 200, person_json));
               return {};
             });
  router.add(
      "POST", std::string(base_path) + "/participants/{username}/invitation", Access::SignedIn,
      [&application](std::shared_ptr<Request const> request, Respond respond) {
        auto const invite = [&application, request, respond] {
          Result<std::string> const address =
              invitation_address(application, *request, Username{request->path_parameters.at("username")});
          respond(address ? json_response(201, {{"address", *address}}) : problem(address.error(), *request));
        };
        if (!application.workers.run(invite)) invite();
      });
}

/// `{"add":["xiangA"],"remove":["xiangB"],"decide":{"xiangB":"xiangA"},"reason":"…"}`.
Result<MembershipWish> read_members(Request const& request) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  Result<std::string> seen = seen_in(request);
  if (!seen) return tl::unexpected(seen.error());
  json::Fields fields(*body, "");
  MembershipWish wish{GroupId{request.path_parameters.at("id")}, *seen, {}, {}, {}, ""};
  for (std::string const& unit : fields.texts("add")) wish.add.emplace_back(unit);
  for (std::string const& unit : fields.texts("remove")) wish.remove.emplace_back(unit);
  if (fields.has("decide"))
    for (auto const& [unit, what] : fields.object("decide").items()) {
      if (!what.is_string()) {
        fields.fault("decide", "says for each unit `cancel`, or the id of the unit that takes over");
        continue;
      }
      std::string const taker = what.get<std::string>();
      wish.decisions.emplace(UnitId{unit}, taker == "cancel" ? std::nullopt : std::optional(UnitId{taker}));
    }
  wish.reason = fields.text_or("reason", "");
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return wish;
}

/// What the body says of `group`; what it does not say stays.
Result<GroupWish> read_group(Request const& request, GroupWish group, bool is_new) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  if (is_new) group.id = GroupId{fields.text("id")};
  if (is_new || fields.has("name")) group.name = fields.text("name");
  if (!is_new) group.retired = fields.boolean_or("retired", group.retired);
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return group;
}

void add_group_routes(Router& router, Application& application) {
  add_change(router, "POST", "/groups",
             [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
               Result<GroupWish> wish = read_group(*request, {GroupId{""}, "", false}, true);
               if (!wish) return tl::unexpected(wish.error());
               add_group(application, wish->id, wish->name, request->visitor->username,
                         answer_with<UnitGroup>(request, respond, 201, group_json));
               return {};
             });
  add_change(
      router, "PATCH", "/groups/{id}",
      [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
        auto const organisation = application.engine.organisation();
        auto const known = organisation->groups.find(GroupId{request->path_parameters.at("id")});
        if (known == organisation->groups.end())
          return refuse(Reason::NotFound, "", {"没有这个单位组", "there is no such group"});
        Result<std::string> seen = seen_in(*request);
        if (!seen) return tl::unexpected(seen.error());
        UnitGroup const& group = known->second;
        Result<GroupWish> wish = read_group(*request, {group.id, group.name, is_retired(group)}, false);
        if (!wish) return tl::unexpected(wish.error());
        change_group(application, std::move(*wish), *seen, request->visitor->username,
                     answer_with<UnitGroup>(request, respond, 200, group_json));
        return {};
      });
  add_change(
      router, "POST", "/groups/{id}/members",
      [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
        Result<MembershipWish> wish = read_members(*request);
        if (!wish) return tl::unexpected(wish.error());
        if (!application.membership_desk)
          return refuse(Reason::Unavailable, "", {"不能调整成员", "members cannot be changed here"});
        auto const change = [&application, request, respond, wish = std::move(*wish)] {
          auto const done = application.membership_desk->change(wish, request->visitor->username);
          respond(done ? json_response(200, {{"shares_made", done->shares_made},
                                             {"shares_ended", done->shares_ended},
                                             {"undecided", done->undecided}})
                       : problem(done.error(), *request));
        };
        if (!application.workers.run(change))
          return refuse(Reason::Unavailable, "", {"服务器忙，请稍后再试", "busy; try again in a moment"});
        return {};
      });
}

struct HandOverWish {
  std::string to, reason;
};

Result<HandOverWish> read_hand_over(Request const& request) {
  Result<nlohmann::json> const body = read_object(request);
  if (!body) return tl::unexpected(body.error());
  json::Fields fields(*body, "");
  HandOverWish wish{fields.text("to"), fields.text("reason")};
  if (auto finished = fields.finish(); !finished) return tl::unexpected(finished.error());
  return wish;
}

void add_hand_over_routes(Router& router, Application& application) {
  add_change(router, "POST", "/units/{id}/hand-over",
             [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
               Result<HandOverWish> wish = read_hand_over(*request);
               if (!wish) return tl::unexpected(wish.error());
               hand_over_unit(application, UnitId{request->path_parameters.at("id")}, UnitId{wish->to},
                              wish->reason, request->visitor->username,
                              answer_with<HandedOver>(request, respond, 200, moved_json));
               return {};
             });
  add_change(router, "POST", "/participants/{username}/hand-over",
             [&application](std::shared_ptr<Request const> request, Respond respond) -> Result<void> {
               Result<HandOverWish> wish = read_hand_over(*request);
               if (!wish) return tl::unexpected(wish.error());
               hand_over_person(application, Username{request->path_parameters.at("username")},
                                Username{wish->to}, wish->reason, request->visitor->username,
                                answer_with<HandedOver>(request, respond, 200, moved_json));
               return {};
             });
}

}  // namespace

void add_organisation_change_routes(Router& router, Application& application) {
  add_unit_routes(router, application);
  add_person_routes(router, application);
  add_group_routes(router, application);
  add_hand_over_routes(router, application);
}

}  // namespace xiaohao::web::api
