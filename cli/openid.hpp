#pragma once

// The section `openid` of `xiaohao serve --config FILE`:
//
//     {"public_url": "https://xiaohao.county.example",
//      "openid": {"issuer": "https://id.county.example", "client_id": "xiaohao",
//                 "client_secret_file": "/etc/xiaohao/openid-secret", "name": "统一身份认证",
//                 "allowed_addresses": ["10.1.2.3"]}}

#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "engine/clock/clock.hpp"
#include "web/openid.hpp"

namespace xiaohao::cli {

/// The provider that `document` names; null when it names none. Refuses, with pointers, unknown fields, an
/// issuer without TLS at an address that is not named, and a section without `public_url`, to which browsers
/// come back. `clock` is the machine's: tokens count by it.
Result<std::unique_ptr<web::OpenIdProvider>> read_openid(nlohmann::json const& document, Clock const& clock);

}  // namespace xiaohao::cli
