#include "collect/logs/request_sink.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "collect/http/request_fields.h"
#include "collect/text/first_lines.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::size_t kSniffLines = 200;
constexpr std::size_t kSniffBytes = std::size_t{64} << 10;

struct Record {
  AccessRecord record;
  std::uint32_t line = 0;  ///< from 1, within the piece
};

struct Requests final : LineSink::Piece {
  std::vector<Record> records;
  RequestLines lines;
};

/// What is looked for where most lines are those of something else.
bool may_be_request(std::string_view line) {
  return line.find("responseTime") != std::string_view::npos || line.find("incoming request") != std::string_view::npos;
}

class RequestReader final : public LineSink::Reader {
 public:
  explicit RequestReader(bool among_others) : among_others_(among_others) {}

  void read(const LogLine& line) override {
    if (among_others_) {
      read_among_others(line);
      return;
    }
    RequestLines& lines = piece_->lines;
    ++lines.counts.read;
    const bool json = !line.too_long && trim(line.text).starts_with('{');
    AccessRecord record;
    if (line.object != nullptr) {
      record = records_.read(*line.object);
    } else if (!json && !line.too_long) {
      record = read_common_log(line.text);
    }
    lines.json = lines.json || line.object != nullptr;
    if (record.kind == Kind::kNone && line.object == nullptr) {
      lines.counts.add_broken(line.number);
    }
    keep(record, line);
  }

  std::unique_ptr<LineSink::Piece> take() override { return std::exchange(piece_, std::make_unique<Requests>()); }

 private:
  void read_among_others(const LogLine& line) {
    if (line.object == nullptr) {
      return;
    }
    AccessRecord record = records_.read(*line.object);
    if (record.kind != Kind::kNone && may_be_request(line.text)) {
      keep(record, line);
    }
  }

  void keep(AccessRecord record, const LogLine& line) {
    RequestLines& lines = piece_->lines;
    lines.last_ms = std::max(lines.last_ms, record.at_ms);
    if (record.kind == Kind::kNone) {
      return;
    }
    const bool ends = record.kind == Kind::kEnd || record.kind == Kind::kWhole;
    if (ends && record.body_bytes < 0 && record.json && record.status != 0) {
      record.body_bytes = content_length_in(line.text);
    }
    piece_->records.push_back({record, line.number});
  }

  bool among_others_;
  AccessReader records_;
  std::unique_ptr<Requests> piece_ = std::make_unique<Requests>();
};

}  // namespace

RequestSink::RequestSink(const Source& source, const CollectContext& context, Log log)
    : source_(source), log_(log), requests_(source, context) {}

std::unique_ptr<LineSink::Reader> RequestSink::reader() {
  return std::make_unique<RequestReader>(log_ == Log::kOfMuchElse);
}

void RequestSink::add(Piece& piece, std::uint32_t lines_before) {
  const auto& requests = static_cast<const Requests&>(piece);
  for (const Record& record : requests.records) {
    requests_.add(record.record, lines_before + record.line);
  }
  lines_.add(requests.lines, lines_before);
}

void RequestSink::report(Input& input, Facts& facts) {
  requests_.finish(lines_.last_ms);
  const bool among_others = log_ == Log::kOfMuchElse;
  if (among_others && requests_.counts().requests == 0) {
    return;
  }
  if (among_others) {
    input.families.emplace_back("payload.");
  }
  report_requests(source_, requests_, lines_, among_others, input, facts);
}

bool has_json_requests(std::string_view head) {
  std::vector<json::LineField> fields;
  for (FirstLines lines(without_byte_order_mark(head.substr(0, kSniffBytes)), kSniffLines); lines.next();) {
    if (json::read_line_fields(lines.guarded(), fields) && read_json_access(fields).kind != Kind::kNone) {
      return true;
    }
  }
  return false;
}

}  // namespace budgetcheck
