#pragma once

// Papers 公文 that supervision goes out by: drafted from the data, signed by a person, numbered, and then
// never changed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/json/document.hpp"
#include "engine/model/ids.hpp"
#include "engine/model/time.hpp"

namespace xiaohao {

enum class DocumentKind {
  Order,     ///< 督办单: to one unit, what is late and by when it is to answer
  Bulletin,  ///< 通报: to all units, who is behind
  Summons,   ///< 约谈通知: to the head of one unit, when and where to come
};
std::string_view to_string(DocumentKind kind);  ///< `order`, `bulletin`, `summons`
std::optional<DocumentKind> document_kind_named(std::string_view name);

struct FormalDocument {
  std::int64_t id = 0;  ///< 0: a draft
  DocumentKind kind = DocumentKind::Order;
  int year = 0;                ///< of the number
  int number = 0;              ///< within kind and year, from 1, without gaps; 0: a draft
  std::optional<UnitId> unit;  ///< to whom; none: to all units
  nlohmann::json content;      ///< what stands in it, as `documents.hpp` says
  Username signed_by{""};
  Instant signed_at{};
  friend bool operator==(FormalDocument const&, FormalDocument const&) = default;
};

/// 督〔2024〕5号: the year in full, the number without leading zeros (GB/T 9704-2012, 7.2.5).
std::string number_of(FormalDocument const& document);

}  // namespace xiaohao
