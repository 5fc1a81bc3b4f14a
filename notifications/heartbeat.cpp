#include "notifications/heartbeat.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "engine/json/document.hpp"

namespace xiaohao::notifications {
namespace {

constexpr std::chrono::seconds between_files_min{1};

/// Whether `earlier` lies so far before `now`, or there is none.
bool lies_before(std::optional<Instant> earlier, Instant now, Duration distance) {
  // A clock that was set back would otherwise silence it for as long.
  return !earlier || now >= *earlier + distance || now < *earlier;
}

}  // namespace

Result<void> Heartbeat::write(std::string const& path, std::string const& text) const {
  std::ofstream file(path, std::ios::trunc);
  file << text;
  file.close();
  if (!file)
    return refuse(Reason::Unavailable, "/heartbeat/file",
                  {"无法写入 " + path, path + " cannot be written; name a file in a folder that is there"});
  return {};
}

Result<void> Heartbeat::check() const {
  if (settings_.file.empty()) return {};
  std::string const trial = settings_.file + ".new";
  Result<void> const written = write(trial, "");
  std::error_code ignored;
  std::filesystem::remove(trial, ignored);
  return written;
}

void Heartbeat::beat(Instant done) {
  Instant const now = clock_.now();
  std::lock_guard const lock(mutex_);
  if (!lies_before(beat_at_, now, between_files_min) && !lies_before(done_until_, done, between_files_min))
    return;
  beat_at_ = now;
  done_until_ = done;
  nlohmann::json const text = {
      {"time", to_string(now)}, {"done_until", to_string(done)}, {"every_seconds", settings_.every.count()}};
  text_ = text.dump();
  if (settings_.file.empty()) return;
  std::string const fresh = settings_.file + ".new";
  std::error_code ignored;
  if (write(fresh, text_ + "\n")) std::filesystem::rename(fresh, settings_.file, ignored);
}

void Heartbeat::tell() {
  if (!settings_.post) return;
  std::string text;
  {
    Instant const now = clock_.now();
    std::lock_guard const lock(mutex_);
    if (!beat_at_ || !lies_before(told_at_, now, settings_.every)) return;
    told_at_ = now;
    if (lies_before(beat_at_, now, 2 * settings_.every)) return;
    text = text_;
  }
  (void)post_json(*settings_.post, text, {});
}

std::optional<Instant> Heartbeat::next_beat() const {
  std::lock_guard const lock(mutex_);
  if (!beat_at_) return std::nullopt;
  return std::min(*beat_at_, clock_.now()) + settings_.every;  // also when the clock was set back
}

std::optional<Instant> Heartbeat::next_tell() const {
  std::lock_guard const lock(mutex_);
  if (!settings_.post) return std::nullopt;
  Instant const now = clock_.now();
  return std::min(told_at_.value_or(now), now) + settings_.every;
}

}  // namespace xiaohao::notifications
