#pragma once

// Papers for whoever is signed in, from pages and API alike.

#include "engine/documents.hpp"
#include "web/asked_change.hpp"

namespace xiaohao::web {

/// Whoever may read the history of items may read papers: they name items of every unit. Forbidden otherwise.
Result<void> may_read_documents(Application& application, Username const& username);

void sign_document(Application& application, Signature const& wish, Username const& who,
                   Written<FormalDocument> answer);

}  // namespace xiaohao::web
