#pragma once

#include <string_view>

#include "web/pages/html.hpp"

namespace xiaohao::web::pages {

/// `text` as a QR code (ISO/IEC 18004, error correction M, 8-bit), drawn as one SVG path with the quiet zone
/// of four modules around it. `label` is what people who cannot see it are told. Nothing when the text is
/// longer than a QR code holds (2331 bytes).
html::Html qr_code(std::string_view text, std::string_view label);

}  // namespace xiaohao::web::pages
