#include "collect/bundle/bundlers/rsbuild.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/bundle/build_names.h"
#include "collect/bundle/input.h"
#include "collect/bundle/output_names.h"
#include "json/stream/select.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

bool recognises_rsbuild(const Sniff& sniff) {
  return sniff.is_object && !sniff.is_lines && sniff.has("allFiles") && sniff.has("entries");
}

BuildWords words() {
  BuildWords words;
  words.document = "the manifest";
  words.plural = false;
  words.no_entries = "the manifest names no entry";
  words.no_entries_hint = "let Rsbuild write it for the build of the application: output: { manifest: true }";
  words.no_modules = "Rsbuild's manifest lists no modules, so the packages in the bundle are not known";
  words.no_modules_hint =
      "pass rspack's stats beside it: tools.rspack with a plugin that writes stats.toJson(), or "
      "performance.bundleAnalyze with analyzerMode: 'json'";
  return words;
}

/// "static/js/index.6a8ad2dc.js" of "https://cdn.example.com/static/js/index.6a8ad2dc.js" and of "/static/…".
std::string without_host(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
    url.remove_prefix(std::min(url.find('/'), url.size()));
  }
  while (url.starts_with("/")) {
    url.remove_prefix(1);
  }
  return std::string(url);
}

class ManifestReader {
 public:
  ManifestReader() {
    build_.words = words();
    build_.has_files = true;
  }

  void add_file(std::string_view url) {
    const std::string name = without_host(url);
    if (!name.empty() && !is_side_file(name) && numbers_.try_emplace(name, build_.files.size()).second) {
      build_.files.push_back({name, {}, asset_type(name), {}});
    }
  }

  void add_entry(std::string_view name, const json::Value& value) {
    BuildEntry entry;
    entry.name = name;
    std::vector<bool> seen;
    for (const char* type : {"js", "css"}) {
      add_files(value.at({"initial", type}), seen, entry.files);
    }
    for (const char* type : {"js", "css"}) {
      add_files(value.at({"async", type}), seen, entry.lazy);
    }
    build_.entries.push_back(std::move(entry));
  }

  Build take() {
    build_.has_entries = build_.tells_lazy = !build_.entries.empty();
    std::vector<std::string> names;
    for (const BuildFile& file : build_.files) {
      names.push_back(file.name);
    }
    std::vector<std::string> labels = stable_names_of_build(names);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      build_.files[i].label = std::move(labels[i]);
    }
    return std::move(build_);
  }

 private:
  void add_files(const json::Value* list, std::vector<bool>& seen, std::vector<std::size_t>& to) {
    for (std::size_t i = 0; list != nullptr && list->is_array() && i < list->array()->size(); ++i) {
      const std::string* url = (*list->array())[i].string();
      if (url == nullptr) {
        continue;
      }
      add_file(*url);
      const auto found = numbers_.find(without_host(*url));
      seen.resize(build_.files.size());
      if (found != numbers_.end() && !seen[found->second]) {
        seen[found->second] = true;
        to.push_back(found->second);
      }
    }
  }

  Build build_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

Expected<void> collect_rsbuild(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector selector;
  ManifestReader reader;
  selector.each("allFiles/*", [&](std::string_view, json::Value&& url) {
    if (const std::string* text = url.string()) {
      reader.add_file(*text);
    }
    return true;
  });
  selector.keep("entries/*/initial").keep("entries/*/async");
  selector.each("entries/*", [&](std::string_view name, json::Value&& entry) {
    reader.add_entry(name, entry);
    return true;
  });
  Expected<json::Value> document = json::select(source.path, *source.content, selector);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  Build build = reader.take();
  Account account(input);
  std::string root = given_root(source);
  if (root.empty() && source.disk_path != "-") {
    root = folder_of(source.disk_path);
  }
  if (!root.empty() && context.files != nullptr) {
    root = name_from_root(root, *context.files, build, account);
  }
  add_bundle(std::move(build), root, source, context, input, facts);
  return {};
}

}  // namespace

Format rsbuild_format() {
  Format format{"rsbuild", {"bundle."}, recognises_rsbuild, collect_rsbuild};
  format.page =
      "Rsbuild's manifest: `output: { manifest: true }`, then `dist/manifest.json`. It contains no sizes, so the files "
      "are measured: under `root`, or in the manifest's folder.";
  return format;
}

}  // namespace budgetcheck
