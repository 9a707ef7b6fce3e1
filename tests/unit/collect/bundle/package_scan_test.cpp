#include "collect/bundle/package_scan.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

PackageScan::Module module(std::string_view name, double bytes, std::string_view condition = {}) {
  PackageScan::Module made;
  made.name = name;
  made.bytes = bytes;
  made.condition = condition;
  made.condition_told = !condition.empty();
  return made;
}

TEST(PackageScan, MixedNamingsOfOneFolderAreOneFolder) {
  PackageScan scan;
  scan.add(module("./node_modules/p/a.js", 1, "/srv/node_modules/p/a.js"));
  scan.add(module("./node_modules/p/b.js", 2));
  EXPECT_EQ(scan.take().folders.size(), 1U);
}

TEST(PackageScan, LayersAndLoadersDoNotMakeCopies) {
  PackageScan scan;
  scan.add(module("(rsc)/./node_modules/p/a.js", 1, "/srv/node_modules/p/a.js"));
  scan.add(module("(ssr)/./node_modules/p/a.js", 1, "/srv/node_modules/p/a.js"));
  scan.add(module("css ./node_modules/css-loader/x.js!./node_modules/p/a.css", 3, "/srv/node_modules/p/a.css"));
  const BundledPackages packages = scan.take();
  ASSERT_EQ(packages.folders.size(), 1U);
  EXPECT_EQ(packages.folders[0].package, "p");
  EXPECT_EQ(packages.folders[0].folder, "node_modules/p");
}

// Yarn's pnpm linker, as its builds name modules.
TEST(PackageScan, CopiesInAStoreAreTwo) {
  PackageScan scan;
  scan.add(module("node_modules/.store/is-plain-object-npm-5.0.0-285b70faa3/package/dist/is-plain-object.mjs", 1));
  scan.add(module("node_modules/.store/is-plain-object-npm-2.0.4-da3265d804/package/index.js", 1));
  scan.add(module("node_modules/.store/isobject-npm-3.0.1-8145901fd2/package/index.js", 1));
  const BundledPackages packages = scan.take();
  ASSERT_EQ(packages.folders.size(), 3U);
  EXPECT_EQ(packages.folders[0].package, "is-plain-object");
  EXPECT_EQ(packages.folders[1].package, "is-plain-object");
  EXPECT_EQ(packages.folders[1].version, "5.0.0");
  EXPECT_EQ(packages.hidden_reason, "");
}

TEST(PackageScan, AnUnknownStoreIsNoCertainNothing) {
  PackageScan scan;
  PackageScan::Module unused = module("node_modules/.other/abc/lodash/get.js", 1);
  unused.bundled = false;
  scan.add(unused);
  EXPECT_EQ(scan.take().hidden_reason, "");
  PackageScan again;
  again.add(module("./node_modules/.new/abc/lodash/get.js", 1, "/srv/shop/node_modules/.new/abc/lodash/get.js"));
  EXPECT_EQ(again.take().hidden_reason, "the packages in 'node_modules/.new' cannot be named");
}

TEST(PackageScan, CopiesOfTwoProjectsOfARepositoryAreTwo) {
  PackageScan scan;
  scan.add(module("../a/node_modules/p/i.js", 1, "/srv/a/node_modules/p/i.js"));
  scan.add(module("../b/node_modules/p/i.js", 1, "/srv/b/node_modules/p/i.js"));
  EXPECT_EQ(scan.take().folders.size(), 2U);
}

TEST(PackageScan, TheImporterStandsOutsideThePackage) {
  PackageScan scan;
  PackageScan::Module inside = module("./node_modules/p/b.js", 1);
  inside.importer = "./node_modules/p/a.js";
  PackageScan::Module outside = module("./node_modules/p/a.js", 1);
  outside.importer = "./node_modules/babel-loader/lib/index.js??ruleSet[1]!./src/main.js?x";
  scan.add(inside);
  scan.add(outside);
  const BundledPackages packages = scan.take();
  ASSERT_EQ(packages.folders.size(), 1U);
  EXPECT_EQ(packages.folders[0].importer, "src/main.js");
}

TEST(PackageScan, ModulesThatAreNotBundledOnlyTellTheImporter) {
  PackageScan scan;
  PackageScan::Module index = module("./node_modules/p/index.js", 9);
  index.importer = "./src/main.js";
  index.bundled = false;
  scan.add(index);
  scan.add(module("./node_modules/p/part.js", 4));
  PackageScan::Module other = module("./node_modules/q/index.js", 9);
  other.bundled = false;
  scan.add(other);
  const BundledPackages packages = scan.take();
  ASSERT_EQ(packages.folders.size(), 1U);
  EXPECT_EQ(packages.folders[0].bytes, 4);
  EXPECT_EQ(packages.folders[0].importer, "src/main.js");
}

}  // namespace
}  // namespace budgetcheck
