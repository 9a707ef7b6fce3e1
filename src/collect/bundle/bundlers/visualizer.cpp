#include "collect/bundle/bundlers/visualizer.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/bundle/build_names.h"
#include "collect/bundle/import_graph.h"
#include "collect/bundle/input.h"
#include "collect/bundle/module_scan.h"
#include "collect/bundle/package_scan.h"
#include "json/stream/select.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kOptions =
    "let the plugin write it: visualizer({ template: 'raw-data', filename: 'stats.json' })";

/// Up to 5.2 parts, modules and what they import stand in "nodes" and "links".
bool recognises_links(const Sniff& sniff) {
  return sniff.is_object && !sniff.is_lines && sniff.has("tree") && sniff.has("nodes") && sniff.has("links");
}

bool recognises_visualizer(const Sniff& sniff) {
  return sniff.is_object && !sniff.is_lines && sniff.has("tree") && sniff.has("nodeParts");
}

BuildWords words() {
  BuildWords words;
  words.document = "the raw data";
  words.plural = false;
  words.sizes = false;
  words.no_entries = "the raw data marks no module as an entry";
  words.no_entries_hint = kOptions;
  words.no_modules = "the raw data lists no modules";
  words.no_modules_hint = kOptions;
  return words;
}

bool flag_at(const json::Value& value, std::string_view key) {
  const json::Value* found = value.find(key);
  return found != nullptr && found->boolean() != nullptr && *found->boolean();
}

class RawDataReader {
 public:
  RawDataReader() = default;
  explicit RawDataReader(json::Selector& selector) {
    selector.keep("tree/children/*/name");
    selector.each("tree/children/*", [this](std::string_view, json::Value&& bundle) {
      if (const std::string_view name = bundle.string_or("name", ""); !name.empty()) {
        bundle_number(name);
      }
      return true;
    });
    selector.keep("nodeParts/*/renderedLength");
    selector.each("nodeParts/*", [this](std::string_view uid, json::Value&& part) {
      lengths_[std::string(uid)] = whole_bytes(part.find("renderedLength")).value_or(-1);
      return true;
    });
    for (const char* key : {"id", "isEntry", "isExternal", "imported/*/uid", "imported/*/dynamic"}) {
      selector.keep("nodeMetas/*/" + std::string(key));
    }
    selector.keep("nodeMetas/*/moduleParts").each("nodeMetas/*", [this](std::string_view uid, json::Value&& meta) {
      add_meta(uid, meta);
      return true;
    });
  }

  /// Takes what the older form tells: the tree holds the parts by their paths, "nodes" their lengths and the modules
  /// ("mainUid" joins them where it is told, else the path), "links" the imports.
  void add_older(const json::Value& document) {
    const json::Value* nodes = document.find("nodes");
    std::unordered_map<std::string, std::string> uid_of;  ///< of modules, by id
    for (std::size_t i = 0; nodes != nullptr && nodes->is_object() && i < nodes->object()->size(); ++i) {
      const json::Member& node = (*nodes->object())[i];
      if (node.value.find("renderedLength") != nullptr) {
        lengths_[node.key] = whole_bytes(node.value.find("renderedLength")).value_or(-1);
      }
      if (const std::string_view id = node.value.string_or("id", ""); !id.empty()) {
        uid_of.emplace(id, node.key);
        add_meta(node.key, node.value);
      }
    }
    const json::Value* bundles = document.at({"tree", "children"});
    for (std::size_t i = 0; bundles != nullptr && bundles->is_array() && i < bundles->array()->size(); ++i) {
      const json::Value& bundle = (*bundles->array())[i];
      if (const std::string_view name = bundle.string_or("name", ""); !name.empty()) {
        add_leaves(bundle, bundle_number(name), "", nodes, uid_of);
      }
    }
    const json::Value* links = document.find("links");
    for (std::size_t i = 0; links != nullptr && links->is_array() && i < links->array()->size(); ++i) {
      const json::Value& link = (*links->array())[i];
      if (const auto from = numbers_.find(std::string(link.string_or("source", ""))); from != numbers_.end()) {
        modules_[from->second].imports.push_back({std::string(link.string_or("target", "")), flag_at(link, "dynamic")});
      }
    }
  }

  Build take() {
    Build build;
    build.words = words();
    build.has_files = true;
    build.scripts_only = true;
    std::vector<std::string> labels = stable_names_of_build(bundles_);
    for (std::size_t i = 0; i < bundles_.size(); ++i) {
      // The plugin's tree may hold a chunk of nothing but what an import of styles leaves: it is a file like others.
      build.files.push_back({bundles_[i], std::move(labels[i]), asset_type(bundles_[i]), {}});
    }
    BundleGraph graph = link();
    add_entries(graph, build);
    build.too_many_imports = graph.too_many();
    add_modules(build);
    return build;
  }

