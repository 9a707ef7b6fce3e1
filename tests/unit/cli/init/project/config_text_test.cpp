#include "cli/init/project/config_text.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

std::string literal(const char* text, const char* key) {
  const std::vector<ConfigValue> values = ConfigText(text).find(key);
  return values.empty() ? "(absent)" : values.front().is_literal ? values.front().text : "(computed)";
}

TEST(ConfigText, FindsALiteralWhereverItLies) {
  EXPECT_EQ(literal("export default defineConfig({ build: { outDir: 'www' } })", "build.outDir"), "www");
  EXPECT_EQ(literal("export default { build: { \"outDir\": `www/out` } };", "build.outDir"), "www/out");
  EXPECT_EQ(literal("module.exports = { distDir: 'build' };", "distDir"), "build");
  EXPECT_EQ(literal("const config: NextConfig = { distDir: \"build\" }; export default config;", "distDir"), "build");
  EXPECT_EQ(literal("export default defineConfig(({ mode }) => ({ build: { outDir: 'www' } }))", "build.outDir"),
            "www");
  EXPECT_EQ(literal("export default { kit: { adapter: adapter({ pages: 'site', assets: 'site' }) } }", "adapter.pages"),
            "site");
  EXPECT_EQ(literal("export default { kit: { adapter: node({ out: 'server' }) } }", "adapter.out"), "server");
  EXPECT_EQ(literal("await Bun.build({ entrypoints: ['a'], outdir: './public' })", "outdir"), "./public");
  EXPECT_EQ(literal("export default { output: { distPath: { root: 'www' } } }", "distPath.root"), "www");
}

TEST(ConfigText, TellsAKeyFromOneOfTheSameNameElsewhere) {
  const char* text = "export default { outDir: 'site', vite: { build: { outDir: 'inner' } } }";
  EXPECT_EQ(literal(text, "outDir"), "site");
  EXPECT_EQ(literal(text, "build.outDir"), "inner");
  EXPECT_EQ(literal("export default { vite: { build: { outDir: 'inner' } } }", "outDir"), "(absent)");
}

TEST(ConfigText, LooksPastCommentsTextsAndRegularExpressions) {
  EXPECT_EQ(literal("export default { // distDir: 'a'\n /* distDir: 'b' */ distDir: 'c' }", "distDir"), "c");
  EXPECT_EQ(literal("export default { note: \"distDir: 'a'\", test: /['\"]\\/distDir: /, distDir: 'c' }", "distDir"),
            "c");
  EXPECT_EQ(literal("export default { a: b ? distDir : 1 }", "distDir"), "(absent)");
}

TEST(ConfigText, JoinsAPathOfLiterals) {
  EXPECT_EQ(literal("module.exports = { output: { path: path.resolve(__dirname, 'public', 'js') } }", "output.path"),
            "public/js");
  EXPECT_EQ(literal("export default { output: { path: resolve(import.meta.dirname, './www') } }", "output.path"),
            "./www");
  EXPECT_EQ(literal("export default { outDir: fileURLToPath(new URL('./www', import.meta.url)) }", "outDir"), "./www");
  EXPECT_EQ(literal("const OUT = 'www';\nexport default { outDir: path.join(OUT, 'site') }", "outDir"), "www/site");
  EXPECT_EQ(literal("const outDir = 'www'\nexport default { outDir, base: '/' }", "outDir"), "www");
}

TEST(ConfigText, DoesNotGuessWhatIsComputed) {
  for (const char* text :
       {"export default { distDir: process.env.OUT ?? 'build' }", "export default { distDir: ci ? 'a' : 'build' }",
        "export default { distDir: `out-${mode}` }", "const OUT = 'a' + b;\nexport default { distDir: OUT }",
        "export default { distDir: folder() }", "export default { distDir: 'a' + suffix }"}) {
    EXPECT_EQ(literal(text, "distDir"), "(computed)") << text;
  }
  const ConfigValue value =
      ConfigText("export default {\n distDir: process.env.OUT || 'build' }").find("distDir").at(0);
  EXPECT_EQ(value.candidates, (std::vector<std::string>{"build"}));
  EXPECT_EQ(value.line, 2U);
}

TEST(ConfigText, SaysEachPlaceOfAKey) {
  const char* text =
      "export default { environments: { node: { output: { distPath: { root: 'dist/server' } } }, web: { output: {"
      " distPath: { root: 'dist/web' } } } } }";
  EXPECT_EQ(ConfigText(text).find("distPath.root").size(), 2U);
}

TEST(ConfigText, HostileTextNeitherHangsNorCrashes) {
  for (const char* unit : {"a:", "{", "(", "a:{", "`", "'", "/", "/*", "\\", "a,", "const a='b';", "}"}) {
    std::string text;
    while (text.size() < 60'000) {
      text += unit;
    }
    const ConfigText config(text);
    EXPECT_LE(config.find("a").size(), 16U);
    EXPECT_FALSE(config.has_false("x.a"));
  }
  EXPECT_TRUE(ConfigText("").find("a").empty());
}

}  // namespace
}  // namespace budgetcheck
