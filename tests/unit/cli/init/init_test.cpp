#include "cli/init/init.h"

#include <gtest/gtest.h>

#include "model/exit_code.h"

namespace budgetcheck {
namespace {

TEST(Init, NothingFoundWritesNothingAndNamesCommands) {
  const MemoryFileSystem files;
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitCannotJudge);
  EXPECT_EQ(plan.text, "");
  EXPECT_NE(plan.out.find("npx @lhci/cli collect"), std::string::npos) << plan.out;
  EXPECT_NE(plan.out.find("there is no package.json here"), std::string::npos) << plan.out;
  EXPECT_NE(plan.err.find("no file is written"), std::string::npos) << plan.err;
}

TEST(Init, ABuildWithoutTheBundlersAccountIsMeasuredAsAFolder) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"shop","devDependencies":{"vite":"8"}})");
  InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitCannotJudge);
  EXPECT_NE(plan.out.find("not measured yet: what is shipped by Vite\n  npx vite build\n"), std::string::npos)
      << plan.out;

  files.add("dist/index.html", "<html></html>");
  files.add("dist/assets/index-BfA6cGt_.js", std::string(5000, 'x'));
  plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitPass) << plan.out << plan.err;
  EXPECT_TRUE(
      plan.out.starts_with("found: Vite, the browser's files in dist\n\nwrote budgets.yml: 1 budget on 1 input\n"))
      << plan.out;  // the folder is named once
  EXPECT_NE(plan.out.find("a folder shows only sums)\n  npx vite build --manifest\n"), std::string::npos) << plan.out;
  EXPECT_NE(plan.text.find("#   what each page loads (a folder shows only sums): npx vite build --manifest\n"),
            std::string::npos)
      << plan.text;
  files.add("dist/index.html", "<script type=module src=/assets/index-BfA6cGt_.js></script>");
  const InitPlan with_page = plan_init(files, {});
  EXPECT_EQ(with_page.out.find("only sums"), std::string::npos) << with_page.out;
  EXPECT_EQ(with_page.text.find("entry: index.html"), std::string::npos) << with_page.text;  // the same as the sum
  files.add("dist/assets/lazy-BfA6cGt_.js", "x");
  EXPECT_NE(plan_init(files, {}).text.find("where: { entry: index.html, type: js }"), std::string::npos);
  EXPECT_NE(plan.text.find("- dist\n"), std::string::npos) << plan.text;
  EXPECT_NE(plan.text.find("metric: bundle.gzip, where: { type: js }"), std::string::npos) << plan.text;
}

/// An export with the spans of one trace: a request, or a call in it.
std::string exported(const std::string& service, const std::string& id, const std::string& parent, int kind,
                     const std::string& attributes) {
  return R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":")" + service +
         R"("}}]},"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":")" + id +
         R"(","parentSpanId":")" + parent + R"(","name":"GET","kind":)" + std::to_string(kind) +
         R"(,"startTimeUnixNano":"1000000","endTimeUnixNano":"9000000","attributes":[)" + attributes + "]}]}]}]}\n";
}

std::string text_attribute(const std::string& key, const std::string& value) {
  return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + R"("}})";
}

TEST(Init, SpansOfOneFolderAreOneInput) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"api","dependencies":{"@opentelemetry/sdk-node":"1"}})");
  files.add("traces/a.jsonl", exported("a", "b7ad6b7169203331", "", 2, text_attribute("http.route", "/a")));
  // Alone they would be what is left of a request whose span is in no file.
  files.add("traces/b.jsonl",
            exported("a", "b7ad6b7169203332", "b7ad6b7169203331", 3,
                     text_attribute("http.request.method", "GET") + "," + text_attribute("url.full", "http://b/x")) +
                exported("a", "b7ad6b7169203333", "b7ad6b7169203331", 3,
                         text_attribute("db.system.name", "postgresql") + "," +
                             text_attribute("db.query.text", "SELECT id FROM t WHERE id = $1")));
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitPass) << plan.out << plan.err;
  EXPECT_NE(plan.out.find("found: traces/*.jsonl (2 files of the format otlp)"), std::string::npos) << plan.out;
  EXPECT_NE(plan.text.find("metric: trace.http_calls, where: { service: a, route: /a }, max: 1"), std::string::npos)
      << plan.text;
  EXPECT_EQ(plan.out.find("left out"), std::string::npos) << plan.out;
  EXPECT_EQ(plan.out.find("what requests wait for"), std::string::npos) << plan.out;
}

