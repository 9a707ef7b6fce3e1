#include "collect/logs/pieces/request_piece.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/text.h"
#include "collect/logs/requests/request_reader.h"
#include "model/measured.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::uint64_t kMostLine = std::numeric_limits<std::uint32_t>::max();

/// What an event has, as bits of its first whole number; the kind is below them.
enum Has : std::uint32_t {
  kHasId = 8,
  kRoute = 16,
  kJson = 32,
  kCaddy = 64,
  kSurely = 128,
  kTime = 256,
  kKey = 512,
  kNumbers = 1024,
  kMostHas = 2047,
};

std::uint32_t bit(bool is_set, Has value) { return is_set ? static_cast<std::uint32_t>(value) : 0U; }

bool is_none(const LoggedNumber& number) { return number.decimals == LoggedNumber::kNone; }

/// From -2 on.
constexpr std::int8_t kLeastDecimals = LoggedNumber::kAbsent;

}  // namespace

std::unique_ptr<LineSink::Reader> RequestPieceSink::reader() {
  return std::make_unique<RequestReader>(RequestReader::Wanted::kAllTold, time_field_);
}

void RequestPieceSink::add(Piece& piece, std::uint32_t lines_before) {
  const auto& requests = static_cast<const RequestRecords&>(piece);
  for (const RequestRecord& record : requests.records) {
    pack(events_.read(record.record), lines_before + record.line, record.surely);
  }
  head_.lines.add(requests.lines, lines_before);
  head_.last_sure_ms = std::max(head_.last_sure_ms, requests.last_sure_ms);
  head_.has_comments = head_.has_comments || requests.has_comments;
}

void RequestPieceSink::pack(const RequestEvent& event, std::uint32_t line, bool surely) {
  if (++head_.events > LogPiece::kMostEvents) {
    return;  // it is refused
  }
  const AccessRecord& record = event.record;
  const bool has_numbers = !std::all_of(record.numbers.begin(), record.numbers.end(), is_none);
  out_.whole(static_cast<std::uint32_t>(record.kind) | bit(event.has_id, kHasId) | bit(event.route != nullptr, kRoute) |
             bit(record.json, kJson) | bit(record.caddy, kCaddy) | bit(surely, kSurely) |
             bit(record.at_ms >= 0, kTime) | bit(event.key != 0, kKey) | bit(has_numbers, kNumbers));
  out_.whole(line - line_);
  line_ = line;
  if (record.at_ms >= 0) {
    const double step = record.at_ms - at_ms_;
    const bool comes_back = step >= 0 && at_ms_ + step == record.at_ms;
    out_.byte(comes_back ? 1 : 0);
    out_.number(comes_back ? step : record.at_ms);
    at_ms_ = record.at_ms;
  }
  if (event.key != 0) {
    out_.hash(event.key);
  }
  if (event.route != nullptr) {
    pack_route(*event.route);
  }
  if (!is_answer(record)) {
    return;
  }
  out_.number(record.status);
  out_.number(record.body_bytes);
  out_.number(record.transfer_bytes);
  out_.number(record.time_ms);
  if (has_numbers) {
    for (const LoggedNumber& number : record.numbers) {
      out_.whole(static_cast<std::uint64_t>(number.decimals - kLeastDecimals));
      if (!is_none(number)) {
        out_.number(number.value);
      }
    }
    pack_name(record.time_name);
  }
}

void RequestPieceSink::pack_route(const LoggedRoute& route) {
  const auto flags =
      static_cast<std::uint8_t>((route.given ? 1U : 0U) | (route.counts ? 2U : 0U) | (route.inferred ? 4U : 0U));
  const auto [at, is_new] =
      routes_.try_emplace(route.name + static_cast<char>(flags), static_cast<std::uint32_t>(routes_.size()));
  out_.whole(at->second);
  if (is_new) {
    out_.text(route.name);
    out_.byte(flags);
  }
}

void RequestPieceSink::pack_name(std::string_view name) {
  const auto [at, is_new] = names_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
  out_.whole(at->second);
  if (is_new) {
    out_.text(name);
  }
}

std::string RequestPieceSink::take_bytes() {
  const RequestLines& lines = head_.lines;
  PackedWriter head;
  head.whole(head_.events);
  head.number(head_.last_sure_ms);
  head.whole(lines.counts.read);
  head.whole(lines.counts.broken);
  head.whole(lines.counts.first_broken);
  head.number(lines.last_ms);
  head.byte(
      static_cast<std::uint8_t>((lines.json ? 1U : 0U) | (lines.began ? 2U : 0U) | (head_.has_comments ? 4U : 0U)));
  head.whole(lines.leading);
  head.whole(lines.leading_lines.size());
  for (const std::uint32_t line : lines.leading_lines) {
    head.whole(line);
  }
  head.whole(lines.first_broken_behind);
  return head.take() + out_.take();
}

