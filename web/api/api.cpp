#include "api_description.embedded.hpp"
#include "web/api/answers.hpp"

namespace xiaohao::web {

void add_api_routes(Router& router, Application& application) {
  api::add_session_routes(router, application);
  api::add_me_routes(router, application);
  api::add_calendar_routes(router, application);
  api::add_plan_routes(router, application);
  api::add_item_routes(router, application);
  api::add_event_routes(router, application);
  api::add_evidence_routes(router, application);
  api::add_organisation_routes(router, application);
  api::add_organisation_change_routes(router, application);
  api::add_notice_routes(router, application);
  api::add_document_routes(router, application);
  api::add_finding_routes(router, application);
  api::add_erasure_routes(router, application);
  api::add_reinspection_routes(router, application);
  api::add_review_routes(router, application);
  api::add_silence_routes(router, application);
  api::add_record_routes(router, application);
  api::add_journal_routes(router, application);
  api::add_demonstration_routes(router, application);
  router.add("GET", std::string(api::base_path) + "/openapi.json", Access::Anyone,
             [](std::shared_ptr<Request const>, Respond respond) {
               respond(text_response(200, "application/json",
                                     std::string(embedded::api_description().front().bytes)));
             });
}

}  // namespace xiaohao::web
