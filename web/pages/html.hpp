#pragma once

// Writes HTML. Text and attribute values are always escaped; markup comes only from other elements, so that a
// name such as `<script>` in the data stays a name.
//
//     using namespace html;
//     section(cls("overdue"),
//             h2(t("已逾期", "Overdue")),
//             ul(each(overdue, [&](Standing const* standing) { return li(item_link(*standing)); })))
//
// Attributes may stand anywhere among an element's parts. `when` writes a part only if it should be there.

#include <charconv>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace xiaohao::web::html {

/// Markup that is safe to send. Only this file's functions make it, and `trusted`.
class Html {
 public:
  Html() = default;
  std::string const& text() const& { return text_; }
  std::string text() && { return std::move(text_); }
  bool empty() const { return text_.empty(); }
  Html& operator+=(Html const& more) {
    text_ += more.text_;
    return *this;
  }

 private:
  std::string text_;
  explicit Html(std::string text) : text_(std::move(text)) {}
  friend Html trusted(std::string markup);
};

/// Takes `markup` as it is. Only for what the program itself has written: never for anything from outside.
Html trusted(std::string markup);

struct Attribute {
  std::string name;
  std::string value;
  enum class Kind { Value, Bare, Absent } kind = Kind::Value;
};

/// Throws std::logic_error for a name that could carry a program or a style (`onclick`, `style`, `srcdoc`):
/// the Content-Security-Policy would refuse it anyway.
Attribute attr(std::string_view name, std::string_view value);
Attribute attr(std::string_view name, std::int64_t value);
Attribute flag(std::string_view name, bool present = true);  ///< `disabled`
/// An address on this server, or a part of this page. Throws std::logic_error for anything else.
Attribute href(std::string_view path);
Attribute action(std::string_view path);
Attribute src(std::string_view path);
inline Attribute cls(std::string_view names) { return attr("class", names); }
inline Attribute id(std::string_view name) { return attr("id", name); }
inline Attribute name(std::string_view name) { return attr("name", name); }
inline Attribute value(std::string_view text) { return attr("value", text); }
inline Attribute type(std::string_view name) { return attr("type", name); }
inline Attribute data(std::string_view key, std::string_view value) {
  return attr("data-" + std::string(key), value);
}

/// One thing inside an element. Lives as long as the expression that it stands in.
class Part {
 public:
  Part(std::string_view text) : kind_(Kind::Text), text_(text) {}
  Part(std::string const& text) : Part(std::string_view(text)) {}
  Part(char const* text) : Part(std::string_view(text)) {}
  Part(Html const& markup) : kind_(Kind::Markup), text_(markup.text()) {}
  Part(Attribute const& attribute) : kind_(Kind::Attribute), attribute_(&attribute) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool> && !std::same_as<Number, char>) Part(Number number)
      : kind_(Kind::Number), number_(static_cast<std::int64_t>(number)) {}

  void write_attribute(std::string& out) const;
  void write_content(std::string& out) const;

 private:
  enum class Kind { Text, Markup, Attribute, Number } kind_;
  std::string_view text_;
  Attribute const* attribute_ = nullptr;
  std::int64_t number_ = 0;
};

void escape(std::string_view text, std::string& out);

Html element(std::string_view tag, std::initializer_list<Part> parts);
Html together(std::initializer_list<Part> parts);  ///< without an element around them; attributes are lost

/// Several parts as one.
template <class... Parts>
Html group(Parts&&... parts) {
  return together({Part(parts)...});
}

template <class Range, class Write>
Html each(Range&& range, Write write) {
  Html all;
  for (auto&& member : range) all += write(member);
  return all;
}

/// `part`, or nothing. A function is called only when it is needed.
template <class Write>
Html when(bool wanted, Write&& write) {
  if constexpr (std::is_invocable_v<Write>) {
    return wanted ? group(write()) : Html{};
  } else {
    return wanted ? group(write) : Html{};
  }
}

#define XIAOHAO_HTML_ELEMENT(tag)           \
  template <class... Parts>                 \
  Html tag(Parts&&... parts) {              \
    return element(#tag, {Part(parts)...}); \
  }
XIAOHAO_HTML_ELEMENT(a)
XIAOHAO_HTML_ELEMENT(abbr)
XIAOHAO_HTML_ELEMENT(article)
XIAOHAO_HTML_ELEMENT(aside)
XIAOHAO_HTML_ELEMENT(button)
XIAOHAO_HTML_ELEMENT(caption)
XIAOHAO_HTML_ELEMENT(code)
XIAOHAO_HTML_ELEMENT(dd)
XIAOHAO_HTML_ELEMENT(details)
XIAOHAO_HTML_ELEMENT(div)
XIAOHAO_HTML_ELEMENT(dl)
XIAOHAO_HTML_ELEMENT(dt)
XIAOHAO_HTML_ELEMENT(em)
XIAOHAO_HTML_ELEMENT(fieldset)
XIAOHAO_HTML_ELEMENT(figcaption)
XIAOHAO_HTML_ELEMENT(figure)
XIAOHAO_HTML_ELEMENT(footer)
XIAOHAO_HTML_ELEMENT(form)
XIAOHAO_HTML_ELEMENT(h1)
XIAOHAO_HTML_ELEMENT(h2)
XIAOHAO_HTML_ELEMENT(h3)
XIAOHAO_HTML_ELEMENT(header)
XIAOHAO_HTML_ELEMENT(img)
XIAOHAO_HTML_ELEMENT(input)
XIAOHAO_HTML_ELEMENT(label)
XIAOHAO_HTML_ELEMENT(legend)
XIAOHAO_HTML_ELEMENT(li)
XIAOHAO_HTML_ELEMENT(main)
XIAOHAO_HTML_ELEMENT(nav)
XIAOHAO_HTML_ELEMENT(ol)
XIAOHAO_HTML_ELEMENT(optgroup)
XIAOHAO_HTML_ELEMENT(option)
XIAOHAO_HTML_ELEMENT(p)
XIAOHAO_HTML_ELEMENT(progress)
XIAOHAO_HTML_ELEMENT(section)
XIAOHAO_HTML_ELEMENT(select)
XIAOHAO_HTML_ELEMENT(small)
XIAOHAO_HTML_ELEMENT(span)
XIAOHAO_HTML_ELEMENT(strong)
XIAOHAO_HTML_ELEMENT(summary)
XIAOHAO_HTML_ELEMENT(table)
XIAOHAO_HTML_ELEMENT(tbody)
XIAOHAO_HTML_ELEMENT(td)
XIAOHAO_HTML_ELEMENT(textarea)
XIAOHAO_HTML_ELEMENT(th)
XIAOHAO_HTML_ELEMENT(thead)
XIAOHAO_HTML_ELEMENT(time)
XIAOHAO_HTML_ELEMENT(title)
XIAOHAO_HTML_ELEMENT(tr)
XIAOHAO_HTML_ELEMENT(ul)
// SVG: its presentation attributes are allowed where `style` is not.
XIAOHAO_HTML_ELEMENT(svg)
XIAOHAO_HTML_ELEMENT(g)
XIAOHAO_HTML_ELEMENT(rect)
XIAOHAO_HTML_ELEMENT(line)
XIAOHAO_HTML_ELEMENT(path)
XIAOHAO_HTML_ELEMENT(circle)
XIAOHAO_HTML_ELEMENT(text)
#undef XIAOHAO_HTML_ELEMENT

}  // namespace xiaohao::web::html
