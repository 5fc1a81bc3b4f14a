#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>

#include "engine/domain/work_item.hpp"

namespace xiaohao::store::sqlite {

/// What items are, as one connection has read it. A definition is written once, so it is parsed once.
class DefinitionCache {
 public:
  /// The definition of `id`, whose stored form is `json`.
  ItemDefinition const& read(ItemId id, std::string_view json);
  /// An item that was inserted and rolled back gives its id to another.
  void forget_all() { definitions_.clear(); }

 private:
  static constexpr std::size_t definitions_max = 20'000;  ///< about 40 MB; a county has hundreds
  std::unordered_map<ItemId, ItemDefinition> definitions_;
};

}  // namespace xiaohao::store::sqlite
