#include "collect/trace/read/span_draft.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "base/text.h"
#include "json/scan/escapes.h"

namespace budgetcheck {
namespace {

using json::RawScalar;
using Slot = AttributeSlot;

constexpr std::uint64_t kMostNanoseconds = 9'000'000'000'000'000'000;

bool speaks_sql(std::string_view system) {
  constexpr std::array<std::string_view, 9> kOthers{"redis",    "mongodb", "memcached", "elasticsearch", "opensearch",
                                                    "dynamodb", "couchdb", "neo4j",     "valkey"};
  return std::find(kOthers.begin(), kOthers.end(), system) == kOthers.end();
}

/// The number that eight digits are; -1 where one is none.
std::int64_t eight_digits(const char* at) {
  std::uint64_t word = 0;
  for (unsigned i = 0; i < 8; ++i) {  // one load
    word |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
  }
  constexpr std::uint64_t kZeros = 0x3030303030303030;
  constexpr std::uint64_t kHigh = 0xF0F0F0F0F0F0F0F0;
  if ((word & kHigh) != kZeros || ((word + 0x0606060606060606) & kHigh) != kZeros) {
    return -1;
  }
  word -= kZeros;
  word = word * 10 + (word >> 8U);  // pairs, in every second byte
  return static_cast<std::int64_t>(
      ((word & 0x000000FF000000FF) * 0x000F424000000064 + ((word >> 16U) & 0x000000FF000000FF) * 0x0000271000000001) >>
      32U);
}

/// Of the 19 digits that times of this century have; 0 for anything else.
std::uint64_t usual_nanoseconds(std::string_view text) {
  if (text.size() != 19 || text[0] != '1') {
    return 0;
  }
  const std::int64_t high = eight_digits(text.data());
  const std::int64_t middle = eight_digits(text.data() + 8);
  std::uint64_t low = 0;
  unsigned others = 0;
  for (const char c : text.substr(16)) {
    const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
    others |= digit > 9 ? 1U : 0U;
    low = low * 10 + digit;
  }
  return high < 0 || middle < 0 || others != 0
             ? 0
             : (static_cast<std::uint64_t>(high) * 100'000'000 + static_cast<std::uint64_t>(middle)) * 1000 + low;
}

bool is_true(const RawScalar& value) { return value.text == "true" || value.text == "True"; }

}  // namespace

std::uint64_t nanoseconds_of(const RawScalar& value, std::uint64_t per_unit) {
  if (const std::uint64_t usual = usual_nanoseconds(value.text); usual != 0 && per_unit == 1) {
    return usual;
  }
  const char* const begin = value.text.data();
  const char* const end = begin + value.text.size();
  std::uint64_t whole = 0;
  const auto [behind, code] = std::from_chars(begin, end, whole);
  if (code != std::errc() || whole > kMostNanoseconds / per_unit) {
    return 0;
  }
  whole *= per_unit;
  if (behind == end) {
    return whole;
  }
  double number = 0;  // "1.7e18", "12.5"
  const auto [after, error] = std::from_chars(begin, end, number);
  number *= static_cast<double>(per_unit);
  const bool fits =
      error == std::errc() && after == end && number > 0 && number < static_cast<double>(kMostNanoseconds);
  return fits ? static_cast<std::uint64_t>(number) : 0;
}

void SpanDraft::begin(NameId service, NameId scope, std::uint32_t line) {
  read_ = {};
  read_.span.service = service;
  read_.span.scope = scope;
  read_.span.line = line;
  read_.span.attributes = of_resource_;
  read_.texts = &names_.statements();
  params_.clear();
  statement_ = system_ = full_url_ = target_ = path_ = query_ = {};
  queue_ = 0;
}

void SpanDraft::kind(const RawScalar& value) {
  using Pair = std::pair<std::string_view, SpanKind>;
  static constexpr std::array kKinds{Pair{"1", SpanKind::kInternal},        Pair{"2", SpanKind::kServer},
                                     Pair{"3", SpanKind::kClient},          Pair{"4", SpanKind::kProducer},
                                     Pair{"5", SpanKind::kConsumer},        Pair{"internal", SpanKind::kInternal},
                                     Pair{"server", SpanKind::kServer},     Pair{"client", SpanKind::kClient},
                                     Pair{"producer", SpanKind::kProducer}, Pair{"consumer", SpanKind::kConsumer}};
  std::string_view text = value.text;
  if (text.size() == 1 && text[0] >= '1' && text[0] <= '5') {
    read_.span.kind = kKinds[static_cast<std::size_t>(text[0] - '1')].second;
    return;
  }
  constexpr std::string_view kPrefix = "SPAN_KIND_";
  text.remove_prefix(text.starts_with(kPrefix) ? kPrefix.size() : 0);
  for (const auto& [name, kind] : kKinds) {
    if (equals_ignoring_case(text, name)) {
      read_.span.kind = kind;
      return;
    }
  }
}

void SpanDraft::status(const RawScalar& value) {
  read_.span.failed =
      read_.span.failed || value.text == "2" || value.text == "STATUS_CODE_ERROR" || value.text == "ERROR";
}

NameId SpanDraft::number_of(const RawScalar& value) { return names_.number_of(plain(value, scratch_)); }

std::string_view SpanDraft::plain(const RawScalar& value, std::string& own) {
  if (!value.escapes) {
    return value.text;
  }
  own.clear();
  return json::unescape(value.text, own) ? std::string_view(own) : value.text;
}

/// Of an old and a new name for one thing the first counts.
void SpanDraft::put(std::string_view& place, const RawScalar& value, std::string& own) {
  if (place.empty()) {
    place = plain(value, own);
  }
}

/// Most are texts that came before: these need not be unescaped and kept again.
void SpanDraft::put_statement(const RawScalar& value) {
  if (!statement_.empty()) {
    return;
  }
  read_.shared_statement = names_.statements().number_of(value.text, value.escapes);
  if (read_.shared_statement == StatementTexts::kNone) {
    put(statement_, value, own_[0]);
  } else {
    statement_ = names_.statements()[read_.shared_statement];
  }
}

void SpanDraft::attribute(const AttributeKey& key, const RawScalar& value, bool in_tags) {
  if (value.type == RawScalar::Type::kNone) {
    return;
  }
  Span& span = read_.span;
  span.attributes |= value.text.empty() ? 0 : key.required;
  switch (key.slot) {
    case Slot::kStatement:
      put_statement(value);
      break;
    case Slot::kSystem:
      put(system_, value, own_[1]);
      break;
    case Slot::kRoute:
      span.route = span.route == 0 ? number_of(value) : span.route;
      break;
    case Slot::kQueue:
      queue_ = number_of(value);
      break;
    case Slot::kMethod:
      span.method = span.method == 0 ? number_of(value) : span.method;
      break;
    case Slot::kStatus:
      std::from_chars(value.text.data(), value.text.data() + value.text.size(), span.status);
      break;
    case Slot::kFullUrl:
      put(full_url_, value, own_[2]);
      break;
    case Slot::kTarget:
      put(target_, value, own_[3]);
      break;
    case Slot::kPath:
      put(path_, value, own_[4]);
      break;
    case Slot::kQuery:
      put(query_, value, own_[5]);
      break;
    case Slot::kKind:
      if (in_tags) {
        kind(value);
      }
      break;
    case Slot::kScope:
      span.scope = in_tags && span.scope == 0 ? number_of(value) : span.scope;
      break;
    case Slot::kError:
      span.failed =
          span.failed || (in_tags && (value.type == RawScalar::Type::kString ? value.text != "false" : is_true(value)));
      break;
    case Slot::kStatusName:
      if (in_tags) {
        status(value);
      }
      break;
    case Slot::kService:
      span.service = (in_tags || is_resource_) && span.service == 0 ? number_of(value) : span.service;
      break;
    case Slot::kParams:
    case Slot::kNone:
      break;
  }
}

const ReadSpan& SpanDraft::finish() {
  Span& span = read_.span;
  read_.statement = statement_;
  span.is_sql = system_.empty() || speaks_sql(lower(system_));
  read_.params = params_;
  if (span.route == 0 && span.kind == SpanKind::kConsumer) {
    span.route = queue_;
  }
  if (!full_url_.empty()) {
    read_.url = full_url_;
  } else if (!target_.empty()) {
    read_.url = target_;
  } else if (query_.empty()) {
    read_.url = path_;
  } else {
    url_.assign(path_).append("?").append(query_);
    read_.url = url_;
  }
  return read_;
}

}  // namespace budgetcheck
