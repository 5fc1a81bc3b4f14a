#include "notifications/channels/smtp.hpp"

#include <algorithm>
#include <cstring>
#include <curl/curl.h>
#include <vector>

namespace xiaohao::notifications {
namespace {

constexpr std::size_t answer_bytes_max = 300;
constexpr std::size_t lines_max = 200;
/// A connection that has been idle for longer is not used again: servers close them without a word.
constexpr long idle_seconds_max = 5;

struct CurlLibrary {
  CurlLibrary() { curl_global_init(CURL_GLOBAL_DEFAULT); }
  ~CurlLibrary() { curl_global_cleanup(); }
};

struct Upload {
  std::string const& mail;
  std::size_t sent = 0;
};

std::size_t read_mail(char* buffer, std::size_t size, std::size_t count, void* target) {
  auto& upload = *static_cast<Upload*>(target);
  std::size_t const length = std::min(size * count, upload.mail.size() - upload.sent);
  std::memcpy(buffer, upload.mail.data() + upload.sent, length);
  upload.sent += length;
  return length;
}

std::size_t keep_answer(char* buffer, std::size_t size, std::size_t count, void* target) {
  auto& lines = *static_cast<std::vector<std::string>*>(target);
  std::string line(buffer, std::min(size * count, answer_bytes_max));
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.pop_back();
  if (lines.size() < lines_max) lines.push_back(std::move(line));
  return size * count;
}

/// The last line that says no, or an empty one.
std::string complaint(std::vector<std::string> const& lines) {
  auto const found = std::find_if(lines.rbegin(), lines.rend(), [](std::string const& line) {
    return line.size() >= 3 && (line[0] == '4' || line[0] == '5');
  });
  return found == lines.rend() ? std::string() : *found;
}

std::string last_consent(std::vector<std::string> const& lines) {
  auto const found = std::find_if(lines.rbegin(), lines.rend(),
                                  [](std::string const& line) { return line.starts_with("250"); });
  return found == lines.rend() ? std::string() : *found;
}

/// Refusals that are about us and the server, not about this recipient: service closing, sign-in, encryption.
bool is_about_channel(std::string const& line) {
  constexpr std::string_view codes[] = {"421", "454", "530", "534", "535", "538"};
  return std::any_of(std::begin(codes), std::end(codes),
                     [&](std::string_view code) { return line.starts_with(code); });
}

}  // namespace

struct Smtp::Connection {
  Connection() : curl(curl_easy_init()) {}
  ~Connection() { curl_easy_cleanup(curl); }
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;
  CURL* curl;
};

Smtp::Smtp(SmtpSettings settings) : settings_(std::move(settings)) {
  static CurlLibrary const library;
  connection_ = std::make_unique<Connection>();
}

Smtp::~Smtp() = default;

std::string Smtp::unreachable(Participant const& recipient) const {
  return is_mail_address(recipient.email) ? "" : "no_address";
}

Outcome Smtp::deliver(Message const& message) {
  CURL* const curl = connection_->curl;
  std::string const mail = mail_of(message, settings_.from);
  Upload upload{mail};
  std::vector<std::string> answers;
  char error[CURL_ERROR_SIZE] = "";
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> const recipients(
      curl_slist_append(nullptr, ("<" + message.recipient.email + ">").c_str()), curl_slist_free_all);
  std::string const sender = "<" + settings_.from.address + ">";

  curl_easy_reset(curl);  // keeps the connection
  curl_easy_setopt(curl, CURLOPT_URL, settings_.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(
      curl, CURLOPT_USE_SSL,
      static_cast<long>(settings_.tls == SmtpSettings::Tls::None ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  if (!settings_.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, settings_.ca_file.c_str());
  if (!settings_.username.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, settings_.username.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, settings_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_mail);
  curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_answer);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answers);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, idle_seconds_max);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings_.connect_seconds_max.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(settings_.message_seconds_max.count()));

  CURLcode const code = curl_easy_perform(curl);
  if (code == CURLE_OK) return {Outcome::Kind::Taken, last_consent(answers)};
  std::string const said = complaint(answers);
  std::string const words = !said.empty() ? said : error[0] ? error : curl_easy_strerror(code);
  if (said.empty() || code == CURLE_LOGIN_DENIED || is_about_channel(said))
    return {Outcome::Kind::Unreachable, words};
  return {said[0] == '4' ? Outcome::Kind::Deferred : Outcome::Kind::Refused, words};
}

}  // namespace xiaohao::notifications
