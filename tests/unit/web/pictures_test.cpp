#include "web/pictures.hpp"

#include <fstream>
#include <future>
#include <gtest/gtest.h>

#include "tests/unit/store/small_store.hpp"

namespace xiaohao::web {
namespace {

/// One grey pixel, as a PGM: a format that libvips reads but does not trust.
constexpr char const* untrusted = "P2 1 1 255 128\n";
/// One transparent pixel.
constexpr char const gif[] =
    "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\4\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;";

struct Folder : store::TemporaryFolder {
  std::string with(char const* name, std::string const& bytes) const {
    std::ofstream(file(name), std::ios::binary) << bytes;
    return file(name);
  }
};

Result<Pictures::Jpeg> shown(Pictures& pictures, std::string const& path, char digit) {
  std::promise<Result<Pictures::Jpeg>> answer;
  pictures.show(path, Sha256Hex{std::string(64, digit)},
                [&](Result<Pictures::Jpeg> made) { answer.set_value(std::move(made)); });
  return answer.get_future().get();
}

TEST(Pictures, AreNoneWithoutTheProgram) {
  EXPECT_TRUE(Pictures{}.shows("image/jpeg"));
  EXPECT_FALSE(Pictures{}.shows("application/pdf"));
  EXPECT_FALSE(Pictures{"/nonexistent"}.shows("image/jpeg"));
}

TEST(Pictures, AreMadeOnceAndRemembered) {
  Folder const folder;
  std::string const path = folder.with("a", std::string(gif, sizeof gif - 1));
  Pictures pictures;
  Result<Pictures::Jpeg> const made = shown(pictures, path, 'a');
  ASSERT_TRUE(made) << made.error().first().detail.en;
  EXPECT_EQ((*made)->substr(0, 3), "\xff\xd8\xff");
  std::remove(path.c_str());
  EXPECT_EQ(shown(pictures, path, 'a').value(), *made) << "the same bytes, the same picture";
}

TEST(Pictures, OfWhatIsNoneOrNotTrustedAreNotFound) {
  Folder const folder;
  Pictures pictures;
  EXPECT_EQ(shown(pictures, folder.with("b", "<html>"), 'b').error().reason, Reason::NotFound);
  EXPECT_EQ(shown(pictures, folder.with("c", untrusted), 'c').error().reason, Reason::NotFound);
  EXPECT_EQ(shown(pictures, folder.file("nowhere"), 'd').error().reason, Reason::NotFound);
}

}  // namespace
}  // namespace xiaohao::web
