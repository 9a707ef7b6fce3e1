#include "base/glob.h"

#include <gtest/gtest.h>

#include "unit/base/growth.h"

namespace budgetcheck {
namespace {

TEST(LabelGlob, StarCrossesSlashesAndTheRestIsLiteral) {
  EXPECT_TRUE(label_glob_matches("/api/*", "/api/users/1"));
  EXPECT_TRUE(label_glob_matches("*", ""));
  EXPECT_TRUE(label_glob_matches("ma?n", "main"));
  EXPECT_FALSE(label_glob_matches("ma?n", "man"));
  EXPECT_TRUE(label_glob_matches("/products/:slug", "/products/:slug"));
  EXPECT_TRUE(label_glob_matches("pages/[id].js", "pages/[id].js"));
  EXPECT_FALSE(label_glob_matches("pages/[id].js", "pages/i.js"));
  EXPECT_FALSE(label_glob_matches("main", "main.js"));
  EXPECT_FALSE(label_glob_matches("", "x"));
}

TEST(LabelGlob, BracesAreAlternativesOnlyWithAComma) {
  EXPECT_TRUE(label_glob_matches("{GET,POST} /api", "POST /api"));
  EXPECT_FALSE(label_glob_matches("{GET,POST} /api", "PUT /api"));
  EXPECT_TRUE(label_glob_matches("/users/{id}", "/users/{id}"));
  EXPECT_TRUE(label_glob_matches("a{,b}", "a"));
  EXPECT_TRUE(label_glob_matches("{a,b", "{a,b"));
}

TEST(LabelGlob, BackslashTakesTheNextCharacterLiterally) {
  EXPECT_TRUE(label_glob_matches("a\\*b", "a*b"));
  EXPECT_FALSE(label_glob_matches("a\\*b", "axb"));
  EXPECT_TRUE(label_glob_matches("a\\?", "a?"));
  EXPECT_FALSE(label_glob_matches("a\\?", "ab"));
}

TEST(PathGlob, StarStopsAtSlashes) {
  EXPECT_TRUE(path_glob_matches("reports/lhr-*.json", "reports/lhr-1.json"));
  EXPECT_FALSE(path_glob_matches("reports/*.json", "reports/a/b.json"));
  EXPECT_FALSE(path_glob_matches("a?b", "a/b"));
}

TEST(PathGlob, DoubleStarCrossesFolders) {
  EXPECT_TRUE(path_glob_matches("dist/**/stats.json", "dist/stats.json"));
  EXPECT_TRUE(path_glob_matches("dist/**/stats.json", "dist/a/b/stats.json"));
  EXPECT_TRUE(path_glob_matches("**/*.har", "a/b/c.har"));
  EXPECT_TRUE(path_glob_matches("**/*.har", "c.har"));
  EXPECT_TRUE(path_glob_matches("dist/**", "dist/a/b"));
  EXPECT_TRUE(path_glob_matches("**/a/**/b", "x/a/y/z/b"));
  EXPECT_TRUE(path_glob_matches("**/a*/x", "a1/b/a2/x"));
  EXPECT_FALSE(path_glob_matches("**/*.har", "a/b/c.json"));
}

TEST(PathGlob, DoubleStarWithASlashStandsForWholeFolders) {
  EXPECT_FALSE(path_glob_matches("**/stats.json", "dist/mystats.json"));
  EXPECT_FALSE(path_glob_matches("dist/**/stats.json", "dist/mystats.json"));
  EXPECT_FALSE(path_glob_matches("a**/b", "ab"));
  EXPECT_TRUE(path_glob_matches("a**/b", "ax/y/b"));
}

TEST(Glob, AdversarialPatternsTakeLinearTime) {
  std::string stars;
  std::string doubles;
  for (int i = 0; i < 50; ++i) {
    stars += "a*";
    doubles += "**/*a";
  }
  std::string braces;
  for (int i = 0; i < 64; ++i) {
    braces += "{a,b}";
  }
  const auto matching = [&](std::size_t size) {
    return [&, text = std::string(size, 'a')] {
      EXPECT_FALSE(label_glob_matches(stars + "b", text));
      EXPECT_FALSE(path_glob_matches(doubles + "b", text));
      EXPECT_FALSE(path_glob_matches("**" + stars + "b", text));
      EXPECT_FALSE(label_glob_matches(braces, text));
    };
  };
  EXPECT_LT(growth(500, matching), kLinear);
}

TEST(Glob, AnEscapedTextMatchesItselfAlone) {
  for (const char* each : {"orders", "a*b?", "{a,b}", "back\\slash", "list[0]", ""}) {
    const std::string text(each);
    const std::string pattern = escaped_glob(text);
    EXPECT_FALSE(is_glob(pattern)) << pattern;
    EXPECT_TRUE(label_glob_matches(pattern, text)) << pattern;
    EXPECT_FALSE(label_glob_matches(pattern, text + "x")) << pattern;
  }
  EXPECT_FALSE(label_glob_matches(escaped_glob("a*b"), "axb"));
}

TEST(Glob, KnowsWildcardsAndLiteralLength) {
  EXPECT_TRUE(is_glob("a*"));
  EXPECT_TRUE(is_glob("{a,b}"));
  EXPECT_FALSE(is_glob("a\\*"));
  EXPECT_FALSE(is_glob("/products/:slug[1]"));
  EXPECT_EQ(literal_length("/api/*"), 5U);
  EXPECT_EQ(literal_length("a\\*b"), 3U);
  EXPECT_EQ(literal_length("*"), 0U);
}

class ExpandPathGlob : public testing::Test {
 protected:
  ExpandPathGlob() {
    for (const char* path : {"reports/b.json", "reports/a.json", "reports/deep/c.json", "dist/pages/[id].json",
                             "dist/{x}.json", "node_modules/p/a.json", ".git/a.json", "top.json"}) {
      files.add(path, "{}");
    }
  }
  MemoryFileSystem files;
};

TEST_F(ExpandPathGlob, SortedAndOnlyRegularFiles) {
  EXPECT_EQ(expand_path_glob(files, ".", "reports/*.json"),
            (std::vector<std::string>{"reports/a.json", "reports/b.json"}));
  EXPECT_EQ(expand_path_glob(files, ".", "./reports/**/*.json").size(), 3U);
  EXPECT_TRUE(expand_path_glob(files, ".", "reports/*.har").empty());
  EXPECT_TRUE(expand_path_glob(files, ".", "reports").empty());
}

TEST_F(ExpandPathGlob, ANameThatExistsMeansItself) {
  EXPECT_EQ(expand_path_glob(files, ".", "dist/pages/[id].json").size(), 1U);
  EXPECT_EQ(expand_path_glob(files, ".", "dist/{x}.json"), (std::vector<std::string>{"dist/{x}.json"}));
  EXPECT_TRUE(expand_path_glob(files, ".", "dist/none.json").empty());
}

TEST_F(ExpandPathGlob, HeavyFoldersAreEnteredOnlyWhenSpelled) {
  for (const std::string& path : expand_path_glob(files, ".", "**/a.json")) {
    EXPECT_EQ(path.find("node_modules"), std::string::npos);
    EXPECT_EQ(path.find(".git"), std::string::npos);
  }
  EXPECT_EQ(expand_path_glob(files, ".", "node_modules/**/a.json").size(), 1U);
}

TEST_F(ExpandPathGlob, UpwardsEscapedAndLimited) {
  EXPECT_EQ(expand_path_glob(files, "dist", "../reports/*.json"),
            (std::vector<std::string>{"reports/a.json", "reports/b.json"}));
  EXPECT_EQ(expand_path_glob(files, ".", "repo\\rts/*.json").size(), 2U);
  EXPECT_EQ(expand_path_glob(files, ".", "**/*.json", 2).size(), 2U);
}

}  // namespace
}  // namespace budgetcheck
