#include "collect/bundle/package_path.h"

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

struct StorePath {
  const char* path;
  const char* package;
  const char* folder;
  const char* version;
};

class PackageStores : public testing::TestWithParam<StorePath> {};

TEST_P(PackageStores, AreSeen) {
  const StorePath& want = GetParam();
  const PackagePath got = package_of(want.path);
  EXPECT_EQ(got.package, want.package);
  EXPECT_EQ(got.folder, want.folder);
  EXPECT_FALSE(got.unknown_store);
  EXPECT_EQ(version_in_path(got.folder, got.package), want.version);
}

// As each package manager named the folders on a disk, or names them in its source (Yarn's slugifyLocator).
INSTANTIATE_TEST_SUITE_P(
    Managers, PackageStores,
    testing::Values(
        StorePath{"node_modules/.store/is-plain-object-npm-2.0.4-da3265d804/package/index.js", "is-plain-object",
                  "node_modules/.store/is-plain-object-npm-2.0.4-da3265d804/package", "2.0.4"},
        StorePath{"/srv/node_modules/.store/@babel-runtime-npm-7.24.0-beta.1-ab15f36220/package/a/b.js",
                  "@babel/runtime", "/srv/node_modules/.store/@babel-runtime-npm-7.24.0-beta.1-ab15f36220/package",
                  "7.24.0-beta.1"},
        StorePath{"node_modules/.store/use-sync-external-store-virtual-6dfad75b64/package/shim/index.js",
                  "use-sync-external-store", "node_modules/.store/use-sync-external-store-virtual-6dfad75b64/package",
                  ""},
        StorePath{"node_modules/.store/left-pad-npm-1.3.0-285b70faa3/node_modules/left-pad/i.js", "left-pad",
                  "node_modules/.store/left-pad-npm-1.3.0-285b70faa3/node_modules/left-pad", "1.3.0"},
        StorePath{"node_modules/.store/abbrev@1.1.1-L5hPcrRxLX1PFQx36Zv8yw/node_modules/abbrev/a.js", "abbrev",
                  "node_modules/.store/abbrev@1.1.1-L5hPcrRxLX1PFQx36Zv8yw/node_modules/abbrev", "1.1.1"},
        StorePath{"node_modules/.bun/react-dom@18.2.0+3a4b5c6d7e8f9a0b/node_modules/react-dom/i.js", "react-dom",
                  "node_modules/.bun/react-dom@18.2.0+3a4b5c6d7e8f9a0b/node_modules/react-dom", "18.2.0"},
        StorePath{"node_modules/.bun/x@1/i.js", "x", "node_modules/.bun/x@1", "1"},
        StorePath{"node_modules/.bun/@mui+base@5.0.0/Box/i.js", "@mui/base", "node_modules/.bun/@mui+base@5.0.0",
                  "5.0.0"},
        StorePath{"node_modules/.deno/@babel+runtime@7.24.0/node_modules/@babel/runtime/i.js", "@babel/runtime",
                  "node_modules/.deno/@babel+runtime@7.24.0/node_modules/@babel/runtime", "7.24.0"},
        StorePath{"node_modules/.deno/is-plain-object@2.0.4_1/node_modules/is-plain-object/i.js", "is-plain-object",
                  "node_modules/.deno/is-plain-object@2.0.4_1/node_modules/is-plain-object", "2.0.4"},
        StorePath{"node_modules/.new/@babel/runtime@7.24.0/i.js", "@babel/runtime",
                  "node_modules/.new/@babel/runtime@7.24.0", ""},
        StorePath{"/root/.cache/deno/npm/registry.npmjs.org/@babel/runtime/7.24.0/i.js", "@babel/runtime",
                  "/root/.cache/deno/npm/registry.npmjs.org/@babel/runtime/7.24.0", "7.24.0"},
        StorePath{"node_modules/_lodash@4.17.21@lodash/get.js", "lodash", "node_modules/_lodash@4.17.21@lodash",
                  "4.17.21"},
        StorePath{"node_modules/_@babel_runtime@7.24.0@@babel/runtime/i.js", "@babel/runtime",
                  "node_modules/_@babel_runtime@7.24.0@@babel/runtime", "7.24.0"},
        StorePath{".yarn/__virtual__/react-dom-virtual-972f548d97/0/cache/"
                  "react-dom-npm-18.2.0-44f75d2564-ac4814e559.zip/node_modules/react-dom/i.js",
                  "react-dom",
                  ".yarn/__virtual__/react-dom-virtual-972f548d97/0/cache/"
                  "react-dom-npm-18.2.0-44f75d2564-ac4814e559.zip/node_modules/react-dom",
                  "18.2.0"},
        StorePath{"/root/.yarn/berry/cache/lodash-npm-4.17.21-6382451519-10c0.zip/node_modules/lodash/get.js", "lodash",
                  "/root/.yarn/berry/cache/lodash-npm-4.17.21-6382451519-10c0.zip/node_modules/lodash", "4.17.21"}));

TEST(PackageOf, AStoreThatCannotBeReadIsUnknown) {
  for (const char* path : {"node_modules/.new/abc/lodash/get.js", "/srv/node_modules/.x/y.js",
                           "node_modules/.store/lodash/package/get.js", "node_modules/.new/@a/b/c.js"}) {
    EXPECT_TRUE(package_of(path).unknown_store) << path;
    EXPECT_EQ(package_of(path).package, "") << path;
  }
  for (const char* path : {"node_modules/.prisma/client/index.js", "node_modules/.cache/a/b.js", "src/.x/y.js",
                           "node_modules/.package-lock.json", "node_modules/lodash/.x/y.js"}) {
    EXPECT_FALSE(package_of(path).unknown_store) << path;
  }
}

}  // namespace
}  // namespace budgetcheck
