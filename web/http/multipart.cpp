#include "web/http/multipart.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "web/http/target.hpp"

namespace xiaohao::web {
namespace {

tl::unexpected<Refusal> bad(std::string en) {
  return refuse(Reason::Malformed, "", {"上传的表单不正确：" + en, std::move(en)});
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& character : lowered)
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  return lowered;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// A parameter's value, taken from the front of `rest`, quoted or not.
std::optional<std::string> take_value(std::string_view& rest) {
  std::string value;
  if (rest.empty() || rest.front() != '"') {
    auto const end = std::min(rest.find(';'), rest.size());
    value = trim(rest.substr(0, end));
    rest.remove_prefix(end);
    return value;
  }
  for (std::size_t place = 1; place < rest.size(); ++place) {
    if (rest[place] == '"') {
      rest = trim(rest.substr(place + 1));
      return rest.empty() || rest.front() == ';' ? std::optional(value) : std::nullopt;
    }
    bool const escape =
        rest[place] == '\\' && place + 1 < rest.size() && (rest[place + 1] == '"' || rest[place + 1] == '\\');
    if (escape) ++place;
    value += rest[place];
  }
  return std::nullopt;
}

/// `form-data; name="…"; filename="…"`.
Result<Part> read_disposition(std::string_view value) {
  auto const first = std::min(value.find(';'), value.size());
  if (lower(trim(value.substr(0, first))) != "form-data") return bad("a part is not form-data");
  Part part;
  bool named = false;
  std::string_view rest = value.substr(first);
  while (!rest.empty()) {
    rest = trim(rest.substr(1));
    if (rest.empty()) break;
    auto const equals = rest.find('=');
    if (equals == rest.npos) return bad("a parameter of Content-Disposition has no value");
    std::string const name = lower(trim(rest.substr(0, equals)));
    rest.remove_prefix(equals + 1);
    auto const text = take_value(rest);
    if (!text) return bad("a quoted parameter of Content-Disposition does not end");
    if (!is_utf8(*text)) return bad("a name is not valid UTF-8");
    if (name == "name") {
      if (named) return bad("a part has two names");
      named = true;
      part.field = *text;
    } else if (name == "filename") {
      if (part.is_file) return bad("a part has two file names");
      auto label = file_label(*text);
      if (!label) return tl::unexpected(label.error());
      part.is_file = true;
      part.file_name = std::move(*label);
    }
  }
  if (part.field.empty() || part.field.size() > 100) return bad("a part needs a name of at most 100 bytes");
  return part;
}

Result<Part> read_part_head(std::string_view head) {
  std::optional<Part> part;
  while (!head.empty()) {
    auto const end = std::min(head.find("\r\n"), head.size());
    std::string_view const line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    bool const control = std::any_of(line.begin(), line.end(), [](char c) {
      return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
    auto const colon = line.find(':');
    if (control || colon == line.npos || colon == 0) return bad("a part's header line is not NAME: VALUE");
    std::string const name = lower(line.substr(0, colon));
    if (name == "content-transfer-encoding") return bad("encoded parts are not accepted");
    if (name != "content-disposition") continue;
    if (part) return bad("a part has two Content-Dispositions");
    auto read = read_disposition(trim(line.substr(colon + 1)));
    if (!read) return tl::unexpected(read.error());
    part = std::move(*read);
  }
  if (!part) return bad("a part has no Content-Disposition");
  return std::move(*part);
}

/// Characters that are not seen but change how a name reads: zero width, direction, byte order mark, line
/// separators.
bool is_invisible(char32_t point) {
  return (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
         (point >= 0x2060 && point <= 0x206f) || point == 0xfeff || point == 0xad || point == 0x61c ||
         (point >= 0x80 && point < 0xa0) || (point >= 0xe0000 && point <= 0xe007f);
}

}  // namespace

Result<std::string> boundary_of(std::string_view content_type) {
  auto const first = std::min(content_type.find(';'), content_type.size());
  if (lower(trim(content_type.substr(0, first))) != "multipart/form-data")
    return bad("the body is not multipart/form-data");
  std::string_view rest = content_type.substr(first);
  std::string boundary;
  while (!rest.empty()) {
    rest = trim(rest.substr(1));
    auto const equals = rest.find('=');
    if (equals == rest.npos) break;
    std::string const name = lower(trim(rest.substr(0, equals)));
    rest.remove_prefix(equals + 1);
    auto const value = take_value(rest);
    if (!value) return bad("the boundary's quotes do not end");
    if (name != "boundary") continue;
    if (!boundary.empty()) return bad("there are two boundaries");
    boundary = *value;
  }
  constexpr std::string_view marks = "'()+_,-./:=? ";
  bool const allowed = std::all_of(boundary.begin(), boundary.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           marks.find(c) != marks.npos;
  });
  if (boundary.empty() || boundary.size() > 70 || !allowed || boundary.back() == ' ')
    return bad("the boundary must be 1 to 70 characters of RFC 2046");
  return boundary;
}

Result<std::string> file_label(std::string_view name) {
  if (!is_utf8(name)) return bad("a file name is not valid UTF-8");
  if (auto const slash = name.find_last_of("/\\"); slash != name.npos) name.remove_prefix(slash + 1);
  std::string label;
  for (std::size_t place = 0; place < name.size();) {
    auto const lead = static_cast<unsigned char>(name[place]);
    std::size_t const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t next = 1; next < length; ++next)
      point = (point << 6) | (static_cast<unsigned char>(name[place + next]) & 0x3fU);
    bool const shown = point >= 0x20 && point != 0x7f && !is_invisible(point);
    if (shown && label.size() + length <= 200) label += name.substr(place, length);
    place += length;
  }
  if (label.empty() || label == "." || label == "..") label = "file";
  return label;
}

MultipartReader::MultipartReader(std::string const& boundary, PartSink& sink)
    : delimiter_("\r\n--" + boundary), sink_(sink) {}

Result<void> MultipartReader::feed(std::string_view bytes) {
  waiting_ += bytes;
  while (true) {
    Result<bool> const more = step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
  }
}

Result<void> MultipartReader::finish() const {
  if (stage_ == Stage::Done) return {};
  return bad("the body ends before its last boundary");
}

Result<bool> MultipartReader::step() {
  switch (stage_) {
    case Stage::FirstBoundary: {
      std::string_view const opening = std::string_view(delimiter_).substr(2);
      std::size_t const known = std::min(opening.size(), waiting_.size());
      if (waiting_.compare(0, known, opening.substr(0, known)) != 0)
        return bad("the body does not begin with its boundary");
      if (known < opening.size()) return false;
      waiting_.erase(0, known);
      stage_ = Stage::AfterBoundary;
      return true;
    }
    case Stage::AfterBoundary:
      if (waiting_.size() < 2) return false;
      if (waiting_.compare(0, 2, "\r\n") == 0) {
        if (++parts_ > parts_max)
          return refuse(Reason::TooLarge, "", {"表单的部分太多", "the form has too many parts"});
        stage_ = Stage::PartHead;
      } else if (waiting_.compare(0, 2, "--") == 0) {
        stage_ = Stage::Done;
      } else {
        return bad("a boundary is followed by neither a line end nor two hyphens");
      }
      waiting_.erase(0, 2);
      return true;
    case Stage::PartHead:
      return step_head();
    case Stage::PartBody:
      return step_body();
    case Stage::Done:
      if (!waiting_.empty() && waiting_ != "\r" && waiting_ != "\r\n")
        return bad("there is something after the last boundary");
      return false;
  }
  return false;
}

Result<bool> MultipartReader::step_head() {
  auto const end = waiting_.find("\r\n\r\n");
  if (std::min(end, waiting_.size()) > part_head_bytes_max)
    return refuse(Reason::TooLarge, "", {"表单部分的头过大", "the header of a part is too large"});
  if (end == std::string::npos) return false;
  Result<Part> const part = read_part_head(std::string_view(waiting_).substr(0, end));
  if (!part) return tl::unexpected(part.error());
  if (auto begun = sink_.begin(*part); !begun) return tl::unexpected(begun.error());
  waiting_.erase(0, end + 4);
  stage_ = Stage::PartBody;
  return true;
}

Result<bool> MultipartReader::step_body() {
  auto const end = waiting_.find(delimiter_);
  // Without a delimiter, all but what may be the beginning of one is data.
  std::size_t const known = end != std::string::npos               ? end
                            : waiting_.size() >= delimiter_.size() ? waiting_.size() - delimiter_.size() + 1
                                                                   : 0;
  if (known > 0)
    if (auto taken = sink_.data(std::string_view(waiting_).substr(0, known)); !taken)
      return tl::unexpected(taken.error());
  waiting_.erase(0, known);
  if (end == std::string::npos) return false;
  waiting_.erase(0, delimiter_.size());
  if (auto ended = sink_.end(); !ended) return tl::unexpected(ended.error());
  stage_ = Stage::AfterBoundary;
  return true;
}

}  // namespace xiaohao::web
