#include "engine/decision/fields.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "engine/domain/plain_text.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/model/time.hpp"

namespace xiaohao::decision {
namespace {

using Json = nlohmann::json;

constexpr std::size_t text_bytes_max = 4000;
constexpr std::size_t unit_bytes_max = 60;

bool is_sha256(Json const& value) {
  if (!value.is_string()) return false;
  auto const& text = value.get_ref<std::string const&>();
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool is_integer_within(Json const& value, std::int64_t min, std::int64_t max) {
  if (!value.is_number_integer()) return false;
  auto const number = value.get<std::int64_t>();
  return number >= min && number <= max;
}

/// What is wrong with `value` as a field of `type`, if anything.
std::optional<Text> fault_of(Json const& value, FieldType type) {
  switch (type) {
    case FieldType::Percent:
      if (!is_integer_within(value, 0, 100))
        return Text{"应为 0–100 的整数", "must be an integer from 0 to 100"};
      break;
    case FieldType::Text:
      if (!value.is_string() || is_blank(value.get_ref<std::string const&>()))
        return Text{"请填写，不能为空", "must be a text that is not empty"};
      if (value.get_ref<std::string const&>().size() > text_bytes_max)
        return Text{"太长，最多 4000 字节", "is too long: at most 4,000 bytes"};
      if (has_controls(value.get_ref<std::string const&>()))
        return Text{"含有控制字符，请删去", "has control characters; leave them out"};
      break;
    case FieldType::Date:
      if (!value.is_string() || !parse_date(value.get_ref<std::string const&>()))
        return Text{"应为存在的日期，格式 YYYY-MM-DD", "must be a date that exists, as YYYY-MM-DD"};
      break;
    case FieldType::Sha256:
      if (!is_sha256(value))
        return Text{"应为 64 位十六进制 SHA-256", "must be a SHA-256 in 64 hexadecimal digits"};
      break;
    case FieldType::Sha256List:
      if (!value.is_array() || !std::all_of(value.begin(), value.end(), is_sha256))
        return Text{"应为 SHA-256 的数组", "must be an array of SHA-256 in hexadecimal"};
      break;
    case FieldType::Indicators:
      if (!value.is_object() ||
          !std::all_of(value.begin(), value.end(), [](Json const& v) { return v.is_number_integer(); }))
        return Text{"应为“指标名称: 整数”的对象", "must be an object of indicator names and integers"};
      break;
    case FieldType::Unit:
      if (!value.is_string() || is_blank(value.get_ref<std::string const&>()) ||
          value.get_ref<std::string const&>().size() > unit_bytes_max)
        return Text{"应为单位代码", "must be the id of a unit"};
      break;
    case FieldType::Bytes:
    case FieldType::Count:
      if (!is_integer_within(value, 0, std::numeric_limits<std::int64_t>::max()))
        return Text{"应为非负整数", "must be an integer that is not negative"};
      break;
  }
  return std::nullopt;
}

Field const note{"note", FieldType::Text, false, {"备注", "Note"}};

}  // namespace

Result<void> check_fields(Json const& payload, std::vector<Field> const& fields) {
  if (!payload.is_object()) return malformed("", "must be an object");
  std::vector<Fault> faults;
  auto const find = [&](std::string const& name) -> Field const* {
    if (name == note.name) return &note;
    auto const found =
        std::find_if(fields.begin(), fields.end(), [&](Field const& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
  };
  for (Field const& field : fields)
    if (field.required && !payload.contains(field.name))
      faults.push_back({json::join_pointer("", field.name),
                        {"缺少“" + field.label.zh + "”", field.label.en + " is missing"}});
  for (auto const& [name, value] : payload.items()) {
    Field const* const field = find(name);
    if (!field) {
      faults.push_back({json::join_pointer("", name), {"没有这一项", "is not a field of this event"}});
    } else if (auto const fault = fault_of(value, field->type)) {
      faults.push_back({json::join_pointer("", name), *fault});
    }
  }
  if (faults.empty()) return {};
  return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
}

}  // namespace xiaohao::decision
