#include "engine/reason.hpp"

namespace xiaohao {

Result<void> expect_reason(std::string const& reason) {
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos)
    return refuse(Reason::Malformed, "/reason", {"请写明原因", "a reason is needed"});
  if (reason.size() > reason_bytes_max)
    return refuse(Reason::Malformed, "/reason", {"原因太长", "must be at most 1000 bytes long"});
  return {};
}

}  // namespace xiaohao
