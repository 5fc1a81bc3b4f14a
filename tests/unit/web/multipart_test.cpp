#include "web/http/multipart.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "web/http/upload.hpp"

namespace xiaohao::web {
namespace {

struct Collected : PartSink {
  std::vector<std::pair<Part, std::string>> parts;
  Result<void> begin(Part const& part) override { return parts.emplace_back(part, ""), Result<void>{}; }
  Result<void> data(std::string_view bytes) override { return parts.back().second += bytes, Result<void>{}; }
  Result<void> end() override { return {}; }
};

Result<void> read_in_pieces(std::string const& body, std::size_t piece, PartSink& sink) {
  MultipartReader reader("XX", sink);
  for (std::size_t place = 0; place < body.size(); place += piece)
    if (auto fed = reader.feed(std::string_view(body).substr(place, piece)); !fed) return fed;
  return reader.finish();
}

TEST(Multipart, IsTheSameHoweverItIsCut) {
  std::string const body =
      "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n验收照片\r\n"
      "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"照片.jpg\"\r\nContent-Type: "
      "image/jpeg\r\n\r\n"
      "a\r\n--X\r\n-\r\r\n--Xb\r\n--XX\r\n"
      "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--XX--\r\n";
  for (std::size_t piece = 1; piece <= body.size(); ++piece) {
    Collected sink;
    ASSERT_TRUE(read_in_pieces(body, piece, sink)) << piece;
    ASSERT_EQ(sink.parts.size(), 3U);
    EXPECT_EQ(sink.parts[0].second, "验收照片");
    EXPECT_FALSE(sink.parts[0].first.is_file);
    EXPECT_EQ(sink.parts[1].first.file_name, "照片.jpg");
    EXPECT_EQ(sink.parts[1].second, "a\r\n--X\r\n-\r\r\n--Xb");
    EXPECT_EQ(sink.parts[2].second, "");
  }
}

struct Bad {
  std::string name;
  std::string body;
};
class BadMultipart : public testing::TestWithParam<Bad> {};
TEST_P(BadMultipart, IsRefused) {
  for (std::size_t piece : {std::size_t{1}, std::size_t{7}, GetParam().body.size() + 1}) {
    Collected sink;
    EXPECT_FALSE(read_in_pieces(GetParam().body, piece, sink));
  }
}
std::string part(std::string const& head) { return "--XX\r\n" + head + "\r\n\r\nx\r\n--XX--"; }
INSTANTIATE_TEST_SUITE_P(
    Bodies, BadMultipart,
    testing::Values(
        Bad{"empty", ""}, Bad{"other_boundary", "--YY\r\n\r\n\r\n--YY--"},
        Bad{"no_terminator", "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XX"},
        Bad{"ends_in_head", "--XX\r\nContent-Disposition: form-data"},
        Bad{"something_after", part("Content-Disposition: form-data; name=\"a\"") + "more"},
        Bad{"no_disposition", part("Content-Type: text/plain")},
        Bad{"no_name", part("Content-Disposition: form-data; filename=\"a\"")},
        Bad{"two_dispositions",
            part("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"")},
        Bad{"two_names", part("Content-Disposition: form-data; name=\"a\"; name=\"b\"")},
        Bad{"open_quote", part("Content-Disposition: form-data; name=\"a")},
        Bad{"attachment", part("Content-Disposition: attachment; name=\"a\"")},
        Bad{"invalid_utf8_name", part("Content-Disposition: form-data; name=\"file\"; filename=\"\xff\"")},
        Bad{"encoded",
            part("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64")},
        Bad{"huge_head", "--XX\r\nX: " + std::string(5000, 'a')}, Bad{"boundary_runs_on", "--XXY\r\n"}),
    [](auto const& one) { return one.param.name; });

TEST(Multipart, HasABoundedNumberOfParts) {
  std::string body = "--XX";
  for (int number = 0; number < 40; ++number)
    body += "\r\nContent-Disposition: form-data; name=\"n" + std::to_string(number) + "\"\r\n\r\nx\r\n--XX";
  Collected sink;
  auto const read = read_in_pieces(body + "--", 1000, sink);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().reason, Reason::TooLarge);
}

TEST(FileLabel, IsNeverAPathNorDeceiving) {
  EXPECT_EQ(*file_label("照片.jpg"), "照片.jpg");
  EXPECT_EQ(*file_label("../../etc/passwd"), "passwd");
  EXPECT_EQ(*file_label("C:\\Users\\a\\b.doc"), "b.doc");
  EXPECT_EQ(*file_label(".."), "file");
  EXPECT_EQ(*file_label(""), "file");
  EXPECT_EQ(*file_label("gpj.\xe2\x80\xae"
                        "exe"),
            "gpj.exe")
      << "right-to-left override";
  EXPECT_EQ(*file_label("a\r\nb\x01.txt"), "ab.txt");
  EXPECT_LE(file_label(std::string(500, 'a'))->size(), 200U);
}

TEST(Boundary, IsWhatTheStandardAllows) {
  EXPECT_EQ(*boundary_of("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(*boundary_of("Multipart/Form-Data; charset=utf-8; boundary=\"a b:c\""), "a b:c");
  for (std::string const bad :
       {"multipart/form-data", "multipart/mixed; boundary=a",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=a;boundary=b",
        "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=<>"})
    EXPECT_FALSE(boundary_of(bad)) << bad;
  EXPECT_FALSE(boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')));
}

class Uploading : public testing::Test {
 protected:
  std::string directory = testing::TempDir() + "uploads";
  void SetUp() override { ::mkdir(directory.c_str(), 0700); }
};

TEST_F(Uploading, HashesAFileOnItsWayAndRemovesItWithTheRequest) {
  std::string path;
  {
    UploadSink sink(directory, 100);
    Part file{"file", true, "a.txt"};
    ASSERT_TRUE(sink.begin(file));
    ASSERT_TRUE(sink.data("a"));
    ASSERT_TRUE(sink.data("bc"));
    ASSERT_TRUE(sink.end());
    ASSERT_EQ(sink.files.size(), 1U);
    EXPECT_EQ(sink.files[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sink.files[0].size, 3);
    path = sink.files[0].path;
    EXPECT_TRUE(std::ifstream(path).good());
  }
  EXPECT_FALSE(std::ifstream(path).good());
}

TEST_F(Uploading, RefusesMoreThanTheLimitAndKeepsNothing) {
  UploadSink sink(directory, 4);
  ASSERT_TRUE(sink.begin(Part{"file", true, "a"}));
  ASSERT_TRUE(sink.data("abcd"));
  auto const more = sink.data("e");
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().reason, Reason::TooLarge);
  EXPECT_TRUE(sink.files.empty());
}

}  // namespace
}  // namespace xiaohao::web
