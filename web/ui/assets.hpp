#pragma once

// Stylesheet, script and pictures of the pages, inside the program. Each has an address that changes with its
// bytes (`/assets/xiaohao.3f2a….css`), so that browsers may keep it for ever.

#include <string>
#include <string_view>

namespace xiaohao::web {

/// The address of `xiaohao.css` (all stylesheets of this folder as one), `xiaohao.js`, `icon.svg`. Throws
/// std::logic_error for a name that is none of them.
std::string const& asset_path(std::string_view name);

/// What stands in it; also of `verify_record.css` alone, which the page kept as one file brings along.
std::string asset_text(std::string_view name);

}  // namespace xiaohao::web
