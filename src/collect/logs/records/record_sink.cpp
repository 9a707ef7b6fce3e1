#include "collect/logs/records/record_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/logs/records/key_values.h"

namespace budgetcheck {
namespace {

struct Records final : LineSink::Piece {
  explicit Records(const RecordRequirements& requirements) : counts(requirements) {}
  RecordCounts counts;
  LineCounts lines;

  void clear() {
    counts.clear();
    lines = {};
  }
};

class RecordReaderOfLines final : public LineSink::Reader {
 public:
  RecordReaderOfLines(const RecordRequirements& requirements, RecordSink::Log log)
      : requirements_(requirements), log_(log), fields_(requirements.wanted()) {}

  void read(const LogLine& line) override {
    ++piece_->lines.read;
    SeenRecord record;
    const bool is_record = line.object != nullptr
                               ? fields_.read(line.text, *line.object, record)
                               : log_ == RecordSink::Log::kOfKeyValues && !line.too_long &&
                                     read_key_values(line.text, pairs_) && fields_.read(pairs_, record);
    if (!is_record) {
      piece_->lines.add_broken(line.number);
      return;
    }
    if (line.object == nullptr) {
      record.library = "logfmt";
    }
    piece_->counts.add(record, line.number);
  }

  std::unique_ptr<LineSink::Piece> take(std::unique_ptr<LineSink::Piece> spare) override {
    std::unique_ptr<Records> next(static_cast<Records*>(spare.release()));
    if (next == nullptr) {
      next = std::make_unique<Records>(requirements_);
    }
    next->clear();
    return std::exchange(piece_, std::move(next));
  }

 private:
  const RecordRequirements& requirements_;
  RecordSink::Log log_;
  RecordFields fields_;
  std::vector<json::LineField> pairs_;
  std::unique_ptr<Records> piece_ = std::make_unique<Records>(requirements_);
};

}  // namespace

RecordSink::RecordSink(const Source& source, const CollectContext& context, Log log)
    : source_(source), log_(log), requirements_(context.telemetry), counts_(requirements_) {}

bool RecordSink::is_wanted(const CollectContext& context) {
  const bool is_required =
      context.telemetry != nullptr &&
      std::any_of(context.telemetry->required.begin(), context.telemetry->required.end(),
                  [](const TelemetryRequirement& one) { return one.on == TelemetryRequirement::On::kLog; });
  // Where everything is measured nobody asks for this in particular, and a log that is read in parts has to give the
  // same as one that is not.
  return is_required || (!context.wishes.everything && context.wishes.want("logs.correlated"));
}

std::unique_ptr<LineSink::Reader> RecordSink::reader() {
  return std::make_unique<RecordReaderOfLines>(requirements_, log_);
}

void RecordSink::add(Piece& piece, std::uint32_t lines_before) {
  const auto& records = static_cast<const Records&>(piece);
  counts_.add(records.counts, lines_before);
  lines_.add(records.lines, lines_before);
}

void RecordSink::report(Input& input, Facts& facts) {
  Account account(input);
  if (log_ != Log::kOfMuchElse) {
    if (counts_.empty()) {
      account.incomplete(fmt::format("none of its {} is a record of a log", counted(lines_.read, "line")),
                         "write each record as one object of JSON on a line of its own, with a level and a message",
                         "logs.", Location::of(source_.path), facts);
    } else if (lines_.broken > 0) {
      const std::string text = fmt::format(
          "{} of {} {} no record (text, or a line that breaks off) and in no number, the first in line {}",
          lines_.broken, counted(lines_.read, "line"), lines_.broken == 1 ? "is" : "are", lines_.first_broken);
      // Stacks and banners run into many logs; where they are most of it, the records are what is lost.
      if (lines_.broken * 2 > lines_.read) {
        account.incomplete(text, "write the log to a file of its own, with each record on one line");
      } else {
        account.note(text);
      }
    }
  } else if (!counts_.empty()) {
    input.families.emplace_back("logs.");
    input.feeds.push_back(FactKind::kLogRecords);
  }
  counts_.report(source_.path, account, facts);
}

}  // namespace budgetcheck
