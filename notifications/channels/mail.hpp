#pragma once

// A message as RFC 5322 and MIME write it.

#include <string>
#include <string_view>

#include "notifications/message.hpp"

namespace xiaohao::notifications {

/// True for `local@domain` in ASCII without anything that could end a header or a command.
bool is_mail_address(std::string_view text);

/// Text for a header, in encoded words (RFC 2047) unless it is plain ASCII; folded, never with a bare line
/// end.
std::string header_text(std::string_view text);

struct MailFrom {
  std::string address;
  std::string name;
  std::string public_url;  ///< `https://xiaohao.county.example`; empty: mails carry no links
};

/// The whole mail with CRLF line ends: multipart/alternative, plain text and HTML, UTF-8 in base64. The
/// Message-ID follows from the message's id, and mails about the same single item form one thread.
std::string mail_of(Message const& message, MailFrom const& from);

}  // namespace xiaohao::notifications
