#include "collect/logs/requests/request_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

/// What is looked for where most lines are those of something else.
bool may_be_request(std::string_view line) {
  return line.find("responseTime") != std::string_view::npos || line.find("incoming request") != std::string_view::npos;
}

}  // namespace

RequestReader::RequestReader(Wanted wanted, std::string time_field) : wanted_(wanted) {
  if (!time_field.empty()) {
    time_field_.emplace(std::vector<std::string>{std::move(time_field)});
  }
}

void RequestReader::read(const LogLine& line) {
  if (wanted_ == Wanted::kSure) {
    if (line.object != nullptr) {
      const AccessRecord record = records_.read(line.text, *line.object);
      if (record.kind != Kind::kNone && may_be_request(line.text)) {
        keep(record, line);
      }
    }
    return;
  }
  RequestLines& lines = piece_->lines;
  const bool json = !line.too_long && trim(line.text).starts_with('{');
  AccessRecord record;
  bool is_comment = false;
  if (line.object != nullptr) {
    record = records_.read(line.text, *line.object);
    take_time_field(line, record);
  } else if (!json && !line.too_long) {
    record = text_.read(line.text, is_comment);
  }
  if (is_comment) {
    piece_->has_comments = true;
    return;
  }
  ++lines.counts.read;
  lines.json = lines.json || line.object != nullptr;
  lines.began = lines.began || record.kind != Kind::kNone || line.object != nullptr || json;
  if (record.kind == Kind::kNone && line.object == nullptr) {
    lines.add_broken(line.number);
  }
  keep(record, line);
}

std::unique_ptr<LineSink::Piece> RequestReader::take(std::unique_ptr<LineSink::Piece> spare) {
  std::unique_ptr<RequestRecords> next(static_cast<RequestRecords*>(spare.release()));
  if (next == nullptr) {
    next = std::make_unique<RequestRecords>();
  }
  next->clear();
  return std::exchange(piece_, std::move(next));
}

/// The field that the budgets file names.
void RequestReader::take_time_field(const LogLine& line, AccessRecord& record) {
  if (!time_field_ || record.method.empty() || record.url.empty() || record.status == 0) {
    return;
  }
  time_field_->read(line.text);
  const json::LineField* field = time_field_->at(0);
  record.numbers[0] = field == nullptr ? LoggedNumber() : logged_number(field->raw);
  record.time_ms = field == nullptr ? -1 : duration_with_unit(field->raw);
  record.kind = record.numbers[0].is_number() && record.kind == Kind::kNone ? Kind::kWhole : record.kind;
}

void RequestReader::keep(AccessRecord record, const LogLine& line) {
  RequestLines& lines = piece_->lines;
  lines.last_ms = std::max(lines.last_ms, record.at_ms);
  if (record.kind == Kind::kNone) {
    return;
  }
  if (is_answer(record) && record.body_bytes < 0 && record.json && record.status != 0) {
    record.body_bytes = content_length_in(line.text);
  }
  const bool surely = wanted_ == Wanted::kAllTold && line.object != nullptr && may_be_request(line.text);
  if (surely) {
    piece_->last_sure_ms = std::max(piece_->last_sure_ms, record.at_ms);
  }
  piece_->records.push_back({record, line.number, surely});
}

}  // namespace budgetcheck
