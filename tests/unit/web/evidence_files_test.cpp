#include "web/evidence_files.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace xiaohao::web {
namespace {

TEST(EvidenceFiles, AreKeptOnceUnderTheirHash) {
  std::string const directory = testing::TempDir() + "evidence-files";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  std::string const hash(64, 'a');
  for (int time = 0; time < 2; ++time) {
    Upload upload;
    upload.path = directory + "/incoming-1";
    upload.sha256 = hash;
    std::ofstream(upload.path) << "验收";
    ASSERT_TRUE(keep_evidence(directory, upload));
    EXPECT_FALSE(std::filesystem::exists(upload.path));
  }
  EXPECT_TRUE(std::filesystem::exists(directory + "/aa/" + hash));
  EXPECT_EQ(evidence_path(directory, Sha256Hex{hash}), directory + "/aa/" + hash);
}

TEST(EvidenceFiles, AreRefusedWhenTheDiskFails) {
  Upload upload;
  upload.path = "/nowhere/incoming-1";
  upload.sha256 = std::string(64, 'a');
  auto const kept = keep_evidence("/nowhere", upload);
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().reason, Reason::Unavailable);
}

TEST(MediaType, IsKnownByContent) {
  using namespace std::string_view_literals;
  EXPECT_EQ(media_type_of_bytes("\xff\xd8\xff\xe0"sv), "image/jpeg");
  EXPECT_EQ(media_type_of_bytes("%PDF-1.7"sv), "application/pdf");
  EXPECT_EQ(media_type_of_bytes("验收单\n"sv), "text/plain");
  EXPECT_EQ(media_type_of_bytes("验收单"sv.substr(0, 8)), "text/plain") << "cut in the middle of a character";
  EXPECT_EQ(media_type_of_bytes("<html><script>"sv), "text/plain") << "never a page";
  EXPECT_EQ(media_type_of_bytes("a\0b"sv), "application/octet-stream");
  EXPECT_EQ(media_type_of_bytes(""sv), "application/octet-stream");
}

}  // namespace
}  // namespace xiaohao::web
