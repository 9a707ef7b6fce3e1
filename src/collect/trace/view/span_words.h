#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "collect/trace/span_names.h"
#include "collect/trace/trace_tree.h"

namespace budgetcheck {

/// What reports call the spans of one trace.
class SpanWords {
 public:
  SpanWords(const Trace& trace, const TraceTree& tree, const SpanNames& names)
      : trace_(trace), tree_(tree), names_(names) {}

  struct Words {
    std::string name;    ///< "GET /users/:id", "pg.query"
    std::string detail;  ///< of a statement that counts its shape, of an HTTP call where it goes; else empty
  };
  Words of(std::uint32_t span);
  const std::string& service(std::uint32_t span) { return shown(trace_.spans[span].service); }

 private:
  const std::string& shown(NameId name);
  const std::string& shape(std::string_view statement, bool is_sql);

  const Trace& trace_;
  const TraceTree& tree_;
  const SpanNames& names_;
  std::unordered_map<NameId, std::string> shown_;
  std::unordered_map<std::uint64_t, std::string> shapes_;  ///< by the statement's hash
};

}  // namespace budgetcheck
