#pragma once

#include "web/findings.hpp"
#include "web/pages/visit.hpp"

namespace xiaohao::web::pages {

/// Which findings a ledger's address asks for; of the visitor's plan, when it names none.
struct AskedFindings {
  FindingQuery query;
  std::vector<Fault> faults;
};
AskedFindings asked_findings(Visit const& visit);

}  // namespace xiaohao::web::pages
