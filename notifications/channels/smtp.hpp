#pragma once

#include <memory>
#include <optional>

#include "notifications/channels/channel.hpp"
#include "notifications/channels/mail.hpp"

namespace xiaohao::notifications {

/// How to reach the county's mail server.
struct SmtpSettings {
  enum class Tls {
    None,      ///< a server on this machine or its own network
    StartTls,  ///< required: a server that does not offer it gets no mail
    Implicit,  ///< `smtps://`
  };
  std::string url;  ///< `smtp://mail.county.example:587`
  Tls tls = Tls::StartTls;
  std::string ca_file;  ///< certificates to trust instead of the system's; empty: the system's
  MailFrom from;
  std::string username;  ///< empty: no authentication
  std::string password;
  std::chrono::seconds connect_seconds_max{10};
  std::chrono::seconds message_seconds_max{60};
  int messages_per_minute_max = 120;
};

/// Mail by SMTP (libcurl). 2xx after the data is Taken, 4xx Deferred, 5xx Refused; a refused sign-in, a
/// server that hangs, vanishes or says 421 is Unreachable.
class Smtp final : public Channel {
 public:
  explicit Smtp(SmtpSettings settings);
  ~Smtp() override;

  std::string_view name() const override { return "mail"; }
  Outcome deliver(Message const& message) override;
  std::string unreachable(Participant const& recipient) const override;
  int messages_per_minute_max() const override { return settings_.messages_per_minute_max; }

 private:
  struct Connection;
  SmtpSettings settings_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace xiaohao::notifications
