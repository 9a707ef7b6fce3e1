#include "collect/bundle/pages/folder_pages.h"

#include <gtest/gtest.h>

#include <map>

#include "base/glob.h"
#include "collect/bundle/pages/page_list.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

/// "name: files" of each page of the folder.
std::map<std::string, std::vector<std::string>> pages(const MemoryFileSystem& files, const std::string& root) {
  Build build;
  for (const std::string& path : expand_path_glob(files, root, "**/*")) {
    const std::string name = relative_to(path, root);
    build.files.push_back({name, name, asset_type(name), {}});
  }
  add_pages(files, root, build);
  std::map<std::string, std::vector<std::string>> out;
  for (const BuildEntry& entry : build.entries) {
    for (const std::size_t file : entry.files) {
      out[entry.name].push_back(build.files[file].name);
    }
    std::sort(out[entry.name].begin(), out[entry.name].end());
  }
  return out;
}

using Files = std::vector<std::string>;

TEST(FolderPages, APageLoadsWhatItsModulesImport) {
  MemoryFileSystem files;
  files.add("dist/index.html", "<script type=module src=/shop/assets/a.js></script>");
  files.add("dist/docs/index.html", "<script src=\"../plain.js\"></script><link rel=stylesheet href=../a.css>");
  files.add("dist/assets/a.js", "import{x}from\"./b.js\";const y=()=>import(\"./late.js\")");
  files.add("dist/assets/b.js", "import\"./a.js\";import\"react\"");
  files.add("dist/assets/late.js", "");
  files.add("dist/plain.js", "");
  files.add("dist/a.css", "");
  const auto found = pages(files, "dist");
  EXPECT_EQ(found.at("index.html"), (Files{"assets/a.js", "assets/b.js"}));
  EXPECT_EQ(found.at("docs/index.html"), (Files{"a.css", "plain.js"}));
}

TEST(FolderPages, APageThatIsKnownInPartOnlyIsNone) {
  MemoryFileSystem files;
  files.add("dist/index.html", "<script src=/a.js></script><script src=/config.js></script>");
  files.add("dist/other.html", "<script src=/a.js></script><script src=https://cdn.example.org/t.js></script>");
  files.add("dist/a.js", "");
  const auto found = pages(files, "dist");
  EXPECT_FALSE(found.contains("index.html"));
  EXPECT_EQ(found.at("other.html"), (Files{"a.js"}));
}

TEST(FolderPages, ReactRoutersManifestTellsRoutes) {
  MemoryFileSystem files;
  files.add(
      "build/client/assets/manifest-1a2b.js",
      R"(window.__reactRouterManifest={"entry":{"module":"/assets/e.js","imports":["/assets/jsx.js"],"css":[]},"routes":{)"
      R"("root":{"id":"root","path":"","module":"/assets/root.js","imports":["/assets/jsx.js"],"css":["/assets/r.css"]},)"
      R"("i":{"id":"i","parentId":"root","index":true,"module":"/assets/i.js","imports":[],"css":[]},)"
      R"("u":{"id":"u","parentId":"root","path":"users","module":"/assets/u.js","hasDefaultExport":true},)"
      R"("ui":{"id":"ui","parentId":"u","path":":id","module":"/assets/ui.js","hasDefaultExport":true},)"
      R"("api":{"id":"api","parentId":"root","path":"api","module":"/assets/api.js","hasDefaultExport":false}},"url":"/x"};)");
  for (const char* name : {"e.js", "jsx.js", "root.js", "r.css", "i.js", "u.js", "ui.js", "api.js"}) {
    files.add(std::string("build/client/assets/") + name, "");
  }
  const auto found = pages(files, "build/client");
  EXPECT_EQ(found.size(), 3U);
  EXPECT_EQ(found.at("/"), (Files{"assets/e.js", "assets/i.js", "assets/jsx.js", "assets/r.css", "assets/root.js"}));
  EXPECT_EQ(found.at("/users/:id"),
            (Files{"assets/e.js", "assets/jsx.js", "assets/r.css", "assets/root.js", "assets/u.js", "assets/ui.js"}));
}

