#include "cli/init/measured.h"

#include <algorithm>

namespace budgetcheck {

bool measures(const Facts& facts, std::string_view family) {
  return std::any_of(facts.samples.begin(), facts.samples.end(),
                     [&](const Sample& sample) { return sample.metric.starts_with(family); });
}

bool has_entries(const Facts& facts, std::string_view app) {
  return std::any_of(facts.samples.begin(), facts.samples.end(), [&](const Sample& sample) {
    const std::string* own = sample.where.find("app");
    return sample.metric.starts_with("bundle.") && (app.empty() || (own != nullptr && *own == app)) &&
           (sample.where.find("entry") != nullptr || sample.where.find("route") != nullptr);
  });
}

bool has_packages(const Facts& facts) {
  return std::any_of(facts.parts.begin(), facts.parts.end(),
                     [](const Part& part) { return is_package_kind(part.kind) || is_module_kind(part.kind); });
}

bool is_a_build(const Facts& facts) {
  return measures(facts, "bundle.") || std::any_of(facts.unmeasured.begin(), facts.unmeasured.end(),
                                                   [](const Unmeasured& u) { return u.metric.starts_with("bundle."); });
}

}  // namespace budgetcheck
