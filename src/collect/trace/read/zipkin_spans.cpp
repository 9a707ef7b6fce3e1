#include "collect/trace/read/span_forms.h"

namespace budgetcheck {
namespace {

using json::Cursor;

constexpr std::uint64_t kMicrosecond = 1000;

void read_endpoint(Cursor& in, SpanDraft& draft) {
  if (in.peek() != '{') {
    in.skip();
    return;
  }
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "serviceName") {
      draft.service(in.scalar());
    } else {
      in.skip();
    }
  }
}

void read_tags(Cursor& in, SpanDraft& draft) {
  if (in.peek() != '{') {
    in.skip();
    return;
  }
  bool first = true;
  for (std::string_view name; in.member(first, name);) {
    const AttributeKey key = draft.key_of(name);
    const json::RawScalar value = in.scalar();
    if (key.slot != AttributeSlot::kNone || key.required != 0) {
      draft.attribute(key, value, true);
    }
  }
}

}  // namespace

void read_zipkin_span(Cursor& in, SpanReading& reading) {
  SpanDraft draft(reading.keys, reading.names);
  draft.begin(0, 0, reading.lines(in.at()));
  std::uint64_t start = 0;
  std::uint64_t duration = 0;
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "traceId") {
      draft.trace(in.scalar());
    } else if (key == "id") {
      draft.id(in.scalar());
    } else if (key == "parentId") {
      draft.parent(in.scalar());
    } else if (key == "name") {
      draft.name(in.scalar());
    } else if (key == "kind") {
      draft.kind(in.scalar());
    } else if (key == "timestamp") {
      start = nanoseconds_of(in.scalar(), kMicrosecond);
    } else if (key == "duration") {
      duration = nanoseconds_of(in.scalar(), kMicrosecond);
    } else if (key == "localEndpoint") {
      read_endpoint(in, draft);
    } else if (key == "tags") {
      read_tags(in, draft);
    } else {
      in.skip();
    }
  }
  draft.times(start, start + duration);
  if (!in.failed()) {
    reading.sink.add(draft.finish());
  }
}

}  // namespace budgetcheck
