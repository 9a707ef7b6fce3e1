#include "collect/bundle/bundlers/esbuild.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/bundle/bundlers/angular.h"
#include "collect/bundle/hashed_name.h"
#include "collect/bundle/import_graph.h"
#include "collect/bundle/input.h"
#include "collect/bundle/module_scan.h"
#include "collect/bundle/output_names.h"
#include "collect/bundle/package_scan.h"
#include "json/stream/select.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

/// Bun names files from its output folder: "./main-82wqvqka.js".
constexpr std::string_view kHere = "./";

std::string without_here(std::string_view path) {
  return std::string(path.starts_with(kHere) ? path.substr(kHere.size()) : path);
}

/// "main" of "src/main.ts": what the output of an entry point is named after.
std::string_view stem_of(std::string_view source) {
  source.remove_prefix(source.rfind('/') + 1);
  return source.substr(0, source.rfind('.'));
}

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
    selector.keep("outputs/*/*");  // marks of other tools
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

  /// What other tools mark of their outputs, and how many outputs are left out for it.
  const std::map<std::string, std::size_t>& marks() const { return marks_; }

  Build take() {
    const HashStyle style = all_here_ ? HashStyle::kBun : HashStyle::kBase32;
    Build build;
    build.words = words();
    build.has_files = true;
    build.tells_lazy = true;
    build.output_bytes = true;
    BundleGraph graph = link();
    std::vector<std::size_t> file_of(outputs_.size(), kNone);
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      const Output& output = outputs_[i];
      if (!is_side_file(output.path)) {
        file_of[i] = build.files.size();
        build.files.push_back({output.path, stable_hashed_name(output.path, style, {stem_of(output.entry)}),
                               asset_type(output.path), output.bytes, origin_of(output)});
      }
    }
    add_entries(graph, file_of, build);
    build.too_many_imports = graph.too_many();
    add_modules(build);
    build.texts_come_later = std::any_of(inputs_.begin(), inputs_.end(), [](const InputFile& input) {
      return input.name.find("/@angular/localize/") != std::string::npos;
    });
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

  /// Its entry point, or else the input that takes most of it.
  std::string origin_of(const Output& output) const {
    if (!output.entry.empty()) {
      return output.entry;
    }
    const auto most = std::max_element(output.held.begin(), output.held.end(),
                                       [](const Held& a, const Held& b) { return a.bytes < b.bytes; });
    return most == output.held.end() ? std::string() : inputs_[most->input].name;
  }

  /// esbuild marks nothing of its outputs; what a tool around it does ("ng-component": styles that are no file,
  /// "ng-platform-server") is not for a browser.
  bool is_marked(const json::Value& value) {
    const json::Object* members = value.object();
    bool marked = false;
    for (std::size_t i = 0; members != nullptr && i < members->size(); ++i) {
      const json::Member& member = (*members)[i];
      const bool* flag = member.value.boolean();
      if (member.key.find('-') != std::string::npos && flag != nullptr && *flag) {
        ++marks_[member.key];
        marked = true;
      }
    }
    return marked;
  }

  void add_output(std::string_view path, const json::Value& value) {
    if (is_marked(value)) {
      held_.clear();
      return;
    }
    Output output;
    all_here_ = all_here_ && path.starts_with(kHere);
    output.path = without_here(path);
    output.bytes = whole_bytes(value.find("bytes"));
    output.entry = value.string_or("entryPoint", "");
    output.styles = without_here(value.string_or("cssBundle", ""));
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
        output.imports.push_back({without_here(one.string_or("path", "")), kind == "dynamic-import"});
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
    std::vector<bool> styles(outputs_.size());  ///< of another output, whose entry point Bun names for both
    for (const Output& output : outputs_) {
      if (const std::size_t to = output_number(output.styles); !output.styles.empty() && to != kNone) {
        styles[to] = true;
      }
    }
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
      if (outputs_[i].entry.empty() || styles[i] || (any && on_demand[i])) {
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
    load_on_every_page(build);
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
  std::map<std::string, std::size_t> marks_;
  bool all_here_ = true;
};

Expected<void> collect_esbuild(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector selector;
  MetafileReader reader(selector);
  Expected<json::Value> document = json::select(source.path, *source.content, selector);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  Build build = reader.take();
  Account account(input);
  for (const auto& [mark, count] : reader.marks()) {
    if (!is_mark_of_angular(mark)) {
      account.note(fmt::format("{} marked '{}' {} not counted", counted(count, "output"), shorten(printable(mark), 40),
                               count == 1 ? "is" : "are"));
    }
  }
  std::string root = given_root(source);
  if (!root.empty() && context.files != nullptr) {
    root = name_from_root(root, *context.files, build, account);
  }
  add_bundle(std::move(build), root, source, context, input, facts);
  return {};
}

}  // namespace

Format esbuild_format() {
  Format format{"esbuild", {"bundle."}, recognises_esbuild, collect_esbuild};
  format.feeds = {FactKind::kPackages, FactKind::kBuildErrors};
  format.is_given_as = "esbuild (--metafile)";
  format.looks_like = {"\"inputs\"", "\"outputs\"", "\"bytesInOutput\"", "\"entryPoint\""};
  format.page =
      "esbuild's metafile: `esbuild --bundle --metafile=meta.json`. With `root: .` (the folder that esbuild ran in) "
      "the files are compressed too.";
  return format;
}

}  // namespace budgetcheck