TEST(Init, LoadTestsAndQueuesHaveBudgets) {
  MemoryFileSystem files;
  files.add(
      "load/checkout.json",
      R"({"latencies":{"total":1,"mean":50000000,"50th":50000000,"90th":90000000,"95th":100000000,"99th":150000000,)"
      R"("max":200000000,"min":1000000},"bytes_in":{"total":1,"mean":1},"bytes_out":{"total":0,"mean":0},)"
      R"("earliest":"2026-11-23T10:00:00Z","latest":"2026-11-23T10:01:00Z","end":"2026-11-23T10:01:00Z",)"
      R"("duration":60000000000,"wait":1,"requests":30000,"rate":500,"throughput":500,"success":1,)"
      R"("status_codes":{"200":30000},"errors":[]})");
  std::string polls;
  for (int i = 0; i < 60; ++i) {
    polls += "{\"time\":" + std::to_string(1'764'000'000 + i) +
             ",\"queue\":\"mail\",\"waiting\":" + std::to_string(3 + i % 3) +
             ",\"active\":2,\"finished\":" + std::to_string(100 * i) + ",\"failed\":0}\n";
  }
  files.add("captures/queues/mail.ndjson", polls);
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitPass) << plan.out << plan.err;
  for (const char* text :
       {"load/*.json", "captures/queues/*.ndjson", "metric: load.duration, where: { test: checkout }",
        "metric: load.errors, where: { test: checkout }, max: 1%",
        "metric: queue.failures, where: { queue: mail }, max: 1%"}) {
    EXPECT_NE(plan.text.find(text), std::string::npos) << text << "\n" << plan.text << plan.out << plan.err;
  }
}

TEST(Init, NamesWhatTracesWithoutACapture) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"api","dependencies":{"@opentelemetry/api":"1"}})");
  EXPECT_EQ(plan_init(files, {}).out.find("what requests wait for"), std::string::npos)
      << "libraries depend on the API alone, which traces nothing";
  files.add("package.json", R"({"name":"api","devDependencies":{"@opentelemetry/instrumentation-http":"1"}})");
  const InitPlan plan = plan_init(files, {});
  EXPECT_NE(plan.out.find("what requests wait for (package.json names @opentelemetry/instrumentation-http)"),
            std::string::npos)
      << plan.out;
}

TEST(Init, NamesACollectorsConfiguration) {
  MemoryFileSystem files;
  files.add("ops/otel-collector.yaml", "receivers:\n  otlp:\nexporters:\n  file:\nservice:\n  pipelines: {}\n");
  files.add("config/collector.yml", "collector: of stamps\nservice: none\n");
  const std::string out = plan_init(files, {}).out;
  EXPECT_NE(out.find("add to budgets.yml: telemetry: { collector: ops/otel-collector.yaml }"), std::string::npos)
      << out;
  EXPECT_EQ(out.find("config/collector.yml"), std::string::npos) << out;
}

TEST(Init, AServersBuildIsNoBundle) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"api","dependencies":{"fastify":"5"}})");
  files.add("dist/server.js", "x");
  EXPECT_EQ(plan_init(files, {}).code, kExitCannotJudge);
}