TEST(FolderPages, AListOfAnotherBuildIsNotBelieved) {
  MemoryFileSystem files;
  files.add(
      "client/assets/manifest-1.js",
      R"(window.__reactRouterManifest={"entry":{"module":"/assets/gone.js"},"routes":{"root":{"module":"/assets/root.js"}}};)");
  files.add("client/assets/root.js", "");
  EXPECT_TRUE(pages(files, "client").empty());
  files.add("client/assets/manifest-1.js", "window.__reactRouterManifest={\"entry\":");
  EXPECT_TRUE(pages(files, "client").empty());
}

TEST(FolderPages, SvelteKitsServerTellsRoutes) {
  MemoryFileSystem files;
  const std::string out = ".svelte-kit/output/";
  files.add(
      out + "server/manifest-full.js",
      "export const manifest = (() => {\nreturn {\n\t_: {\n\t\tclient: {start:\"_app/s.js\",app:\"_app/a.js\",imports:"
      "[\"_app/s.js\",\"_app/a.js\"],stylesheets:[],fonts:[]},\n\t\tnodes: [\n\t\t\t__memo(() => "
      "import('./nodes/0.js')),\n"
      "\t\t\t__memo(() => import('./nodes/1.js')),\n\t\t\t__memo(() => import('./nodes/4.js'))\n\t\t],\n\t\troutes: [\n"
      "\t\t\t{\n\t\t\t\tid: \"/about\",\n\t\t\t\tpage: { layouts: [0,], errors: [1,], leaf: 2 },\n\t\t\t\tendpoint: "
      "null\n\t\t\t},\n"
      "\t\t\t{\n\t\t\t\tid: \"/api\",\n\t\t\t\tpage: null,\n\t\t\t\tendpoint: __memo(() => "
      "import('./e.js'))\n\t\t\t}\n]}}})();");
  files.add(out + "server/nodes/0.js",
            "export const imports = [\"_app/n0.js\"];\nexport const stylesheets = [\"_app/n0.css\"];\n");
  files.add(out + "server/nodes/1.js", "export const imports = [\"_app/n1.js\"];\nexport const stylesheets = [];\n");
  files.add(out + "server/nodes/4.js",
            "export const imports = [\"_app/n4.js\",\"_app/a.js\"];\nexport const stylesheets = [];\n");
  for (const char* name : {"s.js", "a.js", "n0.js", "n0.css", "n1.js", "n4.js", "n5.js"}) {
    files.add(out + "client/_app/" + name, "");
  }
  const auto found = pages(files, out + "client");
  EXPECT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at("/about"),
            (Files{"_app/a.js", "_app/n0.css", "_app/n0.js", "_app/n1.js", "_app/n4.js", "_app/s.js"}));
}

TEST(FolderPages, NuxtsManifestTellsPages) {
  MemoryFileSystem files;
  files.add(
      ".nuxt/dist/server/client.manifest.mjs",
      R"(export default ({"../node_modules/nuxt/dist/app/entry.js":{resourceType:"script",module:!0,file:"e.js",isEntry:!0,)"
      R"(dynamicImports:["pages/index.vue"]},"_c.js":{file:"c.js",imports:["../node_modules/nuxt/dist/app/entry.js"]},)"
      R"("pages/index.vue":{file:"i.js",isDynamicEntry:!0,imports:["_c.js"],css:["i.css"]},)"
      R"("pages/users/[id].vue":{file:"u.js",isDynamicEntry:!0,name:"a:b{!0",css:[]},)"
      R"("layouts/default.vue":{file:"l.js",isDynamicEntry:!0}}))");
  for (const char* name : {"e.js", "c.js", "i.js", "i.css", "u.js", "l.js", "error.js"}) {
    files.add(std::string(".output/public/_nuxt/") + name, "");
  }
  const auto found = pages(files, ".output/public");
  EXPECT_EQ(found.at("/"), (Files{"_nuxt/c.js", "_nuxt/e.js", "_nuxt/i.css", "_nuxt/i.js", "_nuxt/l.js"}));
  EXPECT_EQ(found.at("/users/:id"), (Files{"_nuxt/e.js", "_nuxt/l.js", "_nuxt/u.js"}));
}

}  // namespace
}  // namespace budgetcheck
