#include "collect/personal_data/input_search.h"
#include "collect/personal_data/search.h"
#include "fuzz.h"

// The search for personal data over any bytes: as a document, as lines, and as the text of a report, which comes out
// without what was found in it.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  constexpr std::size_t kMaxSize = 20'000;
  if (size > kMaxSize) {
    return 0;
  }
  const std::string text = fuzz::text_of(data, size);
  PersonalDataSettings settings;
  settings.allow = {"*@corp.example", "10.0.0.0/8"};
  settings.ignore_fields = {"a.*"};
  const auto content = content_from_string(text);
  Input input;
  input.path = "in";
  Facts facts;
  search_personal_data(*content, "har", settings, input, facts);
  for (const PersonalValues& values : facts.personal.values) {
    fuzz::require_printable(values.field, "a field's name");
    fuzz::require_printable(values.sample, "a sample");
    fuzz::require(values.count > 0 && values.location.line > 0, "a value has a place and a count");
  }
  const personal::Search search(settings);
  const std::string masked = search.masked(text, "");
  fuzz::require(search.masked(text, text) == text, "what stands in the budgets file stays");
  fuzz::require(masked.size() <= 2 * text.size() + 1, "a mask is no longer than what shows that something was there");
  return 0;
}
