#pragma once

#include <functional>

#include "web/application.hpp"

namespace xiaohao::web {

/// Records that `who` has seen a notice of his: it, its copies by other channels, and whatever went out in
/// the same message. The first time counts; a repeat answers the same. Copies that still wait are not sent
/// any more. NotFound for a notice of somebody else's, as for one that is not there. `answer` is called once
/// it is durable.
void acknowledge(Application& application, NoticeId id, Username const& who,
                 std::function<void(Result<Notice>)> answer);

}  // namespace xiaohao::web
