#include "notifications/channels/reachable.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <cstring>
#include <netinet/in.h>
#include <optional>

namespace xiaohao::notifications {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

struct Network {
  std::uint32_t address;
  int bits;
};

/// IANA's registry of special-purpose IPv4 addresses, and multicast.
constexpr Network special[] = {
    {0x00000000, 8},   // this network
    {0x0A000000, 8},   // private
    {0x64400000, 10},  // shared by a provider's customers
    {0x7F000000, 8},   // loopback
    {0xA9FE0000, 16},  // link-local, and the clouds' own services
    {0xAC100000, 12},  // private
    {0xC0000000, 24},  // protocol assignments
    {0xC0000200, 24},  // documentation
    {0xC0586300, 24},  // 6to4 relays
    {0xC0A80000, 16},  // private
    {0xC6120000, 15},  // benchmarks
    {0xC6336400, 24},  // documentation
    {0xCB007100, 24},  // documentation
    {0xE0000000, 4},   // multicast
    {0xF0000000, 4},   // reserved, and broadcast
};

bool is_public_v4(std::uint32_t address) {
  return std::none_of(std::begin(special), std::end(special), [&](Network const& network) {
    return (address ^ network.address) >> (32 - network.bits) == 0;
  });
}

std::uint32_t number_at(Bytes const& bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | std::uint32_t{bytes[at + 3]};
}

bool begins(Bytes const& bytes, std::initializer_list<std::uint8_t> prefix) {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool is_mapped(Bytes const& bytes) { return begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}); }

bool is_public_v6(Bytes const& bytes) {
  if (is_mapped(bytes) || begins(bytes, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))
    return is_public_v4(number_at(bytes, 12));
  if (begins(bytes, {0x20, 0x02})) return is_public_v4(number_at(bytes, 2));
  if ((bytes[0] & 0xE0) != 0x20) return false;                              // 2000::/3 is the internet
  if (begins(bytes, {0x20, 0x01}) && (bytes[2] & 0xFE) == 0) return false;  // protocols, among them Teredo
  return !begins(bytes, {0x20, 0x01, 0x0D, 0xB8}) && !begins(bytes, {0x3F, 0xFF});  // documentation
}

std::optional<std::uint32_t> v4_of(sockaddr const& address) {
  if (address.sa_family != AF_INET) return std::nullopt;
  sockaddr_in whole;
  std::memcpy(&whole, &address, sizeof whole);
  return ntohl(whole.sin_addr.s_addr);
}

std::optional<Bytes> v6_of(sockaddr const& address) {
  if (address.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 whole;
  std::memcpy(&whole, &address, sizeof whole);
  Bytes bytes;
  std::memcpy(bytes.data(), &whole.sin6_addr, bytes.size());
  return bytes;
}

std::string v4_text(std::uint32_t number) {
  in_addr const raw{htonl(number)};
  char text[INET_ADDRSTRLEN];
  return ::inet_ntop(AF_INET, &raw, text, sizeof text);
}

std::string v6_text(Bytes const& bytes) {
  if (is_mapped(bytes)) return v4_text(number_at(bytes, 12));
  char text[INET6_ADDRSTRLEN];
  return ::inet_ntop(AF_INET6, bytes.data(), text, sizeof text);
}

/// The one way of writing an address that `address_text` uses; the text itself when it is none.
std::string normal(std::string const& text) {
  in_addr v4;
  if (::inet_pton(AF_INET, text.c_str(), &v4) == 1) return v4_text(ntohl(v4.s_addr));
  Bytes v6;
  if (::inet_pton(AF_INET6, text.c_str(), v6.data()) == 1) return v6_text(v6);
  return text;
}

}  // namespace

bool is_address(std::string const& text) {
  Bytes bytes;
  return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

std::string address_text(sockaddr const& address) {
  if (auto const v4 = v4_of(address)) return v4_text(*v4);
  if (auto const v6 = v6_of(address)) return v6_text(*v6);
  return {};
}

bool is_public(sockaddr const& address) {
  if (auto const v4 = v4_of(address)) return is_public_v4(*v4);
  if (auto const v6 = v6_of(address)) return is_public_v6(*v6);
  return false;
}

bool may_reach(sockaddr const& address, std::vector<std::string> const& allowed, bool encrypted) {
  if (encrypted && is_public(address)) return true;
  std::string const text = address_text(address);
  return !text.empty() && std::any_of(allowed.begin(), allowed.end(),
                                      [&](std::string const& each) { return normal(each) == text; });
}

}  // namespace xiaohao::notifications
