#include "collect/join.h"
#include "collect/measure.h"
#include "fuzz.h"
#include "results/measured/measured.h"

// The first byte says what the others are: 0 a file that measure wrote, 1 the statements of a piece of a log, 2 the
// requests of one among statements, 3 those of an access log.
namespace budgetcheck {
namespace {

void require_sound(const Facts& facts) {
  for (const std::string& note : facts.notes) {
    fuzz::require_printable(note, "notes are printable");
  }
  for (const Input& input : facts.inputs) {
    fuzz::require_printable(input.message, "messages are printable");
  }
}

void join(const std::vector<MeasuredPart>& parts) {
  const ExpectedAll<Measured> joined = join_measured(parts);
  if (!joined) {
    fuzz::require(!joined.error().empty(), "a refusal has a reason");
    for (const Error& error : joined.error()) {
      fuzz::require_printable(error.message, "messages are printable");
    }
    return;
  }
  const Facts facts = combine(*joined);
  require_sound(facts);
  (void)write_measured(*joined, facts);
}

void fuzz_file(std::string_view text) {
  const auto content = content_from_string(text);
  const Expected<Measured> measured = read_measured("part.json", *content);
  if (!measured) {
    fuzz::require_printable(measured.error().message, "messages are printable");
    return;
  }
  require_sound(combine(*measured));
  const std::string written = write_measured(*measured, {});
  const auto again_content = content_from_string(written);
  const Expected<Measured> again = read_measured("part.json", *again_content);
  fuzz::require(again && write_measured(*again, {}) == written, "what is written reads back as it was");
  join({{"a.json", *measured}});
  join({{"a.json", *measured}, {"b.json", *measured}});
}

void fuzz_piece(std::string_view bytes, std::uint8_t kind) {
  MeasuredInput one;
  one.piece.emplace();
  LogPiece& piece = *one.piece;
  piece.of = "app.log";
  piece.number = piece.count = 1;
  piece.format = kind == 3 ? "access-log" : "query-log";
  piece.request_line = kind == 2 ? 1 : 0;
  piece.queries = kind == 1 ? std::string(bytes) : std::string(11, '\0');
  piece.requests = kind == 1 ? std::string() : std::string(bytes);
  Measured measured;
  measured.inputs.push_back(std::move(one));
  join({{"a.json", measured}});
}

}  // namespace
}  // namespace budgetcheck

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  if (size == 0) {
    return 0;
  }
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::uint8_t kind = data[0] % 4;
  if (kind == 0) {
    fuzz_file(rest);
  } else {
    fuzz_piece(rest, kind);
  }
  return 0;
}
