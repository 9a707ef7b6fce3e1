#include "collect/logs/request_sink.h"

#include <utility>

#include "base/byte_order_mark.h"
#include "collect/http/request_fields.h"
#include "collect/logs/requests/request_reader.h"
#include "collect/logs/wrapped_line.h"
#include "collect/text/first_lines.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::size_t kSniffLines = 200;
constexpr std::size_t kSniffBytes = std::size_t{64} << 10;
/// So many of its first answers show what the times of a log are, or all when there are fewer. A number of answers, and
/// not what stands in so many bytes: a log that was cut into pieces must show the same.
constexpr std::size_t kLearned = 1000;

}  // namespace

RequestSink::RequestSink(const Source& source, const CollectContext& context, Log log, bool believes_times)
    : source_(source),
      log_(log),
      events_(context),
      requests_(source, context),
      times_(read_time_setting(source.settings), believes_times && log == Log::kOfRequests) {}

std::unique_ptr<LineSink::Reader> RequestSink::reader() {
  return std::make_unique<RequestReader>(
      log_ == Log::kOfMuchElse ? RequestReader::Wanted::kSure : RequestReader::Wanted::kAll,
      read_time_setting(source_.settings).field);
}

void RequestSink::add(Piece& piece, std::uint32_t lines_before) {
  const auto& requests = static_cast<const RequestRecords&>(piece);
  for (const RequestRecord& record : requests.records) {
    add(events_.read(record.record), lines_before + record.line);
  }
  lines_.add(requests.lines, lines_before);
}

void RequestSink::add(RequestEvent event, std::uint32_t line) {
  if (times_.learned()) {
    count(event, line);
    return;
  }
  Held held{event, event.route == nullptr ? LoggedRoute() : *event.route, line};
  held.event.record.time_name = *names_.emplace(event.record.time_name).first;
  held_answers_ += is_answer(event.record) ? 1U : 0U;
  held_.push_back(std::move(held));
  constexpr std::size_t kMostHeld = 100 * kLearned;
  if (held_answers_ >= (times_.decides() ? kLearned : 1) || held_.size() >= kMostHeld) {
    learn();
  }
}

void RequestSink::learn() {
  if (held_.empty()) {
    return;
  }
  std::vector<AccessRecord> answers;
  for (const Held& held : held_) {
    if (is_answer(held.event.record)) {
      answers.push_back(held.event.record);
    }
  }
  times_.learn(answers);
  for (Held& held : std::exchange(held_, {})) {
    held.event.route = held.event.route == nullptr ? nullptr : &held.route;
    count(held.event, held.line);
  }
  held_answers_ = 0;
}

void RequestSink::count(RequestEvent& event, std::uint32_t line) {
  if (is_answer(event.record) && event.record.status != 0) {
    event.record.time_ms = times_.of(event.record);
  }
  requests_.add(event, line);
}

bool RequestSink::times_refuted() {
  learn();
  return times_.refuted();
}

void RequestSink::report(Input& input, Facts& facts) {
  learn();
  lines_.settle();
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

bool FirstRequest::shows() const { return line <= kSniffLines && end <= kSniffBytes; }

std::optional<FirstRequest> first_json_request(std::string_view head) {
  std::vector<json::LineField> fields;
  std::string buffer;
  FirstRequest at;
  for (FirstLines lines(without_byte_order_mark(head.substr(0, kSniffBytes)), kSniffLines); lines.next();) {
    const std::string_view line = unwrapped_line(lines.guarded(), buffer);
    ++at.line;
    if (json::read_line_fields(line, fields) && read_json_access(line, fields).kind != Kind::kNone) {
      at.end = static_cast<std::uint64_t>(lines.line().data() + lines.line().size() - head.data());
      return at;
    }
  }
  return std::nullopt;
}

}  // namespace budgetcheck
