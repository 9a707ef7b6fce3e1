#include "collect/trace/read/trace_document.h"

#include "collect/trace/read/span_forms.h"

namespace budgetcheck {

std::uint32_t LineOf::operator()(const char* at) {
  if (lines_ == Lines::kOne) {
    return first_;
  }
  const auto offset = static_cast<std::size_t>(at - text_.data());
  if (offset < counted_) {
    counted_ = 0;
    line_ = first_;
  }
  const std::string_view until = text_.substr(0, offset);
  for (std::size_t end = until.find('\n', counted_); end != std::string_view::npos; end = until.find('\n', end + 1)) {
    ++line_;
  }
  counted_ = offset;
  return line_;
}

bool TraceDocument::read(std::string_view text, std::uint32_t line, LineOf::Lines how_many) {
  json::Cursor in(text);
  LineOf lines(text, line, how_many);
  constexpr int kLists = 2;
  any(in, lines, kLists);
  return in.at_end();
}

void TraceDocument::any(json::Cursor& in, LineOf& lines, int depth) {
  const char c = in.peek();
  if (c == '{') {
    object(in, lines, depth);
  } else if (c == '[' && depth > 0) {
    for (bool first = true; in.element(first);) {
      any(in, lines, depth - 1);
    }
  } else {
    in.skip();
  }
}

/// Which form it is shows in the first key that only one of them has.
void TraceDocument::object(json::Cursor& in, LineOf& lines, int depth) {
  SpanReading reading{keys_, names_, sink_, lines};
  const char* const begin = in.at();
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "resourceSpans" || key == "batches") {
      read_resource_spans(in, reading);
    } else if ((key == "trace" || key == "data") && depth > 0 && (in.peek() == '{' || in.peek() == '[')) {
      any(in, lines, depth - 1);
    } else if ((key == "spans" || key == "processes") && in.peek() != '"') {
      in.move_to(begin);
      read_jaeger_trace(in, reading);
      return;
    } else if (key == "traceId" || key == "parentId" || key == "localEndpoint") {
      in.move_to(begin);
      read_zipkin_span(in, reading);
      return;
    } else {
      others_ += key == "resourceLogs" || key == "resourceMetrics" ? 1U : 0U;
      in.skip();
    }
  }
}

}  // namespace budgetcheck
