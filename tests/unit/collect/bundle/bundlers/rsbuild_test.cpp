#include "collect/bundle/bundlers/rsbuild.h"

#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

TEST(Rsbuild, TheManifestTellsWhatAnEntryLoads) {
  MemoryFileSystem files;
  files.add("dist/manifest.json", R"({
    "allFiles": ["/static/js/index.6a8ad2dc.js", "https://cdn.example.com/static/js/lib-react.0db6c1d5.js",
                 "/static/css/index.3b106824.css", "/static/js/async/7.c1d53b10.js", "/static/js/index.6a8ad2dc.js.map",
                 "/index.html"],
    "entries": {"index": {
      "html": ["/index.html"],
      "initial": {"js": ["https://cdn.example.com/static/js/lib-react.0db6c1d5.js", "/static/js/index.6a8ad2dc.js"],
                  "css": ["/static/css/index.3b106824.css"]},
      "async": {"js": ["/static/js/async/7.c1d53b10.js"]}}}})");
  files.add("dist/static/js/index.6a8ad2dc.js", std::string(10, 'a'));
  files.add("dist/static/js/lib-react.0db6c1d5.js", std::string(100, 'a'));
  files.add("dist/static/css/index.3b106824.css", std::string(3, 'a'));
  files.add("dist/static/js/async/7.c1d53b10.js", std::string(7, 'a'));
  files.add("dist/index.html", std::string(20, 'a'));
  const Collected got = collect_from(files, "dist/manifest.json");
  EXPECT_EQ(got.input().format, "rsbuild");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw"), 140);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index"}}), 113);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index"}, {"initial", "false"}}), 7);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "static/js/lib-react.[hash].js"}, {"type", "js"}}), 100);
}

}  // namespace
}  // namespace budgetcheck
