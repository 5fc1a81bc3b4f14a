#include "web/workers.hpp"

#include <exception>
#include <iostream>

namespace xiaohao::web {

Workers::Workers(int threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
  for (int thread = 0; thread < threads; ++thread) threads_.emplace_back([this] { serve(); });
}

Workers::~Workers() {
  {
    std::lock_guard const lock(mutex_);
    ending_ = true;
  }
  arrived_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Workers::run(std::function<void()> work) {
  std::lock_guard const lock(mutex_);
  if (waiting_.size() >= waiting_max_) return false;
  waiting_.push_back(std::move(work));
  // Under the lock: once the work is done, whoever waited for it may end these workers.
  arrived_.notify_one();
  return true;
}

void Workers::serve() {
  while (true) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      work = std::move(waiting_.front());
      waiting_.pop_front();
    }
    try {
      work();
    } catch (std::exception const& error) {
      std::cerr << "xiaohao: a piece of work failed: " << error.what() << std::endl;
    }
  }
}

}  // namespace xiaohao::web
