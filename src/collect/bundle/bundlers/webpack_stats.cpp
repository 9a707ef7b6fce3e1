#include "collect/bundle/bundlers/webpack_stats.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/append.h"
#include "base/text.h"
#include "collect/bundle/bundlers/chunk_graph.h"
#include "collect/bundle/bundlers/stats_values.h"
#include "collect/bundle/module_scan.h"
#include "collect/bundle/package_scan.h"
#include "json/stream/select.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

/// Levels of assets (related files, groups) and of modules (concatenations, groups) that are looked into: real
/// stats have three.
constexpr int kNestedLevels = 3;

/// Reads one build: the document itself, or one of its children.
class BuildReader {
 public:
  BuildReader(json::Selector& selector, const std::string& at, bool reasons) : reasons_(reasons) {
    for (const std::string_view key : {"name", "errorsCount", "filteredAssets", "filteredModules"}) {
      selector.keep(at + std::string(key));
    }
    for (const std::string_view key : {"filteredAssets", "assets", "chunks"}) {
      selector.keep(at + "entrypoints/*/" + std::string(key));
    }
    selector.keep(at + "errors/*/message").each(at + "errors/*", [this](std::string_view, json::Value&& error) {
      add_error(error);
      return true;
    });
    want_assets(selector, at + "assets/*", kNestedLevels);
    want_modules(selector, at + "modules/*", kNestedLevels, false);
    for (const std::string_view key : {"id", "files/*", "children/*", "parents/*"}) {
      selector.keep(at + "chunks/*/" + std::string(key));
    }
    selector.keep(at + "chunks/*/filteredModules").each(at + "chunks/*", [this](std::string_view, json::Value&& chunk) {
      add_chunk(chunk);
      return true;
    });
    want_modules(selector, at + "chunks/*/modules/*", kNestedLevels, true);
  }
  BuildReader(const BuildReader&) = delete;
  BuildReader& operator=(const BuildReader&) = delete;

  /// Ends the build whose remaining parts are in `value`, and begins another one.
  Build take(const json::Value& value) {
    Build build = std::exchange(build_, {});
    build.app = printable(value.string_or("name", ""));
    build.has_files = is_array_at(value, "assets");
    build.hidden_files += whole_count_at(value, "filteredAssets");
    build.errors = std::max(build.errors, whole_count_at(value, "errorsCount"));
    if (const json::Value* entries = value.find("entrypoints"); entries != nullptr && entries->is_object()) {
      build.has_entries = true;
      for (const json::Member& entry : *entries->object()) {
        build.entries.push_back(read_entry(entry, build));
      }
      graph_.find_later_files(build, file_index_);
    }
    packages_.listed = packages_.listed || is_array_at(value, "modules");
    hide_modules(whole_count_at(value, "filteredModules"));
    build.packages = packages_.take();
    build.modules = modules_.take();
    packages_ = PackageScan();
    unplaced_.clear();
    joined_.clear();
    graph_ = ChunkGraph();
    file_index_.clear();
    side_files_.clear();
    return build;
  }

 private:
  void want_assets(json::Selector& selector, const std::string& at, int levels) {
    for (const std::string_view key :
         {"name", "size", "type", "filteredChildren", "info/development", "info/compressed", "info/extractedComments",
          "info/contenthash", "info/chunkhash", "info/modulehash", "info/fullhash", "info/hash"}) {
      selector.keep(at + "/" + std::string(key));
    }
    selector.each(at, [this](std::string_view, json::Value&& asset) {
      add_asset(asset);
      return true;
    });
    if (levels > 0) {
      want_assets(selector, at + "/related/*", levels - 1);
      want_assets(selector, at + "/children/*", levels - 1);
    }
  }

