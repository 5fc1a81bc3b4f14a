#include "notifications/channels/webhook.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "engine/json/document.hpp"
#include "notifications/channels/http_outcome.hpp"

namespace xiaohao::notifications {
namespace {

using Json = nlohmann::json;

Json both(Text const& text) { return {{"zh", text.zh}, {"en", text.en}}; }

std::string body_of(Message const& message, std::string const& seconds) {
  Json entries = Json::array();
  for (Entry const& entry : message.entries)
    entries.push_back(
        {{"item", entry.item.value()}, {"subject", both(entry.subject)}, {"body", both(entry.body)}});
  Json const body = {
      {"id", message.id},
      {"timestamp", std::stoll(seconds)},
      {"recipient", {{"username", message.recipient.username.value()}, {"name", message.recipient.name}}},
      {"subject", both(message.subject)},
      {"entries", std::move(entries)},
      {"more", message.more}};
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string webhook_signature(std::string const& secret, std::string const& seconds,
                              std::string const& body) {
  std::string const text = seconds + "." + body;
  unsigned char code[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<unsigned char const*>(text.data()), text.size(), code, &size);
  std::string signature = "v1=";
  for (unsigned int at = 0; at < size; ++at)
    for (int const digit : {code[at] >> 4, code[at] & 15}) signature += "0123456789abcdef"[digit];
  return signature;
}

Outcome Webhook::deliver(Message const& message) {
  std::string const seconds =
      std::to_string(std::chrono::duration_cast<std::chrono::seconds>(message.at.time_since_epoch()).count());
  std::string const body = body_of(message, seconds);
  HttpAnswer const answer =
      post_json(settings_.target, body,
                {"X-Xiaohao-Message: " + message.id, "X-Xiaohao-Timestamp: " + seconds,
                 "X-Xiaohao-Signature: " + webhook_signature(settings_.secret, seconds, body)});
  return outcome_of_status(answer);
}

}  // namespace xiaohao::notifications
