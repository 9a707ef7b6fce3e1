#include "collect/bundle/bundlers/next_references.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::string manifest(const std::string& modules, const std::string& styles) {
  return R"(globalThis.__RSC_MANIFEST=(globalThis.__RSC_MANIFEST||{});globalThis.__RSC_MANIFEST["/a/page"]={"clientModules":{)" +
         modules + R"(},"entryCSSFiles":{)" + styles + "}};";
}

TEST(NextReferences, AreSortedByTheFileThatBringsThem) {
  const auto got = read_next_references(
      manifest(
          R"("/x/c/A.js":{"chunks":["1","static/chunks/271-1f4e530a09f2712b.js","2","static/chunks/app/a/page-2fc824247ce67bcd.js"]},
                  "/x/c/B.js":{"chunks":["1","static/chunks/271-1f4e530a09f2712b.js"]},
                  "/x/app/(shop)/@side/error.js":{"chunks":["3","static/chunks/app/(shop)/%40side/error-57678bdf9c278b71.js"]},
                  "/x/app/app/not-found.js":{"chunks":["4","static/chunks/app/not-found.js"]},
                  "/x/app/a/page.module.css":{"chunks":["5","static/chunks/app/a/page-2fc824247ce67bcd.js"]},
                  "/x/none.js":{"chunks":[]})",
          ""),
      "/a/page");
  ASSERT_TRUE(got);
  EXPECT_THAT(*got, ElementsAre(Pair("", ElementsAre("static/chunks/271-1f4e530a09f2712b.js")),
                                Pair("/(shop)/@side/error",
                                     ElementsAre("static/chunks/app/(shop)/@side/error-57678bdf9c278b71.js")),
                                Pair("/a/page", ElementsAre("static/chunks/271-1f4e530a09f2712b.js",
                                                            "static/chunks/app/a/page-2fc824247ce67bcd.js")),
                                Pair("/not-found", ElementsAre("static/chunks/app/not-found.js"))));
}

TEST(NextReferences, StylesAreNamedByThePathOfTheirFile) {
  const auto got = read_next_references(manifest("", R"("C:\\app\\shop\\src\\app\\a\\page":["static/css/a.css"],
                      "C:\\app\\shop\\src\\app\\layout":[{"inlined":false,"path":"static/css/l.css"}],
                      "C:\\app\\shop\\src\\app\\@modal\\default":[],"C:\\app\\shop\\":[])"),
                                        "/a/page");
  ASSERT_TRUE(got);
  EXPECT_THAT(*got, ElementsAre(Pair("/@modal/default", IsEmpty()), Pair("/a/page", ElementsAre("static/css/a.css")),
                                Pair("/layout", ElementsAre("static/css/l.css"))));
}

TEST(NextReferences, WhatIsNoManifestIsNotRead) {
  for (const char* text : {"", "]={", "}]={", R"(x["/a/page"]={"clientModules":{)", R"(x["/a/page"]={"other":{}})",
                           R"(x["/a/page"]={"clientModules":[]})"}) {
    EXPECT_FALSE(read_next_references(text, "/a/page")) << text;
  }
}

}  // namespace
}  // namespace budgetcheck
