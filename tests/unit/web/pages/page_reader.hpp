#pragma once

// Reads a page strictly: every element is closed by its own tag, every attribute is quoted. What a browser
// would repair in silence is a fault here, since whatever breaks out of its place shows as broken nesting.

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace xiaohao::web::pages {

struct Element {
  std::string tag;
  std::map<std::string, std::string> attributes;  ///< decoded
  std::string text;                               ///< of it and of all inside, decoded
};

class PageReader {
 public:
  explicit PageReader(std::string_view page) : rest_(page) {
    if (rest_.substr(0, 15) == "<!doctype html>") rest_.remove_prefix(15);
    while (!rest_.empty()) rest_.front() == '<' ? read_tag() : read_text();
    if (!open_.empty()) fail("never closed: " + elements_[open_.back()].tag);
  }
  std::vector<Element> elements() const { return elements_; }
  std::vector<Element> all(std::string_view tag) const {
    std::vector<Element> found;
    for (Element const& element : elements_)
      if (element.tag == tag) found.push_back(element);
    return found;
  }
  /// Of all elements, the values of one attribute.
  std::vector<std::string> values(std::string const& attribute) const {
    std::vector<std::string> found;
    for (Element const& element : elements_)
      if (auto const value = element.attributes.find(attribute); value != element.attributes.end())
        found.push_back(value->second);
    return found;
  }
  std::string text() const { return text_; }

 private:
  std::string_view rest_;
  std::vector<Element> elements_;
  std::vector<std::size_t> open_;
  std::string text_;

  [[noreturn]] void fail(std::string const& what) const {
    throw std::runtime_error(what + " before: " + std::string(rest_.substr(0, 80)));
  }
  static std::string decoded(std::string_view text) {
    static std::map<std::string, char> const names{
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"#39", '\''}};
    std::string plain;
    for (std::size_t place = 0; place < text.size(); ++place) {
      auto const end = text[place] == '&' ? text.find(';', place) : std::string_view::npos;
      auto const name = end == std::string_view::npos
                            ? names.end()
                            : names.find(std::string(text.substr(place + 1, end - place - 1)));
      if (text[place] == '&' && name == names.end()) throw std::runtime_error("a bare &");
      if (name == names.end()) {
        plain += text[place];
      } else {
        plain += name->second;
        place = end;
      }
    }
    return plain;
  }
  void read_text() {
    auto const end = std::min(rest_.find('<'), rest_.size());
    std::string const text = decoded(rest_.substr(0, end));
    if (text.find('>') != std::string::npos && rest_.substr(0, end).find('>') != std::string_view::npos)
      fail("a bare >");
    for (std::size_t const place : open_) elements_[place].text += text;
    text_ += text;
    rest_.remove_prefix(end);
  }
  std::string take_name() {
    std::size_t length = 0;
    while (length < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[length])) != 0 ||
                                     rest_[length] == '-' || rest_[length] == ':'))
      ++length;
    std::string name(rest_.substr(0, length));
    rest_.remove_prefix(length);
    if (name.empty()) fail("a name is missing");
    return name;
  }
  void read_tag() {
    rest_.remove_prefix(1);
    bool const closes = rest_.front() == '/';
    if (closes) rest_.remove_prefix(1);
    std::string const tag = take_name();
    if (closes) {
      if (open_.empty() || elements_[open_.back()].tag != tag) fail("closes what is not open: " + tag);
      open_.pop_back();
    } else {
      Element element{tag, {}, {}};
      while (rest_.front() == ' ') {
        rest_.remove_prefix(1);
        std::string const name = take_name();
        std::string value;
        if (rest_.front() == '=') {
          if (rest_[1] != '"') fail("a value without quotes");
          auto const end = rest_.find('"', 2);
          if (end == std::string_view::npos) fail("an open quote");
          value = decoded(rest_.substr(2, end - 2));
          rest_.remove_prefix(end + 1);
        }
        if (!element.attributes.emplace(name, value).second) fail("twice: " + name);
      }
      elements_.push_back(std::move(element));
      constexpr std::string_view empty_tags[] = {"br", "hr", "img", "input", "link", "meta"};
      bool const is_empty =
          std::find(std::begin(empty_tags), std::end(empty_tags), tag) != std::end(empty_tags);
      if (!is_empty) open_.push_back(elements_.size() - 1);
    }
    if (rest_.empty() || rest_.front() != '>') fail("a tag does not end");
    rest_.remove_prefix(1);
  }
};

}  // namespace xiaohao::web::pages
