#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "budget/import/import.h"
#include "json/value.h"

// The parts of import.cpp, one file for each tool.

namespace budgetcheck {

/// Which of two limits on the same thing holds in the tool.
enum class WhichHolds { kFirst, kLast, kBoth };

/// What the importers share while one configuration is read.
class Importer {
 public:
  Importer(std::string file, std::string tool, WhichHolds which) : file_(std::move(file)), which_(which) {
    result_.tool = std::move(tool);
  }

  const std::string& tool() const { return result_.tool; }
  Location at(const json::Value& value) const { return json::location_of(file_, value); }
  Location at(const json::Member& member) const { return json::location_of(file_, member); }

  /// A line that became a budget; `notes` say in which way the two differ.
  void carry(const Location& from, std::string_view subject, DraftBudget budget, std::vector<std::string> notes = {});
  /// A line that could not be carried over.
  void leave_out(const Location& from, std::string_view subject, std::string why);
  /// Anything else that is worth knowing.
  void say(const Location& from, std::string_view subject, std::string text);
  void add_input(DraftInput input);

  /// False, after a remark, when `root` is the folder of another build than that of the lines before: labels of two
  /// builds look alike, so their budgets do not fit into one file.
  bool takes_build(const Location& from, std::string_view subject, const std::string& root);

  /// True, after a remark, once more lines were read than a configuration that people write can have.
  bool is_full(const json::Value& next);

  Import take() { return std::move(result_); }

 private:
  std::string file_;
  WhichHolds which_;
  Import result_;
  std::size_t lines_ = 0;
  std::string root_;  ///< of the first build
};

Import import_lighthouse_ci(const std::string& path, const json::Value& ci);
Import import_lightwallet(const std::string& path, const json::Value& budgets);
/// `package` is the package.json that holds the list, else null.
Import import_size_limit(const std::string& path, const json::Value& checks, const json::Value* package);
Import import_bundlewatch(const std::string& path, const json::Value& config);
Import import_bundlesize(const std::string& path, const json::Value& config);
Import import_bundlemon(const std::string& path, const json::Value& config);

/// Whether the program sets `thresholds` in an object literal, as a script of k6 does.
bool is_k6_program(std::string_view text);
Import import_k6_program(const std::string& path, std::string_view text);
Import import_k6_options(const std::string& path, const json::Value& thresholds);
/// `metrics` of a summary file, whose thresholds are kept and whose results are not.
Import import_k6_summary(const std::string& path, const json::Value& metrics);
/// `config` of a script of artillery.
Import import_artillery(const std::string& path, const json::Value& config);
/// A Keptn SLO file, or an AnalysisDefinition.
Import import_keptn(const std::string& path, const json::Value& slo);
/// An AnalysisTemplate of Argo Rollouts.
Import import_argo(const std::string& path, const json::Value& resource);
/// A Canary or MetricTemplate of Flagger.
Import import_flagger(const std::string& path, const json::Value& resource);

/// "150 kB" as the npm package "bytes" reads it (bundlewatch, bundlesize, bundlemon): kB is 1024 bytes, and a number
/// alone is bytes. The answer is in our words ("150 KiB"). Nothing: not a size, or one that the tool would read
/// otherwise than it is written.
std::optional<std::string> size_of_bytes_package(std::string_view text);
/// As size-limit reads it: kB is 1000 bytes, KiB 1024, in any case of letters.
std::optional<std::string> size_of_size_limit(std::string_view text);
/// A size or count that a JSON number gives, in bytes.
std::string bytes_text(double bytes);

/// A path or glob of built files, split into the folder of the build and the name in `bundle.*` labels.
struct BuildPath {
  std::string root;     ///< "dist"; "." for the current folder
  std::string asset;    ///< a label glob, relative to root
  std::string type;     ///< js, css, …: the last part is "*.js", any file of that kind
  bool is_all = false;  ///< every file of the build
  bool is_glob = false;
  bool is_every_file_of_a_folder = false;  ///< the name itself is only a wildcard and an extension
  std::vector<std::string> notes;
};
/// Takes globs as npm's packages do, and words in angle brackets ("<hash>") as "*". The error says why not.
tl::expected<BuildPath, std::string> build_path(std::string_view pattern);

/// The metric of a compression's name (gzip, brotli, none); empty for another name.
std::string metric_of_compression(std::string_view name);

/// Carries over a limit on each file that `path` names.
void carry_each_file(Importer& importer, const Location& from, const std::string& path, DraftBudget budget);
/// Carries over a limit on the sum of all files that `path` names.
void carry_sum(Importer& importer, const Location& from, const std::string& path, DraftBudget budget);

/// A string for messages: in quotes, printable, not too long.
std::string in_quotes(std::string_view text);
/// "a number", or a string in quotes: a value that is not what was expected.
std::string in_quotes(const json::Value& value);

}  // namespace budgetcheck
