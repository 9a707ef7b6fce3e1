#include "collect/bundle/hashed_name.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

struct Name {
  HashStyle style;
  const char* name;
  const char* stable;
};
class HashedName : public testing::TestWithParam<Name> {};

TEST_P(HashedName, LosesItsHashAndNothingElse) {
  EXPECT_EQ(stable_hashed_name(GetParam().name, GetParam().style), GetParam().stable);
}

INSTANTIATE_TEST_SUITE_P(
    Names, HashedName,
    testing::Values(Name{HashStyle::kBase32, "out/small-KWLEAB6D.js", "out/small-[hash].js"},
                    Name{HashStyle::kBase32, "chunk-ABCDEFGH.js", "chunk-[hash].js"},
                    Name{HashStyle::kBase32, "SETTINGS.js", "SETTINGS.js"},
                    Name{HashStyle::kBase32, "main.js", "main.js"},
                    Name{HashStyle::kBase64Url, "assets/discussion-Ck5Lem5-.js", "assets/discussion-[hash].js"},
                    Name{HashStyle::kBase64Url, "get-discussion-DRniB9A_.js", "get-discussion-[hash].js"},
                    Name{HashStyle::kBase64Url, "sortBy-OxQUzw-w.js", "sortBy-[hash].js"},
                    Name{HashStyle::kBase64Url, "login-DOznCnix.js", "login-[hash].js"},
                    Name{HashStyle::kBase64Url, "logo-DFLFuckZ.png", "logo-[hash].png"},
                    Name{HashStyle::kBase64Url, "mockServiceWorker.js", "mockServiceWorker.js"},
                    Name{HashStyle::kBase64Url, "user-settings.js", "user-settings.js"},
                    Name{HashStyle::kBase64Url, "main-UserMenu.js", "main-UserMenu.js"},
                    Name{HashStyle::kTurbopack, "static/chunks/2cc-cd22-6hpk.css", "static/chunks/[hash].css"},
                    Name{HashStyle::kTurbopack, "static/chunks/0cz1d0mv5g_q7.js", "static/chunks/[hash].js"},
                    Name{HashStyle::kTurbopack, "turbopack-2u1d16houkiyo.js", "turbopack-[hash].js"},
                    Name{HashStyle::kBun, "lazy-w5wzk8t2.js", "lazy-[hash].js"},
                    Name{HashStyle::kBun, "chunk-wgjbwzhs.js", "chunk-[hash].js"},
                    Name{HashStyle::kBun, "user-settings.js", "user-settings.js"},
                    Name{HashStyle::kHex, "main.0db6c1d5.js?v=1", "main.[hash].js"}));

TEST(HashedNames, AStemThatTheToolTellsMakesTheRestAHash) {
  EXPECT_EQ(stable_hashed_name("a/Home-settings.js", HashStyle::kBase64Url, {"Home"}), "a/Home-[hash].js");
  EXPECT_EQ(stable_hashed_name("a/Home-settings.js", HashStyle::kBase64Url, {"Other"}), "a/Home-settings.js");
  EXPECT_EQ(stable_hashed_name("nodes/0.BfA6cGt_.js", HashStyle::kBase64Url, {"nodes/0"}), "nodes/0.[hash].js");
  EXPECT_EQ(stable_hashed_name("_id_-settings.js", HashStyle::kBase64Url, {"(app)/[id]"}), "_id_-[hash].js");
}

TEST(HashedNames, ANameThatIsTheStemHasNoHash) {
  EXPECT_EQ(stable_hashed_name("a/vendor-web3core.js", HashStyle::kBase64Url, {"vendor-web3core"}),
            "a/vendor-web3core.js");
  EXPECT_EQ(stable_hashed_name("main-SETTINGS.js", HashStyle::kBase32, {"main-SETTINGS"}), "main-SETTINGS.js");
  EXPECT_EQ(hash_behind_stem("a/main.js", HashStyle::kBase64Url, "main"), 0U);
  EXPECT_EQ(hash_behind_stem("a/main-CpbAMbj5.js", HashStyle::kBase64Url, "main"), 8U);
  EXPECT_EQ(hash_behind_stem("a/other.js", HashStyle::kBase64Url, "main"), std::nullopt);
}

TEST(HashedNames, TheLegacyFileOfAChunkKeepsThatWord) {
  EXPECT_EQ(stable_hashed_name("a/main-legacy-qEifmuKn.js", HashStyle::kBase64Url, {"main", 8}),
            "a/main-legacy-[hash].js");
  EXPECT_EQ(stable_hashed_name("a/main-C-4T4OBR.js", HashStyle::kBase64Url, {"main", 8}), "a/main-[hash].js");
  EXPECT_EQ(stable_hashed_name("a/main-legacy.js", HashStyle::kBase64Url, {"main", 8}), "a/main-legacy.js");
  EXPECT_EQ(stable_hashed_name("a/main-modern-qEifmuKn.js", HashStyle::kBase64Url, {"main", 8}),
            "a/main-modern-[hash].js");
}

TEST(HashedNames, EmptyAndHostileNamesAreFine) {
  EXPECT_EQ(stable_hashed_name("", HashStyle::kBun), "");
  EXPECT_EQ(stable_hashed_name(".js", HashStyle::kBase32), ".js");
  EXPECT_EQ(stable_hashed_name("a\nb-BfA6cGt_.js", HashStyle::kBase64Url).find('\n'), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