  void want_modules(json::Selector& selector, const std::string& at, int levels, bool in_chunk) {
    for (const std::string_view key : {"type", "name", "identifier", "nameForCondition", "size", "orphan", "issuerName",
                                       "filteredModules", "filteredChildren", "chunks"}) {
      selector.keep(at + "/" + std::string(key));
    }
    selector.each(at, [this, in_chunk](std::string_view, json::Value&& module) {
      add_module(module, in_chunk);
      return true;
    });
    if (reasons_) {
      selector.keep(at + "/reasons/*/moduleName");
      selector.each(at + "/reasons/*", [this](std::string_view, json::Value&& reason) {
        if (reason_.empty()) {
          reason_ = reason.string_or("moduleName", "");
        }
        return true;
      });
    }
    if (levels > 0) {
      want_inner_modules(selector, at + "/modules/*");
      want_modules(selector, at + "/children/*", levels - 1, in_chunk);
    }
  }

  /// The modules that were joined into one: they are counted, and the joint one is not.
  void want_inner_modules(json::Selector& selector, const std::string& at) {
    for (const std::string_view key : {"name", "identifier", "nameForCondition", "size", "issuerName"}) {
      selector.keep(at + "/" + std::string(key));
    }
    selector.each(at, [this](std::string_view, json::Value&& module) {
      has_inner_ = true;
      joined_.push_back(count_module(module, true));
      return true;
    });
  }

  void add_error(const json::Value& error) {
    ++build_.errors;
    if (build_.first_error.empty()) {
      const std::string* text = error.string();
      build_.first_error = text != nullptr ? *text : std::string(error.string_or("message", ""));
    }
  }

  void add_asset(const json::Value& asset) {
    const std::string* name =
        asset.is_object() && asset.find("name") != nullptr ? asset.find("name")->string() : nullptr;
    if (name == nullptr || name->empty()) {
      build_.hidden_files += whole_count_at(asset, "filteredChildren");  // a group of assets, perhaps folded up
      return;
    }
    if (flag_at(asset, {"info", "development"}) || flag_at(asset, {"info", "compressed"}) ||
        flag_at(asset, {"info", "extractedComments"}) || is_side_file(*name)) {
      side_files_.insert(*name);
      return;
    }
    add_file(*name, whole_number(asset.find("size")), hashes_of(asset));
  }

  std::size_t add_file(const std::string& name, std::optional<double> size, const std::vector<std::string>& hashes) {
    const auto [found, added] = file_index_.emplace(name, build_.files.size());
    if (added) {
      build_.files.push_back({name, stable_asset_name(name, hashes), asset_type(name), size});
    } else if (build_.files[found->second].size != size) {
      build_.files[found->second].size.reset();  // listed twice with two sizes: neither can be trusted
    }
    return found->second;
  }

  static std::vector<std::string> hashes_of(const json::Value& asset) {
    std::vector<std::string> hashes;
    for (const std::string_view key : {"contenthash", "chunkhash", "modulehash", "fullhash", "hash"}) {
      const json::Value* value = asset.at({"info", key});
      if (value == nullptr) {
        continue;
      }
      if (const std::string* text = value->string()) {
        hashes.push_back(*text);
      } else if (const json::Array* list = value->array()) {
        for (const json::Value& element : *list) {
          if (const std::string* hash = element.string()) {
            hashes.push_back(*hash);
          }
        }
      }
    }
    return hashes;
  }

  void add_chunk(const json::Value& chunk) {
    packages_.listed = packages_.listed || is_array_at(chunk, "modules");
    hide_modules(whole_count_at(chunk, "filteredModules"));
    const std::string id = chunk_id(chunk.find("id"));
    if (!id.empty()) {
      const std::vector<std::uint32_t> number{modules_.chunk_number(id)};
      for (const std::uint32_t module : unplaced_) {
        modules_.place(module, number);
      }
    }
    unplaced_.clear();
    if (!id.empty()) {
      add_to_graph(chunk, modules_.chunk_number(id));
    }
  }

