#include "web/evidence_files.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "web/http/target.hpp"

namespace xiaohao::web {
namespace {

tl::unexpected<Refusal> disk_refusal(int error) {
  if (error == ENOSPC || error == EDQUOT)
    return refuse(Reason::StorageFull, "",
                  {"磁盘已满，什么都没有保存", "the disk is full; nothing was kept"});
  return refuse(Reason::Unavailable, "", {"文件暂时无法保存", "the file cannot be stored now"});
}

/// Makes what is written to `path`, a file or a folder, survive a power cut. Zero, or errno.
int sync(std::string const& path) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  int const error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  return error;
}

std::string folder_of(std::string const& directory, Sha256Hex const& sha256) {
  return directory + "/" + sha256.value().substr(0, 2);
}

bool begins(std::string_view bytes, std::string_view with) { return bytes.substr(0, with.size()) == with; }

bool is_text(std::string_view bytes) {
  // The last character may have been cut by the end of what was read.
  for (std::size_t cut = 0; cut < 4 && cut <= bytes.size(); ++cut) {
    std::string_view const whole = bytes.substr(0, bytes.size() - cut);
    if (!is_utf8(whole)) continue;
    return std::none_of(whole.begin(), whole.end(), [](char c) {
      return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
    });
  }
  return false;
}

}  // namespace

std::string evidence_path(std::string const& directory, Sha256Hex const& sha256) {
  return folder_of(directory, sha256) + "/" + sha256.value();
}

Result<void> keep_evidence(std::string const& directory, Upload const& upload) {
  Sha256Hex const sha256{upload.sha256};
  std::string const folder = folder_of(directory, sha256);
  if (int const error = sync(upload.path)) return disk_refusal(error);
  if (::mkdir(folder.c_str(), 0700) == 0) {
    if (int const error = sync(directory)) return disk_refusal(error);
  } else if (errno != EEXIST) {
    return disk_refusal(errno);
  }
  if (::rename(upload.path.c_str(), evidence_path(directory, sha256).c_str()) != 0)
    return disk_refusal(errno);
  if (int const error = sync(folder)) return disk_refusal(error);
  return {};
}

std::string media_type_of_bytes(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (begins(bytes, "\xff\xd8\xff"sv)) return "image/jpeg";
  if (begins(bytes, "\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (begins(bytes, "GIF87a"sv) || begins(bytes, "GIF89a"sv)) return "image/gif";
  if (begins(bytes, "RIFF"sv) && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP"sv) return "image/webp";
  if (bytes.size() > 12 && bytes.substr(4, 4) == "ftyp"sv)
    return bytes.substr(8, 4) == "heic"sv ? "image/heic" : "video/mp4";
  if (begins(bytes, "%PDF-"sv)) return "application/pdf";
  if (begins(bytes, "PK\x03\x04"sv)) {
    if (bytes.find("word/"sv) != bytes.npos)
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    if (bytes.find("xl/"sv) != bytes.npos)
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return "application/zip";
  }
  if (begins(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv)) return "application/x-ole-storage";
  if (begins(bytes, "II*\0"sv) || begins(bytes, "MM\0*"sv)) return "image/tiff";
  if (begins(bytes, "BM"sv) && bytes.size() > 14 && bytes.substr(6, 4) == "\0\0\0\0"sv) return "image/bmp";
  if (!bytes.empty() && is_text(bytes)) return "text/plain";
  return "application/octet-stream";
}

std::string media_type_of_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string first_bytes(8192, '\0');
  file.read(first_bytes.data(), static_cast<std::streamsize>(first_bytes.size()));
  first_bytes.resize(static_cast<std::size_t>(file.gcount()));
  return media_type_of_bytes(first_bytes);
}

}  // namespace xiaohao::web
