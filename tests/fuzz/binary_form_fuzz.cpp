#include "collect/binary_forms.h"
#include "collect/unpack.h"
#include "fuzz.h"

// Bytes that are no text: what packs them, and what is said of it.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string bytes = fuzz::text_of(data, size);
  if (const std::optional<BinaryForm> form = binary_form(bytes)) {
    fuzz::require_printable(form->what, "what it is is printable");
    fuzz::require(!form->what.empty() && !form->hint.empty(), "who passes it is told what to do");
  }
  const Expected<std::unique_ptr<FileContent>> unpacked = unpack("input", content_from_string(bytes));
  if (!unpacked) {
    fuzz::require_printable(unpacked.error().message, "messages are printable");
    fuzz::require(!unpacked.error().hint.empty(), "who passes it is told what to do");
  }
  return 0;
}
