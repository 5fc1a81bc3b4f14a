#pragma once

// What the readers of this folder have in common.

#include <string>
#include <string_view>
#include <vector>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::workflows {

/// The top of a document: takes its `$schema`, and the fields `description` and `source` that are for people.
void read_heading(json::Fields& top, std::string_view schema);

/// A required text that may be shown as a name: see `is_plain`.
std::string read_name(json::Fields& fields, std::string_view name);

/// A required text in both languages: {"zh": …, "en": …}.
Text read_text(json::Fields& fields, std::string_view name);

/// The optional list `name` of texts in both languages.
std::vector<Text> read_texts(json::Fields& fields, std::string_view name);

Text stands_twice(std::string const& what);  ///< the fault of a name or number that must be there once

/// A fault of entry `index` of the list `name`.
void fault_in(json::Fields& fields, std::string_view name, std::size_t index, Text detail);

/// Reads each entry of the list `name`, which must be there, with `read(Fields&)`; unknown fields of an entry
/// are faults.
template <class Read>
void read_each(json::Fields& fields, std::string_view name, json::Json const& list, Read read) {
  std::size_t index = 0;
  for (json::Json const& entry : list) {
    json::Fields inner(entry, json::join_pointer(fields.pointer(name), index++));
    read(inner);
    fields.include(inner.finish());
  }
}

/// Calls `use(text, index)` for each entry of the optional list `name`; one that is no text is a fault.
template <class Use>
void read_each_text(json::Fields& fields, std::string_view name, Use use) {
  std::size_t index = 0;
  for (json::Json const& entry : fields.array_or_empty(name)) {
    if (entry.is_string() && !entry.template get_ref<std::string const&>().empty())
      use(entry.template get_ref<std::string const&>(), index);
    else
      fault_in(fields, name, index, {"应为非空文字", "must be a text that is not empty"});
    ++index;
  }
}

}  // namespace xiaohao::workflows
