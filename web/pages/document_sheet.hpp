#pragma once

#include "engine/domain/formal_document.hpp"
#include "web/pages/visit.hpp"

namespace xiaohao::web::pages {

std::string_view document_kind_name(Say const& t, DocumentKind kind);  ///< 督办单, 通报, 约谈通知

/// The paper as it is printed (GB/T 9704-2012): Chinese, since it is one. A draft says 送审稿 and has neither
/// red head nor number.
html::Html document_sheet(Visit const& visit, FormalDocument const& document);

}  // namespace xiaohao::web::pages
