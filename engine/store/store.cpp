#include "engine/store/store.hpp"

#include <future>

namespace xiaohao::store {

Result<void> Store::write_and_wait(Work work) {
  std::promise<Result<void>> promise;
  std::future<Result<void>> durable = promise.get_future();
  write(std::move(work), [&promise](Result<void> outcome) { promise.set_value(std::move(outcome)); });
  return durable.get();
}

}  // namespace xiaohao::store
