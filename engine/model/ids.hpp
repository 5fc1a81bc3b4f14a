#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

namespace xiaohao {

/// A value that names one kind of thing and cannot be given where another kind is meant.
template <class Tag, class Value>
class Id {
 public:
  explicit constexpr Id(Value value) : value_(std::move(value)) {}
  constexpr Value const& value() const { return value_; }
  friend auto operator<=>(Id const&, Id const&) = default;

 private:
  Value value_;
};

using ItemId = Id<struct ItemTag, std::int64_t>;
using NoticeId = Id<struct NoticeTag, std::int64_t>;
using TimerId = Id<struct TimerTag, std::int64_t>;
using PlanYear = Id<struct PlanTag, int>;
using UnitId = Id<struct UnitTag, std::string>;
using GroupId = Id<struct GroupTag, std::string>;
using Username = Id<struct UsernameTag, std::string>;
using Sha256Hex = Id<struct Sha256Tag, std::string>;  ///< 64 lower-case hexadecimal digits

static_assert(!std::is_constructible_v<ItemId, UnitId>);
static_assert(!std::is_convertible_v<std::int64_t, ItemId>);

}  // namespace xiaohao

template <class Tag, class Value>
struct std::hash<xiaohao::Id<Tag, Value>> {
  std::size_t operator()(xiaohao::Id<Tag, Value> const& id) const noexcept {
    return std::hash<Value>{}(id.value());
  }
};
