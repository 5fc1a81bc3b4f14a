#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <cctype>
#include <vector>

#include "web/http/multipart.hpp"
#include "web/http/server_connection.hpp"
#include "web/http/target.hpp"
#include "web/http/upload.hpp"

namespace xiaohao::web {
namespace {

namespace http = beast::http;
using Parser = http::request_parser<http::buffer_body>;
constexpr std::size_t piece_bytes = 64 << 10;

HeadFault const bad_body{400, {"请求体的分块或长度不正确", "the body's chunks or length are wrong"}};
HeadFault const bad_head{400, {"请求头不正确", "the header is not HTTP"}};

std::string media_type_of(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return type;
}

}  // namespace

/// Beast decodes the body; what it is lenient about is checked again here. False when the client has gone.
asio::awaitable<bool> Connection::read_body(Exchange& exchange) {
  ServerSettings const& settings = shared_->settings;
  Service& service = shared_->service;
  Request& request = *exchange.request;

  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(settings.head.bytes_max));
  parser.body_limit(boost::none);
  beast::error_code parse_error;
  std::size_t const used =
      parser.put(asio::const_buffer(buffer_.data().data(), exchange.head_size), parse_error);
  if (parse_error || !parser.is_header_done() || used != exchange.head_size ||
      parser.chunked() != exchange.head.chunked) {
    exchange.refusal = service.refuse(bad_head, nullptr);
    co_return true;
  }
  buffer_.consume(used);
  if (parser.is_done()) co_return true;

  std::string const media_type = media_type_of(request.header("content-type"));
  bool const is_multipart = media_type == "multipart/form-data";
  bool const takes_files = is_multipart && exchange.admission.takes_files;
  if (is_multipart && !takes_files) {
    HeadFault const fault{415, {"这里不接受 multipart/form-data", "multipart/form-data is not taken here"}};
    exchange.refusal = service.refuse(fault, &request);
    co_return true;
  }
  // A form's fields and boundaries come on top of its files.
  std::int64_t const bytes_max =
      takes_files ? settings.upload_bytes_max + (1 << 20) : settings.body_bytes_max;
  Refusal const too_large{Reason::TooLarge,
                          {Fault{"",
                                 {"请求体超过 " + std::to_string(bytes_max) + " 字节的上限",
                                  "the body is larger than " + std::to_string(bytes_max) + " bytes"}}}};
  if (exchange.head.content_length > bytes_max) {
    exchange.refusal = service.refuse(too_large, &request);
    co_return true;
  }

  UploadSink sink(settings.upload_directory, settings.upload_bytes_max);
  std::optional<MultipartReader> multipart;
  if (takes_files) {
    Result<std::string> const boundary = boundary_of(request.header("content-type"));
    if (!boundary) {
      exchange.refusal = service.refuse(boundary.error(), &request);
      co_return true;
    }
    multipart.emplace(*boundary, sink);
  }

  std::int64_t const expected = exchange.head.chunked ? bytes_max : exchange.head.content_length;
  stream_.expires_after(settings.body_time_max +
                        std::chrono::milliseconds(expected * 1000 / settings.body_bytes_per_second_min));
  if (exchange.head.expects_continue && buffer_.size() == 0) {
    static std::string const go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    auto const go_on_buffer = asio::buffer(go_on);
    auto const [error, count] = co_await asio::async_write(stream_, go_on_buffer, with_error);
    if (error) co_return false;
  }

  auto const fields_in_head = std::distance(parser.get().begin(), parser.get().end());
  std::vector<char> piece(takes_files ? piece_bytes : 8192);
  if (takes_files) buffer_.reserve(piece_bytes);  // Beast reads no more at once than there is room for
  std::int64_t received = 0;
  std::int64_t on_the_wire = 0;
  while (!parser.is_done()) {
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    auto const [error, consumed] = co_await http::async_read_some(stream_, buffer_, parser, with_error);
    if (error == beast::error::timeout || error == asio::error::eof ||
        error == asio::error::connection_reset || error == http::error::partial_message ||
        error == asio::error::operation_aborted)
      co_return false;
    if (error && error != http::error::need_buffer) {
      exchange.refusal = service.refuse(bad_body, &request);
      co_return true;
    }
    std::size_t const size = piece.size() - parser.get().body().size;
    received += static_cast<std::int64_t>(size);
    on_the_wire += static_cast<std::int64_t>(consumed);
    // Chunks of one byte cost six on the wire; endless chunk extensions cost anything.
    if (received > bytes_max || on_the_wire > 8 * received + (64 << 10)) {
      exchange.refusal = service.refuse(too_large, &request);
      co_return true;
    }
    std::string_view const bytes(piece.data(), size);
    if (!multipart) {
      request.body.append(bytes);
    } else if (Result<void> const fed = multipart->feed(bytes); !fed) {
      exchange.refusal = service.refuse(fed.error(), &request);
      co_return true;
    }
  }
  if (std::distance(parser.get().begin(), parser.get().end()) != fields_in_head) {
    HeadFault const fault{400, {"不接受尾部字段", "trailers are not accepted"}};
    exchange.refusal = service.refuse(fault, &request);
    co_return true;
  }

  if (multipart) {
    if (Result<void> const finished = multipart->finish(); !finished) {
      exchange.refusal = service.refuse(finished.error(), &request);
      co_return true;
    }
    request.form = std::move(sink.fields);
    request.uploads = std::move(sink.files);
  } else if (media_type == "application/x-www-form-urlencoded") {
    Result<Pairs> pairs = read_pairs(request.body);
    if (!pairs) {
      exchange.refusal = service.refuse(pairs.error(), &request);
      co_return true;
    }
    request.form = std::move(*pairs);
    request.body.clear();
  }
  co_return true;
}

}  // namespace xiaohao::web
