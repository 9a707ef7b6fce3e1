#include "model/routes/route_names.h"

#include <algorithm>

#include "model/budget.h"
#include "model/sample.h"

namespace budgetcheck {
namespace {

void add(const Labels& where, std::vector<std::string>& names) {
  if (const std::string* route = where.find("route"); route != nullptr && !route->empty()) {
    names.push_back(*route);
  }
}

void sort_unique(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

void add_selected(const BudgetsFile& budgets, RouteNames& names) {
  for (const Budget& budget : budgets.budgets) {
    add(budget.where, names.selected);
  }
  for (const Waiver& waiver : budgets.waivers) {
    add(waiver.where, names.selected);
  }
  sort_unique(names.selected);
}

void add_measured(const std::vector<Sample>& samples, RouteNames& names) {
  for (const Sample& sample : samples) {
    if (sample.metric.starts_with("payload.")) {
      add(sample.where, names.measured);
    }
  }
  sort_unique(names.measured);
}

}  // namespace budgetcheck
