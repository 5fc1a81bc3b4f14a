#pragma once

#include "notifications/channels/channel.hpp"
#include "notifications/channels/http_exchange.hpp"

namespace xiaohao::notifications {

/// What the status of an answer says: 2xx is Taken, 429 and 408 Deferred; a redirect, 401, 403, 404, 5xx and
/// no whole answer are Unreachable, other 4xx Refused.
Outcome outcome_of_status(HttpAnswer const& answer);

}  // namespace xiaohao::notifications
