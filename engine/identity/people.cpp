#include "engine/identity/people.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace xiaohao::identity {
namespace {

constexpr std::size_t username_bytes_max = 64;
constexpr int name_characters_max = 60;
constexpr std::size_t email_bytes_max = 254;

bool is_administrator(Role role) {
  return role == Role::SystemAdministrator || role == Role::SecurityAdministrator || role == Role::Auditor;
}

bool is_username(std::string const& text) {
  auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= username_bytes_max && letter(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return letter(c) || c == '-' || c == '_' || c == '.'; });
}

/// As the journal names what no person does; a person of that name could pass for it.
bool is_no_person(std::string const& username) { return username == "clock" || username == "engine"; }

/// The next code point; none at the end and where it is not UTF-8.
std::optional<std::uint32_t> next_character(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  auto const byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]));
  };
  std::uint32_t const first = byte(0);
  std::size_t const length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || text.size() < length) return std::nullopt;
  std::uint32_t character = length == 1 ? first : first & (0x7Fu >> length);
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return std::nullopt;
    character = (character << 6) | (byte(at) & 0x3F);
  }
  constexpr std::uint32_t shortest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (character < shortest[length] || character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
    return std::nullopt;
  text.remove_prefix(length);
  return character;
}

bool is_invisible(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x034F || c == 0x061C || c == 0x115F ||
         c == 0x1160 || c == 0x17B4 || c == 0x17B5 || (c >= 0x180B && c <= 0x180F) ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFA0 ||
         (c >= 0xFFF0 && c <= 0xFFFB) || c >= 0xE0000;
}

bool is_email(std::string_view text) {
  auto const at = text.find('@');
  return text.size() <= email_bytes_max && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c > 0x20 && c < 0x7F && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
         });
}

}  // namespace

bool is_visible_name(std::string_view text) {
  int characters = 0;
  bool only_spaces = true;
  while (!text.empty()) {
    auto const character = next_character(text);
    if (!character || is_invisible(*character) || ++characters > name_characters_max) return false;
    if (*character != ' ' && *character != 0x3000) only_spaces = false;
  }
  return !only_spaces;
}

std::optional<Text> conflict_between(std::vector<Role> const& roles) {
  auto const administrator = std::find_if(roles.begin(), roles.end(), is_administrator);
  if (administrator == roles.end()) return std::nullopt;
  auto const other =
      std::find_if(roles.begin(), roles.end(), [&](Role role) { return role != *administrator; });
  if (other == roles.end()) return std::nullopt;
  std::string const one(to_string(*administrator));
  std::string const two(to_string(*other));
  return Text{"系统管理员、安全管理员、审计员三权分立，" + one + " 不能兼任 " + two,
              one + " and " + two +
                  " cannot be one person: system administrator, security administrator and auditor exclude "
                  "one another and whoever acts on items"};
}

Result<void> check_participant(Participant const& participant, Organisation const& organisation) {
  Refusal refusal{Reason::Malformed, {}};
  auto const fault = [&](char const* pointer, Text detail) {
    refusal.faults.push_back({pointer, std::move(detail)});
  };
  if (!is_username(participant.username.value()))
    fault("/username",
          {"用户名只能由小写字母、数字和 - _ . 组成，以字母或数字开头，最多 64 个字符",
           "a user name is lower-case letters, digits, - _ and ., begins with a letter or digit, "
           "and has at most 64 characters"});
  if (is_no_person(participant.username.value()))
    fault("/username", {"clock 和 engine 是日志对系统自身的称呼，不能用作用户名",
                        "clock and engine are what the journal calls the program itself; give another name"});
  if (!is_visible_name(participant.name))
    fault("/name", {"姓名须为 1 至 60 个可见字符", "a name is 1 to 60 visible characters"});
  if (participant.roles.empty()) fault("/roles", {"至少要有一个角色", "at least one role is needed"});
  if (auto const conflict = conflict_between(participant.roles)) fault("/roles", *conflict);
  bool const acts_for_unit = participant.has(Role::Owner) || participant.has(Role::Head);
  if (acts_for_unit && !participant.unit)
    fault("/unit", {"责任人和单位负责人须属于某个单位", "an owner or head acts for a unit; name it"});
  if (participant.unit && !organisation.unit(*participant.unit))
    fault("/unit", {"没有单位 " + participant.unit->value(),
                    "there is no unit " + participant.unit->value() + "; give the id of one"});
  if (!participant.email.empty() && !is_email(participant.email))
    fault("/email", {"电子邮件地址不正确", "this is no e-mail address; give one such as name@example.cn"});
  if (refusal.faults.empty()) return {};
  return tl::unexpected(std::move(refusal));
}

}  // namespace xiaohao::identity
