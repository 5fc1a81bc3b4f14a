#include "web/documents.hpp"

namespace xiaohao::web {

Result<void> may_read_documents(Application& application, Username const& username) {
  auto const organisation = application.engine.organisation();
  Participant const* const person = organisation->participant(username);
  if (person && application.engine.rules().permissions.may_read_at_large(*person, "history")) return {};
  return refuse(Reason::Forbidden, "", {"您不能查看公文", "you may not read papers"});
}

void sign_document(Application& application, Signature const& wish, Username const& who,
                   Written<FormalDocument> answer) {
  auto const sign = [wish](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::sign_document(transaction, wish, asking);
  };
  write_as<FormalDocument>(application, who, sign, std::move(answer));
}

}  // namespace xiaohao::web
