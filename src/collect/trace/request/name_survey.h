#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "collect/trace/key_set.h"
#include "collect/trace/open_traces.h"
#include "collect/trace/span_names.h"
#include "model/telemetry/trace_facts.h"

namespace budgetcheck {

/// "load chart 17" as "load chart {id}"; empty when nothing in it looks like an id. `numbers`, if given, gets the whole
/// numbers that were taken out.
std::string form_of_name(std::string_view name, std::vector<std::uint64_t>* numbers = nullptr);

/// "worker 0" to "worker 7" count on; rows have gaps, or are many.
bool is_dense(const UnboundedName& name);

/// Looks for names of spans and routes that hold ids: there are as many of them as things, where a store of traces
/// expects a few.
class NameSurvey {
 public:
  explicit NameSurvey(const SpanNames& names) : names_(names) {}

  void add(const Trace& trace);

  static constexpr std::size_t kMostForms = 2'000;

  template <class PlaceOf>
  void report(const PlaceOf& place_of, TraceFacts& facts) const {
    for (const auto& [key, form] : forms_) {
      facts.names.push_back(unbounded_name(form));
      facts.names.back().example = place_of(form.service, form.route, form.trace, form.line);
    }
  }

 private:
  struct Form {
    UnboundedName::What what = UnboundedName::What::kSpanName;
    NameId service = 0;
    NameId route = 0;
    std::string text;
    std::unordered_set<std::uint64_t> names;  ///< hashes
    std::vector<std::uint64_t> numbers;       ///< the first that stood in them
    bool only_numbers = true;
    TraceId trace;
    std::uint32_t line = 0;
  };
  void look(UnboundedName::What what, const Trace& trace, const Span& span, NameId name);
  UnboundedName unbounded_name(const Form& form) const;

  const SpanNames& names_;
  std::map<std::string, Form> forms_;
  KeySet seen_;  ///< what, service and name
};

}  // namespace budgetcheck