TEST(Init, OfAWorkspaceEachAppHasBudgetsOfItsOwn) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"all","workspaces":["apps/*"],"devDependencies":{"vite":"7"}})");
  for (const char* app : {"web", "admin"}) {
    const std::string folder = std::string("apps/") + app;
    files.add(folder + "/package.json", std::string(R"({"name":")") + app + R"(","devDependencies":{"vite":"7"}})");
    files.add(folder + "/dist/index.html", "<script type=module src=/a.js></script>");
    files.add(folder + "/dist/a.js", std::string(5000, 'x'));
    files.add(folder + "/dist/lazy.js", app);
  }
  files.add("packages/ui\x1b[31m/package.json", "{}");
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitPass) << plan.out << plan.err;
  EXPECT_NE(plan.out.find("found: apps/web: Vite, the browser's files in dist"), std::string::npos) << plan.out;
  ASSERT_EQ(plan.more.size(), 2U) << plan.out;
  EXPECT_EQ(plan.more[0].path, "apps/admin/budgets.yml");
  EXPECT_NE(plan.more[0].text.find("inputs:\n"), std::string::npos) << plan.more[0].text;
  EXPECT_NE(plan.more[0].text.find("where: { entry: index.html, type: js }"), std::string::npos) << plan.more[0].text;
  EXPECT_NE(plan.text.find("project: all\napps:\n  admin: apps/admin\n  web: apps/web\n"), std::string::npos)
      << plan.text;
  EXPECT_EQ(plan.text.find("budgets:"), std::string::npos) << plan.text;
  EXPECT_EQ(plan.out.find('\x1b'), std::string::npos);
}

TEST(Init, APackageOfAWorkspaceIsWrittenNamedOrLeftOut) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"web"})");
  files.add("pnpm-workspace.yaml", "packages: ['apps/*', 'libs/*']\n");
  files.add("apps/web/package.json", R"({"name":"@acme/web","devDependencies":{"vite":"7"}})");
  files.add("apps/web/dist/index.html", "<script type=module src=/a.js></script>");
  files.add("apps/web/dist/a.js", std::string(5000, 'x'));
  files.add("apps/old/package.json", "{}");
  files.add("apps/old/budgets.yml", "version: 1\n");
  files.add("apps/new/package.json", R"({"devDependencies":{"vite":"7"},"scripts":{"build":"vite build"}})");
  files.add("libs/web/package.json", "{}");
  files.add("reports/lhr-1.json",
            R"({"lighthouseVersion":"12.0.0","requestedUrl":"http://localhost/","finalDisplayedUrl":
      "http://localhost/","configSettings":{"formFactor":"mobile"},"audits":{"largest-contentful-paint":{"numericValue":
      1200,"numericUnit":"millisecond"}},"categories":{}})");
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitPass) << plan.out << plan.err;
  ASSERT_EQ(plan.more.size(), 1U) << "one that is there already is left as it is";
  EXPECT_EQ(plan.more[0].path, "apps/web/budgets.yml");
  EXPECT_NE(plan.out.find("found: apps/old has a budgets file already"), std::string::npos) << plan.out;
  EXPECT_NE(plan.out.find("left out: apps/new: "), std::string::npos) << plan.out;
  EXPECT_NE(plan.out.find("left out: libs/web: nothing that can be measured"), std::string::npos) << plan.out;
  EXPECT_NE(plan.text.find("project: web-root\napps:\n  old: apps/old\n  web: apps/web\n"), std::string::npos)
      << "what is of no package is the root's own, under a name of its own\n"
      << plan.text;
  EXPECT_NE(plan.text.find("reports/lhr-"), std::string::npos) << plan.text;
}

TEST(Init, ALibraryHasABudgetForEachFormatAndNoPages) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"lib","scripts":{"build":"tsup"},"devDependencies":{"tsup":"8"}})");
  files.add("dist/index.js", std::string(3000, 'x'));
  files.add("dist/index.cjs", std::string(4000, 'x'));
  const InitPlan plan = plan_init(files, {});
  EXPECT_NE(plan.text.find("where: { asset: index.cjs, type: js }"), std::string::npos) << plan.text;
  EXPECT_NE(plan.text.find("where: { asset: index.js, type: js }"), std::string::npos) << plan.text;
  EXPECT_EQ(plan.out.find("Lighthouse"), std::string::npos) << plan.out;
}

TEST(Init, NoCommandOfViteIsPrintedForWhatViteDoesNotBuildAlone) {
  for (const char* package :
       {R"({"dependencies":{"@react-router/dev":"7","vite":"7"}})", R"({"dependencies":{"nuxt":"4","vite":"7"}})",
        R"({"dependencies":{"astro":"5","vite":"7"}})", R"({"dependencies":{"@sveltejs/kit":"2","vite":"7"}})",
        R"({"dependencies":{"left-pad":"1"}})"}) {
    MemoryFileSystem files;
    files.add("package.json", package);
    files.add("vite.config.ts", "");
    const InitPlan plan = plan_init(files, {});
    EXPECT_EQ((plan.out + plan.err).find("--manifest"), std::string::npos) << plan.out;
  }
}

