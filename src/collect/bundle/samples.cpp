#include "collect/bundle/samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "collect/bundle/compressed_size.h"

namespace budgetcheck {
namespace {

/// One sum of files in all its measures.
struct Sum {
  double raw = 0;
  double gzip = 0;
  double brotli = 0;
  bool has_brotli = true;
  std::uint64_t files = 0;
  std::uint64_t known = 0;    ///< of which the size is known
  std::uint64_t hidden = 0;   ///< files that the stats leave out
  std::uint64_t unknown = 0;  ///< files whose size is not known

  bool partial() const { return hidden != 0 || unknown != 0; }
};

class Sums {
 public:
  Sums(const Build& build, const std::vector<FileSizes>& sizes) : build_(build), sizes_(sizes) {}

  void add_all() {
    if (!build_.scripts_only) {
      at({}).hidden = build_.hidden_files;
    }
    const bool tells_entries = std::any_of(build_.entries.begin(), build_.entries.end(),
                                           [](const BuildEntry& entry) { return entry.bytes.has_value(); });
    for (std::size_t i = 0; i < build_.files.size(); ++i) {
      add_file({}, build_.hidden_files, i);
      if (sizes_.empty() && !build_.files[i].size && tells_entries) {
        continue;
      }
      add(at({{"asset", build_.files[i].label}, {"type", std::string(build_.files[i].type)}}), i);
    }
    if (build_.tells_lazy) {
      add_by_time();
    }
  }

  void add_entry(const BuildEntry& entry) {
    const Labels where{{std::string(build_.place), printable(entry.name)}};
    if (!build_.scripts_only) {
      at(where).hidden = entry.hidden;
    }
    if (entry.bytes && sizes_.empty()) {
      Labels typed = where;
      if (build_.scripts_only) {
        typed.set("type", "js");
      }
      Sum& told = at(std::move(typed));
      told.raw = *entry.bytes;
      told.files = told.known = entry.files.size();
      return;
    }
    for (const std::size_t i : entry.files) {
      add_file(where, entry.hidden, i);
    }
    if (!entry.lazy.empty()) {
      Labels later = where;
      later.set("initial", "false");
      for (const std::size_t i : entry.lazy) {
        add_file(later, 0, i);
      }
    }
  }

  const std::map<Labels, Sum>& all() const { return sums_; }

 private:
  Sum& at(Labels labels) {
    if (!build_.app.empty()) {
      labels.set("app", build_.app);
    }
    return sums_[std::move(labels)];
  }

  /// Into the sum of a place, and into that of its type there.
  void add_file(const Labels& where, std::uint64_t hidden, std::size_t i) {
    if (!build_.scripts_only) {
      add(at(where), i);
    }
    Labels typed = where;
    typed.set("type", std::string(build_.files[i].type));
    Sum& sum = at(std::move(typed));
    sum.hidden = hidden;
    add(sum, i);
  }

  /// What some entry loads first, and the rest: each file once, however many entries share it.
  void add_by_time() {
    std::vector<bool> first(build_.files.size());
    for (const BuildEntry& entry : build_.entries) {
      for (const std::size_t i : entry.files) {
        first[i] = true;
      }
    }
    for (std::size_t i = 0; i < first.size(); ++i) {
      add_file({{"initial", first[i] ? "true" : "false"}}, 0, i);
    }
  }

  void add(Sum& sum, std::size_t i) {
    ++sum.files;
    if (sizes_.empty()) {
      const std::optional<double>& size = build_.files[i].size;
      sum.raw += size.value_or(0);
      ++(size ? sum.known : sum.unknown);
      return;
    }
    const FileSizes& size = sizes_[i];
    if (size.state != FileSizes::State::kMeasured) {
      ++sum.unknown;
      return;
    }
    ++sum.known;
    sum.raw += static_cast<double>(size.raw);
    sum.gzip += static_cast<double>(size.gzip);
    sum.brotli += static_cast<double>(size.brotli);
    sum.has_brotli = sum.has_brotli && size.has_brotli;
  }