  void add_to_graph(const json::Value& chunk, std::uint32_t number) {
    ChunkGraph::Chunk node;
    node.number = number;
    node.related = is_array_at(chunk, "children") && is_array_at(chunk, "parents");
    const auto each = [&](std::string_view key, const auto& use) {
      const json::Value* list = chunk.find(key);
      for (std::size_t i = 0; list != nullptr && list->is_array() && i < list->array()->size(); ++i) {
        use((*list->array())[i]);
      }
    };
    each("files", [&](const json::Value& file) {
      if (const std::string* name = file.string()) {
        node.files.push_back(*name);
      }
    });
    each("children", [&](const json::Value& id) { node.children.push_back(modules_.chunk_number(chunk_id(&id))); });
    each("parents", [&](const json::Value& id) { node.parents.push_back(modules_.chunk_number(chunk_id(&id))); });
    graph_.add(std::move(node));
  }

  void hide_modules(std::uint64_t hidden) {
    if (hidden != 0) {
      packages_.hidden_reason = "the stats leave out modules ('filteredModules' is not 0)";
    }
  }

  void add_module(const json::Value& module, bool in_chunk) {
    const bool has_inner = std::exchange(has_inner_, false);
    std::vector<std::uint32_t> parts = std::exchange(joined_, {});
    const std::string reason = std::exchange(reason_, {});
    if (!module.is_object()) {
      return;
    }
    const json::Value* chunks = module.find("chunks");
    const bool unused =
        flag_at(module, {"orphan"}) || (chunks != nullptr && chunks->is_array() && chunks->array()->empty());
    if (unused) {
      count_module(module, false, reason);
      return;
    }
    // A folded group may hold packages; webpack's own runtime holds none, and is folded whenever it is not asked for.
    if (module.string_or("type", "") != "runtime modules") {
      hide_modules(whole_count_at(module, "filteredModules") + whole_count_at(module, "filteredChildren"));
    }
    if (has_inner) {
      place_modules(parts, chunks, in_chunk);
      return;
    }
    const std::string_view name = module.string_or("name", "");
    if (name.ends_with(" modules") && name.find(" + ") != std::string_view::npos) {
      packages_.hidden_reason = "the stats do not list the parts of joined modules";
    }
    place_modules({count_module(module, true, reason)}, chunks, in_chunk);
  }

  /// Into the chunks that the module names, or else those that it is listed under.
  void place_modules(const std::vector<std::uint32_t>& modules, const json::Value* chunks, bool in_chunk) {
    std::vector<std::uint32_t> numbers;
    const json::Array* list = chunks == nullptr ? nullptr : chunks->array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const std::string id = chunk_id(&(*list)[i]);
      if (!id.empty()) {
        numbers.push_back(modules_.chunk_number(id));
      }
    }
    for (const std::uint32_t module : modules) {
      if (in_chunk && numbers.empty()) {
        unplaced_.push_back(module);
      } else {
        modules_.place(module, numbers);
      }
    }
  }

  /// Gives the module's number among all.
  std::uint32_t count_module(const json::Value& module, bool bundled, std::string_view reason = {}) {
    PackageScan::Module seen;
    seen.identity = module.string_or("identifier", "");
    seen.name = module.string_or("name", "");
    seen.condition = module.string_or("nameForCondition", "");
    seen.condition_told = module.find("nameForCondition") != nullptr;
    seen.importer = module.string_or("issuerName", reason);
    seen.bytes = whole_number(module.find("size")).value_or(0);
    seen.bundled = bundled;
    packages_.add(seen);
    const std::string_view type = module.string_or("type", "module");
    if (type != "module") {
      return BundledModules::kNone;  // a group
    }
    const ModuleScan::Listing listing{seen.identity, seen.name, seen.condition, seen.importer, module_bytes(module)};
    if (!bundled) {
      modules_.note_importer(listing);
      return BundledModules::kNone;
    }
    return modules_.add(listing);
  }

  BuildEntry read_entry(const json::Member& member, Build& build) {
    BuildEntry entry;
    entry.name = member.key;
    entry.hidden = whole_count_at(member.value, "filteredAssets");
    const json::Value* chunks = member.value.find("chunks");
    for (std::size_t i = 0; chunks != nullptr && chunks->is_array() && i < chunks->array()->size(); ++i) {
      entry.chunks.push_back(modules_.chunk_number(chunk_id(&(*chunks->array())[i])));
    }
    const json::Value* list = member.value.find("assets");
    const json::Array* assets = list == nullptr ? nullptr : list->array();
    if (assets == nullptr) {
      return entry;
    }
    std::unordered_set<std::size_t> seen;
    for (const json::Value& asset : *assets) {
      const std::string* plain = asset.string();  // older forms list names only
      const std::string name = plain != nullptr ? *plain : std::string(asset.string_or("name", ""));
      if (name.empty() || is_side_file(name) || side_files_.contains(name)) {
        continue;
      }
      const std::optional<double> size = whole_number(asset.find("size"));
      auto found = file_index_.find(name);
      if (found == file_index_.end()) {
        if (build.has_files && build.hidden_files == 0 && !size) {
          ++entry.unwritten;
          continue;
        }
        found = file_index_.emplace(name, build.files.size()).first;
        build.files.push_back({name, stable_asset_name(name, {}), asset_type(name), size});
      }
      if (seen.insert(found->second).second) {
        entry.files.push_back(found->second);
      }
    }
    return entry;
  }

  bool reasons_;
  Build build_;
  PackageScan packages_;
  ModuleScan modules_;
  ChunkGraph graph_;
  std::vector<std::uint32_t> unplaced_;  ///< modules whose chunk is told when it ends
  std::vector<std::uint32_t> joined_;    ///< modules whose chunks are told when what they are joined into ends
  std::unordered_map<std::string, std::size_t> file_index_;
  std::unordered_set<std::string> side_files_;
  bool has_inner_ = false;
  std::string reason_;
};

