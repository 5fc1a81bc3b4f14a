#include "web/pages/pages.hpp"

#include "web/pages/account.hpp"

namespace xiaohao::web {

void add_page_routes(Router& router, Application& application) {
  pages::add_sign_in_page(router, application);
  pages::add_dashboard_page(router, application);
  pages::add_items_page(router, application);
  pages::add_desk_page(router, application);
  pages::add_reviews_page(router, application);
  pages::add_notices_page(router, application);
  pages::add_closeouts_page(router, application);
  pages::add_closeout_paper_page(router, application);
  pages::add_journal_page(router, application);
  pages::add_verify_record_pages(router, application);
  pages::add_policy_page(router, application);
  pages::add_print_queue_page(router, application);
  pages::add_organisation_pages(router, application);
  pages::add_set_up_page(router, application);
  pages::add_reinspections_page(router, application);
  pages::add_extensions_page(router, application);
  pages::add_openid_pages(router, application);
  pages::add_rehearsal_page(router, application);
  pages::add_documents_page(router, application);
  pages::add_findings_page(router, application);
  pages::add_findings_csv(router, application);
  pages::add_finding_form(router, application);
  pages::add_silences_page(router, application);
  pages::add_acknowledge_page(router, application);
  pages::add_account_page(router, application);
  pages::add_account_calendars(router, application);
  pages::add_one_time_codes_page(router, application);
  pages::add_about_page(router, application);
  pages::add_administration_page(router, application);
  pages::add_demonstration_actions(router, application);
  pages::add_lifecycle_pages(router, application);
  pages::add_item_page(router, application);
}

}  // namespace xiaohao::web
