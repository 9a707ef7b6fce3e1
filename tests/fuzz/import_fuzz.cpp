#include <array>

#include "budget/import/import.h"
#include "fuzz.h"
#include "json/document.h"

/// Another tool's configuration: whatever it holds, what is written is YAML with as many budgets.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  if (size == 0) {
    return 0;
  }
  static constexpr std::array<const char*, 6> kPaths{"lighthouserc.json",       "budget.json",      "package.json",
                                                     "bundlewatch.config.json", ".bundlemonrc.yml", ".size-limit"};
  const std::string text = fuzz::text_of(data + 1, size - 1);
  const auto import = import_budgets(kPaths.at(data[0] % kPaths.size()), text);
  if (!import) {
    fuzz::require(!import.error().empty(), "a refusal has a reason");
    return 0;
  }
  fuzz::require(!import->budgets.empty() || !import->remarks.empty(), "nothing is dropped in silence");
  DraftFile draft;
  draft.inputs = import->inputs;
  draft.budgets = import->budgets;
  for (const ImportRemark& remark : import->remarks) {
    fuzz::require_printable(remark.subject, "names are printable");
    draft.closing.push_back(remark.text);
  }
  const std::string written = write_budgets(draft);
  const auto document = json::read_yaml("budgets.yml", written);
  fuzz::require(document.has_value(), "what is written is YAML");
  const json::Value* budgets = document->find("budgets");
  const std::size_t count = budgets == nullptr ? 0 : budgets->array()->size();
  fuzz::require(count == import->budgets.size(), "every budget is written");
  return 0;
}
