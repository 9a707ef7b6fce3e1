#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// One package that a bundle holds in more than one copy.
struct PackageCopies {
  struct Copy {
    std::string folder;    ///< "node_modules/a/node_modules/lodash"
    std::string version;   ///< empty when the path does not contain it
    double bytes = 0;      ///< of source, before minification
    std::string importer;  ///< a module that asks for this copy; may be empty
  };
  std::string package;
  std::vector<Copy> copies;  ///< biggest first
  Location location;
};

/// A package whose modules are in a bundle (for rules on what may be bundled).
struct BundledPackage {
  std::string name;
  double bytes = 0;  ///< of source
  std::string importer;
  Location location;
};

/// A build that reported errors and still wrote its stats.
struct FailedBuild {
  std::uint64_t errors = 0;
  std::string first_error;  ///< printable, one line, shortened
  Location location;
};

/// What builds say beyond samples.
struct BundleFacts {
  std::vector<PackageCopies> duplicate_packages;
  std::vector<BundledPackage> packages;
  std::vector<FailedBuild> failed_builds;

  void append(BundleFacts&& other);
};

}  // namespace budgetcheck
