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

/// The package that a module is of, or the module itself where it is the team's own.
std::string owner_of(const std::string& module) {
  constexpr std::string_view kFolder = "node_modules/";
  const std::size_t at = module.rfind(kFolder);
  if (at == std::string::npos) {
    return module;
  }
  const std::string inside = module.substr(at + kFolder.size());
  const std::size_t scope = inside.starts_with('@') ? inside.find('/') : std::string::npos;
  return inside.substr(0, inside.find('/', scope == std::string::npos ? 0 : scope + 1));
}

std::string fix_for(const PackageCopies& package) {
  std::vector<std::string> importers;
  for (const PackageCopies::Copy& copy : package.copies) {
    const std::string importer = owner_of(copy.importer);
    const bool is_known = std::find(importers.begin(), importers.end(), importer) != importers.end();
    if (!importer.empty() && !is_known && importers.size() < 2) {
      importers.push_back(importer);
    }
  }
  const std::string who = importers.empty() ? "" : fmt::format(" ({})", join(importers, " or "));
  return fmt::format(
      "Run {}. If versions still differ, update what asks for the older one{}, or force one with 'overrides' (yarn: "
      "'resolutions').",
      is_pnpm(package) ? "'pnpm dedupe'" : "'npm dedupe' (yarn: 'yarn dedupe')", who);
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
