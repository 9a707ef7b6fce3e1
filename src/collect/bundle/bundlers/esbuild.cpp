#include "collect/bundle/bundlers/esbuild.h"

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

/// Folders at the beginning of an output's path that the root may replace.
constexpr std::size_t kMaxFolders = 16;

bool recognises_esbuild(const Sniff& sniff) {
  return sniff.is_object && !sniff.is_lines && sniff.has("inputs") && sniff.has("outputs") && !sniff.has("version");
}

BuildWords words() {
  BuildWords words;
  words.document = "the metafile";
  words.plural = false;
  words.no_entries = "the metafile names no entry point";
  words.no_entries_hint = "write it with 'esbuild --bundle --metafile=meta.json' of the build with its entry points";
  words.no_modules = "the metafile lists no inputs";
  words.no_modules_hint = words.no_entries_hint;
  return words;
}

class MetafileReader {
 public:
  explicit MetafileReader(json::Selector& selector) {
    selector.keep("inputs/*/bytes").keep("inputs/*/imports/*/path");
    selector.each("inputs/*", [this](std::string_view path, json::Value&& input) {
      add_input(path, input);
      return true;
    });
    for (const char* key :
         {"bytes", "entryPoint", "cssBundle", "imports/*/path", "imports/*/kind", "imports/*/external"}) {
      selector.keep("outputs/*/" + std::string(key));
    }
    selector.keep("outputs/*/inputs/*/bytesInOutput");
    selector.each("outputs/*/inputs/*", [this](std::string_view path, json::Value&& input) {
      held_.push_back({number_of(path), whole_bytes(input.find("bytesInOutput")).value_or(0)});
      return true;
    });
    selector.each("outputs/*", [this](std::string_view path, json::Value&& output) {
      add_output(path, output);
      return true;
    });
  }

  Build take() {
    Build build;
    build.words = words();
    build.has_files = true;
    build.tells_lazy = true;
    build.output_bytes = true;
    BundleGraph graph = link();
    std::vector<std::size_t> file_of(outputs_.size(), kNone);
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      if (!is_side_file(outputs_[i].path)) {
        file_of[i] = build.files.size();
        build.files.push_back({outputs_[i].path, stable_hashed_name(outputs_[i].path, HashStyle::kBase32),
                               asset_type(outputs_[i].path), outputs_[i].bytes});
      }
    }
    add_entries(graph, file_of, build);
    build.too_many_imports = graph.too_many();
    add_modules(build);
    return build;
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;

  struct Import {
    std::string path;
    bool later = false;
  };
  struct Held {
    std::size_t input;
    double bytes;
  };
  struct Output {
    std::string path;
    std::optional<double> bytes;
    std::string entry;
    std::string styles;
    std::vector<Import> imports;
    std::vector<Held> held;
  };
  struct InputFile {
    std::string name;
    double bytes = -1;      ///< of source
    double in_output = -1;  ///< the most that one output holds of it
    std::vector<std::uint32_t> chunks;
  };

  std::size_t number_of(std::string_view path) {
    const auto [at, is_new] = numbers_.try_emplace(std::string(path), inputs_.size());
    if (is_new) {
      inputs_.push_back({module_name(path, false), -1, -1, {}});
    }
    return at->second;
  }

