#include "web/api/answers.hpp"

#include <algorithm>

#include "engine/json/reader.hpp"
#include "web/work.hpp"

namespace xiaohao::web::api {

Response json_response(int status, Json const& body) {
  return text_response(status, "application/json", body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Response list_response(Json items, std::optional<std::string> next) {
  return json_response(200, Json{{"items", std::move(items)}, {"next", next ? Json(*next) : Json(nullptr)}});
}

void add(Router& router, std::string method, std::string_view path, Answer answer) {
  router.add(std::move(method), base_path + std::string(path), Access::SignedIn,
             [answer = std::move(answer)](std::shared_ptr<Request const> request, Respond respond) {
               Result<Response> response = answer(*request);
               respond(response ? std::move(*response) : problem(response.error(), *request));
             });
}

Result<nlohmann::json> read_object(Request const& request) {
  Result<nlohmann::json> body = json::read(request.body);
  if (body && !body->is_object())
    return refuse(Reason::Malformed, "", {"请求体必须是一个 JSON 对象", "the body must be a JSON object"});
  return body;
}

Result<std::int64_t> path_number(Request const& request, char const* name) {
  auto const number = whole_number(request.path_parameters.at(name));
  if (number && *number >= 0) return *number;
  return refuse(Reason::NotFound, "", {"没有找到", "there is no such thing"});
}

Result<WorkItem> path_item(Application& application, Request const& request, char const* what) {
  Result<std::int64_t> const id = path_number(request, "id");
  auto item = id ? application.engine.store().read()->item(ItemId{*id}) : std::nullopt;
  if (!item) return refuse(Reason::NotFound, "", {"没有这个事项", "there is no such item"});
  if (!may_read(application, request.visitor->username, what, *item))
    return refuse(Reason::Forbidden, "",
                  {"您不能查看这个事项的这项内容", "you may not read this of the item"});
  return std::move(*item);
}

Result<std::optional<std::int64_t>> seen_version(Request const& request) {
  std::string_view const text = request.header("if-match");
  if (text.empty()) return std::nullopt;
  if (text.size() > 2 && text.front() == '"' && text.back() == '"')
    if (auto const version = whole_number(text.substr(1, text.size() - 2)); version && *version > 0)
      return version;
  return refuse(
      Reason::Malformed, "",
      {"If-Match 必须是带引号的版本号，如 \"7\"", "If-Match must be one quoted version, as in \"7\""});
}

Result<std::string> idempotency_key(Request const& request) {
  std::string key(request.header("idempotency-key"));
  bool const visible = std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  if (key.size() <= 200 && visible) return key;
  return refuse(Reason::Malformed, "",
                {"Idempotency-Key 最多 200 个可见 ASCII 字符",
                 "Idempotency-Key must be at most 200 visible ASCII characters"});
}

}  // namespace xiaohao::web::api