  const Build& build_;
  const std::vector<FileSizes>& sizes_;
  std::map<Labels, Sum> sums_;
};

std::string partial_reason(const Sum& sum) {
  std::vector<std::string> reasons;
  if (sum.hidden != 0) {
    reasons.push_back(fmt::format("the stats leave out {}", counted(sum.hidden, "file")));
  }
  if (sum.unknown != 0) {
    reasons.push_back(fmt::format("the size of {} of {} is unknown", sum.unknown, counted(sum.files, "file")));
  }
  return join(reasons, ", ");
}

void emit(const std::string& metric, Unit unit, double value, const Labels& labels, const Sum& sum, bool partial,
          const Location& location, Facts& facts) {
  Sample sample;
  sample.metric = metric;
  sample.where = labels;
  sample.unit = unit;
  sample.value = value;
  sample.lower_bound = partial;
  sample.lower_bound_reason = partial ? partial_reason(sum) : "";
  sample.location = location;
  facts.samples.push_back(std::move(sample));
}

/// Of a place whose labels are all known.
void add_gap(std::string metric, const Labels& labels, const std::string& reason, const Location& location,
             Facts& facts) {
  Unmeasured& gap = facts.unmeasured.emplace_back();
  gap.metric = std::move(metric);
  gap.where = labels;
  gap.reason = reason;
  gap.location = location;
  gap.where_is_whole = true;
}

void emit_all(const Labels& labels, const Sum& sum, bool compressed, const Location& location, Facts& facts) {
  if (sum.files == 0) {
    const std::string reason = sum.partial() ? partial_reason(sum) : "no file is named here";
    add_gap("bundle.", labels, reason, location, facts);
    return;
  }
  emit("bundle.files", Unit::kCount, static_cast<double>(sum.files), labels, sum, sum.hidden != 0, location, facts);
  if (sum.known == 0) {
    const std::string reason = partial_reason(sum);
    for (const char* metric : {"bundle.raw", "bundle.gzip", "bundle.brotli"}) {
      add_gap(metric, labels, reason, location, facts);
    }
    return;
  }
  emit("bundle.raw", Unit::kBytes, sum.raw, labels, sum, sum.partial(), location, facts);
  if (compressed) {
    emit("bundle.gzip", Unit::kBytes, sum.gzip, labels, sum, sum.partial(), location, facts);
    if (sum.has_brotli) {
      emit("bundle.brotli", Unit::kBytes, sum.brotli, labels, sum, sum.partial(), location, facts);
    }
  }
}

Labels app_labels(const Build& build) {
  Labels labels;
  if (!build.app.empty()) {
    labels.set("app", build.app);
  }
  return labels;
}

/// Runs of the same package in folders that are sorted by package.
template <class Use>
void each_package(const std::vector<BundledFolder>& folders, const Use& use) {
  for (std::size_t begin = 0; begin < folders.size();) {
    std::size_t end = begin;
    while (end < folders.size() && folders[end].package == folders[begin].package) {
      ++end;
    }
    use(begin, end);
    begin = end;
  }
}

}  // namespace

void add_bundle_samples(const Build& build, const std::vector<FileSizes>& sizes, const std::string& no_sizes_reason,
                        const std::string& no_sizes_hint, const Location& location, Facts& facts) {
  Sums sums(build, sizes);
  const Labels app = app_labels(build);
  if (build.has_files) {
    sums.add_all();
  } else {
    facts.unmeasured.push_back({"bundle.", app, "the stats list entries and no assets",
                                "let the build write them: stats: { assets: true, entrypoints: true }", location,
                                true});
  }
  for (const BuildEntry& entry : build.entries) {
    sums.add_entry(entry);
    if (!entry.lazy_reason.empty()) {
      Labels later = app;
      later.set(std::string(build.place), printable(entry.name));
      later.set("initial", "false");
      facts.unmeasured.push_back({"bundle.", std::move(later), entry.lazy_reason, "", location, false});
    }
  }
  const bool compressed = !sizes.empty();
  if (compressed) {
    const bool found = std::any_of(sizes.begin(), sizes.end(), [](const FileSizes& size) {
      return size.state == FileSizes::State::kMeasured && !(size.own_gzip && size.own_brotli);
    });
    const bool brotli = std::all_of(sizes.begin(), sizes.end(), [](const FileSizes& size) {
      return size.state != FileSizes::State::kMeasured || size.has_brotli;
    });
    add_environment(facts.env, {{}, false, {}, compressors(found, brotli)});
    if (!brotli) {
      facts.unmeasured.push_back({"bundle.brotli", app, "no budget asks for sizes by brotli, so they were not made",
                                  "put a budget on bundle.brotli", location, false});
    }
  }
  for (const auto& [labels, sum] : sums.all()) {
    emit_all(labels, sum, compressed, location, facts);
  }
  if (!compressed) {
    for (const char* metric : {"bundle.gzip", "bundle.brotli"}) {
      facts.unmeasured.push_back({metric, app, no_sizes_reason, no_sizes_hint, location, true});
    }
  }
  if (!build.has_entries) {
    facts.unmeasured.push_back({"bundle.", app, std::string(build.words.no_entries),
                                std::string(build.words.no_entries_hint), location, true});
  }
  if (build.hidden_files != 0) {
    facts.unmeasured.push_back(
        {"bundle.", app, fmt::format("the stats leave out {}", counted(build.hidden_files, "file")),
         "let the build list all of them: stats: { assets: true, assetsSpace: Infinity }", location, true});
  }
}

void add_packages(const Build& build, const Location& location, Facts& facts) {
  const BundledPackages& packages = build.packages;
  const Labels app = app_labels(build);
  if (!packages.listed) {
    facts.unmeasured.push_back({"bundle.duplicates", app, std::string(build.words.no_modules),
                                std::string(build.words.no_modules_hint), location, true});
    return;
  }
  const bool partial = !packages.hidden_reason.empty();
  const auto sample = [&](Labels labels, double copies) {
    facts.samples.push_back(
        {"bundle.duplicates", std::move(labels), Unit::kCount, copies, partial, packages.hidden_reason, location});
  };
  double extra = 0;
  each_package(packages.folders, [&](std::size_t begin, std::size_t end) {
    const BundledFolder& first = packages.folders[begin];
    BundledPackage package{first.package, 0, "", location};
    for (std::size_t i = begin; i < end; ++i) {
      package.bytes += packages.folders[i].bytes;
      if (package.importer.empty()) {
        package.importer = packages.folders[i].importer;
      }
    }
    facts.bundle.packages.push_back(std::move(package));
    if (end - begin < 2) {
      return;
    }
    extra += static_cast<double>(end - begin - 1);
    Labels labels = app;
    labels.set("package", first.package);
    sample(std::move(labels), static_cast<double>(end - begin - 1));
    PackageCopies copies{first.package, {}, location};
    for (std::size_t i = begin; i < end; ++i) {
      const BundledFolder& folder = packages.folders[i];
      copies.copies.push_back({folder.folder, folder.version, folder.bytes, folder.importer});
    }
    std::stable_sort(copies.copies.begin(), copies.copies.end(),
                     [](const auto& a, const auto& b) { return a.bytes > b.bytes; });
    facts.bundle.duplicate_packages.push_back(std::move(copies));
  });
  sample(app, extra);
}

}  // namespace budgetcheck
