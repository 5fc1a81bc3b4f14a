#include "engine/reason.hpp"

namespace xiaohao {

Result<void> expect_written(std::string const& text, char const* pointer, std::size_t bytes_max) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos)
    return refuse(Reason::Malformed, pointer, {"请填写", "must be written"});
  if (text.size() > bytes_max) {
    std::string const limit = std::to_string(bytes_max);
    return refuse(Reason::Malformed, pointer,
                  {"太长，最多 " + limit + " 字节", "must be at most " + limit + " bytes long"});
  }
  return {};
}

Result<void> expect_reason(std::string const& reason) {
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos)
    return refuse(Reason::Malformed, "/reason", {"请写明原因", "a reason is needed"});
  return expect_written(reason, "/reason", reason_bytes_max);
}

}  // namespace xiaohao
