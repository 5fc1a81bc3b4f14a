#include "notifications/channels/mail.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace xiaohao::notifications {
namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::size_t const left = std::min<std::size_t>(3, bytes.size() - at);
    unsigned group = 0;
    for (std::size_t index = 0; index < 3; ++index)
      group = group << 8 | (index < left ? static_cast<unsigned char>(bytes[at + index]) : 0u);
    for (std::size_t index = 0; index < 4; ++index)
      text += index <= left ? base64_digits[group >> (18 - 6 * index) & 63] : '=';
  }
  return text;
}

std::string base64_lines(std::string_view bytes) {
  std::string const text = base64(bytes);
  std::string lines;
  for (std::size_t at = 0; at < text.size(); at += 76) lines += text.substr(at, 76) + "\r\n";
  return lines;
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (char const c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '\n':
        escaped += "<br>\n";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string item_link(MailFrom const& from, ItemId item) {
  return from.public_url.empty() || item.value() == 0
             ? std::string()
             : from.public_url + "/items/" + std::to_string(item.value());
}

std::string text_part(Message const& message, MailFrom const& from) {
  std::string text = message.recipient.name + "：\n\n" + plain_text(message, &Text::zh);
  if (!from.public_url.empty()) {
    std::string const link = message.entries.size() == 1 ? item_link(from, message.entries.front().item)
                                                         : from.public_url + "/notices";
    text += "\n" + link + "\n";
    if (!message.acknowledge_path.empty())
      text += "\n知悉 · Acknowledge: " + from.public_url + message.acknowledge_path + "\n";
  }
  return text + "\n-- \n" + plain_text(message, &Text::en);
}

std::string html_list(Message const& message, MailFrom const& from, std::string Text::*language) {
  if (message.entries.size() == 1 && message.more == 0)
    return "<p>" + html_escaped(message.entries.front().body.*language) + "</p>\n";
  std::string html = "<ol>\n";
  for (Entry const& entry : message.entries) {
    std::string const link = item_link(from, entry.item);
    std::string const text = html_escaped(entry.subject.*language);
    html += "<li>" + (link.empty() ? text : "<a href=\"" + html_escaped(link) + "\">" + text + "</a>") +
            "</li>\n";
  }
  html += "</ol>\n";
  if (message.more > 0) {
    std::string const more = std::to_string(message.more);
    html += language == &Text::zh ? "<p>另有" + more + "条，请登录查看。</p>\n"
                                  : "<p>and " + more + " more; sign in to see them.</p>\n";
  }
  return html;
}

std::string html_part(Message const& message, MailFrom const& from) {
  std::string html =
      "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"></head>\n"
      "<body style=\"font-family:sans-serif;font-size:16px;line-height:1.6\">\n<p>" +
      html_escaped(message.recipient.name) + "：</p>\n" + html_list(message, from, &Text::zh);
  if (message.entries.size() == 1)
    if (std::string const link = item_link(from, message.entries.front().item); !link.empty())
      html += "<p><a href=\"" + html_escaped(link) + "\">查看事项 · Open the item</a></p>\n";
  if (!from.public_url.empty() && !message.acknowledge_path.empty())
    html += "<p><a href=\"" + html_escaped(from.public_url + message.acknowledge_path) +
            "\">知悉 · Acknowledge</a></p>\n";
  return html + "<div lang=\"en\" style=\"color:#555;font-size:14px\">\n" +
         html_list(message, from, &Text::en) + "</div>\n</body></html>\n";
}

std::string rfc5322_date(Instant instant) {
  using namespace std::chrono;
  constexpr std::array<char const*, 7> days_of_week{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<char const*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  Date const date = local_date(instant);
  hh_mm_ss<seconds> const time{floor<seconds>(instant - start_of_day(date))};
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%s, %02u %s %04d %02d:%02d:%02d +0800",
                days_of_week[weekday_of(date).c_encoding()], static_cast<unsigned>(date.day()),
                months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return buffer;
}

}  // namespace

bool is_mail_address(std::string_view text) {
  auto const at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 254) return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7f && c != '<' && c != '>' && c != '"' && c != ',' && c != ';' && c != ':' &&
           c != '(' && c != ')' && c != '\\' && c != '[' && c != ']';
  });
}

std::string header_text(std::string_view text) {
  bool const plain =
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7f; }) &&
      text.find("=?") == std::string_view::npos && text.size() <= 60;
  if (plain) return std::string(text);
  // Each encoded word is at most 75 characters and holds whole characters: 39 bytes give 52 digits.
  constexpr std::size_t bytes_max = 39;
  std::string words;
  while (!text.empty()) {
    std::size_t length = std::min(bytes_max, text.size());
    while (length > 0 && length < text.size() && is_continuation(text[length])) --length;
    if (length == 0) length = std::min(bytes_max, text.size());
    if (!words.empty()) words += "\r\n ";
    words += "=?UTF-8?B?" + base64(text.substr(0, length)) + "?=";
    text.remove_prefix(length);
  }
  return words;
}

std::string mail_of(Message const& message, MailFrom const& from) {
  std::string const domain = from.address.substr(from.address.find('@') + 1);
  std::string const boundary = "=_xiaohao_" + message.id;
  std::string mail = "Date: " + rfc5322_date(message.at) + "\r\n";
  mail += "From: " + (from.name.empty() ? from.address : header_text(from.name) + " <" + from.address + ">") +
          "\r\n";
  mail += "To: " + message.recipient.email + "\r\n";
  mail += "Subject: " + header_text(message.subject.zh) + "\r\n";
  mail += "Message-ID: <" + message.id + "@" + domain + ">\r\n";
  if (message.entries.size() == 1 && message.entries.front().item.value() != 0) {
    std::string const thread =
        "<item-" + std::to_string(message.entries.front().item.value()) + "@" + domain + ">";
    mail += "In-Reply-To: " + thread + "\r\nReferences: " + thread + "\r\n";
  }
  mail += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
  mail += "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n";
  for (auto const& [type, part] : {std::pair{"text/plain", text_part(message, from)},
                                   std::pair{"text/html", html_part(message, from)}}) {
    mail += "--" + boundary + "\r\nContent-Type: " + type + "; charset=utf-8\r\n";
    mail += "Content-Transfer-Encoding: base64\r\n\r\n" + base64_lines(part);
  }
  return mail + "--" + boundary + "--\r\n";
}

}  // namespace xiaohao::notifications