 private:
  struct Import {
    std::string uid;
    bool later;
  };
  struct Module {
    std::string id;
    std::string name;
    bool entry = false;
    bool external = false;
    std::vector<std::pair<std::size_t, std::string>> parts;  ///< chunk, uid of its part there
    std::vector<Import> imports;
  };

  std::size_t bundle_number(std::string_view name) {
    const auto [at, is_new] = bundle_numbers_.try_emplace(std::string(name), bundles_.size());
    if (is_new) {
      bundles_.emplace_back(name);
    }
    return at->second;
  }

  void add_meta(std::string_view uid, const json::Value& meta) {
    Module module;
    module.id = meta.string_or("id", "");
    module.name = module_name(module.id, true);
    module.entry = flag_at(meta, "isEntry");
    module.external = flag_at(meta, "isExternal");
    if (const json::Value* parts = meta.find("moduleParts"); parts != nullptr && parts->is_object()) {
      for (const json::Member& part : *parts->object()) {
        if (const std::string* part_uid = part.value.string()) {
          module.parts.emplace_back(bundle_number(part.key), *part_uid);
        }
      }
    }
    const json::Value* imports = meta.find("imported");
    const json::Array* list = imports == nullptr ? nullptr : imports->array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      module.imports.push_back({std::string((*list)[i].string_or("uid", "")), flag_at((*list)[i], "dynamic")});
    }
    numbers_.emplace(std::string(uid), modules_.size());
    modules_.push_back(std::move(module));
  }

  /// The document's own depth is limited.
  void add_leaves(const json::Value& holder, std::size_t bundle, const std::string& folder, const json::Value* nodes,
                  const std::unordered_map<std::string, std::string>& uid_of) {
    const json::Value* children = holder.find("children");
    for (std::size_t i = 0; children != nullptr && children->is_array() && i < children->array()->size(); ++i) {
      const json::Value& child = (*children->array())[i];
      const std::string path = folder + "/" + std::string(child.string_or("name", ""));
      const std::string part(child.string_or("uid", ""));
      if (part.empty()) {
        add_leaves(child, bundle, path, nodes, uid_of);
        continue;
      }
      const json::Value* node = nodes == nullptr ? nullptr : nodes->find(part);
      std::string uid(node == nullptr ? "" : node->string_or("mainUid", ""));
      if (const auto by_path = uid_of.find(path); uid.empty() && by_path != uid_of.end()) {
        uid = by_path->second;
      }
      auto found = numbers_.find(uid);
      if (found == numbers_.end()) {
        found = numbers_.emplace(uid.empty() ? path : uid, modules_.size()).first;
        modules_.push_back({path, module_name(path, true), false, false, {}, {}});
      }
      modules_[found->second].parts.emplace_back(bundle, part);
    }
  }

  const Module* module_at(const std::string& uid) const {
    const auto found = numbers_.find(uid);
    return found == numbers_.end() ? nullptr : &modules_[found->second];
  }

  /// A chunk needs another one when a module in it imports one that lies there.
  BundleGraph link() const {
    BundleGraph graph;
    for (std::size_t i = 0; i < bundles_.size(); ++i) {
      graph.add();
    }
    for (const Module& module : modules_) {
      for (const Import& import : module.imports) {
        const Module* imported = module_at(import.uid);
        for (const auto& [from, uid] : module.parts) {
          if (imported == nullptr || holds(*imported, from)) {
            continue;
          }
          for (const auto& [to, to_uid] : imported->parts) {
            (import.later ? graph.later : graph.first)[from].push_back(to);
          }
        }
      }
    }
    for (auto* edges : {&graph.first, &graph.later}) {
      for (std::vector<std::size_t>& targets : *edges) {
        std::sort(targets.begin(), targets.end());
        targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
      }
    }
    return graph;
  }

  static bool holds(const Module& module, std::size_t bundle) {
    return std::any_of(module.parts.begin(), module.parts.end(),
                       [&](const auto& part) { return part.first == bundle; });
  }

  void add_entries(BundleGraph& graph, Build& build) const {
    for (const Module& module : modules_) {
      if (!module.entry || module.parts.empty() || graph.too_many()) {
        continue;
      }
      BuildEntry entry;
      entry.name = module.id.starts_with("/") ? module.id.substr(1) : module.id;
      std::vector<std::size_t> from;
      for (const auto& [bundle, uid] : module.parts) {
        from.push_back(bundle);
      }
      entry.files = loaded_first(graph, from);
      entry.lazy = loaded_later(graph, entry.files);
      for (const std::size_t bundle : entry.files) {
        entry.chunks.push_back(static_cast<std::uint32_t>(bundle));
      }
      build.entries.push_back(std::move(entry));
    }
    build.has_entries = build.tells_lazy = !build.entries.empty();
  }

  void add_modules(Build& build) {
    ModuleScan modules;
    PackageScan packages;
    for (std::size_t i = 0; i < bundles_.size(); ++i) {
      modules.chunk_number(std::to_string(i));  // so that chunks have the numbers of the files
    }
    for (const Module& importer : modules_) {
      for (const Import& import : importer.imports) {
        const Module* imported = module_at(import.uid);
        if (imported == nullptr || imported->name.find("node_modules") == std::string::npos) {
          continue;
        }
        modules.note_importer({{}, imported->name, {}, importer.name, -1});
        PackageScan::Module asked;
        asked.name = imported->name;
        asked.importer = importer.name;
        asked.bundled = false;
        packages.add(asked);
      }
    }
    for (const Module& module : modules_) {
      std::vector<std::uint32_t> chunks;
      double bytes = -1;
      for (const auto& [bundle, uid] : module.parts) {
        const auto length = lengths_.find(uid);
        bytes = std::max(bytes, length == lengths_.end() ? -1 : length->second);
        chunks.push_back(static_cast<std::uint32_t>(bundle));
      }
      if (chunks.empty() || module.external) {
        continue;
      }
      PackageScan::Module seen;
      seen.identity = module.id;
      seen.name = module.name;
      seen.bytes = std::max(bytes, 0.0);
      packages.add(seen);
      modules.place(modules.add({module.id, module.name, {}, {}, bytes}), chunks);
    }
    packages.listed = !modules_.empty();
    build.packages = packages.take();
    build.modules = modules.take();
  }

  std::vector<std::string> bundles_;
  std::unordered_map<std::string, std::size_t> bundle_numbers_;
  std::unordered_map<std::string, double> lengths_;  ///< of parts, by uid; negative: not told
  std::vector<Module> modules_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

