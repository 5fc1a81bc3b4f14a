#include "web/pages/html.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace xiaohao::web::html {
namespace {

constexpr std::array<std::string_view, 6> without_content{"br", "hr", "img", "input", "link", "meta"};

bool carries_a_program(std::string_view name) {
  return name.substr(0, 2) == "on" || name == "style" || name == "srcdoc";
}

Attribute address(std::string_view name, std::string_view path) {
  bool const here = !path.empty() && (path.front() == '/' || path.front() == '?' || path.front() == '#');
  bool const another_host = path.size() > 1 && path[0] == '/' && (path[1] == '/' || path[1] == '\\');
  if (!here || another_host)
    throw std::logic_error("an address in a page must be a path of this server: " + std::string(path));
  return attr(name, path);
}

}  // namespace

Html trusted(std::string markup) { return Html(std::move(markup)); }

Attribute attr(std::string_view name, std::string_view value) {
  if (carries_a_program(name)) throw std::logic_error("not in a page: " + std::string(name));
  return {std::string(name), std::string(value)};
}
Attribute attr(std::string_view name, std::int64_t value) { return attr(name, std::to_string(value)); }
Attribute flag(std::string_view name, bool present) {
  return {std::string(name), "", present ? Attribute::Kind::Bare : Attribute::Kind::Absent};
}
Attribute href(std::string_view path) { return address("href", path); }
Attribute action(std::string_view path) { return address("action", path); }
Attribute src(std::string_view path) { return address("src", path); }

void escape(std::string_view text, std::string& out) {
  for (std::size_t from = 0; from < text.size();) {
    std::size_t const special = std::min(text.find_first_of("&<>\"'", from), text.size());
    out.append(text, from, special - from);
    if (special == text.size()) return;
    switch (text[special]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += "&#39;";
    }
    from = special + 1;
  }
}

void Part::write_attribute(std::string& out) const {
  if (kind_ != Kind::Attribute || attribute_->kind == Attribute::Kind::Absent) return;
  out.append(1, ' ').append(attribute_->name);
  if (attribute_->kind == Attribute::Kind::Bare) return;
  out += "=\"";
  escape(attribute_->value, out);
  out += '"';
}

void Part::write_content(std::string& out) const {
  switch (kind_) {
    case Kind::Text:
      escape(text_, out);
      break;
    case Kind::Markup:
      out += text_;
      break;
    case Kind::Number:
      out += std::to_string(number_);
      break;
    case Kind::Attribute:
      break;
  }
}

Html element(std::string_view tag, std::initializer_list<Part> parts) {
  std::string out;
  out.append(1, '<').append(tag);
  for (Part const& part : parts) part.write_attribute(out);
  out += '>';
  if (std::find(without_content.begin(), without_content.end(), tag) != without_content.end())
    return trusted(std::move(out));
  for (Part const& part : parts) part.write_content(out);
  out.append("</").append(tag).append(1, '>');
  return trusted(std::move(out));
}

Html together(std::initializer_list<Part> parts) {
  std::string out;
  for (Part const& part : parts) part.write_content(out);
  return trusted(std::move(out));
}

}  // namespace xiaohao::web::html
