#include "web/problem.hpp"

#include "engine/json/document.hpp"

namespace xiaohao::web {
namespace {

using Json = nlohmann::ordered_json;

struct Kind {
  int status;
  char const* name;  ///< the end of `type`, stable for scripts
  Text title;
};

Kind kind_of(Reason reason) {
  switch (reason) {
    case Reason::Malformed:
      return {400, "malformed", {"请求内容不正确", "The request cannot be read"}};
    case Reason::Unauthenticated:
      return {401, "unauthenticated", {"请先登录", "Nobody is signed in"}};
    case Reason::Forbidden:
      return {403, "forbidden", {"没有权限", "You may not do this"}};
    case Reason::NotFound:
      return {404, "not-found", {"没有找到", "No such thing"}};
    case Reason::NotPossible:
      return {409, "not-possible", {"当前状态下不能这样做", "Not possible in this state"}};
    case Reason::Stale:
      return {412, "stale", {"内容已被更新", "It has changed since you read it"}};
    case Reason::TooLarge:
      return {413, "too-large", {"超过上限", "Beyond a limit"}};
    case Reason::GuardFailed:
      return {422, "guard-failed", {"条件尚未满足", "A condition does not hold"}};
    case Reason::VersionMissing:
      return {428, "version-missing", {"缺少版本号", "The version is missing"}};
    case Reason::TooOften:
      return {429, "too-often", {"过于频繁", "Too often"}};
    case Reason::Unavailable:
      return {503, "unavailable", {"暂时无法使用", "Not available now"}};
    case Reason::StorageFull:
      return {507, "storage-full", {"磁盘已满", "The disk is full"}};
  }
  return {500, "internal", {"服务器内部错误", "Internal error"}};
}

Text title_of(int status) {
  switch (status) {
    case 404:
      return {"没有找到", "No such thing"};
    case 405:
      return {"不支持这个方法", "This method is not allowed here"};
    case 415:
      return {"不支持这种内容类型", "This media type is not taken here"};
    case 431:
      return {"请求头过大", "The header is too large"};
    case 500:
      return {"服务器内部错误", "Internal error"};
    case 503:
      return {"暂时无法使用", "Not available now"};
    default:
      return {"请求不正确", "The request cannot be read"};
  }
}

Response respond(int status, Json const& body) {
  // Names from outside may stand in a detail; whatever is not UTF-8 there must not become an exception here.
  return text_response(status, "application/problem+json",
                       body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

int status_of(Reason reason) { return kind_of(reason).status; }

Response problem(Refusal const& refusal, std::string const& instance, Language language) {
  Kind const kind = kind_of(refusal.reason);
  Json body{
      {"type", std::string("urn:xiaohao:problem:") + kind.name},
      {"title", in(language, kind.title)},
      {"status", kind.status},
      {"detail", refusal.faults.empty() ? in(language, kind.title) : in(language, refusal.first().detail)},
      {"instance", instance}};
  Json errors = Json::array();
  for (Fault const& fault : refusal.faults)
    if (!fault.pointer.empty() || refusal.faults.size() > 1)
      errors.push_back({{"pointer", fault.pointer}, {"detail", in(language, fault.detail)}});
  if (!errors.empty()) body["errors"] = std::move(errors);
  Response response = respond(kind.status, body);
  if (refusal.reason == Reason::Unauthenticated) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

Response problem(int status, Text const& detail, std::string const& instance, Language language) {
  return respond(status, Json{{"type", "about:blank"},
                              {"title", in(language, title_of(status))},
                              {"status", status},
                              {"detail", in(language, detail)},
                              {"instance", instance}});
}

}  // namespace xiaohao::web
