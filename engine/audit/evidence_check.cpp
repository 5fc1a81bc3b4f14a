#include "engine/audit/evidence_check.hpp"

#include <array>
#include <fstream>
#include <memory>
#include <openssl/evp.h>

#include "engine/journal/base64.hpp"

namespace xiaohao::audit {
namespace {

struct File {
  std::string sha256;
  std::int64_t size = 0;
};

/// Nothing when it cannot be opened or read to its end.
std::optional<File> read_file(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const hash(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!file || !hash || EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) != 1) return std::nullopt;
  File read;
  std::array<char, 65536> block{};
  while (file.read(block.data(), block.size()), file.gcount() > 0) {
    EVP_DigestUpdate(hash.get(), block.data(), static_cast<std::size_t>(file.gcount()));
    read.size += file.gcount();
  }
  if (file.bad()) return std::nullopt;
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(hash.get(), digest.data(), &size);
  read.sha256 = journal::to_hexadecimal({reinterpret_cast<char const*>(digest.data()), size});
  return read;
}

}  // namespace

void check_evidence(store::sqlite::Connection& connection, std::string const& directory, Report& report) {
  store::sqlite::Query rows = connection.query("evidence_files");
  while (rows.next()) {
    std::string const sha256 = rows.text(0);
    std::string const where = "evidence-file/" + sha256;
    ++report.extent.evidence_files;
    bool const a_hash =
        sha256.size() == 64 && sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
    auto const file = a_hash ? read_file(directory + "/" + sha256.substr(0, 2) + "/" + sha256) : std::nullopt;
    if (!file)
      report.add(Kind::Deleted, where, {"佐证材料文件不在了", "the file is gone, or cannot be read"});
    else if (file->sha256 != sha256 || file->size != rows.integer(1))
      report.add(Kind::Edited, where, {"佐证材料文件被改动", "the file is not the one that was handed in"});
  }
}

}  // namespace xiaohao::audit
