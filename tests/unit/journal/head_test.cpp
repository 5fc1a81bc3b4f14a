#include "engine/journal/head.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::journal {
namespace {

std::string unhex(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); at += 2)
    bytes += static_cast<char>(std::stoi(std::string(text.substr(at, 2)), nullptr, 16));
  return bytes;
}

/// RFC 8032, 7.1, test 1.
SigningKey rfc_8032_key() {
  return SigningKey::from_seed(unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
}

TreeHead head_of_eleven() {
  return {Suite::Sha256Ed25519, 11, sha256("root"), "2024-10-20T15:30:00.000+08:00", ""};
}

class Keys : public testing::TestWithParam<Suite> {
 protected:
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("xiaohao-key-" + std::to_string(::getpid()));
  std::string path = (folder / "county.db.key").string();
  void SetUp() override { std::filesystem::create_directory(folder); }
  void TearDown() override { std::filesystem::remove_all(folder); }
};

TEST(Ed25519, SignsAsRfc8032Does) {
  SigningKey const key = rfc_8032_key();
  EXPECT_EQ(to_hexadecimal(key.public_key().der()).substr(24),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(to_hexadecimal(key.sign("")),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b");
}

TEST(Sm3, HashesAsTheStandardDoes) {
  EXPECT_EQ(to_hexadecimal(hash("abc", HashAlgorithm::Sm3)),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");  // GB/T 32905, A.1
}

TEST_P(Keys, ASignatureHoldsForItsMessageAndKeyOnly) {
  SigningKey const key = SigningKey::generate(GetParam());
  std::string const signature = key.sign("notice");
  EXPECT_TRUE(key.public_key().verifies("notice", signature));
  EXPECT_FALSE(key.public_key().verifies("notices", signature));
  EXPECT_FALSE(key.public_key().verifies("notice", ""));
  EXPECT_FALSE(SigningKey::generate(GetParam()).public_key().verifies("notice", signature));
  for (std::size_t at = 0; at < signature.size(); ++at) {
    std::string forged = signature;
    forged[at] = static_cast<char>(forged[at] ^ 1);
    EXPECT_FALSE(key.public_key().verifies("notice", forged)) << at;
  }
}

TEST_P(Keys, AKeyIsKeptForItsOwnerAlone) {
  SigningKey const key = SigningKey::generate(GetParam());
  ASSERT_TRUE(key.save(path));
  struct stat about {};
  ASSERT_EQ(::stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  EXPECT_EQ(SigningKey::load(path)->public_key(), key.public_key());
  EXPECT_EQ(key.save(path).error().reason, Reason::NotPossible);
  ::chmod(path.c_str(), 0640);
  EXPECT_EQ(SigningKey::load(path).error().reason, Reason::Unavailable);
  EXPECT_EQ(SigningKey::load(path + "x").error().reason, Reason::NotFound);
  std::ofstream(path) << "nothing";
  ::chmod(path.c_str(), 0600);
  EXPECT_EQ(SigningKey::load(path).error().reason, Reason::Unavailable);
}

TEST_P(Keys, APublicKeyHasOneEncoding) {
  PublicKey const key = SigningKey::generate(GetParam()).public_key();
  EXPECT_EQ(PublicKey::from_der(key.der()).value(), key);
  EXPECT_EQ(PublicKey::from_pem(key.pem()).value(), key);
  EXPECT_EQ(key.id().size(), 64u);
  EXPECT_FALSE(PublicKey::from_der(key.der() + '\0'));
  EXPECT_FALSE(PublicKey::from_der(key.der().substr(1)));
  EXPECT_FALSE(PublicKey::from_der(""));
  EXPECT_FALSE(PublicKey::from_pem(""));
}

TEST_P(Keys, AHeadIsSignedWithEverythingItSays) {
  SigningKey const key = SigningKey::generate(GetParam());
  SignedHead const signed_head = sign(head_of_eleven(), key);
  EXPECT_TRUE(is_signed_by(signed_head, key.public_key()));
  EXPECT_FALSE(is_signed_by(signed_head, SigningKey::generate(GetParam()).public_key()));
  auto const altered = [&](auto change) {
    SignedHead head = signed_head;
    change(head.head);
    return is_signed_by(head, key.public_key());
  };
  EXPECT_FALSE(altered([](TreeHead& head) { head.size = 12; }));
  EXPECT_FALSE(altered([](TreeHead& head) { head.root = sha256("another"); }));
  EXPECT_FALSE(altered([](TreeHead& head) { head.time = "2024-10-20T15:30:00.001+08:00"; }));
  EXPECT_FALSE(altered([](TreeHead& head) { head.key_id[0] = 'x'; }));
  EXPECT_FALSE(altered([](TreeHead& head) {
    head.suite = head.suite == Suite::Sm3Sm2 ? Suite::Sha256Ed25519 : Suite::Sm3Sm2;
  }));
  nlohmann::json const written = head_to_json(signed_head);
  EXPECT_EQ(head_from_json(written, "").value(), signed_head);
}

INSTANTIATE_TEST_SUITE_P(Suites, Keys, testing::Values(Suite::Sha256Ed25519, Suite::Sm3Sm2),
                         [](auto const& run) { return run.param == Suite::Sm3Sm2 ? "Sm" : "Ed25519"; });

TEST(TreeHead, HasTheNoteAndTheCodeOfTheDocument) {
  TreeHead const head = sign(head_of_eleven(), rfc_8032_key()).head;
  EXPECT_EQ(note_of(head), "xiaohao-tree-head/1\nSHA-256 Ed25519\n11\n" + to_base64(sha256("root")) +
                               "\n2024-10-20T15:30:00.000+08:00\n" + rfc_8032_key().public_key().id() + "\n");
  EXPECT_THAT(short_code(head), testing::MatchesRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"));
}

TEST(TreeHead, IsReadInItsOneFormOnly) {
  nlohmann::json const good = head_to_json(sign(head_of_eleven(), rfc_8032_key()));
  auto const refuses = [&](char const* field, nlohmann::json value) {
    nlohmann::json head = good;
    head[field] = std::move(value);
    auto const read = head_from_json(head, "/tree_head");
    return read ? "" : read.error().first().pointer;
  };
  EXPECT_EQ(refuses("size", 0), "/tree_head/size");
  EXPECT_EQ(refuses("size", -1), "/tree_head/size");
  EXPECT_EQ(refuses("size", std::int64_t{1} << 53), "/tree_head/size");
  EXPECT_EQ(refuses("algorithms", "MD5 RSA"), "/tree_head/algorithms");
  EXPECT_EQ(refuses("root", to_base64("short")), "/tree_head/root");
  EXPECT_EQ(refuses("time", "2024-10-20T15:30:00+08:00"), "/tree_head/time");
  EXPECT_EQ(refuses("time", "2024-10-20T07:30:00.000Z"), "/tree_head/time");
  EXPECT_EQ(refuses("key_id", "ABCD"), "/tree_head/key_id");
  EXPECT_EQ(refuses("signature", "===="), "/tree_head/signature");
  EXPECT_EQ(refuses("witness", "x"), "/tree_head/witness");
  nlohmann::json lacking = good;
  lacking.erase("signature");
  EXPECT_FALSE(head_from_json(lacking, ""));
}

TEST(Base64, IsReadInItsOneFormOnly) {
  for (std::string const text : {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "AAAA", "////", "++++"}) {
    auto const bytes = from_base64(text);
    ASSERT_TRUE(bytes) << text;
    EXPECT_EQ(to_base64(*bytes), text);
  }
  for (std::string const text : {"Zg=", "Zg", "Zh==", "Zm9=", "Zm 8=", "Zm8=\n",
                                 "Zm8=Zm8=", "====", "Z===", "Zm-_", "Zm9v=", "\xff\xff\xff\xff"})
    EXPECT_FALSE(from_base64(text)) << text;
}

}  // namespace
}  // namespace xiaohao::journal
