#include "collect/bundle/bundlers/vite.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/bundle/build_names.h"
#include "collect/bundle/hashed_name.h"
#include "collect/bundle/import_graph.h"
#include "collect/bundle/input.h"
#include "json/stream/select.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

/// Takes `token` off the beginning of `text`, behind white space.
bool take(std::string_view& text, std::string_view token) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  if (at == std::string_view::npos || !text.substr(at).starts_with(token)) {
    return false;
  }
  text.remove_prefix(at + token.size());
  return true;
}

/// The first value of the document is an object that begins with "file": keys of a manifest are the project's own, so
/// nothing else tells it.
bool recognises_vite(const Sniff& sniff) {
  if (!sniff.is_object || sniff.is_lines) {
    return false;
  }
  std::string_view text = sniff.head;
  if (!take(text, "{") || !take(text, "\"")) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return take(text, ":") && take(text, "{") && take(text, "\"file\"") && take(text, ":");
    }
  }
  return false;
}

BuildWords words() {
  BuildWords words;
  words.document = "the manifest";
  words.plural = false;
  words.no_entries = "the manifest marks no chunk as an entry";
  words.no_entries_hint = "let Vite write it for the build of the application: build: { manifest: true }";
  words.no_modules = "Vite's manifest lists no modules, so the packages in the bundle are not known";
  words.no_modules_hint =
      "pass the raw data of rollup-plugin-visualizer beside it: visualizer({ template: 'raw-data', filename: "
      "'stats.json' })";
  return words;
}

struct Chunk {
  std::string key;
  std::string file;
  std::string name;
  std::string source;
  bool entry = false;
  std::vector<std::string> imports;
  std::vector<std::string> dynamic_imports;
  std::vector<std::string> styles;
  std::vector<std::string> assets;
};

std::vector<std::string> texts_at(const json::Value& value, std::string_view key) {
  std::vector<std::string> out;
  const json::Value* list = value.find(key);
  if (list != nullptr && list->is_array()) {
    for (const json::Value& element : *list->array()) {
      if (const std::string* text = element.string(); text != nullptr && !text->empty()) {
        out.push_back(*text);
      }
    }
  }
  return out;
}

Chunk read_chunk(std::string_view key, const json::Value& value) {
  Chunk chunk;
  chunk.key = key;
  chunk.file = value.string_or("file", "");
  chunk.name = value.string_or("name", "");
  chunk.source = value.string_or("src", "");
  const json::Value* entry = value.find("isEntry");
  chunk.entry = entry != nullptr && entry->boolean() != nullptr && *entry->boolean();
  chunk.imports = texts_at(value, "imports");
  chunk.dynamic_imports = texts_at(value, "dynamicImports");
  chunk.styles = texts_at(value, "css");
  chunk.assets = texts_at(value, "assets");
  return chunk;
}

class ManifestBuild {
 public:
  explicit ManifestBuild(const std::vector<Chunk>& chunks) : chunks_(chunks) {
    build_.words = words();
    build_.has_files = true;
    for (const Chunk& chunk : chunks_) {
      numbers_.emplace(chunk.key, graph_.add());
    }
  }

  Build take() {
    for (std::size_t i = 0; i < chunks_.size(); ++i) {
      const Chunk& chunk = chunks_[i];
      link(chunk.imports, graph_.first[i], i);
      link(chunk.dynamic_imports, graph_.later[i], i);
      add_file(chunk.file, chunk.name.empty() ? stem_of(chunk.source) : chunk.name, chunk.source);
    }
    for (const Chunk& chunk : chunks_) {
      for (const std::string& style : chunk.styles) {
        add_file(style, chunk.name, chunk.source);
      }
      for (const std::string& asset : chunk.assets) {
        add_file(asset, {}, {});
      }
    }
    name_files();
    for (std::size_t i = 0; i < chunks_.size() && !graph_.too_many(); ++i) {
      if (chunks_[i].entry) {
        add_entry(i);
      }
    }
    build_.has_entries = build_.tells_lazy = !build_.entries.empty();
    build_.too_many_imports = graph_.too_many();
    return std::move(build_);
  }

 private:
  void link(const std::vector<std::string>& keys, std::vector<std::size_t>& to, std::size_t from) {
    for (const std::string& key : keys) {
      if (const auto found = numbers_.find(key); found != numbers_.end()) {
        to.push_back(found->second);
      } else {
        ++unknown_[from];
      }
    }
  }

  static std::string_view stem_of(std::string_view source) {
    source.remove_prefix(source.rfind('/') + 1);
    return source.substr(0, source.rfind('.'));
  }

  void add_file(const std::string& file, std::string_view stem, const std::string& source) {
    if (!file.empty() && !is_side_file(file) && file_numbers_.try_emplace(file, build_.files.size()).second) {
      build_.files.push_back({file, {}, asset_type(file), {}, source});
      stems_.emplace_back(stem);
    }
  }

