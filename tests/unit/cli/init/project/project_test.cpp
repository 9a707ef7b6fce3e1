#include "cli/init/project/project.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "cli/init/project/advice.h"

namespace budgetcheck {
namespace {

struct Case {
  const char* name;
  const char* package;
  std::vector<std::pair<const char*, const char*>> files;
  const char* client;
};

Project project(const Case& given) {
  MemoryFileSystem files;
  files.add("package.json", given.package);
  for (const auto& [path, text] : given.files) {
    files.add(path, text);
  }
  return read_projects(files, ".").front();
}

TEST(Project, IsRecognisedAndItsFolderFound) {
  const std::vector<Case> cases{
      {"Next.js", R"({"dependencies":{"next":"16"}})", {{".next/BUILD_ID", ""}, {".next/static/a.js", ""}}, ".next"},
      {"Next.js",
       R"({"dependencies":{"next":"16"}})",
       {{"next.config.ts", "const c: NextConfig = { distDir: 'build/web' }; export default c"},
        {"build/web/BUILD_ID", ""},
        {"build/web/static/a.js", ""}},
       "build/web"},
      {"Nuxt",
       R"({"devDependencies":{"nuxt":"4"}})",
       {{".output/public/_nuxt/a.js", ""}, {".output/server/b.mjs", ""}},
       ".output/public"},
      {"Nuxt",
       R"({"dependencies":{"nuxt":"4"}})",
       {{"nuxt.config.ts", "export default defineNuxtConfig({ nitro: { output: { dir: 'site' } } })"},
        {"site/public/_nuxt/a.js", ""}},
       "site/public"},
      {"Nuxt",
       R"({"dependencies":{"nuxt":"4"}})",
       {{"nuxt.config.ts", "export default defineNuxtConfig({ nitro: { output: { publicDir: 'www' } } })"},
        {"www/_nuxt/a.js", ""}},
       "www"},
      {"SvelteKit",
       R"({"scripts":{"build":"vite build"},"devDependencies":{"@sveltejs/kit":"2","vite":"7"}})",
       {{"vite.config.ts", ""},
        {".svelte-kit/output/client/a.js", ""},
        {".svelte-kit/output/server/b.js", ""},
        {"build/client/a.js", ""}},
       ".svelte-kit/output/client"},
      {"SvelteKit",
       R"({"dependencies":{"@sveltejs/kit":"2"}})",
       {{"svelte.config.js", "export default { kit: { outDir: '.kit' } }"}, {".kit/output/client/a.js", ""}},
       ".kit/output/client"},
      {"SvelteKit",
       R"({"dependencies":{"@sveltejs/kit":"2"}})",
       {{"svelte.config.js", "export default { kit: { adapter: adapter({ pages: 'site' }) } }"},
        {"site/_app/a.js", ""}},
       "site"},
      {"React Router",
       R"({"dependencies":{"@react-router/dev":"7","vite":"7"},"scripts":{"build":"react-router build"}})",
       {{"vite.config.ts", ""}, {"build/client/a.js", ""}, {"build/server/index.js", ""}},
       "build/client"},
      {"React Router",
       R"({"dependencies":{"@react-router/dev":"7"}})",
       {{"react-router.config.ts", "export default { buildDirectory: 'www' } satisfies Config"},
        {"www/client/a.js", ""},
        {"build/client/old.js", ""}},
       "www/client"},
      {"Astro", R"({"dependencies":{"astro":"5"}})", {{"dist/index.html", ""}, {"dist/_astro/a.js", ""}}, "dist"},
      {"Astro",
       R"({"dependencies":{"astro":"5"}})",
       {{"dist/client/_astro/a.js", ""}, {"dist/server/b.mjs", ""}},
       "dist/client"},
      {"Angular",
       R"({"devDependencies":{"@angular/build":"20"}})",
       {{"angular.json", R"({"projects":{"shop":{"architect":{"build":{"options":{}}}}}})"},
        {"dist/shop/browser/main.js", ""},
        {"dist/shop/server/main.js", ""}},
       "dist/shop/browser"},
      {"Angular",
       R"({"devDependencies":{"@angular/cli":"20"}})",
       {{"angular.json",
         R"({"projects":{"shop":{"architect":{"build":{"options":{"outputPath":{"base":"www","browser":""}}}}}}})"},
        {"www/main.js", ""}},
       "www"},
      {"Rsbuild",
       R"({"dependencies":{"@rsbuild/core":"1"}})",
       {{"rsbuild.config.ts", "export default { output: { distPath: { root: 'www' } } }"}, {"www/static/js/a.js", ""}},
       "www"},
      {"Parcel",
       R"({"scripts":{"build":"parcel build index.html --dist-dir www"},"devDependencies":{"parcel":"2"}})",
       {{"www/a.js", ""}},
       "www"},
      {"Parcel",
       R"({"targets":{"web":{"distDir":"./www"}},"devDependencies":{"parcel":"2"}})",
       {{"www/a.js", ""}},
       "www"},
      {"tsup",
       R"({"scripts":{"build":"tsup"},"devDependencies":{"tsup":"8","vite":"7"}})",
       {{"tsup.config.ts", "export default { outDir: 'lib' }"}, {"lib/index.js", ""}},
       "lib"},
      {"Vite",
       R"({"scripts":{"build":"tsc -b && vite build --outDir www"},"devDependencies":{"vite":"7"}})",
       {{"www/a.js", ""}, {"dist/old.js", ""}},
       "www"},
      {"Vite",
       R"({"devDependencies":{"vite":"7"}})",
       {{"vite.config.ts", "export default { root: 'web', build: { outDir: '../public' } }"}, {"public/a.js", ""}},
       "public"},
      {"webpack",
       R"({"scripts":{"build":"webpack --config config/prod.js"},"devDependencies":{"webpack":"5","vite":"7"}})",
       {{"config/prod.js", "module.exports = { output: { path: path.resolve(__dirname, '../public') } }"},
        {"public/a.js", ""}},
       "public"},
      {"esbuild",
       R"({"scripts":{"build":"node tools/bundle.mjs"},"devDependencies":{"esbuild":"0.25"}})",
       {{"tools/bundle.mjs", "import { build } from 'esbuild'; build({ outdir: 'www' })"}, {"www/a.js", ""}},
       "www"},
      {"Bun", R"({"scripts":{"build":"bun build ./index.html --outdir=www"}})", {{"www/a.js", ""}}, "www"},
      {"Bun",
       R"({"scripts":{"build":"bun run build.ts"}})",
       {{"build.ts", "await Bun.build({ outdir: 'www' })"}, {"www/a.js", ""}},
       "www"},
      {"Create React App",
       R"({"scripts":{"build":"BUILD_PATH=www react-scripts build"},"dependencies":{"react-scripts":"5"}})",
       {{"www/static/js/a.js", ""}},
       "www"},
  };
  for (const Case& given : cases) {
    const Project found = project(given);
    ASSERT_NE(found.framework, nullptr) << given.package;
    EXPECT_EQ(found.framework->name, given.name) << given.package;
    EXPECT_EQ(found.client, given.client) << given.package;
    EXPECT_TRUE(found.notes.empty()) << found.notes.front();
  }
}

TEST(Project, AServersBuildIsNotTheBrowsers) {
  Project found =
      project({"",
               R"({"dependencies":{"@rsbuild/core":"1"}})",
               {{"rsbuild.config.ts",
                 "export default { environments: { node: { output: { distPath: { root: 'dist/server' } } } } }"},
                {"dist/server/index.js", ""},
                {"dist/static/js/a.js", ""},
                {"dist/index.html", ""}},
               ""});
  EXPECT_EQ(found.client, "dist/static");
  found =
      project({"", R"({"devDependencies":{"vite":"7"}})", {{"dist/client/a.js", ""}, {"dist/server/b.js", ""}}, ""});
  EXPECT_EQ(found.client, "dist/client");
}

TEST(Project, FormatsOfALibraryAreOneBuild) {
  const Project found =
      project({"",
               R"({"devDependencies":{"tsup":"8"}})",
               {{"tsup.config.ts", "export default defineConfig([{ outDir: 'lib/esm' }, { outDir: 'lib/cjs' }])"},
                {"lib/esm/index.js", ""},
                {"lib/cjs/index.cjs", ""}},
               ""});
  EXPECT_EQ(found.client, "lib");
  EXPECT_TRUE(found.is_library);
}

TEST(Project, WhatIsNamedAndNotThereIsNotReplacedByAnOldBuild) {
  const Project found =
      project({"",
               R"({"devDependencies":{"vite":"7"}})",
               {{"vite.config.js", "export default { build: { outDir: 'www' } }"}, {"dist/old.js", ""}},
               ""});
  EXPECT_EQ(found.client, "");
  EXPECT_EQ(found.output, "www");
}

TEST(Project, AComputedFolderIsLookedForAndSaid) {
  Project found = project({"",
                           R"({"dependencies":{"next":"16"}})",
                           {{"next.config.js", "module.exports = { distDir: process.env.OUT || 'web' }"},
                            {"web/static/a.js", ""},
                            {"web/BUILD_ID", ""}},
                           ""});
  EXPECT_EQ(found.client, "web");
  ASSERT_EQ(found.notes.size(), 1U);
  EXPECT_NE(found.notes[0].find("next.config.js computes 'distDir' (line 1)"), std::string::npos) << found.notes[0];
  // Nothing that the expression names is there: what only this framework writes.
  found = project(
      {"",
       R"({"dependencies":{"nuxt":"4"}})",
       {{"nuxt.config.ts", "export default { nitro: { output: { dir: out() } } }"}, {"deploy/web/_nuxt/a.js", ""}},
       ""});
  EXPECT_EQ(found.client, "deploy/web");
  EXPECT_TRUE(found.is_guess);
}

TEST(Project, OfAWorkspaceFileEachApplicationIsOne) {
  MemoryFileSystem files;
  files.add("package.json", R"({"devDependencies":{"@angular/cli":"20"}})");
  files.add("angular.json", R"({"projects":{"shop":{},"admin":{},"ui":{"projectType":"library"}}})");
  files.add("dist/admin/browser/main.js", "");
  const std::vector<Project> projects = read_projects(files, ".");
  ASSERT_EQ(projects.size(), 2U);
  EXPECT_EQ(projects[0].target, "shop");
  EXPECT_EQ(projects[0].client, "");
  EXPECT_EQ(build_command(projects[0]), "npx ng build shop");
  EXPECT_EQ(projects[1].client, "dist/admin/browser");
}

TEST(Project, OfNxIsReadFromItsProjectFile) {
  MemoryFileSystem files;
  files.add("nx.json", "{}");
  files.add(
      "apps/web/project.json",
      R"({"name":"web","targets":{"build":{"executor":"@nx/vite:build","options":{"outputPath":"dist/{projectRoot}"}}}})");
  files.add("dist/apps/web/index.html", "");
  files.add("dist/apps/web/a.js", "");
  EXPECT_EQ(workspace_folders(files, ".", 9), (std::vector<std::string>{"apps/web"}));
  const Project found = read_projects(files, "apps/web").front();
  ASSERT_NE(found.framework, nullptr);
  EXPECT_EQ(found.framework->name, "Vite");
  EXPECT_EQ(found.client, "dist/apps/web");
}

TEST(WorkspaceFolders, AreThoseThatThePackageManagerSees) {
  for (const auto& [path, text] : std::vector<std::pair<std::string, std::string>>{
           {"package.json", R"({"workspaces":["apps/*","tools/cli"]})"},
           {"package.json", R"({"workspaces":{"packages":["apps/*","tools/cli"]}})"},
           {"pnpm-workspace.yaml", "packages:\n  - 'apps/*'\n  - tools/cli\n  - '!apps/old'\n"}}) {
    MemoryFileSystem files;
    files.add("package.json", "{}");
    files.add(path, text);
    for (const char* folder : {"apps/web", "apps/admin", "apps/web/node_modules/x", "tools/cli", "other"}) {
      files.add(std::string(folder) + "/package.json", "{}");
    }
    if (path == "pnpm-workspace.yaml") {
      files.add("apps/old/package.json", "{}");
    }
    EXPECT_EQ(workspace_folders(files, ".", 9), (std::vector<std::string>{"apps/admin", "apps/web", "tools/cli"}))
        << text;
  }
}

TEST(Project, ABuildOfNextWithoutItsIdIsNone) {
  const char* package = R"({"dependencies":{"next":"16"}})";
  const Project failed = project({"Next.js", package, {{".next/static/a.js", ""}, {".next/server/b.js", ""}}, ""});
  EXPECT_EQ(failed.client, "");
  EXPECT_EQ(failed.output, ".next");
  EXPECT_TRUE(failed.is_unfinished);
  const Project whole = project({"Next.js", package, {{".next/static/a.js", ""}, {".next/BUILD_ID", ""}}, ""});
  EXPECT_FALSE(whole.is_unfinished);
  EXPECT_EQ(whole.client, ".next");
  // What it exports has no id, also into a folder of another name.
  const Project exported = project({"Next.js",
                                    package,
                                    {{"next.config.js", "module.exports = { output: 'export', distDir: 'www' }"},
                                     {"www/index.html", ""},
                                     {"www/_next/static/a.js", ""}},
                                    ""});
  EXPECT_FALSE(exported.is_unfinished);
  EXPECT_EQ(exported.client, "www");
}

TEST(Advice, IsOfTheFrameworkAndKeepsTheProjectsOwnOptions) {
  const auto advice = [](const char* package, const char* config = "x") {
    const Project found = project({"", package, {{config, ""}}, ""});
    return build_command(found) + " | " + join(account_advice(found), "; ") + " | " + serve_advice(found).command;
  };
  EXPECT_EQ(advice(R"({"dependencies":{"@react-router/dev":"7","vite":"7"}})", "vite.config.ts"),
            "npx react-router build |  | ");
  EXPECT_EQ(advice(R"({"dependencies":{"nuxt":"4"}})"), "npx nuxt build |  | npx nuxt preview");
  EXPECT_EQ(advice(R"({"dependencies":{"astro":"5"}})"), "npx astro build |  | npx astro preview");
  EXPECT_EQ(advice(R"({"dependencies":{"@sveltejs/kit":"2","vite":"7"}})"), "npx vite build |  | npx vite preview");
  EXPECT_EQ(
      advice(R"({"scripts":{"build":"vite build --outDir www"},"devDependencies":{"vite":"7"}})"),
      "npx vite build --outDir www | npx vite build --outDir www --manifest; or the same for every build: build: { "
      "manifest: true } in vite.config | npx vite preview --outDir www");
  EXPECT_EQ(advice(R"({"scripts":{"build":"webpack --config w.js"},"devDependencies":{"webpack":"5"}})"),
            "npx webpack --config w.js | npx webpack --config w.js --json=stats.json | ");
  EXPECT_EQ(advice(R"({"scripts":{"build":"node build.js"},"devDependencies":{"webpack":"5"}})"),
            "npm run build | npx webpack --json=stats.json | ");
}

}  // namespace
}  // namespace budgetcheck
