#include "cli/check/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "cli/check/table_rows.h"

namespace budgetcheck {
namespace {

/// Inputs that are part of the source, or that are compared by what they say.
constexpr std::array<std::string_view, 3> kNotMeasured{"prisma-schema", "table-rows", "collector-config"};

bool is_measured(const Input& input) {
  return input.state == InputState::kRead && input.path != "-" &&
         std::find(kNotMeasured.begin(), kNotMeasured.end(), input.format) == kNotMeasured.end();
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> shown(names.begin(),
                                 names.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, names.size())));
  return join(shown, ", ") + (names.size() > kShown ? fmt::format(" and {} more", names.size() - kShown) : "");
}

Verdict input_of_change(const std::vector<std::string>& brought, const std::string& first) {
  const bool one = brought.size() == 1;
  Verdict verdict;
  verdict.budget = "inputs";
  verdict.status = Status::kWarn;
  verdict.code = "INPUT_OF_CHANGE";
  verdict.message = fmt::format(
      "this change itself brings {}: git holds {}, so {} may say what the author wrote and not what was measured",
      listed(brought), one ? "it" : "them", one ? "it" : "they");
  verdict.hint = "have CI write it in this run, and keep it out of git (.gitignore)";
  verdict.location = Location::of(first);
  return verdict;
}

}  // namespace

Gate find_gate(const FileSystem& files, const CheckOptions& options, const CheckPlan& plan, const Baseline& base) {
  Gate gate = own_gate(plan.budgets);
  if (base.budgets) {
    const GateBase before{*base.budgets, base.results ? &*base.results : nullptr};
    gate = gate_in_force(files, plan.budgets, before,
                         {!options.arguments.empty(), !options.table_rows.empty(), plan.today});
  }
  hold_edited_table_rows(files, options, plan, base, gate);
  gate.remarks.insert(gate.remarks.end(), base.gate.begin(), base.gate.end());
  return gate;
}

std::vector<Verdict> inputs_of_change(const FileSystem& files, const std::vector<Input>& inputs, const BaseTree* tree,
                                      std::vector<std::string>& remarks) {
  std::vector<std::string> brought;
  std::vector<std::string> unknown;
  std::string first;
  for (const Input& input : inputs) {
    const std::string path = tree == nullptr || !is_measured(input) ? "" : tree->in_repository(files, input.path);
    if (path.empty()) {
      continue;
    }
    const FileChange change = tree->change_of(path);
    if (change == FileChange::kAdded || change == FileChange::kEdited) {
      first = first.empty() ? input.path : first;
      brought.push_back("'" + printable(input.path) + "'");
    } else if (change == FileChange::kUnknown) {
      unknown.push_back("'" + printable(input.path) + "'");
    }
  }
  if (!unknown.empty()) {
    remarks.push_back(
        fmt::format("whether it brings {} itself is not known, as the base's files are not in this clone; "
                    "try: {}",
                    listed(unknown), tree->fix()));
  }
  return brought.empty() ? std::vector<Verdict>() : std::vector<Verdict>{input_of_change(brought, first)};
}

}  // namespace budgetcheck
