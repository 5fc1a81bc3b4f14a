#include "web/commands.hpp"

namespace xiaohao::web {

void submit(Application& application, Command command, Engine::Answer answer) {
  application.engine.submit(std::move(command),
                            [&application, answer = std::move(answer)](Result<WorkItem> item) {
                              auto finish = [answer, item = std::move(item)] { answer(item); };
                              if (!application.workers.run(finish)) finish();
                            });
}

}  // namespace xiaohao::web
