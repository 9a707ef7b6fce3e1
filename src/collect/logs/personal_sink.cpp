#include "collect/logs/personal_sink.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "collect/account.h"
#include "collect/personal_data/line_search.h"

namespace budgetcheck {
namespace {

struct PersonalPiece final : LineSink::Piece {
  personal::FoundValues found;
  std::uint32_t passed = 0;
};

class PersonalReader final : public LineSink::Reader {
 public:
  explicit PersonalReader(const personal::Search& search) : lines_(search) {}

  void read(const LogLine& line) override {
    if (line.too_long) {
      ++passed_;
    } else {
      lines_.look(line.text, line.object, line.number);
    }
  }

  std::unique_ptr<LineSink::Piece> take(std::unique_ptr<LineSink::Piece> spare) override {
    std::unique_ptr<LineSink::Piece> piece = spare != nullptr ? std::move(spare) : std::make_unique<PersonalPiece>();
    auto& own = static_cast<PersonalPiece&>(*piece);
    own.found = lines_.take();
    own.passed = std::exchange(passed_, 0);
    return piece;
  }

 private:
  personal::LineSearch lines_;
  std::uint32_t passed_ = 0;
};

}  // namespace

std::unique_ptr<LineSink::Reader> PersonalSink::reader() { return std::make_unique<PersonalReader>(search_); }

void PersonalSink::add(Piece& piece, std::uint32_t lines_before) {
  auto& own = static_cast<PersonalPiece&>(piece);
  found_.add(own.found, lines_before);
  passed_ += own.passed;
}

void PersonalSink::report(Input& input, Facts& facts) {
  if (passed_ > 0) {
    Account(input).incomplete(
        fmt::format("{} too long to look for personal data", counted(passed_, "line is", "lines are")),
        "log less in one line");
  }
  found_.report(input, facts.personal);
}

std::unique_ptr<PersonalSink> personal_sink(const CollectContext& context) {
  return context.telemetry != nullptr && context.telemetry->personal_data
             ? std::make_unique<PersonalSink>(*context.telemetry->personal_data)
             : nullptr;
}

}  // namespace budgetcheck
