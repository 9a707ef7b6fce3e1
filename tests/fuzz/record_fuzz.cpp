#include "baseline/record.h"
#include "fuzz.h"
#include "results/trim.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string commit(40, 'a');
  const std::string text = fuzz::text_of(data, size);
  const auto record = read_record(text, commit);
  if (!record) {
    fuzz::require(!record.error().message.empty(), "a refusal has a reason");
    fuzz::require_printable(record.error().message, "messages are printable");
    return 0;
  }
  fuzz::require(record->commit == commit, "only a note of its own commit is a record");
  const std::string written = write_record(*record);
  const auto again = read_record(written, commit);
  fuzz::require(again && write_record(*again) == written, "what is written reads back as it was");
  fuzz::require(read_record_time(text, commit) == record->time, "the short way to the time agrees");
  for (const auto& [app, document] : record->apps) {
    const auto stored = read_stored(*record, app);
    if (!stored) {
      fuzz::require_printable(stored.error(), "messages are printable");
      continue;
    }
    Record trimmed = *record;
    trimmed.set(app, trim_results(stored->results, stored->outcome, stored->verdicts));
    fuzz::require(read_stored(trimmed, app).has_value(), "what was trimmed can be read");
  }
  return 0;
}
