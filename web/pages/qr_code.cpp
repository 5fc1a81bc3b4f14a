#include "web/pages/qr_code.hpp"

#include <memory>
#include <qrencode.h>

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr int quiet_modules = 4;

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

/// Dark modules, a bar for each run of them in a row.
std::string bars_of(QRcode const& code) {
  std::string bars;
  for (int row = 0; row < code.width; ++row)
    for (int column = 0; column < code.width;) {
      int const begin = column;
      while (column < code.width && (code.data[row * code.width + column] & 1)) ++column;
      if (column == begin) {
        ++column;
        continue;
      }
      bars += "M" + std::to_string(begin + quiet_modules) + " " + std::to_string(row + quiet_modules) + "h" +
              std::to_string(column - begin) + "v1h-" + std::to_string(column - begin) + "z";
    }
  return bars;
}

}  // namespace

Html qr_code(std::string_view text, std::string_view label) {
  std::unique_ptr<QRcode, FreeCode> const code(QRcode_encodeData(
      static_cast<int>(text.size()), reinterpret_cast<unsigned char const*>(text.data()), 0, QR_ECLEVEL_M));
  if (!code) return {};
  std::string const side = std::to_string(code->width + 2 * quiet_modules);
  return svg(cls("qr-code"), attr("viewBox", "0 0 " + side + " " + side), attr("role", "img"),
             attr("aria-label", label), attr("shape-rendering", "crispEdges"),
             rect(attr("width", side), attr("height", side), attr("fill", "#fff")),
             path(attr("d", bars_of(*code)), attr("fill", "#000")));
}

}  // namespace xiaohao::web::pages
