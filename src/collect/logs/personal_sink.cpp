#include "collect/logs/personal_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "collect/account.h"
#include "collect/personal_data/prefilter.h"
#include "collect/personal_data/text_walk.h"

namespace budgetcheck {
namespace {

using personal::Prefilter;

struct PersonalPiece final : LineSink::Piece {
  personal::FoundValues found;
  std::uint32_t passed = 0;
};

class PersonalReader final : public LineSink::Reader {
 public:
  explicit PersonalReader(const personal::Search& search) : walk_(search, found_) {}

  void read(const LogLine& line) override {
    if (line.too_long) {
      ++passed_;
    } else if (may_hold(line)) {
      walk_.look(line.text, line.number);
    }
  }

  std::unique_ptr<LineSink::Piece> take(std::unique_ptr<LineSink::Piece> spare) override {
    std::unique_ptr<LineSink::Piece> piece = spare != nullptr ? std::move(spare) : std::make_unique<PersonalPiece>();
    auto& own = static_cast<PersonalPiece&>(*piece);
    own.found = std::exchange(found_, {});
    own.passed = std::exchange(passed_, 0);
    return piece;
  }

 private:
  /// Lines of one layout have the same names, unless a list holds objects: then they are looked at once.
  bool may_hold(const LogLine& line) {
    const std::uint64_t layout = line.object == nullptr ? 0 : line.object->layout();
    if (layout == 0) {
      return Prefilter::may_hold(line.text);
    }
    Layout& known = known_.at(layout % json::LineReader::kLayouts);
    if (known.number != layout) {
      known.number = layout;
      const auto& fields = line.object->fields();
      const bool lists = std::any_of(fields.begin(), fields.end(), [](const json::LineField& field) {
        return field.type == json::LineField::Type::kArray;
      });
      known.names =
          lists || Prefilter::names_secret(line.text) ? Prefilter::Names::kLookedAt : Prefilter::Names::kKnown;
    }
    return Prefilter::may_hold(line.text, known.names);
  }

  struct Layout {
    std::uint64_t number = 0;
    Prefilter::Names names = Prefilter::Names::kLookedAt;
  };

  personal::FoundValues found_;
  std::uint32_t passed_ = 0;
  personal::TextWalk walk_;
  std::array<Layout, json::LineReader::kLayouts> known_;
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
