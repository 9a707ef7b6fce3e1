#include "collect/bundle/bundlers/webpack.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/bundle/bundlers/webpack_stats.h"
#include "collect/bundle/input.h"
#include "collect/bundle/parts.h"
#include "collect/bundle/samples.h"
#include "collect/bundle/tell_apart.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxErrorWidth = 200;

constexpr std::string_view kStatsHint =
    "write them with 'webpack --json=stats.json --stats normal', or set stats: { assets: true, entrypoints: true, "
    "modules: true, errors: true } in the configuration (rspack's command writes almost nothing without that option)";

bool is_plain_stats(const Sniff& sniff) {
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
  const bool assets_only = sniff.has("assets") && sniff.head.find("\"chunkNames\"") != std::string_view::npos;
  return sniff.has("assetsByChunkName") || parts || head || errors_only || assets_only;
}

/// Scripts that call webpack themselves write a list of stats, or stats under names: {"client": {…}, "server": {…}}.
bool is_nested_stats(const Sniff& sniff) {
  const auto in_head = [&](std::string_view key) { return sniff.head.find(key) != std::string_view::npos; };
  return (sniff.is_array || (sniff.is_object && !sniff.is_lines)) && !is_plain_stats(sniff) &&
         in_head("\"assetsByChunkName\"") && (in_head("\"publicPath\"") || in_head("\"entrypoints\""));
}

bool is_of_rspack(const Sniff& sniff) {
  return sniff.has("rspackVersion") ||
         (is_nested_stats(sniff) && sniff.head.find("\"rspackVersion\"") != std::string_view::npos);
}

bool recognises_webpack(const Sniff& sniff) {
  return (is_plain_stats(sniff) || is_nested_stats(sniff)) && !is_of_rspack(sniff);
}
bool recognises_rspack(const Sniff& sniff) {
  return (is_plain_stats(sniff) || is_nested_stats(sniff)) && is_of_rspack(sniff);
}

Labels app_labels(const Build& build) {
  Labels labels;
  if (!build.app.empty()) {
    labels.set("app", build.app);
  }
  return labels;
}

void add_failed(const Build& build, const Location& location, Account& account, Facts& facts) {
  FailedBuild failed{build.errors, shorten(printable(without_private_words(build.first_error)), kMaxErrorWidth),
                     location};
  const std::string text = fmt::format("the build{} failed with {}", in_app(build), counted(build.errors, "error"));
  const std::string hint = "fix the build first: what a failed build wrote says nothing about sizes";
  account.incomplete(text, hint);
  facts.unmeasured.push_back({"bundle.", app_labels(build), text, hint, location, true});
  facts.bundle.failed_builds.push_back(std::move(failed));
}

void describe_stats(const Build& build, bool rooted, Account& account) {
  if (!build.has_files) {
    account.incomplete(fmt::format("the stats{} list entries and no assets", in_app(build)), kStatsHint);
  } else if (build.files.empty()) {
    account.incomplete(fmt::format("the stats{} list no file that a browser loads", in_app(build)), kStatsHint);
  }
  if (build.hidden_files != 0) {
    account.incomplete(fmt::format("the stats{} leave out {}", in_app(build), counted(build.hidden_files, "file")),
                       "let the build list all of them: stats: { assets: true, assetsSpace: Infinity }");
  }
  for (const BuildEntry& entry : build.entries) {
    const std::string name = fmt::format("entry '{}'{}", printable(entry.name), in_app(build));
    if (entry.hidden != 0) {
      account.incomplete(fmt::format("the stats leave out {} of {}", counted(entry.hidden, "file"), name),
                         "let the build list all of them: stats: { entrypoints: true, chunkGroupMaxAssets: Infinity }");
    } else if (entry.files.empty()) {
      account.incomplete(fmt::format("{} has no file", name),
                         "check the entry in the configuration, and that the build wrote it");
    } else if (entry.unwritten != 0) {
      account.note(fmt::format("{} names {} that the build did not write", name, counted(entry.unwritten, "file")));
    }
  }
  const auto unsized = std::find_if(build.files.begin(), build.files.end(), [](const auto& f) { return !f.size; });
  if (!rooted && unsized != build.files.end()) {
    account.incomplete(fmt::format("the size of '{}' is missing or is not a size", printable(unsized->name)),
                       "write the stats again, or name the folder of the files as 'root'");
  }
}

void add_build(Build& build, const Source& source, const CollectContext& context, const Location& location,
               Account& account, Facts& facts) {
  if (build.errors != 0) {
    add_failed(build, location, account, facts);
    return;
  }
  if (!build.has_files && !build.has_entries) {
    const std::string text =
        fmt::format("the stats{} have no assets and no entrypoints: the 'stats' option left them out", in_app(build));
    account.incomplete(text, kStatsHint);
    facts.unmeasured.push_back({"bundle.", app_labels(build), text, std::string(kStatsHint), location, true});
    return;
  }
  const std::string root = given_root(source);
  const bool rooted = !root.empty() && context.files != nullptr;
  describe_stats(build, rooted, account);
  std::vector<FileSizes> sizes;
  std::string reason = "no folder of the build's files is named, so they cannot be compressed";
  std::string hint = root_hint(source);
  if (rooted) {
    sizes = measure_build(build, root, source, context, account);
    reason = fmt::format("no file of the build could be read under '{}'", printable(root));
    hint = "name the folder that the build writes into as 'root'";
  }
  if (is_empty_build(build, sizes, location, account, facts)) {
    return;
  }
  tell_files_apart(build, sizes);
  add_bundle_samples(build, sizes, reason, hint, location, facts);
  add_packages(build, location, facts);
  add_bundle_parts(build, sizes, facts);
}

/// Several builds of one file often hold the same packages: each is reported once, with most copies.
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
  const bool nested = is_nested_stats(sniff(source.path, *source.content, false)) &&
                      is_nested_stats(sniff(source.path, *source.content, true));
  Expected<BuildStats> stats = read_build_stats(source.path, *source.content, reasons, nested);
  if (!stats) {
    return tl::unexpected(std::move(stats.error()));
  }
  Account account(input);
  const Location location{source.path, 1, 0, {}};
  const std::size_t first_package = facts.bundle.packages.size();
  const std::size_t first_copies = facts.bundle.duplicate_packages.size();
  for (Build& build : stats->builds) {
    add_build(build, source, context, location, account, facts);
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

Format webpack_format() {
  Format format{"webpack", {"bundle."}, recognises_webpack, collect_webpack};
  format.feeds = {FactKind::kPackages, FactKind::kBuildErrors};
  format.is_given_as = "webpack or rspack (--json)";
  format.looks_like = {"\"assets\"",          "\"chunks\"", "\"entrypoints\"", "\"modules\"", "\"assetsByChunkName\"",
                       "\"namedChunkGroups\""};
  format.page =
      "Stats of webpack 4 and 5: `webpack --json=stats.json`. With `root: dist` the files of the build are compressed "
      "too.";
  return format;
}

Format rspack_format() {
  Format format{"rspack", {"bundle."}, recognises_rspack, collect_rspack};
  format.feeds = {FactKind::kPackages, FactKind::kBuildErrors};
  format.page =
      "Stats of rspack: `rspack build --json=stats.json`. With `root: dist` the files of the build are compressed too.";
  return format;
}

}  // namespace budgetcheck
