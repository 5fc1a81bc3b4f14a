#pragma once

// Pictures among the evidence, safe to show: no byte of what was handed in reaches a browser, but a picture
// that a program of its own made from it, turned upright, small, and without what the camera wrote into it
// (where, when, by whom). The file itself stays a download.

#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/model/ids.hpp"
#include "engine/model/result.hpp"
#include "web/workers.hpp"

namespace xiaohao::web {

class Pictures {
 public:
  using Jpeg = std::shared_ptr<std::string const>;

  /// `program`: libvips's `vipsthumbnail`; no picture is shown when it is not installed.
  explicit Pictures(std::string program = "/usr/bin/vipsthumbnail");
  ~Pictures();  ///< answers what waits with Unavailable
  Pictures(Pictures const&) = delete;
  Pictures& operator=(Pictures const&) = delete;

  bool shows(std::string_view media_type) const;

  /// The picture in the file at `path`, whose SHA-256 is `sha256`. `done` comes on a thread of its own, or on
  /// this one when the picture is remembered. NotFound when the file holds none that can be read within a
  /// few seconds and a gigabyte; Unavailable when too many wait.
  void show(std::string path, Sha256Hex const& sha256, std::function<void(Result<Jpeg>)> done);

 private:
  struct Remembered {
    Sha256Hex sha256;
    Jpeg jpeg;
  };

  std::string program_;
  std::mutex mutex_;
  std::list<Remembered> recent_;  ///< the last one asked for stands first
  std::map<Sha256Hex, std::list<Remembered>::iterator> by_hash_;
  std::size_t bytes_ = 0;  ///< of all that is remembered
  std::atomic<bool> ending_ = false;
  Workers workers_;  ///< one thread: a page full of photographs keeps one processor busy, not all

  Jpeg remembered(Sha256Hex const& sha256);
  void remember(Sha256Hex const& sha256, Jpeg jpeg);
};

}  // namespace xiaohao::web
