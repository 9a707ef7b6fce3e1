#include "detect/bundle/duplicate_package.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/glob.h"
#include "base/text.h"
#include "base/units.h"

namespace budgetcheck {
namespace {

/// More copies than this say nothing new in a message.
constexpr std::size_t kMaxShown = 5;

std::string shown(const PackageCopies::Copy& copy) {
  return copy.folder + (copy.version.empty() ? "" : " (" + copy.version + ")");
}

bool is_pnpm(const PackageCopies& package) {
  return std::any_of(package.copies.begin(), package.copies.end(),
                     [](const auto& copy) { return copy.folder.find("/.pnpm/") != std::string::npos; });
}

std::string fix_for(const PackageCopies& package) {
  std::vector<std::string> importers;
  for (const PackageCopies::Copy& copy : package.copies) {
    if (!copy.importer.empty() && importers.size() < 2) {
      importers.push_back("'" + copy.importer + "'");
    }
  }
  const std::string who = importers.empty()
                              ? ""
                              : (importers.size() == 1 ? " One is imported by " : " They are imported by ") +
                                    join(importers, " and ") + ".";
  return fmt::format(
      "Run {}. If versions still differ, update the package that depends on the older one, or force one version with "
      "'overrides' (npm, pnpm) or 'resolutions' (yarn); resolve.alias can point all imports of {} to one folder.{}",
      is_pnpm(package) ? "'pnpm dedupe'" : "'npm dedupe' (with yarn: 'yarn dedupe')", package.package, who);
}

}  // namespace

void detect_duplicate_package(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const double min_copies = rule.param("min_copies");
  const double min_bytes = rule.param("min_bytes");
  for (const PackageCopies& package : facts.bundle.duplicate_packages) {
    const bool ignored = std::any_of(rule.ignore.begin(), rule.ignore.end(), [&](const std::string& glob) {
      return label_glob_matches(glob, package.package);
    });
    if (ignored || package.copies.size() < 2 || static_cast<double>(package.copies.size()) < min_copies) {
      continue;
    }
    double extra = 0;  // all but the biggest, which comes first
    for (std::size_t i = 1; i < package.copies.size(); ++i) {
      extra += package.copies[i].bytes;
    }
    if (extra < min_bytes) {
      continue;
    }
    Finding finding;
    finding.rule = rule.id;
    finding.level = rule.level;
    finding.subject = package.package;
    std::vector<std::string> folders;
    for (const PackageCopies::Copy& copy : package.copies) {
      if (folders.size() < kMaxShown) {
        folders.push_back(shown(copy));
        finding.evidence.details.emplace_back("copy", shown(copy) + ", " + format_quantity(copy.bytes, Unit::kBytes));
        if (!copy.importer.empty()) {
          finding.evidence.details.emplace_back("imported by", copy.importer);
        }
      }
    }
    if (package.copies.size() > folders.size()) {
      folders.push_back(std::to_string(package.copies.size() - folders.size()) + " more");
    }
    finding.message = fmt::format("'{}' is bundled {} times, {} of source more than one copy: {}", package.package,
                                  package.copies.size(), format_quantity(extra, Unit::kBytes), join(folders, ", "));
    finding.location = package.location;
    finding.evidence.count = package.copies.size();
    finding.evidence.input = package.location.file;
    finding.evidence.line = package.location.line;
    finding.fix.text = fix_for(package);
    finding.magnitude = extra;
    finding.key = finding_key(rule.id, {package.location.file, package.package});
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
