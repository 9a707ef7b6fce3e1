#include <cmath>
#include <set>

#include "collect/capture/field_sizes.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string text = fuzz::text_of(data, size);
  (void)field_sizes_of_body(text);
  const auto fields = field_sizes(text);
  if (!fields) {
    return 0;
  }
  fuzz::require(fields->size() <= kMaxFields, "the number of fields is bounded");
  double sum = 0;
  std::set<std::string> names;
  for (const FieldSize& field : *fields) {
    fuzz::require_printable(field.path, "names are printable");
    fuzz::require(names.insert(field.path).second, "every field is named once");
    fuzz::require(field.bytes > 0, "every field has bytes");
    sum += field.bytes;
  }
  const std::string trimmed(text.data(), text.find_last_not_of(" \t\r\n") + 1);
  fuzz::require(sum <= static_cast<double>(text.size()) && sum + 3 >= static_cast<double>(trimmed.size()),
                "the fields add up to the text");
  return 0;
}
