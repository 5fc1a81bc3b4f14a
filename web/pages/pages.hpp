#pragma once

// The pages, one file each; every file adds its own routes.

#include "web/pages/layout.hpp"

namespace xiaohao::web::pages {

void add_sign_in_page(Router& router, Application& application);
void add_dashboard_page(Router& router, Application& application);
void add_items_page(Router& router, Application& application);
void add_closeouts_page(Router& router, Application& application);
void add_closeout_paper_page(Router& router, Application& application);
void add_journal_page(Router& router, Application& application);
void add_administration_page(Router& router, Application& application);
void add_about_page(Router& router, Application& application);
void add_demonstration_actions(Router& router, Application& application);
void add_lifecycle_pages(Router& router, Application& application);
void add_item_page(Router& router, Application& application);
void add_desk_page(Router& router, Application& application);
void add_reviews_page(Router& router, Application& application);
void add_verify_record_pages(Router& router, Application& application);
void add_notices_page(Router& router, Application& application);
void add_findings_page(Router& router, Application& application);
void add_findings_csv(Router& router, Application& application);
void add_finding_form(Router& router, Application& application);
void add_documents_page(Router& router, Application& application);
void add_silences_page(Router& router, Application& application);
void add_acknowledge_page(Router& router, Application& application);
void add_policy_page(Router& router, Application& application);
void add_print_queue_page(Router& router, Application& application);
void add_reinspections_page(Router& router, Application& application);
void add_extensions_page(Router& router, Application& application);
void add_openid_pages(Router& router, Application& application);
void add_rehearsal_page(Router& router, Application& application);
void add_organisation_pages(Router& router, Application& application);
void add_set_up_page(Router& router, Application& application);

}  // namespace xiaohao::web::pages
