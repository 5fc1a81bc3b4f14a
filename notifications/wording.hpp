#pragma once

// The words of a message, with named placeholders: "第{number}项《{item}》还有{days_left}天到期".

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/result.hpp"

namespace xiaohao::notifications {

/// What the placeholders stand for, by name, in both languages.
using Values = std::map<std::string, Text, std::less<>>;

/// The names that a wording may use; everything that writes a message gives all of them a value.
std::vector<std::string_view> const& placeholders();

struct Wording {
  Text subject;
  Text body;

  /// Fills in the placeholders. A line of the body all of whose placeholders are empty is left out, so that
  /// "理由：{words}" is not written without a reason.
  Text subject_with(Values const& values) const;
  Text body_with(Values const& values) const;
};

/// What is wrong with a template, in English; empty: nothing. `{` and `}` are only for placeholders.
std::string fault_of(std::string_view pattern);

}  // namespace xiaohao::notifications
