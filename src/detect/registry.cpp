#include "detect/detect.h"
#include "detect/duplicate_package.h"
#include "detect/failed_build.h"

namespace budgetcheck {

const std::vector<Detector>& detectors() {
  static const std::vector<Detector> kDetectors{
      {"duplicate-package", detect_duplicate_package},
      {"failed-build", detect_failed_build},
  };
  return kDetectors;
}

}  // namespace budgetcheck
