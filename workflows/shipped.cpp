#include "workflows/shipped.hpp"

#include "engine/json/document.hpp"
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

Result<identity::PasswordRules> shipped_password_rules(std::string_view name) {
  for (char const* path : {"passwords/default.json", "passwords/dengbao-3.json"}) {
    Result<identity::PasswordRules> rules =
        json::read(*shipped(path)).and_then(identity::PasswordRules::read);
    if (!rules || rules->name == name) return rules;
  }
  return refuse(Reason::NotFound, "",
                {"没有密码规则 " + std::string(name), "there are no password rules \"" + std::string(name) +
                                                          "\"; there are default and 等保三级"});
}

}  // namespace xiaohao::workflows