Expected<void> collect_visualizer(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector selector;
  RawDataReader reader(selector);
  Expected<json::Value> document = json::select(source.path, *source.content, selector);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  add_bundle(reader.take(), given_root(source), source, context, input, facts);
  return {};
}

Expected<void> collect_links(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  RawDataReader reader;
  json::Selector older;
  older.keep("tree/children").keep("links");
  for (const char* key : {"id", "isEntry", "isExternal", "renderedLength", "mainUid"}) {
    older.keep("nodes/*/" + std::string(key));
  }
  Expected<json::Value> document = json::select(source.path, *source.content, older);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  reader.add_older(*document);
  add_bundle(reader.take(), given_root(source), source, context, input, facts);
  return {};
}

/// The template "list": files, their modules, and each one's numbers, as YAML.
bool is_list(std::string_view head) {
  const std::size_t first = head.find('\n');
  if (first == std::string_view::npos || !trim(head.substr(0, first)).ends_with(':') || head.starts_with(' ')) {
    return false;
  }
  const std::string_view rest = head.substr(first + 1);
  return rest.starts_with("  ") && rest.find("\n    rendered: ") != std::string_view::npos;
}

std::optional<OtherOutput> explain(const Sniff& seen) {
  constexpr std::string_view kGive =
      "write the raw data: visualizer({ template: 'raw-data', filename: 'stats.json' }), and pass stats.json";
  static const std::vector<OutputMark> kMarks{
      {'<', {"Rollup Visualizer"}, {"a page of rollup-plugin-visualizer", kGive}},
  };
  if (is_list(trim(seen.head))) {
    return OtherOutput{"a list of rollup-plugin-visualizer (template: 'list')", kGive};
  }
  return marked_output(kMarks, seen.head);
}

}  // namespace

Format visualizer_links_format() { return {"visualizer", {"bundle."}, recognises_links, collect_links}; }

Format visualizer_format() {
  Format format{"visualizer", {"bundle."}, recognises_visualizer, collect_visualizer};
  format.feeds = {FactKind::kPackages, FactKind::kBuildErrors};
  format.is_given_as = "rollup-plugin-visualizer (raw-data)";
  format.looks_like = {"\"nodeParts\"", "\"nodeMetas\"", "\"tree\"", "\"renderedLength\""};
  format.page =
      "Raw data of rollup-plugin-visualizer: `visualizer({ template: 'raw-data', filename: 'stats.json' })`. It "
      "contains packages and modules; the sizes of files need `root`.";
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