  void add_input(std::string_view path, const json::Value& input) {
    const std::size_t number = number_of(path);
    inputs_[number].bytes = whole_bytes(input.find("bytes")).value_or(-1);
    const json::Value* imports = input.find("imports");
    const json::Array* list = imports == nullptr ? nullptr : imports->array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      if (const std::string_view to = (*list)[i].string_or("path", ""); !to.empty()) {
        const std::size_t imported = number_of(to);
        edges_.emplace_back(number, imported);
      }
    }
  }

  void add_output(std::string_view path, const json::Value& value) {
    Output output;
    output.path = path;
    output.bytes = whole_bytes(value.find("bytes"));
    output.entry = value.string_or("entryPoint", "");
    output.styles = value.string_or("cssBundle", "");
    output.held = std::exchange(held_, {});
    const json::Value* imports = value.find("imports");
    const json::Array* list = imports == nullptr ? nullptr : imports->array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const json::Value& one = (*list)[i];
      const std::string_view kind = one.string_or("kind", "");
      const json::Value* external = one.find("external");
      const bool outside = external != nullptr && external->boolean() != nullptr && *external->boolean();
      // "url-token" and "file-loader" are images and fonts: none of them is loaded before the styles ask for it.
      if (!outside &&
          (kind == "import-statement" || kind == "require-call" || kind == "import-rule" || kind == "dynamic-import")) {
        output.imports.push_back({std::string(one.string_or("path", "")), kind == "dynamic-import"});
      }
    }
    output_numbers_.emplace(output.path, outputs_.size());
    outputs_.push_back(std::move(output));
  }

  std::size_t output_number(const std::string& path) const {
    const auto found = output_numbers_.find(path);
    return found == output_numbers_.end() ? kNone : found->second;
  }

  BundleGraph link() {
    BundleGraph graph;
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      graph.add();
    }
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      for (const Import& import : outputs_[i].imports) {
        if (const std::size_t to = output_number(import.path); to != kNone) {
          (import.later ? graph.later : graph.first)[i].push_back(to);
        } else {
          ++outputs_unknown_[i];
        }
      }
      if (const std::size_t to = output_number(outputs_[i].styles); !outputs_[i].styles.empty()) {
        to != kNone ? graph.first[i].push_back(to) : static_cast<void>(++outputs_unknown_[i]);
      }
    }
    return graph;
  }

  void add_entries(BundleGraph& graph, const std::vector<std::size_t>& file_of, Build& build) {
    std::vector<bool> on_demand(outputs_.size());
    for (const auto& targets : graph.later) {
      for (const std::size_t to : targets) {
        on_demand[to] = true;
      }
    }
    const auto files = [&](const std::vector<std::size_t>& nodes) {
      std::vector<std::size_t> out;
      for (const std::size_t node : nodes) {
        if (file_of[node] != kNone) {
          out.push_back(file_of[node]);
        }
      }
      return out;
    };
    const bool any = std::any_of(outputs_.begin(), outputs_.end(), [&](const Output& output) {
      return !output.entry.empty() && !on_demand[output_number(output.path)];
    });
    for (std::size_t i = 0; i < outputs_.size() && !graph.too_many(); ++i) {
      if (outputs_[i].entry.empty() || (any && on_demand[i])) {
        continue;
      }
      BuildEntry entry;
      entry.name = outputs_[i].entry;
      const std::vector<std::size_t> first = loaded_first(graph, {i});
      entry.files = files(first);
      entry.lazy = files(loaded_later(graph, first));
      for (const std::size_t node : first) {
        entry.chunks.push_back(static_cast<std::uint32_t>(node));
        const auto unknown = outputs_unknown_.find(node);
        entry.unwritten += unknown == outputs_unknown_.end() ? 0 : unknown->second;
      }
      build.entries.push_back(std::move(entry));
    }
    build.has_entries = !build.entries.empty();
    build.tells_lazy = build.has_entries;
  }

  void add_modules(Build& build) {
    ModuleScan modules;
    PackageScan packages;
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      const std::uint32_t chunk = modules.chunk_number(std::to_string(i));  // equal to i: they are numbered in order
      for (const Held& held : outputs_[i].held) {
        InputFile& input = inputs_[held.input];
        if (held.bytes > 0) {
          input.in_output = std::max(input.in_output, held.bytes);
          input.chunks.push_back(chunk);
        }
      }
    }
    for (const auto& [importer, imported] : edges_) {
      modules.note_importer({{}, inputs_[imported].name, {}, inputs_[importer].name, -1});
      if (inputs_[imported].name.find("node_modules") != std::string::npos) {
        PackageScan::Module asked;
        asked.name = inputs_[imported].name;
        asked.importer = inputs_[importer].name;
        asked.bundled = false;
        packages.add(asked);
      }
    }
    for (const InputFile& input : inputs_) {
      if (input.chunks.empty()) {
        continue;  // nothing of it was kept
      }
      PackageScan::Module module;
      module.name = input.name;
      module.bytes = std::max(input.bytes, 0.0);
      packages.add(module);
      modules.place(modules.add({{}, input.name, {}, {}, input.in_output}), input.chunks);
    }
    packages.listed = !inputs_.empty();
    build.packages = packages.take();
    build.modules = modules.take();
  }

  std::vector<InputFile> inputs_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::vector<std::pair<std::size_t, std::size_t>> edges_;  ///< importer, imported
  std::vector<Held> held_;                                  ///< of the output that is being read
  std::vector<Output> outputs_;
  std::unordered_map<std::string, std::size_t> output_numbers_;
  std::unordered_map<std::size_t, std::uint64_t> outputs_unknown_;  ///< imports of an output that is not listed
};

/// Outputs are named from where esbuild ran ("out/web/a.js"), and nothing tells how much of that the root is: as many
/// folders are taken off all of them as finds the most.
void name_from_root(const std::string& root, const FileSystem& files, Build& build) {
  const auto without = [](const std::string& name, std::size_t folders) {
    std::string_view rest = name;
    for (; folders > 0; --folders) {
      const std::size_t slash = rest.find('/');
      if (slash == std::string_view::npos) {
        return std::string();
      }
      rest.remove_prefix(slash + 1);
    }
    return std::string(rest);
  };
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t folders = 0; folders <= kMaxFolders && most < build.files.size(); ++folders) {
    std::size_t found = 0;
    bool deep_enough = false;
    for (const BuildFile& file : build.files) {
      const std::string name = without(file.name, folders);
      deep_enough = deep_enough || !name.empty();
      const bool inside = !name.empty() && !name.starts_with("/") && !name.starts_with("..");
      if (inside && files.kind(join_path(root, name)) == FileKind::kRegular) {
        ++found;
      }
    }
    if (found > most) {
      most = found;
      best = folders;
    }
    if (!deep_enough) {
      break;
    }
  }
  for (BuildFile& file : build.files) {
    if (std::string name = without(file.name, best); !name.empty()) {
      file.name = std::move(name);
    }
  }
}

Expected<void> collect_esbuild(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector selector;
  MetafileReader reader(selector);
  Expected<json::Value> document = json::select(source.path, *source.content, selector);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  Build build = reader.take();
  const std::string root = given_root(source);
  if (!root.empty() && context.files != nullptr) {
    name_from_root(root, *context.files, build);
  }
  add_bundle(build, root, source, context, input, facts);
  return {};
}

}  // namespace

Format esbuild_format() {
  Format format{"esbuild", {"bundle."}, recognises_esbuild, collect_esbuild};
  format.is_given_as = "esbuild (--metafile)";
  format.looks_like = {"\"inputs\"", "\"outputs\"", "\"bytesInOutput\"", "\"entryPoint\""};
  format.page =
      "esbuild's metafile: `esbuild --bundle --metafile=meta.json`. With `root: .` (the folder that esbuild ran in) "
      "the files are compressed too.";
  return format;
}

}  // namespace budgetcheck
