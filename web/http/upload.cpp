#include "web/http/upload.hpp"

#include <cerrno>
#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>
#include <utility>

#include "web/http/target.hpp"

namespace xiaohao::web {
namespace {

/// A file that is removed with its last owner, unless it has been moved away before.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
  ~TemporaryFile() { ::unlink(path_.c_str()); }
  TemporaryFile(TemporaryFile const&) = delete;
  TemporaryFile& operator=(TemporaryFile const&) = delete;

 private:
  std::string path_;
};

tl::unexpected<Refusal> disk_refusal(int error) {
  if (error == ENOSPC || error == EDQUOT)
    return refuse(Reason::StorageFull, "",
                  {"磁盘已满，什么都没有保存", "the disk is full; nothing was kept"});
  return refuse(Reason::Unavailable, "", {"文件暂时无法保存", "the file cannot be stored now"});
}

std::string hexadecimal(unsigned char const* bytes, unsigned size) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (unsigned place = 0; place < size; ++place) {
    text += digits[bytes[place] >> 4];
    text += digits[bytes[place] & 15];
  }
  return text;
}

}  // namespace

struct UploadSink::Receiving {
  Upload upload;
  int descriptor = -1;
  EVP_MD_CTX* hash = EVP_MD_CTX_new();

  Receiving() { EVP_DigestInit_ex(hash, EVP_sha256(), nullptr); }
  Receiving(Receiving const&) = delete;
  Receiving& operator=(Receiving const&) = delete;
  ~Receiving() {
    EVP_MD_CTX_free(hash);
    if (descriptor >= 0) ::close(descriptor);
  }
};

UploadSink::UploadSink(std::string directory, std::int64_t bytes_max)
    : directory_(std::move(directory)), bytes_left_(bytes_max), bytes_max_(bytes_max) {}
UploadSink::~UploadSink() = default;

Result<void> UploadSink::begin(Part const& part) {
  if (!part.is_file) {
    auto const [place, fresh] = fields.emplace(part.field, "");
    if (!fresh)
      return refuse(Reason::Malformed, "/" + part.field, {"同一字段出现了两次", "this field stands twice"});
    field_ = &place->second;
    return {};
  }
  auto receiving = std::make_unique<Receiving>();
  std::string path = directory_ + "/incoming-XXXXXX";
  receiving->descriptor = ::mkostemp(path.data(), O_CLOEXEC);
  if (receiving->descriptor < 0) return disk_refusal(errno);
  receiving->upload.field = part.field;
  receiving->upload.name = part.file_name;
  receiving->upload.path = path;
  receiving->upload.keeper = std::make_shared<TemporaryFile const>(path);
  receiving_ = std::move(receiving);
  return {};
}

Result<void> UploadSink::data(std::string_view bytes) {
  if (!receiving_) {
    if (field_->size() + bytes.size() > field_bytes_max)
      return refuse(Reason::TooLarge, "",
                    {"字段过长", "a field holds more than " + std::to_string(field_bytes_max) + " bytes"});
    field_->append(bytes);
    return {};
  }
  auto const size = static_cast<std::int64_t>(bytes.size());
  if (size > bytes_left_)
    return refuse(Reason::TooLarge, "/" + receiving_->upload.field,
                  {"文件超过 " + std::to_string(bytes_max_) + " 字节的上限",
                   "the file is larger than " + std::to_string(bytes_max_) + " bytes"});
  bytes_left_ -= size;
  receiving_->upload.size += size;
  EVP_DigestUpdate(receiving_->hash, bytes.data(), bytes.size());
  while (!bytes.empty()) {
    auto const written = ::write(receiving_->descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return disk_refusal(errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> UploadSink::end() {
  if (!receiving_) {
    if (!is_utf8(*field_) || field_->find('\0') != std::string::npos)
      return refuse(Reason::Malformed, "", {"字段不是有效的 UTF-8", "a field is not valid UTF-8"});
    field_ = nullptr;
    return {};
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(receiving_->hash, digest, &size);
  receiving_->upload.sha256 = hexadecimal(digest, size);
  files.push_back(std::move(receiving_->upload));
  receiving_.reset();
  return {};
}

}  // namespace xiaohao::web