RequestPieceReader::RequestPieceReader(std::string_view bytes) : in_(bytes) {
  head_.events = in_.whole_to(LogPiece::kMostEvents);
  head_.last_sure_ms = in_.number();
  RequestLines& lines = head_.lines;
  lines.counts.read = in_.whole_to(kMostLine);
  lines.counts.broken = in_.whole_to(lines.counts.read);
  lines.counts.first_broken = static_cast<std::uint32_t>(in_.whole_to(kMostLine));
  lines.last_ms = in_.number();
  const std::uint8_t flags = in_.byte();
  lines.json = (flags & 1U) != 0;
  lines.began = (flags & 2U) != 0;
  head_.has_comments = (flags & 4U) != 0;
  lines.leading = in_.whole_to(lines.counts.broken);
  const std::uint64_t kept = in_.whole_to(RequestLines::kMostBefore + 1);
  if (kept != std::min(lines.leading, RequestLines::kMostBefore + 1)) {
    in_.fail();
  }
  for (std::uint64_t i = 0; i < kept; ++i) {
    lines.leading_lines.push_back(static_cast<std::uint32_t>(in_.whole_to(kMostLine)));
  }
  lines.first_broken_behind = static_cast<std::uint32_t>(in_.whole_to(kMostLine));
}

bool RequestPieceReader::next(Next& next) {
  if (read_ == head_.events) {
    if (!in_.at_end()) {
      in_.fail();
    }
    return false;
  }
  ++read_;
  next = {};
  const auto has = static_cast<std::uint32_t>(in_.whole_to(kMostHas));
  constexpr std::uint32_t kKind = 7;
  AccessRecord& record = next.event.record;
  if ((has & kKind) > static_cast<std::uint32_t>(Kind::kMalformed)) {
    in_.fail();
    return false;
  }
  record.kind = static_cast<Kind>(has & kKind);
  next.event.has_id = (has & kHasId) != 0;
  next.surely = (has & kSurely) != 0;
  record.json = (has & kJson) != 0;
  record.caddy = (has & kCaddy) != 0;
  line_ += static_cast<std::uint32_t>(in_.whole_to(kMostLine - line_));
  next.line = line_;
  if ((has & kTime) != 0) {
    const bool is_step = in_.byte() != 0;
    const double value = in_.number();
    at_ms_ = is_step ? at_ms_ + value : value;
    record.at_ms = at_ms_;
  }
  next.event.key = (has & kKey) != 0 ? in_.hash() : 0;
  if ((has & kRoute) != 0) {
    const std::uint64_t number = in_.whole_to(routes_.size());
    if (number == routes_.size()) {
      LoggedRoute route;
      route.name = printable(in_.text());  // whoever wrote the piece
      const std::uint8_t flags = in_.byte();
      route.given = (flags & 1U) != 0;
      route.counts = (flags & 2U) != 0;
      route.inferred = (flags & 4U) != 0;
      routes_.push_back(std::move(route));
    }
    next.event.route = &routes_[static_cast<std::size_t>(number)];
  } else if (record.kind == Kind::kBegin || record.kind == Kind::kWhole) {
    in_.fail();
    return false;
  }
  if (!is_answer(record)) {
    return !in_.failed();
  }
  constexpr double kMostStatus = 1000;
  const double status = in_.number();
  record.status = std::abs(status) < kMostStatus ? static_cast<int>(status) : 0;
  record.body_bytes = in_.number();
  record.transfer_bytes = in_.number();
  record.time_ms = in_.number();
  if ((has & kNumbers) != 0) {
    for (LoggedNumber& number : record.numbers) {
      constexpr std::uint64_t kMostDecimals = 127;
      number.decimals = static_cast<std::int8_t>(static_cast<int>(in_.whole_to(kMostDecimals)) + kLeastDecimals);
      number.value = number.decimals == LoggedNumber::kNone ? -1 : in_.number();
    }
    const std::uint64_t name = in_.whole_to(names_.size());
    if (name == names_.size()) {
      names_.emplace_back(printable(in_.text()));
    }
    record.time_name = names_[static_cast<std::size_t>(name)];
  }
  return !in_.failed();
}

}  // namespace budgetcheck
