#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/trace/read/trace_document.h"

namespace budgetcheck {

/// The spans of a document, and their own texts.
struct SpansRead final : SpanSink {
  explicit SpansRead(const std::string& text, const Telemetry* telemetry = nullptr) : keys(telemetry) {
    const std::unique_ptr<FileContent> content = content_from_string(text);
    TraceDocument document(keys, names, *this);
    ok = document.read(content->bytes(), 1);
  }

  void add(const ReadSpan& read) override {
    spans.push_back(read.span);
    traces.push_back(to_text(read.trace));
    statements.emplace_back(read.statement);
    params.emplace_back(read.params);
    urls.emplace_back(read.url);
  }
  std::string name(std::size_t i) const { return names[spans.at(i).name]; }
  std::string service(std::size_t i) const { return names[spans.at(i).service]; }
  std::string route(std::size_t i) const { return names[spans.at(i).route]; }

  AttributeKeys keys;
  SpanNames names;
  bool ok = false;
  std::vector<Span> spans;
  std::vector<std::string> traces;
  std::vector<std::string> statements;
  std::vector<std::string> params;
  std::vector<std::string> urls;
};

}  // namespace budgetcheck
