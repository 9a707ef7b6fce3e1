#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "base/file_system.h"
#include "generate/generator.h"
#include "generate/limits/envoy_limits.h"
#include "generate/limits/nginx_limits.h"

namespace budgetcheck {

const std::vector<Generator>& generators() {
  static const std::vector<Generator> kGenerators{
      {"nginx-limits", "limit_req of nginx, for http { }", nginx_limits},
      {"envoy-limits", "Envoy's local rate limit, for http_filters", envoy_limits},
  };
  return kGenerators;
}

ExpectedAll<std::vector<GeneratedFile>> generate_files(const BudgetsFile& budgets) {
  std::vector<GeneratedFile> files;
  Errors errors;
  for (const GeneratedTarget& target : budgets.generate) {
    const auto row = std::find_if(generators().begin(), generators().end(),
                                  [&](const Generator& one) { return one.target == target.target; });
    if (row == generators().end()) {
      throw InternalError("no generator writes " + target.target);
    }
    ExpectedAll<std::string> text = row->write(budgets, target);
    if (text) {
      files.push_back({target.target, join_path(budgets.folder, target.path), std::move(*text), target.location});
    } else {
      std::move(text.error().begin(), text.error().end(), std::back_inserter(errors));
    }
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return files;
}

std::string file_name_of(const BudgetsFile& budgets) { return budgets.path.substr(budgets.path.rfind('/') + 1); }

}  // namespace budgetcheck
