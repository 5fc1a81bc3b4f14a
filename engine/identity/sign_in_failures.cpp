#include "engine/identity/sign_in_failures.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>

namespace xiaohao::identity {
namespace {

bool forgotten(SignInFailures const& failures, Settings const& settings, Instant now) {
  return now - failures.last_at >= settings.failures_forgotten_after;
}

}  // namespace

std::string subject_of_account(std::string const& username) { return "account:" + username; }

std::string subject_of_address(std::string const& address) {
  in6_addr binary{};
  if (inet_pton(AF_INET6, address.c_str(), &binary) != 1) return "address:" + address;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (IN6_IS_ADDR_V4MAPPED(&binary)) {
    inet_ntop(AF_INET, &binary.s6_addr[12], text.data(), text.size());
    return std::string("address:") + text.data();
  }
  std::memset(&binary.s6_addr[8], 0, 8);
  inet_ntop(AF_INET6, &binary, text.data(), text.size());
  return std::string("address:") + text.data() + "/64";
}

std::optional<std::chrono::seconds> wait_after(std::optional<SignInFailures> const& failures,
                                               Backoff const& backoff, Settings const& settings,
                                               Instant now) {
  if (!failures || failures->count < backoff.free_failures || forgotten(*failures, settings, now))
    return std::nullopt;
  auto wait = backoff.first_wait;
  for (int more = backoff.free_failures; more < failures->count && wait < backoff.longest_wait; ++more)
    wait *= 2;
  wait = std::min(wait, backoff.longest_wait);
  // A clock that was set back must not make the wait longer than it ever was.
  auto const left = std::min<Duration>(failures->last_at + wait - now, wait);
  if (left <= Duration::zero()) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(left);
}

SignInFailures one_more(std::optional<SignInFailures> const& failures, std::string const& subject,
                        Settings const& settings, Instant now) {
  int const before = failures && !forgotten(*failures, settings, now) ? failures->count : 0;
  return {subject, std::min(before, 1'000'000) + 1, now};
}

}  // namespace xiaohao::identity
