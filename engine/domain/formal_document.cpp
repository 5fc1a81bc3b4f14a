#include "engine/domain/formal_document.hpp"

#include <array>

namespace xiaohao {
namespace {

struct KindNames {
  DocumentKind kind;
  std::string_view name;
  std::string_view series;  ///< before the year
};
constexpr std::array<KindNames, 3> kinds{{{DocumentKind::Order, "order", "督"},
                                          {DocumentKind::Bulletin, "bulletin", "通报"},
                                          {DocumentKind::Summons, "summons", "约谈"}}};

}  // namespace

std::string_view to_string(DocumentKind kind) {
  for (KindNames const& known : kinds)
    if (known.kind == kind) return known.name;
  return "";
}

std::optional<DocumentKind> document_kind_named(std::string_view name) {
  for (KindNames const& known : kinds)
    if (known.name == name) return known.kind;
  return std::nullopt;
}

std::string number_of(FormalDocument const& document) {
  std::string series;
  for (KindNames const& known : kinds)
    if (known.kind == document.kind) series = known.series;
  return series + "〔" + std::to_string(document.year) + "〕" + std::to_string(document.number) + "号";
}

}  // namespace xiaohao
