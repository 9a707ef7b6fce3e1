#include "collect/bundle/package_scan.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(PackageOf, TakesTheLastFolderOfPackages) {
  EXPECT_EQ(package_of("/srv/node_modules/a/node_modules/lodash/get.js").package, "lodash");
  EXPECT_EQ(package_of("/srv/node_modules/a/node_modules/lodash/get.js").folder,
            "/srv/node_modules/a/node_modules/lodash");
  EXPECT_EQ(package_of("node_modules/@mui/material/Box/Box.js").package, "@mui/material");
  EXPECT_EQ(package_of("../../node_modules/.pnpm/react@18.2.0/node_modules/react/index.js").package, "react");
}

TEST(PackageOf, KnowsWhatIsNoPackage) {
  for (const char* path : {"src/a.js", "my_node_modules/a/b.js", "node_modules/a.js", "node_modules/.cache/x/y.js",
                           "node_modules/@scope/a.js", "node_modules/", ""}) {
    EXPECT_EQ(package_of(path).package, "") << path;
  }
}

TEST(VersionInPath, ReadsTheStores) {
  EXPECT_EQ(version_in_path("node_modules/.pnpm/lodash@4.17.21/node_modules/lodash", "lodash"), "4.17.21");
  EXPECT_EQ(version_in_path("x/node_modules/.pnpm/@mui+material@5.14.0_react@18.2.0/node_modules/@mui/material",
                            "@mui/material"),
            "5.14.0");
  EXPECT_EQ(version_in_path("x/node_modules/.pnpm/vue@3.4.0(typescript@5.0.0)/node_modules/vue", "vue"), "3.4.0");
  EXPECT_EQ(version_in_path("/.yarn/cache/lodash-npm-4.17.21-6382451519-eb835a2e51.zip/node_modules/lodash", "lodash"),
            "4.17.21");
  EXPECT_EQ(version_in_path("node_modules/lodash", "lodash"), "");
}

TEST(ModuleFile, LeavesOnlyTheFile) {
  EXPECT_EQ(module_file("./node_modules/date-fns/format.js + 35 modules"), "node_modules/date-fns/format.js");
  EXPECT_EQ(module_file("css ./node_modules/css-loader/dist/cjs.js!./node_modules/x/y.css"), "node_modules/x/y.css");
  EXPECT_EQ(module_file("(app-pages-browser)/./node_modules/next/a.js"), "node_modules/next/a.js");
  EXPECT_EQ(module_file("./node_modules/x/a.js?v=1"), "node_modules/x/a.js");
  EXPECT_EQ(module_file("C:\\shop\\node_modules\\x\\a.js"), "C:/shop/node_modules/x/a.js");
  for (const char* name :
       {"external \"react\"", "webpack/runtime/chunk loaded", "./node_modules/moment/locale sync ^\\.\\/.*$",
        "consume shared module (default) react@^17 (fallback: ./node_modules/react/index.js)", ""}) {
    EXPECT_EQ(module_file(name), "") << name;
  }
}

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
