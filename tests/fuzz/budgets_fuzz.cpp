#include "budget/edit/edit_budgets.h"
#include "budget/load.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  if (size == 0) {
    return 0;
  }
  const std::string path = data[0] % 2 == 1 ? "budgets.yml" : "budgets.json";
  MemoryFileSystem files;
  files.add(path, fuzz::text_of(data + 1, size - 1));
  files.add("perf/rules/own.json",
            R"({"id":"own","title":"Own","kind":"pattern","on":"package","pattern":"^moment$"})");
  const auto budgets = load_budgets(files, path);
  if (!budgets) {
    fuzz::require(!budgets.error().empty(), "a refusal has a reason");
    for (const Error& error : budgets.error()) {
      fuzz::require_printable(error.message, "messages are printable");
      fuzz::require_printable(error.hint, "hints are printable");
    }
    return 0;
  }
  for (std::size_t i = 0; i < budgets->budgets.size() && i < 3; ++i) {
    if (budgets->budgets[i].max) {
      const std::string before = fuzz::text_of(data + 1, size - 1);
      const Expected<std::string> edited =
          edit_budgets(path, before, {{i, "max", "", "7", Raised{"a # b", "@web", "2027-01-31"}}});
      fuzz::require(!edited || *edited != before, "an edit changes something");
      if (!edited) {
        fuzz::require_printable(edited.error().hint, "hints are printable");
      }
    }
  }
  for (const Budget& budget : budgets->budgets) {
    fuzz::require(!budget.metric || budget.min || budget.max || budget.max_increase, "a budget has a limit");
    fuzz::require(!budget.max || *budget.max >= 0, "a limit is zero or more");
  }
  return 0;
}
