#include "workflows/reading.hpp"

#include "engine/domain/plain_text.hpp"

namespace xiaohao::workflows {
namespace {

Text text_in(json::Fields& fields) {
  Text text{fields.text("zh"), fields.text("en")};
  for (char const* language : {"zh", "en"})
    if (!is_plain(language[0] == 'z' ? text.zh : text.en))
      fields.fault(language, Text{"含有控制字符或不可见字符", "has control or invisible characters"});
  return text;
}

}  // namespace

void read_heading(json::Fields& top, std::string_view schema) {
  std::string const wanted(schema);
  // A document without a schema has the fault "is missing" already.
  if (std::string const found = top.text("$schema"); !found.empty() && found != wanted)
    top.fault("$schema", Text{"应为 " + wanted, "must be " + wanted});
  top.ignore("description");
}

std::string read_name(json::Fields& fields, std::string_view name) {
  std::string text = fields.text(name);
  if (!is_plain(text))
    fields.fault(name, Text{"含有控制字符或不可见字符", "has control or invisible characters"});
  return text;
}

Text read_text(json::Fields& fields, std::string_view name) {
  json::Fields inner(fields.object(name), fields.pointer(name));
  if (!fields.has(name)) return {};
  Text text = text_in(inner);
  fields.include(inner.finish());
  return text;
}

Text stands_twice(std::string const& what) {
  return {"“" + what + "”出现两次", "\"" + what + "\" stands twice"};
}

void fault_in(json::Fields& fields, std::string_view name, std::size_t index, Text detail) {
  fields.include(
      refuse(Reason::Malformed, json::join_pointer(fields.pointer(name), index), std::move(detail)));
}

std::vector<Text> read_texts(json::Fields& fields, std::string_view name) {
  std::vector<Text> texts;
  read_each(fields, name, fields.array_or_empty(name),
            [&](json::Fields& inner) { texts.push_back(text_in(inner)); });
  return texts;
}

}  // namespace xiaohao::workflows
