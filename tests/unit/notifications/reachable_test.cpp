#include "notifications/channels/reachable.hpp"

#include <arpa/inet.h>
#include <cstring>
#include <gmock/gmock.h>
#include <netinet/in.h>

#include "engine/json/document.hpp"
#include "notifications/channels/webhook.hpp"
#include "notifications/settings.hpp"

namespace xiaohao::notifications {
namespace {

sockaddr_storage socket_address(std::string const& text) {
  sockaddr_storage storage{};
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    std::memcpy(&storage, &v4, sizeof v4);
  } else if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    std::memcpy(&storage, &v6, sizeof v6);
  }
  return storage;
}

bool reached(std::string const& text, std::vector<std::string> const& allowed, bool encrypted) {
  sockaddr_storage const storage = socket_address(text);
  return may_reach(reinterpret_cast<sockaddr const&>(storage), allowed, encrypted);
}

TEST(Reachable, AreAddressesOfTheInternetOverTlsOnly) {
  for (char const* address :
       {"114.114.114.114", "8.8.8.8", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0",
        "223.255.255.255", "2400:3200::1", "64:ff9b::808:808", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(reached(address, {}, true)) << address;
    EXPECT_FALSE(reached(address, {}, false)) << address;
  }
}

TEST(Reachable, AreNoAddressesOfThisMachineOrNetwork) {
  for (char const* address : {"0.0.0.0",
                              "10.0.0.1",
                              "10.255.255.255",
                              "100.64.0.1",
                              "100.127.255.255",
                              "127.0.0.1",
                              "127.255.0.9",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "192.0.2.7",
                              "198.18.0.1",
                              "224.0.0.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "::127.0.0.1",
                              "fe80::1",
                              "fc00::1",
                              "fd00:ec2::254",
                              "ff02::1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "::ffff:169.254.169.254",
                              "64:ff9b::7f00:1",
                              "64:ff9b:1::1",
                              "2002:7f00:1::",
                              "2002:a00:1::",
                              "2001::1",
                              "2001:db8::1"})
    EXPECT_FALSE(reached(address, {}, true)) << address;
}

TEST(Reachable, AreThoseThatTheSettingsNameHoweverWritten) {
  EXPECT_TRUE(reached("10.1.2.3", {"10.1.2.3"}, false));
  EXPECT_FALSE(reached("10.1.2.4", {"10.1.2.3"}, true));
  EXPECT_TRUE(reached("fd00::7", {"FD00:0:0::7"}, true));
  EXPECT_TRUE(reached("::ffff:10.1.2.3", {"10.1.2.3"}, true));
}

// By Python: hmac.new(b"0123456789abcdef", b'1709222399.{"id":"1"}', "sha256").hexdigest()
TEST(WebhookSignature, IsWhatAnotherLibraryComputes) {
  EXPECT_EQ(webhook_signature("0123456789abcdef", "1709222399", R"({"id":"1"})"),
            "v1=3d390d131dc1d14500abb8856f0ca51e1da4b27146071e44255dc040483201ef");
}

TEST(WebhookSettings, NameEveryFault) {
  auto const faults = [](nlohmann::json const& webhook) {
    std::vector<std::string> found;
    if (auto const settings = read_settings({{"webhook", webhook}}); !settings)
      for (Fault const& fault : settings.error().faults)
        found.push_back(fault.pointer + ": " + fault.detail.en);
    return found;
  };
  EXPECT_THAT(faults({{"url", "https://hooks.county.example/x"}, {"secret", "0123456789abcdef"}}),
              testing::IsEmpty());
  EXPECT_THAT(
      faults({{"url", "ftp://x"}, {"secret", "short"}, {"colour", 1}}),
      testing::UnorderedElementsAre("/webhook/url: must begin with https:// or http://",
                                    "/webhook/secret: must have at least 16 bytes, here or in secret_file",
                                    "/webhook/colour: is not a known field"));
  EXPECT_THAT(
      faults({{"url", "http://x"}, {"secret", "0123456789abcdef"}}),
      testing::ElementsAre("/webhook/url: may be http:// only for an address named in allowed_addresses"));
  EXPECT_THAT(
      faults({{"url", "https://x"}, {"secret", "0123456789abcdef"}, {"allowed_addresses", {"10.0.0.0/8"}}}),
      testing::ElementsAre("/webhook/allowed_addresses: must hold addresses as 10.1.2.3 or fd00::7"));
}

}  // namespace
}  // namespace xiaohao::notifications
