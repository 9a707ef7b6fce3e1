#include <optional>
#include <string>
#include <unordered_map>

#include "collect/trace/read/span_forms.h"

namespace budgetcheck {
namespace {

using json::Cursor;
using json::RawScalar;

constexpr std::uint64_t kMicrosecond = 1000;

struct Process {
  NameId service = 0;
  std::uint64_t attributes = 0;
};
using Processes = std::unordered_map<std::string, Process>;

/// [{"key": …, "type": …, "value": …}]. The value comes last as Jaeger writes it, or before its key.
void read_tags(Cursor& in, SpanDraft& draft) {
  if (in.peek() != '[') {
    in.skip();
    return;
  }
  for (bool first_tag = true; in.element(first_tag);) {
    if (in.peek() != '{') {
      in.skip();
      continue;
    }
    AttributeKey key;
    std::optional<RawScalar> value;
    bool first = true;
    for (std::string_view name; in.member(first, name);) {
      const RawScalar scalar = in.scalar();
      if (name == "key") {
        key = draft.key_of(scalar.text);
      } else if (name == "value") {
        value = scalar;
      }
    }
    if (value && (key.slot != AttributeSlot::kNone || key.required != 0)) {
      draft.attribute(key, *value, true);
    }
  }
}

void read_processes(Cursor& in, SpanReading& reading, Processes& processes) {
  if (in.peek() != '{') {
    in.skip();
    return;
  }
  constexpr std::size_t kMost = 10'000;
  SpanDraft draft(reading.keys, reading.names);
  bool first = true;
  for (std::string_view id; in.member(first, id);) {
    if (in.peek() != '{' || processes.size() >= kMost) {
      in.skip();
      continue;
    }
    draft.begin(0, 0, 0);
    bool first_member = true;
    for (std::string_view key; in.member(first_member, key);) {
      if (key == "serviceName") {
        draft.service(in.scalar());
      } else if (key == "tags") {
        read_tags(in, draft);
      } else {
        in.skip();
      }
    }
    const Span& span = draft.finish().span;
    processes[std::string(id)] = {span.service, span.attributes};
  }
}

/// The parent is the reference of the kind CHILD_OF, or the first of any.
void read_references(Cursor& in, SpanDraft& draft) {
  if (in.peek() != '[') {
    in.skip();
    return;
  }
  bool has_parent = false;
  for (bool first_reference = true; in.element(first_reference);) {
    if (in.peek() != '{') {
      in.skip();
      continue;
    }
    std::string_view type;
    std::optional<RawScalar> id;
    bool first = true;
    for (std::string_view key; in.member(first, key);) {
      const RawScalar value = in.scalar();
      type = key == "refType" ? value.text : type;
      id = key == "spanID" ? value : id;
    }
    if (id && (!has_parent || type == "CHILD_OF")) {
      draft.parent(*id);
      has_parent = true;
    }
  }
}

void read_span(Cursor& in, const Processes& processes, SpanReading& reading, SpanDraft& draft) {
  const Process* process = nullptr;
  std::uint64_t start = 0;
  std::uint64_t duration = 0;
  draft.begin(0, 0, reading.lines(in.at()));
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "traceID") {
      draft.trace(in.scalar());
    } else if (key == "spanID") {
      draft.id(in.scalar());
    } else if (key == "operationName") {
      draft.name(in.scalar());
    } else if (key == "references") {
      read_references(in, draft);
    } else if (key == "startTime") {
      start = nanoseconds_of(in.scalar(), kMicrosecond);
    } else if (key == "duration") {
      duration = nanoseconds_of(in.scalar(), kMicrosecond);
    } else if (key == "tags") {
      read_tags(in, draft);
    } else if (key == "processID") {
      const auto found = processes.find(std::string(in.scalar().text));
      process = found == processes.end() ? nullptr : &found->second;
    } else {
      in.skip();
    }
  }
  draft.times(start, start + duration);
  if (process != nullptr) {
    draft.belongs_to(process->service, process->attributes);
  }
  if (!in.failed()) {
    reading.sink.add(draft.finish());
  }
}

}  // namespace

void read_jaeger_trace(Cursor& in, SpanReading& reading) {
  const char* const begin = in.at();
  Processes processes;
  bool first = true;
  for (std::string_view key; in.member(first, key);) {  // they usually stand behind the spans
    if (key == "processes") {
      read_processes(in, reading, processes);
    } else {
      in.skip();
    }
  }
  if (in.failed()) {
    return;
  }
  const char* const behind = in.at();
  in.move_to(begin);
  SpanDraft draft(reading.keys, reading.names);
  first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key != "spans" || in.peek() != '[') {
      in.skip();
      continue;
    }
    for (bool first_span = true; in.element(first_span);) {
      if (in.peek() == '{') {
        read_span(in, processes, reading, draft);
      } else {
        in.skip();
      }
    }
  }
  if (!in.failed()) {
    in.move_to(behind);
  }
}

}  // namespace budgetcheck
