#include "collect/bundle/bundlers/next.h"

#include <fmt/format.h>

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "collect/bundle/bundlers/next_routes.h"
#include "collect/bundle/bundlers/next_unfinished.h"
#include "collect/bundle/hashed_name.h"
#include "collect/bundle/import_graph.h"
#include "collect/bundle/input.h"
#include "json/stream/select.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kNoModules = "Next.js lists no modules here, so the packages in the bundle are not known";
constexpr std::string_view kNoModulesHint =
    "pass the report of @next/bundle-analyzer (analyzerMode: 'json') or webpack's stats";

bool recognises_stats(const Sniff& sniff) {
  return sniff.is_array && sniff.head.find("\"firstLoadChunkPaths\"") != std::string_view::npos &&
         sniff.head.find("\"route\"") != std::string_view::npos;
}

bool recognises_manifest(const Sniff& sniff) {
  return sniff.is_object && !sniff.is_lines && sniff.has("pages") &&
         (sniff.has("rootMainFiles") || sniff.has("polyfillFiles") || sniff.has("lowPriorityFiles"));
}

BuildWords words(std::string_view document, bool plural) {
  BuildWords words;
  words.document = document;
  words.plural = plural;
  words.no_entries = "no route is named";
  words.no_entries_hint = "name the file that 'next build' wrote in its output folder, .next";
  words.no_modules = kNoModules;
  words.no_modules_hint = kNoModulesHint;
  return words;
}

/// Puts files into a build, each once.
class RouteBuild {
 public:
  RouteBuild(BuildWords words, HashStyle style) : style_(style) {
    build.words = words;
    build.place = "route";
    build.has_files = true;
  }

  void add(std::string route, const std::vector<std::string>& files, std::optional<double> bytes) {
    BuildEntry entry;
    entry.name = std::move(route);
    entry.bytes = bytes;
    std::unordered_set<std::size_t> seen;
    for (const std::string& file : files) {
      if (file.empty() || is_side_file(file)) {
        continue;
      }
      const auto [at, is_new] = numbers_.try_emplace(file, build.files.size());
      if (is_new) {
        build.files.push_back({file, stable_hashed_name(file, style_), asset_type(file), {}});
      }
      if (seen.insert(at->second).second) {
        entry.files.push_back(at->second);
      }
    }
    build.entries.push_back(std::move(entry));
    build.has_entries = true;
  }

  Build build;

