#include "collect/bundle/bundlers/next.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "collect/bundle/bundlers/next_routes.h"
#include "collect/bundle/hashed_name.h"
#include "collect/bundle/import_graph.h"
#include "collect/bundle/input.h"
#include "json/stream/select.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kNoModules = "Next.js lists no modules here, so the packages in the bundle are not known";
constexpr std::string_view kNoModulesHint =
    "give the report of @next/bundle-analyzer (analyzerMode: 'json') or webpack's stats";

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

Expected<void> collect_stats(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  RouteBuild routes(words("the route stats", true), HashStyle::kTurbopack);
  routes.build.scripts_only = true;
  json::Selector selector;
  for (const char* key : {"*/route", "*/firstLoadUncompressedJsBytes", "*/firstLoadChunkPaths"}) {
    selector.keep(key);
  }
  Remarks remarks(input);
  selector.each("*", [&](std::string_view, json::Value&& value) {
    const std::string_view route = value.string_or("route", "");
    const json::Value* paths = value.find("firstLoadChunkPaths");
    const std::optional<double> bytes = whole_bytes(value.find("firstLoadUncompressedJsBytes"));
    if (route.empty() || paths == nullptr || !paths->is_array()) {
      remarks.incomplete("a route has no name or no list of chunks", "let 'next build' write the file again");
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
  std::string root = source.root;
  const std::string folder = folder_of(source.disk_path);
  if (root.empty() && context.files != nullptr && (folder == "diagnostics" || folder.ends_with("/diagnostics")) &&
      context.files->kind(join_path(folder_of(folder), "static")) == FileKind::kDirectory) {
    root = folder_of(folder);
  }
  add_bundle(routes.build, root, source, context, input, facts);
  return {};
}

Expected<void> collect_manifest(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  std::string root = source.root;
  if (root.empty() && source.disk_path != "-") {
    root = folder_of(source.disk_path);
  }
  Expected<NextRoutes> routes = read_next_routes(source.path, *source.content, context.files, root);
  if (!routes) {
    return tl::unexpected(std::move(routes.error()));
  }
  Remarks remarks(input);
  if (routes->turbopack) {
    remarks.incomplete("turbopack does not tell the App Router's routes here",
                       "name " + printable(join_path(folder_of(source.path), "diagnostics/route-bundle-stats.json")) +
                           " as the input in place of it");
  }
  for (const std::string& clause : routes->unread) {
    remarks.incomplete("not every route is known: " + clause,
                       "name build-manifest.json in the folder that 'next build' wrote, with all that is in there");
  }
  RouteBuild build(words("the manifests", true), routes->turbopack ? HashStyle::kTurbopack : HashStyle::kHex);
  for (const NextRoute& route : routes->routes) {
    build.add(route.route, route.files, {});
  }
  add_bundle(build.build, root, source, context, input, facts);
  return {};
}

}  // namespace

Format next_stats_format() { return {"next-route-stats", {"bundle."}, recognises_stats, collect_stats}; }
Format next_manifest_format() { return {"next", {"bundle."}, recognises_manifest, collect_manifest}; }

}  // namespace budgetcheck
