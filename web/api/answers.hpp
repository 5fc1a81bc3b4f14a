#pragma once

// What all API handlers share: how they are added, how they answer, how they see items.

#include <functional>
#include <optional>
#include <string>

#include "engine/json/document.hpp"
#include "web/application.hpp"
#include "web/problem.hpp"

namespace xiaohao::web::api {

using Json = nlohmann::ordered_json;

inline constexpr char const* base_path = "/api/v1";

Response json_response(int status, Json const& body);
/// `{"items":[…],"next":CURSOR|null}`.
Response list_response(Json items, std::optional<std::string> next);

/// Answers at once; a refusal becomes a problem.
using Answer = std::function<Result<Response>(Request const&)>;
void add(Router& router, std::string method, std::string_view path, Answer answer);

/// The body as a JSON object. Malformed when it is anything else.
Result<nlohmann::json> read_object(Request const& request);

/// `{id}` of the path as a number; NotFound when it is none, since no such thing can be.
Result<std::int64_t> path_number(Request const& request, char const* name);

/// The item of `{id}` that the visitor may read `what` of. NotFound or Forbidden.
Result<WorkItem> path_item(Application& application, Request const& request, char const* what = "item");

/// The version in `If-Match: "7"`; nothing when absent, Malformed when it is not one quoted version.
Result<std::optional<std::int64_t>> seen_version(Request const& request);
/// `Idempotency-Key`, 1 to 200 visible ASCII characters; empty when absent.
Result<std::string> idempotency_key(Request const& request);

Json item_json(Application& application, WorkItem const& item, Language language);
/// 200 with the item and its version as ETag.
Response item_response(Application& application, WorkItem const& item, Language language);
Json notice_json(Notice const& notice, Language language);
Json date_or_null(std::optional<Date> const& date);
Json percent(BasisPoints progress);

void add_session_routes(Router& router, Application& application);
void add_me_routes(Router& router, Application& application);
void add_calendar_routes(Router& router, Application& application);
void add_plan_routes(Router& router, Application& application);
void add_item_routes(Router& router, Application& application);
void add_event_routes(Router& router, Application& application);
void add_evidence_routes(Router& router, Application& application);
void add_organisation_routes(Router& router, Application& application);
void add_organisation_change_routes(Router& router, Application& application);
void add_notice_routes(Router& router, Application& application);
void add_document_routes(Router& router, Application& application);
void add_finding_routes(Router& router, Application& application);
void add_erasure_routes(Router& router, Application& application);
void add_reinspection_routes(Router& router, Application& application);
void add_review_routes(Router& router, Application& application);
void add_silence_routes(Router& router, Application& application);
void add_record_routes(Router& router, Application& application);
void add_journal_routes(Router& router, Application& application);
void add_demonstration_routes(Router& router, Application& application);

}  // namespace xiaohao::web::api
