#pragma once

// Which addresses a message may be sent to. Whoever may write a URL into the settings must not be able to
// make this program talk to what only this machine can see: data bases, consoles, the cloud's own services.

#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace xiaohao::notifications {

/// True for an IPv4 or IPv6 address in its numeric form, as `10.1.2.3` and `fd00::7`.
bool is_address(std::string const& text);

/// The numeric form, always the same for the same address; an IPv4 address inside an IPv6 one (`::ffff:…`) is
/// shown as IPv4. Empty for other families.
std::string address_text(sockaddr const& address);

/// True for an address of the public internet: not private, loopback, link-local, of a provider's own network
/// (100.64/10), multicast, reserved or for documentation, also when wrapped in IPv6 (mapped, NAT64, 6to4).
bool is_public(sockaddr const& address);

/// Public addresses over TLS, and those that the settings name, in any way.
bool may_reach(sockaddr const& address, std::vector<std::string> const& allowed, bool encrypted);

}  // namespace xiaohao::notifications