TEST(Init, AddsWhatIsMissingAndNothingElse) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"shop","devDependencies":{"vite":"7"}})");
  files.add("dist/index.html", "<script type=module src=/a.js></script>");
  files.add("dist/a.js", std::string(5000, 'x'));
  files.add("dist/lazy.js", "x");
  EXPECT_EQ(plan_addition(files).code, kExitUsage);
  const std::string own =
      "version: 1\ninputs:\n  - dist/  # ours\nbudgets:\n  - { metric: bundle.gzip, where: { type: js }, max: 90 kB }  "
      "# why\n";
  files.add("budgets.yml", own);
  const InitPlan plan = plan_addition(files);
  EXPECT_EQ(plan.code, kExitPass) << plan.err;
  EXPECT_EQ(plan.path, "budgets.yml");
  EXPECT_TRUE(plan.text.starts_with(own)) << plan.text;
  EXPECT_NE(plan.text.find("where: { entry: index.html, type: js }"), std::string::npos) << plan.text;
  EXPECT_EQ(plan.text.find("where: { type: js }"), own.find("where: { type: js }"));
  EXPECT_EQ(plan.text.rfind("- dist"), own.find("- dist")) << plan.text;
  files.add("budgets.yml", plan.text);
  const InitPlan again = plan_addition(files);
  EXPECT_EQ(again.text, "");
  EXPECT_NE(again.out.find("nothing is missing in budgets.yml"), std::string::npos) << again.out;
}

TEST(Init, OfNextsManyFilesOnlyTheOneThatTellsIsNamed) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"site","dependencies":{"next":"16"}})");
  files.add(
      ".next/diagnostics/route-bundle-stats.json",
      R"([{"route":"/","firstLoadUncompressedJsBytes":5000,"firstLoadChunkPaths":[".next/static/chunks/a.js"]}])");
  files.add(".next/diagnostics/framework.json", R"({"name":"next","version":"16"})");
  files.add(".next/build-manifest.json", R"({"pages":{},"rootMainFiles":["static/chunks/a.js"],"polyfillFiles":[]})");
  files.add(".next/fallback-build-manifest.json", R"({"pages":{},"rootMainFiles":[]})");
  files.add(".next/static/chunks/a.js", std::string(5000, 'x'));
  files.add(".next/BUILD_ID", "x");
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitPass) << plan.out << plan.err;
  EXPECT_EQ(plan.out.find("left out"), std::string::npos) << plan.out;
  EXPECT_NE(plan.text.find("- .next/diagnostics/route-bundle-stats.json"), std::string::npos) << plan.text;
}

TEST(Init, WhatAFailedBuildOfNextLeavesIsNoBuild) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"site","dependencies":{"next":"16"}})");
  files.add(
      ".next/diagnostics/route-bundle-stats.json",  // of the build before
      R"([{"route":"/","firstLoadUncompressedJsBytes":5000,"firstLoadChunkPaths":[".next/static/chunks/a.js"]}])");
  files.add(".next/package.json", R"({"type": "commonjs"})");
  files.add(".next/static/chunks/a.js", std::string(5000, 'x'));
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitCannotJudge);
  EXPECT_EQ(plan.text, "");
  EXPECT_NE(plan.out.find("found: Next.js, the build in .next is not complete (no BUILD_ID)\n"), std::string::npos)
      << plan.out;
  EXPECT_NE(plan.out.find("npx next build\n"), std::string::npos) << plan.out;
}

