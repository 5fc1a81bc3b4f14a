#include "engine/json/reader.hpp"

#include <fstream>
#include <iterator>
#include <type_traits>
#include <unordered_set>

#include "engine/json/document.hpp"

namespace xiaohao::json {
namespace {

/// Builds the document while it watches depth and keys, and keeps the pointer of the place it is at.
///
/// A SAX handler rather than the parser's callback: the callback sees a key only after the value before it
/// has been replaced, and the depth only after the stack has grown.
template <class Document>
class Builder : public nlohmann::json_sax<Document> {
 public:
  using typename nlohmann::json_sax<Document>::number_integer_t;
  using typename nlohmann::json_sax<Document>::number_unsigned_t;
  using typename nlohmann::json_sax<Document>::number_float_t;
  using typename nlohmann::json_sax<Document>::string_t;
  using typename nlohmann::json_sax<Document>::binary_t;

  explicit Builder(Limits limits) : limits_(limits) {}

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max()))
      return fail("the integer does not fit into 64 bits");
    return add(static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t value, string_t const& text) override {
    // nlohmann reads an integer beyond 64 bits as a float; the text tells them apart.
    if (text.find_first_of(".eE") == string_t::npos) return fail("the integer does not fit into 64 bits");
    return add(value);
  }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return fail("binary values are not JSON"); }
  bool start_object(std::size_t) override { return open(Document::object()); }
  bool start_array(std::size_t) override { return open(Document::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override {
    if (!stack_.back().keys.insert(value).second)
      return fail("the key \"" + value + "\" stands twice in one object");
    stack_.back().key = value;
    return true;
  }
  bool parse_error(std::size_t position, std::string const&,
                   nlohmann::detail::exception const& error) override {
    std::string const what = error.what();
    auto const colon = what.find("] ");
    return fail("not JSON at byte " + std::to_string(position) + ": " +
                (colon == std::string::npos ? what : what.substr(colon + 2)));
  }

  Document take() { return std::move(root_); }
  Fault const& fault() const { return fault_; }

 private:
  struct Level {
    Document* node;
    std::string key;
    std::unordered_set<std::string> keys;  // an ordered object would look through all of them each time
  };
  Limits limits_;
  Document root_;
  std::vector<Level> stack_;
  Fault fault_;

  std::string here() const {
    // An open level stands in its parent's array already; the value that is at fault in the last level does
    // not yet.
    std::string pointer;
    for (Level const& level : stack_) {
      bool const last = &level == &stack_.back();
      pointer = level.node->is_array() ? join_pointer(pointer, level.node->size() - (last ? 0 : 1))
                                       : join_pointer(pointer, level.key);
    }
    return pointer;
  }
  bool fail(std::string detail) {
    fault_ = Fault{here(), Text{detail, detail}};
    return false;
  }
  template <class Value>
  bool add(Value&& value) {
    place(Document(std::forward<Value>(value)));
    return true;
  }
  Document* place(Document value) {
    if (stack_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Level& level = stack_.back();
    if (level.node->is_array()) {
      level.node->push_back(std::move(value));
      return &level.node->back();
    }
    auto& object = level.node->template get_ref<typename Document::object_t&>();
    if constexpr (std::is_same_v<Document, OrderedJson>) {
      object.push_back({level.key, std::move(value)});  // known to be new, so nobody need look for it
      return &object.back().second;
    } else {
      return &(object[level.key] = std::move(value));
    }
  }
  bool open(Document value) {
    if (static_cast<int>(stack_.size()) >= limits_.depth_max)
      return fail("nested deeper than " + std::to_string(limits_.depth_max) + " levels");
    Document* node = place(std::move(value));
    stack_.push_back({node, "", {}});
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }
};

template <class Document>
Result<Document> read_as(std::string_view text, Limits limits) {
  if (text.size() > limits.bytes_max) {
    std::string const limit = std::to_string(limits.bytes_max);
    return refuse(Reason::TooLarge, "", {"内容超过 " + limit + " 字节", "longer than " + limit + " bytes"});
  }
  Builder<Document> builder(limits);
  if (!Document::sax_parse(text.begin(), text.end(), &builder)) {
    Refusal refusal{Reason::Malformed, {builder.fault()}};
    return tl::unexpected(std::move(refusal));
  }
  return builder.take();
}

}  // namespace

Result<Json> read(std::string_view text, Limits limits) { return read_as<Json>(text, limits); }
Result<OrderedJson> read_ordered(std::string_view text, Limits limits) {
  return read_as<OrderedJson>(text, limits);
}

Result<std::string> file_text(std::string const& path, Limits limits) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return refuse(Reason::NotFound, "", {"无法打开文件 " + path, "cannot open " + path});
  std::string text;
  char block[65536];
  while (text.size() <= limits.bytes_max && (file.read(block, sizeof block), file.gcount() > 0))
    text.append(block, static_cast<std::size_t>(file.gcount()));
  if (file.bad()) return refuse(Reason::Unavailable, "", {"无法读取文件 " + path, "cannot read " + path});
  return text;
}

Result<Json> read_file(std::string const& path, Limits limits) {
  return file_text(path, limits).and_then([&](std::string const& text) { return read(text, limits); });
}

Result<OrderedJson> read_ordered_file(std::string const& path, Limits limits) {
  return file_text(path, limits).and_then([&](std::string const& text) {
    return read_ordered(text, limits);
  });
}

std::string join_pointer(std::string_view base, std::string_view token) {
  std::string pointer(base);
  pointer += '/';
  for (char c : token) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
  return pointer;
}

std::string join_pointer(std::string_view base, std::size_t index) {
  return std::string(base) + "/" + std::to_string(index);
}

}  // namespace xiaohao::json
