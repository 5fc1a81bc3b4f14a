#pragma once

// A few threads for what must not hold up the server's own: passwords, walks of the clock, answers to
// commands.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace xiaohao::web {

class Workers {
 public:
  Workers(int threads, std::size_t waiting_max);
  ~Workers();  ///< finishes what waits
  Workers(Workers const&) = delete;
  Workers& operator=(Workers const&) = delete;

  /// False when `waiting_max` pieces of work wait already: nothing is done then.
  [[nodiscard]] bool run(std::function<void()> work);

 private:
  std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> waiting_;
  bool ending_ = false;
  std::vector<std::thread> threads_;

  void serve();
};

}  // namespace xiaohao::web