TEST(Init, AnImportNamesTheFilesThatTheToolWeighs) {
  MemoryFileSystem files;
  files.add("dist/main-BfA6cGt_.js", "x");
  files.add("bundlewatch.config.json",
            R"({"files":[{"path":"./dist/main-*.js","maxSize":"1 kB"},{"path":"dist/index.html","maxSize":"1 kB"}]})");
  InitPlan plan = plan_init(files, {"bundlewatch.config.json"});
  EXPECT_NE(plan.text.find("- { path: \"dist/main-*.js\", root: dist }"), std::string::npos) << plan.text;
  EXPECT_NE(plan.text.find("- dist\n"), std::string::npos) << plan.text;
  EXPECT_EQ(plan.out.find("no file matches 'dist'"), std::string::npos) << plan.out;

  // With an entry point the bundler's stats file is needed, and the files are not named too.
  files.add(".size-limit.json", R"([{"path":"dist/a.js","limit":"1 kB"},{"entry":"main","limit":"1 kB"}])");
  plan = plan_init(files, {".size-limit.json"});
  EXPECT_NE(plan.text.find("- { path: dist/stats.json, root: dist }"), std::string::npos) << plan.text;
  EXPECT_EQ(plan.text.find("path: dist/a.js"), std::string::npos) << plan.text;
}

TEST(Init, NeverOverwrites) {
  MemoryFileSystem files;
  files.add("budgets.json", "{}");
  files.add("budget.json", R"([{"resourceSizes":[{"resourceType":"script","budget":125}]}])");
  for (const std::vector<std::string>& from : {std::vector<std::string>{}, {"budget.json"}}) {
    const InitPlan plan = plan_init(files, from);
    EXPECT_EQ(plan.code, kExitUsage);
    EXPECT_EQ(plan.text, "");
    EXPECT_NE(plan.err.find("budgets.json: there is a budgets file already"), std::string::npos) << plan.err;
  }
}

TEST(Init, AnImportSaysLineByLineWhatBecameOfIt) {
  MemoryFileSystem files;
  files.add(
      "budget.json",
      "[{\n\"resourceSizes\":[{\"resourceType\":\"script\",\"budget\":125},\n{\"resourceType\":\"x\",\"budget\":1}]}]");
  const InitPlan plan = plan_init(files, {"budget.json"});
  EXPECT_EQ(plan.code, kExitPass);
  EXPECT_TRUE(
      plan.out.starts_with("budget.json:2:18: resourceSizes script -> lighthouse.resource.script.bytes max 125 KiB\n"
                           "budget.json:3:1: resourceSizes x: not carried over: Lighthouse has no resource type 'x'\n"))
      << plan.out;
  EXPECT_NE(plan.text.find("max: 125 KiB"), std::string::npos);
  EXPECT_NE(plan.text.find("# budget.json:3:1: resourceSizes x: not carried over"), std::string::npos) << plan.text;
}

TEST(Init, AnImportOfNothingIsAnError) {
  MemoryFileSystem files;
  files.add("bundlewatch.config.json", R"({"files":[{"path":"a.js"}]})");
  const InitPlan plan = plan_init(files, {"bundlewatch.config.json"});
  EXPECT_EQ(plan.code, kExitUsage);
  EXPECT_EQ(plan.text, "");
  EXPECT_NE(plan.out.find("it has no maxSize"), std::string::npos) << plan.out;
  EXPECT_EQ(plan_init(files, {"missing.json"}).code, kExitUsage);
}

TEST(Init, WhatABudgetsFileWouldRefuseIsLeftOutAlone) {
  MemoryFileSystem files;
  files.add("lighthouserc.json", R"({"ci":{"assert":{"assertions":{"lpc":["error",{"maxNumericValue":9}],)"
                                 R"("speed-index":["error",{"maxNumericValue":9}]}}}})");
  const InitPlan plan = plan_init(files, {"lighthouserc.json"});
  EXPECT_EQ(plan.code, kExitPass) << plan.err;
  EXPECT_NE(plan.out.find("lighthouse.lpc: not carried over: "), std::string::npos) << plan.out;
  EXPECT_NE(plan.text.find("lighthouse.si"), std::string::npos);
  EXPECT_EQ(plan.text.find("metric: lighthouse.lpc"), std::string::npos) << plan.text;
}

