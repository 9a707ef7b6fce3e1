#include "collect/bundle/bundlers/bundle_analyzer.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/bundle/hashed_name.h"
#include "collect/bundle/import_graph.h"
#include "collect/bundle/input.h"
#include "collect/bundle/module_scan.h"
#include "collect/bundle/package_scan.h"
#include "json/stream/select.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kOptions =
    "write it after the build of the bundle's files: new BundleAnalyzerPlugin({ analyzerMode: 'json' })";

bool recognises_analyzer(const Sniff& sniff) {
  return sniff.is_array && sniff.head.find("\"label\"") != std::string_view::npos &&
         sniff.head.find("\"statSize\"") != std::string_view::npos &&
         sniff.head.find("\"isAsset\"") != std::string_view::npos;
}

BuildWords words() {
  BuildWords words;
  words.document = "the report";
  words.plural = false;
  words.no_entries = "the report names no entry point";
  words.no_entries_hint = "update webpack-bundle-analyzer to 4.9 or later, which writes 'isInitialByEntrypoint'";
  words.no_modules = "the report lists no modules";
  words.no_modules_hint = kOptions;
  return words;
}

class ReportReader {
 public:
  Build take() {
    build_.words = words();
    build_.has_files = true;
    build_.scripts_only = true;
    for (std::size_t i = 0; i < build_.entries.size(); ++i) {
      for (const std::size_t file : build_.entries[i].files) {
        build_.entries[i].chunks.push_back(static_cast<std::uint32_t>(file));
      }
    }
    build_.has_entries = build_.tells_lazy = !build_.entries.empty();
    packages_.listed = any_module_;
    build_.packages = packages_.take();
    build_.modules = modules_.take();
    return std::move(build_);
  }

  void add_asset(const json::Value& asset) {
    const std::string name(asset.string_or("label", ""));
    if (name.empty() || is_side_file(name)) {
      return;
    }
    const std::size_t number = build_.files.size();
    // "statSize" is what the modules had before minification, and is no size of the file.
    build_.files.push_back(
        {name, stable_hashed_name(name, HashStyle::kHex), asset_type(name), whole_bytes(asset.find("parsedSize"))});
    const json::Value* initial = asset.find("isInitialByEntrypoint");
    if (initial != nullptr && initial->is_object()) {
      for (const json::Member& entry : *initial->object()) {
        if (entry.value.boolean() != nullptr && *entry.value.boolean()) {
          entry_named(entry.key).files.push_back(number);
        }
      }
    }
    chunk_ = {modules_.chunk_number(std::to_string(number))};
    add_groups(asset);
  }

 private:
  BuildEntry& entry_named(const std::string& name) {
    const auto [at, is_new] = entry_numbers_.try_emplace(name, build_.entries.size());
    if (is_new) {
      build_.entries.emplace_back().name = name;
    }
    return build_.entries[at->second];
  }

  /// Folders and joined modules hold others, and only these are counted. The document's own depth is limited.
  void add_groups(const json::Value& holder) {
    const json::Value* groups = holder.find("groups");
    if (groups == nullptr || !groups->is_array()) {
      return;
    }
    for (const json::Value& group : *groups->array()) {
      const json::Value* inner = group.find("groups");
      if (inner != nullptr && inner->is_array() && !inner->array()->empty()) {
        add_groups(group);
      } else if (group.is_object()) {
        add_module(group);
      }
    }
  }

  void add_module(const json::Value& group) {
    any_module_ = true;
    const std::string_view path = group.string_or("path", group.string_or("label", ""));
    const std::string name = module_name(within_joined(path), false);
    const double bytes = whole_bytes(group.find("statSize")).value_or(-1);
    PackageScan::Module seen;
    seen.name = name;
    seen.bytes = std::max(bytes, 0.0);
    packages_.add(seen);
    modules_.place(modules_.add({{}, name, {}, {}, bytes}), chunk_);
  }

  /// A joined module's parts are named from its own path: "./a/b.js + 3 modules (concatenated)/node_modules/c/d.js".
  static std::string_view within_joined(std::string_view path) {
    constexpr std::string_view kJoined = " (concatenated)/";
    const std::size_t at = path.rfind(kJoined);
    return at == std::string_view::npos ? path : path.substr(at + kJoined.size());
  }

  Build build_;
  PackageScan packages_;
  ModuleScan modules_;
  std::unordered_map<std::string, std::size_t> entry_numbers_;
  std::vector<std::uint32_t> chunk_;
  bool any_module_ = false;
};

Expected<void> collect_analyzer(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector selector;
  ReportReader reader;
  for (const char* key : {"label", "parsedSize", "isInitialByEntrypoint", "groups"}) {
    selector.keep("*/" + std::string(key));
  }
  selector.each("*", [&](std::string_view, json::Value&& asset) {
    reader.add_asset(asset);
    return true;
  });
  Expected<json::Value> document = json::select(source.path, *source.content, selector);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  add_bundle(reader.take(), given_root(source), source, context, input, facts);
  return {};
}

}  // namespace

Format bundle_analyzer_format() {
  Format format{"bundle-analyzer", {"bundle."}, recognises_analyzer, collect_analyzer};
  format.feeds = {FactKind::kPackages, FactKind::kBuildErrors};
  format.is_given_as = "webpack-bundle-analyzer (json)";
  format.looks_like = {"\"parsedSize\"", "\"gzipSize\"", "\"statSize\""};
  format.page =
      "The JSON report of webpack-bundle-analyzer and @next/bundle-analyzer: `analyzerMode: 'json'`. Scripts only; "
      "their compressed sizes need `root`.";
  format.explain = [](const Sniff& seen) {
    static const std::vector<OutputMark> kMarks{
        {'<',
         {"window.chartData"},
         {"a page of webpack-bundle-analyzer", "write its data: analyzerMode: 'json', and pass the .json file"}},
    };
    return marked_output(kMarks, seen.head);
  };
  return format;
}

}  // namespace budgetcheck
