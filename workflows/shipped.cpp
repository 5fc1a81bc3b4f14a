#include "workflows/shipped.hpp"

#include <nlohmann/json.hpp>

#include "engine/json/reader.hpp"
#include "workflow_files.embedded.hpp"

namespace xiaohao::workflows {

std::optional<std::string_view> shipped(std::string_view path) {
  for (embedded::EmbeddedFile const& file : embedded::workflow_files())
    if (file.path == path) return file.bytes;
  return std::nullopt;
}

Result<calendar::BusinessCalendar> shipped_calendar() {
  return json::read(*shipped("calendars/cn-2024-2026.json")).and_then(calendar::BusinessCalendar::read);
}

}  // namespace xiaohao::workflows
