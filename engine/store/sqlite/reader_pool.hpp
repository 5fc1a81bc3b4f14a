#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/store/sqlite/reader.hpp"

namespace xiaohao::store::sqlite {

/// A few read-only connections, opened when first needed. A snapshot is a read transaction that ends when the
/// last pointer to it goes; when all connections are out, the next reader waits. Outlives every snapshot it
/// gave.
class ReaderPool {
 public:
  ReaderPool(std::string path, std::size_t size) : path_(std::move(path)), size_(size) {}
  std::shared_ptr<Reader const> snapshot();

 private:
  std::string path_;
  std::size_t size_;
  std::size_t opened_ = 0;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;

  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);
};

}  // namespace xiaohao::store::sqlite