TEST(Init, MeasuresWhatItFindsAndLeavesOutWhatIsBroken) {
  MemoryFileSystem files;
  files.add("package.json", R"({"name":"shop: \"x\"","dependencies":{"@prisma/client":"6"}})");
  files.add(
      "dist/stats.json",
      R"({"assets":[{"name":"main.js","size":2000,"info":{}}],"entrypoints":{"main":{"assets":[{"name":"main.js"}]}},)"
      R"("assetsByChunkName":{},"errors":[],"errorsCount":0,"modules":[]})");
  files.add("dist/main.js", std::string(2000, 'x'));
  files.add("har/broken.har", "{\"log\":{");
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitPass) << plan.out << plan.err;
  EXPECT_NE(plan.text.find("project: \"shop: \\\"x\\\"\""), std::string::npos) << plan.text;
  EXPECT_NE(plan.text.find("- { path: dist/stats.json, root: dist }"), std::string::npos) << plan.text;
  EXPECT_NE(plan.text.find("metric: bundle.gzip, where: { type: js }"), std::string::npos) << plan.text;
  EXPECT_NE(plan.out.find("left out: har/broken.har: "), std::string::npos) << plan.out;
  EXPECT_NE(plan.out.find("not measured yet: what is asked of the database\n  let Prisma"), std::string::npos)
      << plan.out;
  EXPECT_EQ(plan.text.find("broken.har"), std::string::npos) << plan.text;
}

TEST(Init, AGlobStaysWhereResultsHaveNamesOfTheirOwn) {
  const std::string har =
      R"({"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{"startedDateTime":"2026-01-01T00:00:00Z",)"
      R"("time":5,"request":{"method":"GET","url":"http://h/api/a"},"response":{"status":200,"headersSize":10,)"
      R"("bodySize":500,"content":{"size":500,"mimeType":"application/json"}}}]}})";
  MemoryFileSystem files;
  files.add("captures/2026-01-01.har", har);
  InitPlan plan = plan_init(files, {});
  EXPECT_NE(plan.text.find("- \"captures/*.har\""), std::string::npos) << plan.text << plan.out << plan.err;

  files.add("captures/broken.har", R"({"log":{"version":"1.2","creator":{},"entries":[)");
  plan = plan_init(files, {});
  EXPECT_NE(plan.text.find("- \"captures/*.har\""), std::string::npos) << plan.text << plan.out;
  EXPECT_NE(plan.out.find("left out: the glob captures/*.har matches those too"), std::string::npos) << plan.out;
}

TEST(Init, WhatTheFirstCheckWouldFindUnclearGetsNoBudget) {
  const std::string head = R"({"log":{"version":"1.2","creator":{"name":"x","version":"1"},)";
  MemoryFileSystem files;
  files.add("captures/page.har",
            head + R"("pages":[{"id":"p","title":"http://h/"}],"entries":[{"startedDateTime":"2026-01-01T00:00:00Z",)"
                   R"("time":5,"pageref":"p","_resourceType":"document","request":{"method":"GET","url":"http://h/"},)"
                   R"("response":{"status":200,"headersSize":10,"bodySize":500,"_transferSize":510,)"
                   R"("content":{"size":500,"mimeType":"text/html"}}}]}})");
  EXPECT_NE(plan_init(files, {}).text.find("payload.transfer"), std::string::npos);

  // The same page with a script of unknown size: its sum is a lower bound.
  files.add("captures/unknown.har",
            head + R"("pages":[{"id":"p","title":"http://h/"}],"entries":[{"startedDateTime":"2026-01-01T00:00:00Z",)"
                   R"("time":5,"pageref":"p","_resourceType":"document","request":{"method":"GET","url":"http://h/"},)"
                   R"("response":{"status":200,"headersSize":10,"bodySize":500,"_transferSize":510,)"
                   R"("content":{"size":500,"mimeType":"text/html"}}},{"startedDateTime":"2026-01-01T00:00:01Z",)"
                   R"("time":5,"pageref":"p","_resourceType":"script","request":{"method":"GET",)"
                   R"("url":"http://h/a.js"},"response":{"status":200,"headersSize":-1,"bodySize":-1,)"
                   R"("content":{"size":-1,"mimeType":"text/javascript","text":"1"}}}]}})");
  const InitPlan plan = plan_init(files, {});
  EXPECT_EQ(plan.code, kExitPass) << plan.out << plan.err;
  EXPECT_EQ(plan.text.find("payload.transfer"), std::string::npos) << plan.text;
  EXPECT_NE(plan.text.find("payload.requests"), std::string::npos) << plan.text;
  EXPECT_NE(plan.out.find("note: payload.transfer { page: / }: only partly known"), std::string::npos) << plan.out;
}

}  // namespace
}  // namespace budgetcheck
