#include "collect/logs/request_sink.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "collect/http/request_fields.h"
#include "collect/logs/request_text.h"
#include "collect/logs/wrapped_line.h"
#include "collect/text/first_lines.h"
#include "json/lines/line_paths.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::size_t kSniffLines = 200;
constexpr std::size_t kSniffBytes = std::size_t{64} << 10;
/// Before its first request a log may hold what the program said when it began.
constexpr std::uint64_t kMostBefore = 50;

struct Record {
  AccessRecord record;
  std::uint32_t line = 0;  ///< from 1, within the piece
};

struct Requests final : LineSink::Piece {
  std::vector<Record> records;
  RequestLines lines;

  void clear() {
    records.clear();
    lines = {};
  }
};

/// What is looked for where most lines are those of something else.
bool may_be_request(std::string_view line) {
  return line.find("responseTime") != std::string_view::npos || line.find("incoming request") != std::string_view::npos;
}

bool is_answer(const AccessRecord& record) { return record.kind == Kind::kEnd || record.kind == Kind::kWhole; }

class RequestReader final : public LineSink::Reader {
 public:
  RequestReader(bool among_others, std::string time_field) : among_others_(among_others) {
    if (!time_field.empty()) {
      time_field_.emplace(std::vector<std::string>{std::move(time_field)});
    }
  }

  void read(const LogLine& line) override {
    if (among_others_) {
      read_among_others(line);
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
      return;
    }
    ++lines.counts.read;
    lines.json = lines.json || line.object != nullptr;
    began_ = began_ || record.kind != Kind::kNone || line.object != nullptr || json;
    if (!began_ && before_ < kMostBefore) {
      ++before_;
      ++lines.before;
      --lines.counts.read;
    } else if (record.kind == Kind::kNone && line.object == nullptr) {
      lines.counts.add_broken(line.number);
    }
    keep(record, line);
  }

  std::unique_ptr<LineSink::Piece> take(std::unique_ptr<LineSink::Piece> spare) override {
    std::unique_ptr<Requests> next(static_cast<Requests*>(spare.release()));
    if (next == nullptr) {
      next = std::make_unique<Requests>();
    }
    next->clear();
    return std::exchange(piece_, std::move(next));
  }

 private:
  void read_among_others(const LogLine& line) {
    if (line.object == nullptr) {
      return;
    }
    AccessRecord record = records_.read(line.text, *line.object);
    if (record.kind != Kind::kNone && may_be_request(line.text)) {
      keep(record, line);
    }
  }

  /// The field that the budgets file names.
  void take_time_field(const LogLine& line, AccessRecord& record) {
    if (!time_field_ || record.method.empty() || record.url.empty() || record.status == 0) {
      return;
    }
    time_field_->read(line.text);
    const json::LineField* field = time_field_->at(0);
    record.numbers[0] = field == nullptr ? LoggedNumber() : logged_number(field->raw);
    record.time_ms = field == nullptr ? -1 : duration_with_unit(field->raw);
    record.kind = record.numbers[0].is_number() && record.kind == Kind::kNone ? Kind::kWhole : record.kind;
  }

  void keep(AccessRecord record, const LogLine& line) {
    RequestLines& lines = piece_->lines;
    lines.last_ms = std::max(lines.last_ms, record.at_ms);
    if (record.kind == Kind::kNone) {
      return;
    }
    if (is_answer(record) && record.body_bytes < 0 && record.json && record.status != 0) {
      record.body_bytes = content_length_in(line.text);
    }
    piece_->records.push_back({record, line.number});
  }

  bool among_others_;
  AccessReader records_;
  RequestText text_;
  std::optional<json::PathReader> time_field_;
  bool began_ = false;
  std::uint64_t before_ = 0;
  std::unique_ptr<Requests> piece_ = std::make_unique<Requests>();
};

}  // namespace

RequestSink::RequestSink(const Source& source, const CollectContext& context, Log log, bool believes_times)
    : source_(source),
      log_(log),
      requests_(source, context),
      times_(read_time_setting(source.settings), believes_times && log == Log::kOfRequests) {}

std::unique_ptr<LineSink::Reader> RequestSink::reader() {
  return std::make_unique<RequestReader>(log_ == Log::kOfMuchElse, read_time_setting(source_.settings).field);
}

void RequestSink::add(Piece& piece, std::uint32_t lines_before) {
  const auto& requests = static_cast<const Requests&>(piece);
  if (!times_.learned()) {
    std::vector<AccessRecord> first;
    for (const Record& record : requests.records) {
      if (is_answer(record.record)) {
        first.push_back(record.record);
      }
    }
    times_.learn(first);
  }
  for (const Record& record : requests.records) {
    AccessRecord known = record.record;
    if (is_answer(known) && known.status != 0) {
      known.time_ms = times_.of(known);
    }
    requests_.add(known, lines_before + record.line);
  }
  lines_.add(requests.lines, lines_before);
}

void RequestSink::report(Input& input, Facts& facts) {
  requests_.finish(lines_.last_ms);
  const bool among_others = log_ == Log::kOfMuchElse;
  if (among_others && requests_.counts().requests == 0 && requests_.counts().ends == 0) {
    return;
  }
  if (among_others) {
    input.families.emplace_back("payload.");
  }
  report_requests(source_, requests_, lines_, times_, among_others, input, facts);
}

bool has_json_requests(std::string_view head) {
  std::vector<json::LineField> fields;
  std::string buffer;
  for (FirstLines lines(without_byte_order_mark(head.substr(0, kSniffBytes)), kSniffLines); lines.next();) {
    const std::string_view line = unwrapped_line(lines.guarded(), buffer);
    if (json::read_line_fields(line, fields) && read_json_access(line, fields).kind != Kind::kNone) {
      return true;
    }
  }
  return false;
}

}  // namespace budgetcheck
