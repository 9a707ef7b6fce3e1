#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// One file that a bundler wrote and that a browser may load.
struct BuildFile {
  std::string name;            ///< as the bundler names it: relative to the output folder, may end in "?query"
  std::string label;           ///< the same on every build: printable, "[hash]" in place of its content hash;
                               ///< its own after tell_files_apart()
  std::string_view type;       ///< asset_type()
  std::optional<double> size;  ///< bytes that the bundler tells; nothing: it tells none, or one that cannot be
  /// What a tool tells of it that stays the same on every build, and by which it is told apart from others of the same
  /// label: its source ("src/pages/Home/index.tsx"). May be empty.
  std::string origin = {};
};

/// What a page of this entry loads first.
struct BuildEntry {
  std::string name;
  std::vector<std::size_t> files;          ///< indices into Build::files, each once
  std::uint64_t hidden = 0;                ///< files that the stats leave out
  std::uint64_t unwritten = 0;             ///< files that it names and that the build did not write
  std::vector<std::uint32_t> chunks = {};  ///< what it loads first, as numbers of BundledModules; empty: not told
  std::vector<std::size_t> lazy = {};      ///< indices of files that it may load later; only with Build::tells_lazy
  std::string lazy_reason = {};            ///< why the files that it may load later are not known; empty: they are
  std::optional<double> bytes = {};        ///< of `files` together, where the tool tells that and no size of a file
};

/// One package folder that a bundle has modules of.
struct BundledFolder {
  std::string package;
  std::string folder;    ///< from the project's folder where that is known: "node_modules/a/node_modules/lodash"
  std::string version;   ///< empty when the path does not tell
  std::string importer;  ///< a module of another package or of the project that asks for it; may be empty
  double bytes = 0;      ///< of source
};

/// The modules of a build, as far as they lie in packages.
struct BundledPackages {
  bool listed = false;                 ///< the stats hold modules at all
  std::string hidden_reason;           ///< why there may be more than these; empty: these are all
  std::vector<BundledFolder> folders;  ///< by package, then folder
};

/// The modules of a build, each once, and the chunks that hold them.
struct BundledModules {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// What a module counts for: its package, or itself.
  struct Owner {
    std::string name;  ///< not yet printable
    bool package = false;
  };
  struct Module {
    std::uint32_t owner = kNone;
    std::uint32_t importer = kNone;  ///< index into `owners`
    std::uint32_t chunks = kNone;    ///< index into `chunk_sets`; kNone: the stats do not tell
    double bytes = -1;               ///< of source; negative: not known
  };
  std::vector<Owner> owners;
  std::vector<Module> modules;
  std::vector<std::vector<std::uint32_t>> chunk_sets;  ///< sorted
  bool too_many = false;                               ///< there are more than could be kept
};

/// How the document that tells of a build is spoken of. The defaults are webpack's.
struct BuildWords {
  std::string_view document = "the stats";
  bool plural = true;  ///< "the stats do not", "the manifest does not"
  bool sizes = true;   ///< false: it never tells sizes, and is of use without them
  std::string_view no_entries = "the stats list no entrypoints";
  std::string_view no_entries_hint = "let the build write them: stats: { assets: true, entrypoints: true }";
  std::string_view no_modules = "the stats list no modules, so the packages in the bundle are not known";
  std::string_view no_modules_hint =
      "let the build write them: stats: { modules: true, modulesSpace: Infinity, nestedModules: true }";

  std::string_view verb(std::string_view many, std::string_view one) const { return plural ? many : one; }
};

/// What one build wrote.
struct Build {
  BuildWords words = {};
  std::string_view place = "entry";  ///< label of its entries: "entry" or "route"
  bool scripts_only = false;         ///< it tells of scripts and of nothing else, so sums have a type
  bool tells_lazy = false;           ///< every file that may be loaded first is one of an entry, others come later
  bool too_many_imports = false;     ///< more than can be followed: what entries load is not known
  bool texts_come_later = false;     ///< a step after it puts a locale's texts into files that have a hash
  bool output_bytes = false;         ///< sizes of modules are bytes of the files written, and not of source
  std::string app;                   ///< name of the configuration when one file holds several builds; else empty
  bool has_files = false;            ///< the stats list files
  bool has_entries = false;          ///< the stats list entries
  std::vector<BuildFile> files;
  std::vector<BuildEntry> entries;
  std::uint64_t hidden_files = 0;  ///< files that the stats leave out
  std::uint64_t errors = 0;
  std::string first_error;  ///< as the bundler words it
  BundledPackages packages;
  BundledModules modules;
};

}  // namespace budgetcheck