 private:
  HashStyle style_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

/// Turbopack names chunks from the project's folder: ".next/static/chunks/a.js" → "static/chunks/a.js".
std::string from_static(const std::string& path) {
  const std::size_t at = path.starts_with("static/") ? 0 : path.find("/static/");
  return at == std::string::npos || at == 0 ? path : path.substr(at + 1);
}

/// True, and said: the folder that `next build` was to fill holds no whole build, so that what lies in it is partly of
/// an older one.
bool is_left_behind(const Source& source, const CollectContext& context, Account& account, Facts& facts) {
  const std::string folder =
      context.files == nullptr ? std::string() : unfinished_next_build(*context.files, source.disk_path);
  if (folder.empty()) {
    return false;
  }
  say_unfinished_next_build(folder, account, {source.path, 1, 0, {}}, facts);
  return true;
}

Expected<void> collect_stats(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  RouteBuild routes(words("the route stats", true), HashStyle::kTurbopack);
  routes.build.scripts_only = true;
  json::Selector selector;
  for (const char* key : {"*/route", "*/firstLoadUncompressedJsBytes", "*/firstLoadChunkPaths"}) {
    selector.keep(key);
  }
  Account account(input);
  const std::string folder = folder_of(source.disk_path);
  const bool is_in_build = folder == "diagnostics" || folder.ends_with("/diagnostics");
  if (is_in_build && is_left_behind(source, context, account, facts)) {
    return {};
  }
  selector.each("*", [&](std::string_view, json::Value&& value) {
    const std::string_view route = value.string_or("route", "");
    const json::Value* paths = value.find("firstLoadChunkPaths");
    const std::optional<double> bytes = whole_bytes(value.find("firstLoadUncompressedJsBytes"));
    if (route.empty() || paths == nullptr || !paths->is_array()) {
      account.incomplete("a route has no name or no list of chunks", "let 'next build' write the file again");
      return true;
    }
    std::vector<std::string> files;
    for (const json::Value& path : *paths->array()) {
      files.push_back(path.string() == nullptr ? std::string() : from_static(*path.string()));
    }
    routes.add(std::string(route), files, bytes);
    return true;
  });
  Expected<json::Value> document = json::select(source.path, *source.content, selector);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  std::string root = given_root(source);
  if (root.empty() && context.files != nullptr && is_in_build &&
      context.files->kind(join_path(folder_of(folder), "static")) == FileKind::kDirectory) {
    root = folder_of(folder);
  }
  add_bundle(routes.build, root, source, context, input, facts);
  return {};
}

Expected<void> collect_manifest(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  std::string root = given_root(source);
  if (root.empty() && source.disk_path != "-") {
    root = folder_of(source.disk_path);
  }
  Account account(input);
  if (source.disk_path != "-" && is_left_behind(source, context, account, facts)) {
    return {};
  }
  Expected<NextRoutes> routes = read_next_routes(source.path, *source.content, context.files, root);
  if (!routes) {
    return tl::unexpected(std::move(routes.error()));
  }
  if (routes->turbopack) {
    account.incomplete(
        "turbopack does not list the App Router's routes here",
        fmt::format("name {} as the input instead",
                    printable(join_path(folder_of(source.path), "diagnostics/route-bundle-stats.json"))));
  }
  for (const std::string& clause : routes->unread) {
    account.incomplete(fmt::format("not every route is known: {}", clause),
                       "name build-manifest.json in the folder that 'next build' wrote, with all that is in there");
  }
  RouteBuild build(words("the manifests", true), routes->turbopack ? HashStyle::kTurbopack : HashStyle::kHex);
  for (const NextRoute& route : routes->routes) {
    build.add(route.route, route.files, {});
  }
  add_bundle(build.build, root, source, context, input, facts);
  return {};
}

/// The document to read in a folder that Next.js built into, which holds the server's files too: no browser loads them.
/// None: it is not such a folder.
std::vector<std::string> documents_of(const FileSystem& files, const std::string& folder) {
  const std::string manifest = join_path(folder, "build-manifest.json");
  const std::string stats = join_path(folder, "diagnostics/route-bundle-stats.json");
  if (files.kind(manifest) != FileKind::kRegular || files.kind(join_path(folder, "static")) != FileKind::kDirectory) {
    return {};
  }
  return {files.kind(stats) == FileKind::kRegular ? stats : manifest};
}

std::optional<OtherOutput> explain(const Sniff& seen) {
  constexpr std::string_view kGive =
      "pass what 'next build' writes of the first load: .next/diagnostics/route-bundle-stats.json (turbopack) or "
      ".next/build-manifest.json (webpack); the folder .next finds the right one";
  constexpr std::string_view kManifest = "a manifest of Next.js with neither the sizes nor the files of a route";
  static const std::vector<OutputMark> kMarks{
      {'[',
       {"\"route\"", "\"compressed_size\"", "\"client\""},
       {"the route summaries of Next.js's bundle analyzer, which count more than what a route loads at first", kGive}},
      {'\0',
       {"\"schema_version\"", "\"module_index_hash\""},
       {"data of Next.js's bundle analyzer, in a form that only its own page reads", kGive}},
      {'{', {"\"nextVersion\"", "\"routeCount\""}, {"a note of Next.js's bundle analyzer about itself", kGive}},
      {'{', {"\"notFoundRoutes\"", "\"dynamicRoutes\"", "\"preview\""}, {kManifest, kGive}},
      {'{', {"\"pages404\"", "\"dataRoutes\""}, {kManifest, kGive}},
      {'{', {"\"deviceSizes\"", "\"imageSizes\""}, {kManifest, kGive}},
      {'{', {"\"relativeAppDir\"", "\"files\""}, {kManifest, kGive}},
      {'{', {"\"buildStage\"", "\"buildOptions\""}, {kManifest, kGive}},
  };
  return marked_output(kMarks, seen.head);
}

}  // namespace

Format next_stats_format() {
  Format format{"next-route-stats", {"bundle."}, recognises_stats, collect_stats};
  format.feeds = {FactKind::kBuildErrors};
  format.page =
      "Next.js with turbopack: `.next/diagnostics/route-bundle-stats.json`, or the folder `.next`. The files are "
      "measured under `root`, or in the folder around it.";
  format.explain = explain;
  return format;
}

Format next_manifest_format() {
  Format format{"next", {"bundle."}, recognises_manifest, collect_manifest};
  format.feeds = {FactKind::kBuildErrors};
  format.is_given_as = "Next.js (the folder .next)";
  format.looks_like = {"\"rootMainFiles\"", "\"polyfillFiles\"", "\"lowPriorityFiles\"",
                       "\"firstLoadUncompressedJsBytes\""};
  format.page =
      "Next.js 13 to 16 with webpack: `.next/build-manifest.json` with the manifests beside it, or the folder `.next`. "
      "The files are measured under `root`, or in the folder of the manifest.";
  format.expand = documents_of;
  return format;
}

}  // namespace budgetcheck
