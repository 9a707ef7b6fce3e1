#include "fuzz.h"
#include "json/document.h"
#include "json/writer.h"

// A document that was read can be written, and what was written reads back as the same document.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  if (size == 0) {
    return 0;
  }
  const std::string text = fuzz::text_of(data + 1, size - 1);
  const bool yaml = data[0] % 2 == 1;
  const auto document = yaml ? json::read_yaml("f.yml", text) : json::read_json("f.json", text);
  if (!document) {
    fuzz::require(!document.error().empty(), "a refusal has a reason");
    for (const Error& error : document.error()) {
      fuzz::require_printable(error.message, "messages are printable");
    }
    return 0;
  }
  const std::string written = json::to_json(*document);
  const auto again = json::read_json("f.json", written);
  fuzz::require(again.has_value(), "what was written reads back");
  fuzz::require(json::to_json(*again) == written, "writing is stable");
  return 0;
}
