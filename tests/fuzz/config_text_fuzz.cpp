#include "cli/init/project/config_text.h"
#include "collect/bundle/pages/html_page.h"
#include "fuzz.h"

// What init and folders of builds read as text: a configuration, a page, a script.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string text = fuzz::text_of(data, size);
  const ConfigText config(text);
  for (const char* key : {"outDir", "build.outDir", "output.path", "adapter.pages", "a"}) {
    for (const ConfigValue& value : config.find(key)) {
      fuzz::require(value.is_literal || value.text.empty(), "only a literal has a text");
      fuzz::require(value.line >= 1, "a key has a line");
    }
  }
  for (const PageFile& file : files_of_page(text)) {
    fuzz::require(!file.url.empty(), "a file has a URL");
  }
  static_cast<void>(static_imports(text));
  return 0;
}
