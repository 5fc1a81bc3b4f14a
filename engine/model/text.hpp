#pragma once

#include <string>

namespace xiaohao {

/// A sentence for a person, in both languages of the product.
///
/// The place that knows a fact writes both; a page picks one. Chinese is what the county's staff read;
/// English serves the API, the CLI and the logs.
struct Text {
  std::string zh;
  std::string en;

  friend bool operator==(Text const&, Text const&) = default;
};

}  // namespace xiaohao