bool tells_something(const Build& build) { return build.has_files || build.has_entries; }

/// A list of configurations gives a list of builds; they need names to be told apart.
void name_apps(std::vector<Build>& builds) {
  std::unordered_map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < builds.size(); ++i) {
    std::string& app = builds[i].app;
    if (app.empty()) {
      app = std::to_string(i + 1);
    }
    const std::size_t before = seen[app]++;
    if (before != 0) {
      app += " (" + std::to_string(before + 1) + ")";
    }
  }
}

}  // namespace

Expected<BuildStats> read_build_stats(const std::string& path, const FileContent& content, bool reasons, bool nested) {
  const std::string at = nested ? "*/" : "";
  json::Selector selector;
  BuildReader top(selector, at, reasons);
  BuildReader child(selector, at + "children/*/", reasons);
  std::vector<Build> children;
  selector.each(at + "children/*", [&](std::string_view, json::Value&& value) {
    children.push_back(child.take(value));
    return true;
  });
  BuildStats stats;
  const auto take = [&](const json::Value& value) {
    Build build = top.take(value);
    // Beside a build's own files, children are the compilations of plugins (mini-css-extract-plugin): parts of it.
    std::vector<Build> inner = std::exchange(children, {});
    const bool told = std::any_of(inner.begin(), inner.end(), [](const Build& one) { return one.errors != 0; });
    if (!tells_something(build) && !inner.empty() && (build.errors == 0 || told)) {
      name_apps(inner);
      append_to(stats.builds, std::move(inner));
    } else if (!nested || tells_something(build) || build.errors != 0) {
      build.app = nested ? build.app : "";
      stats.builds.push_back(std::move(build));
    }
  };
  if (nested) {
    selector.each("*", [&](std::string_view key, json::Value&& value) {
      const std::size_t before = stats.builds.size();
      take(value);
      const bool named = value.is_object() && !key.empty() && (key.front() < '0' || key.front() > '9');
      if (stats.builds.size() == before + 1 && stats.builds.back().app.empty() && named) {
        stats.builds.back().app = printable(key);
      }
      return true;
    });
  }
  Expected<json::Value> document = json::select(path, content, selector);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  if (!nested) {
    take(*document);
  } else if (stats.builds.size() > 1) {
    name_apps(stats.builds);
  } else if (!stats.builds.empty()) {
    stats.builds.front().app.clear();
  }
  if (stats.builds.empty()) {
    stats.builds.emplace_back();
  }
  return stats;
}

}  // namespace budgetcheck
