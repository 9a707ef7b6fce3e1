#include "model/asset_name.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(AssetName, TypesFollowTheExtension) {
  EXPECT_EQ(asset_type("static/a.min.JS?v=1.css"), "js");
  EXPECT_EQ(asset_type("a.woff2"), "font");
  EXPECT_EQ(asset_type("a.svg"), "image");
  EXPECT_EQ(asset_type("a.webmanifest"), "json");
  EXPECT_EQ(asset_type("dir.js/noextension"), "other");
  EXPECT_EQ(asset_type("robots.txt"), "other");
}

TEST(AssetName, SideFilesAreNotLoaded) {
  for (const char* name : {"a.js.map", "a.js.LICENSE.txt", "a.js.gz", "a.css.map.br", "a.js.map?x"}) {
    EXPECT_TRUE(is_side_file(name)) << name;
  }
  for (const char* name : {"a.js", "map.js", "maps/a.css", "license.js", "a.txt"}) {
    EXPECT_FALSE(is_side_file(name)) << name;
  }
}

TEST(AssetName, HashesThatTheToolNamesAreReplacedAsWords) {
  EXPECT_EQ(stable_asset_name("338.3b106824.js", {"3b106824"}), "338.[hash].js");
  EXPECT_EQ(stable_asset_name("a-Ck5Lem5-.js", {"Ck5Lem5-"}), "a-[hash].js");
  EXPECT_EQ(stable_asset_name("feed.js", {"feed"}), "[hash].js");
  EXPECT_EQ(stable_asset_name("feedback.js", {"feed"}), "feedback.js");
  EXPECT_EQ(stable_asset_name("a.abc.js", {"abc"}), "a.abc.js");  // too short to be one
}

TEST(AssetName, LikelyHashesAreReplacedWhereTheToolNamesNone) {
  EXPECT_EQ(stable_asset_name("main.0db6c1d5.js", {}), "main.[hash].js");
  EXPECT_EQ(stable_asset_name("main-0DB6C1D5E.js?v=0db6c1d5", {}), "main-[hash].js");
  EXPECT_EQ(stable_asset_name("k3Vt9QmZ0xLd8RfW2yHb.js", {}), "[hash].js");
}

TEST(AssetName, JoinedWordsAreNoHash) {
  EXPECT_EQ(stable_asset_name("CustomerOrderHistoryV2.js", {}), "CustomerOrderHistoryV2.js");
  EXPECT_EQ(stable_asset_name("aZ09bcdefghijklmnopqr.js", {}), "aZ09bcdefghijklmnopqr.js");
}

TEST(AssetName, UuidsAreReplacedWhole) {
  EXPECT_EQ(stable_asset_name("builds/meta/1f9e3d2c-4b5a-4c6d-8e7f-0a1b2c3d4e5f.json", {}), "builds/meta/[hash].json");
}

TEST(AssetName, OfTwoHashesInAFilesNameTheLastIsOfItsContent) {
  EXPECT_EQ(stable_asset_name("static/chunks/4bd1b696-f785427dddbba9fb.js", {}), "static/chunks/4bd1b696-[hash].js");
  EXPECT_EQ(stable_asset_name("3b106824/0db6c1d5/main.a1b2c3d4.js", {}), "[hash]/[hash]/main.[hash].js");
}

TEST(AssetName, WordsWithNumbersStay) {
  for (const char* name : {"facade12.js", "decade20.css", "CustomerOrderHistoryV2.js", "CustomerInvoiceTableV2.js"}) {
    EXPECT_EQ(stable_asset_name(name, {}), name);
  }
}

TEST(AssetName, OrdinaryNamesStay) {
  for (const char* name : {"mockServiceWorker.js", "deadbeef.js", "report-20240131.js", "jquery-3.7.1.min.js",
                           "0db6c1d.js", "app/products/[id]/page.js", "polyfills-legacy.js", "vendor-0aA1bB2c.js"}) {
    EXPECT_EQ(stable_asset_name(name, {}), name);
  }
}

TEST(AssetName, LabelsAreSafeToShow) {
  EXPECT_EQ(stable_asset_name("a\x1b[31m\n.js", {}).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
