#include "collect/bundle/bundlers/webpack.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "collect/bundle/bundlers/webpack_stats.h"
#include "collect/bundle/input.h"
#include "collect/bundle/parts.h"
#include "collect/bundle/samples.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxErrorWidth = 200;

constexpr std::string_view kStatsHint =
    "write them with 'webpack --json=stats.json --stats normal', or set stats: { assets: true, entrypoints: true, "
    "modules: true, errors: true } in the configuration (rspack's command writes almost nothing without that option)";

bool recognises_stats(const Sniff& sniff) {
  if (!sniff.is_object || sniff.is_lines) {
    return false;
  }
  const bool parts =
      (sniff.has("assets") && (sniff.has("entrypoints") || sniff.has("chunks") || sniff.has("modules"))) ||
      (sniff.has("entrypoints") && (sniff.has("namedChunkGroups") || sniff.has("chunks"))) ||
      (sniff.has("chunks") && sniff.has("modules"));
  const bool head = sniff.has("hash") && (sniff.has("builtAt") || sniff.has("children")) &&
                    (sniff.has("time") || sniff.has("publicPath") || sniff.has("version"));
  const bool errors_only =
      sniff.has("errors") && (sniff.has("errorsCount") || (sniff.has("warnings") && !sniff.has("samples")));
  return sniff.has("assetsByChunkName") || parts || head || errors_only;
}

bool recognises_webpack(const Sniff& sniff) { return recognises_stats(sniff) && !sniff.has("rspackVersion"); }
bool recognises_rspack(const Sniff& sniff) { return recognises_stats(sniff) && sniff.has("rspackVersion"); }

Labels app_labels(const Build& build) {
  Labels labels;
  if (!build.app.empty()) {
    labels.set("app", build.app);
  }
  return labels;
}

void add_failed(const Build& build, const Location& location, Remarks& remarks, Facts& facts) {
  FailedBuild failed{build.errors, shorten(printable(build.first_error), kMaxErrorWidth), location};
  const std::string text = "the build" + in_app(build) + " failed with " + counted(build.errors, "error");
  const std::string hint = "mend the build first: what a failed build wrote says nothing about sizes";
  remarks.incomplete(text, hint);
  facts.unmeasured.push_back({"bundle.", app_labels(build), text, hint, location, true});
  facts.bundle.failed_builds.push_back(std::move(failed));
}

void remark_on_stats(const Build& build, bool rooted, Remarks& remarks) {
  if (!build.has_files) {
    remarks.incomplete("the stats" + in_app(build) + " list entries and no assets", std::string(kStatsHint));
  } else if (build.files.empty()) {
    remarks.incomplete("the stats" + in_app(build) + " list no file that a browser loads", std::string(kStatsHint));
  }
  if (build.hidden_files != 0) {
    remarks.incomplete("the stats" + in_app(build) + " leave out " + counted(build.hidden_files, "file"),
                       "let the build list all of them: stats: { assets: true, assetsSpace: Infinity }");
  }
  for (const BuildEntry& entry : build.entries) {
    const std::string name = "entry '" + printable(entry.name) + "'" + in_app(build);
    if (entry.hidden != 0) {
      remarks.incomplete("the stats leave out " + counted(entry.hidden, "file") + " of " + name,
                         "let the build list all of them: stats: { entrypoints: true, chunkGroupMaxAssets: Infinity }");
    } else if (entry.files.empty()) {
      remarks.incomplete(name + " has no file", "check the entry in the configuration, and that the build wrote it");
    } else if (entry.unwritten != 0) {
      remarks.note(name + " names " + counted(entry.unwritten, "file") + " that the build did not write");
    }
  }
  const auto unsized = std::find_if(build.files.begin(), build.files.end(), [](const auto& f) { return !f.size; });
  if (!rooted && unsized != build.files.end()) {
    remarks.incomplete("the size of '" + printable(unsized->name) + "' is missing or is no size",
                       "write the stats again, or give the folder of the files as 'root'");
  }
}

void add_build(const Build& build, const Source& source, const CollectContext& context, const Location& location,
               Remarks& remarks, Facts& facts) {
  if (build.errors != 0) {
    add_failed(build, location, remarks, facts);
    return;
  }
  if (!build.has_files && !build.has_entries) {
    const std::string text =
        "the stats" + in_app(build) + " hold no assets and no entrypoints: the 'stats' option left them out";
    remarks.incomplete(text, std::string(kStatsHint));
    facts.unmeasured.push_back({"bundle.", app_labels(build), text, std::string(kStatsHint), location, true});
    return;
  }
  const bool rooted = !source.root.empty() && context.files != nullptr;
  remark_on_stats(build, rooted, remarks);
  std::vector<FileSizes> sizes;
  std::string reason = "no folder of the build's files is given, so they cannot be compressed";
  std::string hint = "give it in the budgets file: { path: " + printable(source.path) +
                     ", root: " + printable(folder_of(source.path)) + " }";
  if (rooted) {
    sizes = measure_build(build, source.root, source, context, remarks);
    reason = "no file of the build could be read under '" + printable(source.root) + "'";
    hint = "name the folder that the build writes into as 'root'";
  }
  add_bundle_samples(build, sizes, reason, hint, location, facts);
  add_packages(build, location, facts);
  add_bundle_parts(build, facts);
}

/// Several builds of one file often hold the same packages: each is told once, with most copies.
void merge_packages(std::size_t first_package, std::size_t first_copies, Facts& facts) {
  const auto packages = facts.bundle.packages.begin() + static_cast<std::ptrdiff_t>(first_package);
  std::stable_sort(packages, facts.bundle.packages.end(),
                   [](const auto& a, const auto& b) { return a.name != b.name ? a.name < b.name : a.bytes > b.bytes; });
  facts.bundle.packages.erase(
      std::unique(packages, facts.bundle.packages.end(), [](const auto& a, const auto& b) { return a.name == b.name; }),
      facts.bundle.packages.end());
  const auto copies = facts.bundle.duplicate_packages.begin() + static_cast<std::ptrdiff_t>(first_copies);
  std::stable_sort(copies, facts.bundle.duplicate_packages.end(), [](const auto& a, const auto& b) {
    return a.package != b.package ? a.package < b.package : a.copies.size() > b.copies.size();
  });
  facts.bundle.duplicate_packages.erase(
      std::unique(copies, facts.bundle.duplicate_packages.end(),
                  [](const auto& a, const auto& b) { return a.package == b.package; }),
      facts.bundle.duplicate_packages.end());
}

Expected<void> collect_stats(const Source& source, const CollectContext& context, bool reasons, Input& input,
                             Facts& facts) {
  Expected<BuildStats> stats = read_build_stats(source.path, *source.content, reasons);
  if (!stats) {
    return tl::unexpected(std::move(stats.error()));
  }
  Remarks remarks(input);
  const Location location{source.path, 1, 0, {}};
  const std::size_t first_package = facts.bundle.packages.size();
  const std::size_t first_copies = facts.bundle.duplicate_packages.size();
  for (const Build& build : stats->builds) {
    add_build(build, source, context, location, remarks, facts);
  }
  merge_packages(first_package, first_copies, facts);
  return {};
}

Expected<void> collect_webpack(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  return collect_stats(source, context, false, input, facts);
}
Expected<void> collect_rspack(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  return collect_stats(source, context, true, input, facts);
}

}  // namespace

Format webpack_format() { return {"webpack", {"bundle."}, recognises_webpack, collect_webpack}; }
Format rspack_format() { return {"rspack", {"bundle."}, recognises_rspack, collect_rspack}; }

}  // namespace budgetcheck
