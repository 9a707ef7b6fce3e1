#include "fuzz.h"
#include "json/stream/select.h"
#include "json/writer.h"

// Whatever selecting everything accepts, selecting parts accepts too. Not the other way round: of an unwanted container
// only brackets, strings and encoding are looked at.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string text = fuzz::text_of(data, size);
  json::Selector whole;
  whole.keep("");
  const auto all = json::select_text("f.json", text, whole);

  std::size_t visited = 0;
  json::Selector parts;
  parts.keep("a/*/b")
      .keep("assets/*/name")
      .keep_length_and_tail("assets/*/source", 2)
      .keep("entrypoints/*/assets/*/name");
  parts.each("modules/*", [&](std::string_view /*key*/, json::Value&& /*value*/) { return ++visited < 10'000; });
  parts.keep("modules/*/name").keep("modules/*/size");
  const auto some = json::select_text("f.json", text, parts);
  fuzz::require(!all.has_value() || some.has_value(), "what is JSON as a whole is JSON in parts");
  if (!all) {
    fuzz::require_printable(all.error().message, "messages are printable");
    return 0;
  }
  const std::string written = json::to_json(*all);
  const auto again = json::select_text("f.json", written, whole);
  fuzz::require(again.has_value() && json::to_json(*again) == written, "what was written reads back");
  const auto content = content_from_string(text);
  const auto mapped = json::select("f.json", *content, whole);
  fuzz::require(mapped.has_value() && json::to_json(*mapped) == written, "a file reads like its text");
  return 0;
}
