#include "engine/decision/evidence_policy.hpp"

#include <algorithm>

namespace xiaohao::decision {
namespace {

bool covers(std::string_view pattern, std::string_view media_type) {
  if (pattern == "*/*" || pattern == media_type) return true;
  return pattern.ends_with("/*") && media_type.starts_with(pattern.substr(0, pattern.size() - 1));
}

}  // namespace

bool EvidencePolicy::takes(std::string_view media_type) const {
  return std::any_of(types.begin(), types.end(), [&](auto const& type) { return covers(type, media_type); });
}

bool EvidencePolicy::takes_all() const { return std::find(types.begin(), types.end(), "*/*") != types.end(); }

Result<void> EvidencePolicy::check(std::int64_t bytes, std::string_view media_type) const {
  if (bytes > bytes_max) {
    std::string const limit = std::to_string(bytes_max);
    return refuse(Reason::TooLarge, "/file",
                  {"单个文件不能超过 " + limit + " 字节", "one file has at most " + limit + " bytes"});
  }
  if (takes(media_type)) return {};
  std::string list;
  for (std::string const& type : types) list += (list.empty() ? "" : ", ") + type;
  std::string const is(media_type);
  return refuse(
      Reason::GuardFailed, "/file",
      {"不收此类文件（" + is + "）；可交：" + list, "is " + is + ", which is not taken; taken are " + list});
}

}  // namespace xiaohao::decision
