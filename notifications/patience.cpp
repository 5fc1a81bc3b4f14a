#include "notifications/patience.hpp"

#include <algorithm>

namespace xiaohao::notifications {
namespace {

constexpr std::chrono::minutes minute{1};

/// FNV-1a, 64 bits: spreads keys, and is the same everywhere.
std::uint64_t spread(std::string_view key, int attempt) {
  constexpr std::uint64_t prime = 1099511628211u;
  std::uint64_t hash = 14695981039346656037u;
  for (char const c : key) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
  return (hash ^ static_cast<std::uint64_t>(attempt)) * prime;
}

}  // namespace

Duration wait_after(int attempt, std::string_view key, Patience const& patience) {
  Duration wait = patience.first_wait;
  for (int doubled = 1; doubled < attempt && wait < patience.wait_max; ++doubled) wait *= 2;
  wait = std::min(wait, patience.wait_max);
  auto const permille = static_cast<std::int64_t>(800 + spread(key, attempt) / 7 % 401);
  return wait * permille / 1000;
}

void Breaker::worked() {
  failures_ = 0;
  rest_ = Duration{};
  rests_until_.reset();
}

bool Breaker::failed(Instant now) {
  if (++failures_ < patience_.failures_in_a_row_max) return false;
  bool const opens = !rests_until_;
  rest_ = opens ? patience_.rest : std::min(rest_ * 2, patience_.rest_max);
  rests_until_ = now + rest_;
  return opens;
}

bool Allowance::take(Instant now) {
  if (per_minute_ == 0) return true;
  if (!minute_began_ || now - *minute_began_ >= minute) {
    minute_began_ = now;
    taken_ = 0;
  }
  if (taken_ >= per_minute_) return false;
  ++taken_;
  return true;
}

std::optional<Instant> Allowance::next(Instant now) const {
  if (per_minute_ == 0 || !minute_began_ || taken_ < per_minute_ || now - *minute_began_ >= minute)
    return std::nullopt;
  return *minute_began_ + minute;
}

}  // namespace xiaohao::notifications
