#include "web/documents.hpp"

#include "web/work.hpp"

namespace xiaohao::web {

Result<void> may_read_documents(Application& application, Username const& username) {
  if (may_read_at_large(application, username, "history")) return {};
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
