#include "collect/bundle/build_names.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace budgetcheck {
namespace {

using Names = std::vector<std::string>;

TEST(BuildNames, AHashThatNothingElseLooksLikeIsOneAlone) {
  EXPECT_EQ(
      stable_names_of_build({"index-BfA6cGt_.css", "338.3b106824.js", "app/page-e9bfbf306d2284bd.js",
                             "main-CZBTU6Qf.js", "polyfills-B6TNHZQ6.js"}),
      (Names{"index-[hash].css", "338.[hash].js", "app/page-[hash].js", "main-[hash].js", "polyfills-[hash].js"}));
}

TEST(BuildNames, WordsWithDigitsAreNames) {
  const Names names{"assets/CustomerInvoiceTableV2.js",
                    "assets/CustomerOrderHistoryV2.js",
                    "assets/app-legacy.js",
                    "assets/chunk-b2bforms.js",
                    "assets/chunk-p2plinks.js",
                    "assets/decade20.js",
                    "assets/es2015-bundle.js",
                    "assets/facade12.js",
                    "assets/h5p-player-v2.js",
                    "assets/i18n-messages.js",
                    "assets/jquery-3.7.1.min.js",
                    "assets/mp4-player-x1.js",
                    "assets/polyfills-es5.js",
                    "assets/polyfills-es6.js",
                    "assets/report-2024Q1.js",
                    "assets/vendor-base64js.js",
                    "assets/vendor-web3core.js",
                    "assets/vue-i18n.js",
                    "translations.js",
                    "service-workers.js"};
  EXPECT_EQ(stable_names_of_build(names), names);
  Names with_hashes = names;
  with_hashes.insert(with_hashes.end(), {"assets/main-CZBTU6Qf.js", "assets/main.a1b2c3d4.js"});
  const Names found = stable_names_of_build(with_hashes);
  EXPECT_EQ(Names(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(names.size())), names);
}

TEST(BuildNames, WhatCouldBeAHashIsOneWhereTheNamesBesideItShowThem) {
  // esbuild: a hash may have no digit.
  EXPECT_EQ(stable_names_of_build({"chunk-KWLEAB6D.js", "chunk-ABCDEFGH.js", "main.js"}),
            (Names{"chunk-[hash].js", "chunk-[hash].js", "main.js"}));
  EXPECT_EQ(stable_names_of_build({"chunk-ABCDEFGH.js", "main.js"}), (Names{"chunk-ABCDEFGH.js", "main.js"}));
  // Rollup: one without capitals.
  EXPECT_EQ(stable_names_of_build({"a-BfA6cGt_.js", "b-CjgPMEug.js", "c-Ck5Lem5-.js", "d-x9k2mm4q.js"}).back(),
            "d-[hash].js");
  EXPECT_EQ(stable_names_of_build({"a-BfA6cGt_.js", "b-CjgPMEug.js", "c-Ck5Lem5-.js", "Home-Bachn_im.js"}).back(),
            "Home-[hash].js");
  EXPECT_EQ(stable_names_of_build({"a-BfA6cGt_.js", "b-CjgPMEug.js", "c-Ck5Lem5-.js", "user-settings.js"}).back(),
            "user-settings.js");
  // webpack, Parcel: one without letters, and one that looks like a numbered word.
  EXPECT_EQ(stable_names_of_build({"a.3b106824.js", "b.0db6c1d5.js", "c.23456789.js", "d.c1d53b10.js", "e.f1e2d3c4.js",
                                   "h.1abbccd1.js", "f.0a1b2c3d.js", "g.facade12.js"}),
            (Names{"a.[hash].js", "b.[hash].js", "c.[hash].js", "d.[hash].js", "e.[hash].js", "h.[hash].js",
                   "f.[hash].js", "g.[hash].js"}));
  // Bun.
  EXPECT_EQ(stable_names_of_build({"lazy-w5wzk8t2.js", "main-82wqvqka.js", "main-wgjbw2hs.css"}),
            (Names{"lazy-[hash].js", "main-[hash].js", "main-[hash].css"}));
}

TEST(BuildNames, NamesThatAreNothingButTheirHash) {
  EXPECT_EQ(stable_names_of_build({"_nuxt/BfA6cGt_.js", "_nuxt/CjgPMEug.js", "_nuxt/entry.Ck5Lem5-.css"}),
            (Names{"_nuxt/[hash].js", "_nuxt/[hash].js", "_nuxt/entry.[hash].css"}));
  EXPECT_EQ(stable_names_of_build({"UserMenu.js", "BfA6cGt_.js"}), (Names{"UserMenu.js", "BfA6cGt_.js"}));
}

TEST(BuildNames, TurbopacksNamesCountWhereItsRuntimeIs) {
  EXPECT_EQ(stable_names_of_build({"static/chunks/0cz1d0mv5g_q7.js", "static/chunks/3-6ru57lvs10x.js",
                                   "static/chunks/turbopack-2u1d16houkiyo.js"}),
            (Names{"static/chunks/[hash].js", "static/chunks/[hash].js", "static/chunks/turbopack-[hash].js"}));
}

TEST(BuildNames, TheIdOfANextBuildIsNoName) {
  EXPECT_EQ(stable_names_of_build({"_next/static/Ck3-Lm9_sdfKJH23sdf9a/_buildManifest.js",
                                   "_next/static/Ck3-Lm9_sdfKJH23sdf9a/_ssgManifest.js", "_next/static/media/a.png"}),
            (Names{"_next/static/[hash]/_buildManifest.js", "_next/static/[hash]/_ssgManifest.js",
                   "_next/static/media/a.png"}));
  EXPECT_EQ(stable_names_of_build({"static/release-7/_buildManifest.js"}), Names{"static/[hash]/_buildManifest.js"});
}

TEST(BuildNames, HostileNamesAreFine) {
  EXPECT_EQ(stable_names_of_build({"", ".js", "/", "a/", "-.js", "_buildManifest.js", "/_buildManifest.js"}).size(),
            7U);
  EXPECT_EQ(stable_names_of_build({"a\nb-BfA6cGt_.js"}).front().find('\n'), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