  /// What follows the names that the manifest tells shows how long hashes are here; of files without such a name, the
  /// names of all of them show what is one.
  void name_files() {
    std::map<std::size_t, std::size_t> lengths;
    std::vector<std::string> names;
    std::vector<bool> told;
    for (std::size_t i = 0; i < stems_.size(); ++i) {
      const auto hash = hash_behind_stem(build_.files[i].name, HashStyle::kBase64Url, stems_[i]);
      ++lengths[hash.value_or(0)];
      names.push_back(build_.files[i].name);
      told.push_back(hash.has_value());
    }
    lengths.erase(0);
    const auto usual = std::max_element(lengths.begin(), lengths.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
    const std::size_t length = usual == lengths.end() ? 0 : usual->first;
    std::vector<std::string> shown = stable_names_of_build(names);
    for (std::size_t i = 0; i < stems_.size(); ++i) {
      build_.files[i].label =
          told[i] ? stable_hashed_name(names[i], HashStyle::kBase64Url, {stems_[i], length}) : std::move(shown[i]);
    }
  }

  void add_entry(std::size_t number) {
    BuildEntry entry;
    entry.name = chunks_[number].key;
    const std::vector<std::size_t> first = loaded_first(graph_, {number});
    std::vector<bool> seen(build_.files.size());
    for (const std::size_t node : first) {
      add_files_of(node, seen, entry.files);
      const auto unknown = unknown_.find(node);
      entry.unwritten += unknown == unknown_.end() ? 0 : unknown->second;
    }
    for (const std::size_t node : first) {
      add_workers_of(node, seen, entry.lazy);
    }
    for (const std::size_t node : loaded_later(graph_, first)) {
      add_files_of(node, seen, entry.lazy);
      add_workers_of(node, seen, entry.lazy);
    }
    build_.entries.push_back(std::move(entry));
  }

  void add_files_of(std::size_t node, std::vector<bool>& seen, std::vector<std::size_t>& to) {
    const Chunk& chunk = chunks_[node];
    const auto add = [&](const std::string& file) {
      const auto found = file_numbers_.find(file);
      if (found != file_numbers_.end() && !seen[found->second]) {
        seen[found->second] = true;
        to.push_back(found->second);
      }
    };
    add(chunk.file);
    std::for_each(chunk.styles.begin(), chunk.styles.end(), add);
  }

  /// Scripts that a chunk refers to as assets: its workers.
  void add_workers_of(std::size_t node, std::vector<bool>& seen, std::vector<std::size_t>& to) const {
    for (const std::string& asset : chunks_[node].assets) {
      const auto found = file_numbers_.find(asset);
      if (found != file_numbers_.end() && build_.files[found->second].type == "js" && !seen[found->second]) {
        seen[found->second] = true;
        to.push_back(found->second);
      }
    }
  }

  const std::vector<Chunk>& chunks_;
  Build build_;
  BundleGraph graph_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::unordered_map<std::size_t, std::uint64_t> unknown_;  ///< imports of chunks that are not listed
  std::unordered_map<std::string, std::size_t> file_numbers_;
  std::vector<std::string> stems_;  ///< of the files, parallel to the build's; empty: not told
};

/// Where Vite puts its manifest tells where the files are.
std::string root_of(const Source& source) {
  std::string root = given_root(source);
  if (!root.empty() || source.disk_path == "-") {
    return root;
  }
  const std::string folder = folder_of(source.disk_path);
  return folder == ".vite" || folder.ends_with("/.vite") ? folder_of(folder) : folder;
}

Expected<void> collect_vite(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector selector;
  for (const char* key : {"file", "name", "src", "isEntry", "imports", "dynamicImports", "css", "assets"}) {
    selector.keep("*/" + std::string(key));
  }
  std::vector<Chunk> chunks;
  selector.each("*", [&](std::string_view key, json::Value&& value) {
    chunks.push_back(read_chunk(key, value));
    return true;
  });
  Expected<json::Value> document = json::select(source.path, *source.content, selector);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  add_bundle(ManifestBuild(chunks).take(), root_of(source), source, context, input, facts);
  return {};
}

}  // namespace

Format vite_format() {
  Format format{"vite", {"bundle."}, recognises_vite, collect_vite};
  format.feeds = {FactKind::kBuildErrors};
  format.is_given_as = "Vite (build.manifest)";
  format.looks_like = {"\"isEntry\"", "\"isDynamicEntry\"", "\"dynamicImports\"", "\"file\""};
  format.page =
      "Vite's manifest: `build: { manifest: true }`, then `dist/.vite/manifest.json`. It contains no sizes, so the "
      "files are measured: under `root`, or where Vite puts the manifest.";
  return format;
}

}  // namespace budgetcheck
