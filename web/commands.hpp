#pragma once

// How handlers of pages and API alike send commands to the engine.

#include <functional>

#include "web/application.hpp"

namespace xiaohao::web {

/// Submits `command`. `answer` comes when the outcome is durable, on a worker's thread: the writer's, on
/// which the engine answers, has better things to do than to write pages.
void submit(Application& application, Command command, Engine::Answer answer);

}  // namespace xiaohao::web
