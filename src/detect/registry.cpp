#include "detect/detect.h"

namespace budgetcheck {

const std::vector<Detector>& detectors() {
  static const std::vector<Detector> kDetectors{};
  return kDetectors;
}

}  // namespace budgetcheck
