#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/append.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/measure.h"
#include "collect/merge_samples.h"
#include "collect/query_log/shared_requests.h"
#include "collect/trace/merge_traces.h"
#include "collect/trace/seen_survey.h"

namespace budgetcheck {
namespace {

class Combiner {
 public:
  Combiner(std::vector<MeasuredSchema> schemas, Facts& facts) : schemas_(std::move(schemas)), facts_(facts) {}

  void add(MeasuredInput one) {
    if (is_copy(one)) {
      return;
    }
    const std::uint32_t schema = add_schema(one.schema);
    for (QueryLog& log : one.facts.queries.logs) {
      log.schema = log.schema == QueryLog::kNoSchema ? log.schema : schema;
    }
    if (!one.facts.inputs.empty()) {
      describe_shared(one.facts.queries.logs, one.facts.inputs.front());
    }
    if (one.place == MeasuredInput::Place::kTraces) {
      add_traces(one.facts);
    }
    append_to(facts_.inputs, std::move(one.facts.inputs));
    one.facts.inputs.clear();
    facts_.append(std::move(one.facts));
  }

  /// What can only be said once all is there.
  void finish() {
    if (shared_traces_ > 0) {
      facts_.traces.orphans.clear();
      facts_.notes.push_back(fmt::format(
          "{}{} {} in more than one part: spans whose parent is in another part are not judged (orphan-spans), and "
          "waterfalls show one part; measure the files of services that call each other in one part",
          shared_traces_ >= SeenTraces::kMost / 2 ? "at least " : "", counted(shared_traces_, "trace"),
          shared_traces_ == 1 ? "lies" : "lie"));
    }
    if (!has_statements_ && !gaps_.empty()) {
      facts_.unmeasured.push_back(std::move(gaps_.front()));
    }
  }

 private:
  /// Spans of one trace that lie in two parts are not put together: what that leaves out is said.
  void add_traces(Facts& part) {
    has_statements_ = has_statements_ || !part.queries.logs.empty();
    for (const Unmeasured& gap : part.unmeasured) {  // another part may have the statements
      if (gap.metric == kQueries) {
        gaps_.push_back(gap);
      }
    }
    std::erase_if(part.unmeasured, [](const Unmeasured& gap) { return gap.metric == kQueries; });
    const SeenTraces& before = facts_.traces.seen;
    shared_traces_ += shared_traces(before, part.traces.seen);
    const std::uint64_t torn = torn_requests(before, part.traces.seen);
    if (torn == 0) {
      return;
    }
    const std::string path = part.samples.empty() ? std::string() : part.samples.front().location.file;
    const auto input = std::find_if(facts_.inputs.rbegin(), facts_.inputs.rend(), [&](const Input& read) {
      return path.empty() ? read.format == "otlp" || read.format == "zipkin" : read.path == path;
    });
    if (input != facts_.inputs.rend()) {
      Account(*input).incomplete(fmt::format("{} {} spans in another part too: no part holds all of them",
                                             counted(torn, "request"), torn == 1 ? "has" : "have"),
                                 "measure all files of a service in one part, or cut them between requests");
    }
  }

  /// Files whose copies under another name are not other runs.
  bool is_copy(MeasuredInput& one) {
    if (!one.is_run || one.facts.inputs.empty()) {
      return false;
    }
    Input& input = one.facts.inputs.front();
    const auto [first, is_new] = runs_.try_emplace(one.content, input.path);
    if (is_new) {
      return false;
    }
    input.state = InputState::kRead;
    input.message = fmt::format("the same as '{}', so it is not another run", printable(first->second));
    input.hint.clear();
    facts_.inputs.push_back(std::move(input));
    return true;
  }

  /// The number of a schema among those of the facts; adds it when nobody named it before.
  std::uint32_t add_schema(const std::string& path) {
    if (path.empty()) {
      return QueryLog::kNoSchema;
    }
    const auto [at, is_new] = numbers_.try_emplace(path, QueryLog::kNoSchema);
    const auto schema = std::find_if(schemas_.begin(), schemas_.end(),
                                     [&](const MeasuredSchema& one) { return one.input.path == path; });
    if (!is_new || schema == schemas_.end()) {
      return at->second;
    }
    append_to(facts_.notes, std::move(schema->remarks));
    if (schema->input.state == InputState::kRead) {
      at->second = static_cast<std::uint32_t>(facts_.queries.schemas.size());
      facts_.queries.schemas.push_back(std::move(schema->schema));
    }
    facts_.inputs.push_back(schema->input);
    return at->second;
  }

  /// A request's queries are counted within one input.
  void describe_shared(const std::vector<QueryLog>& logs, Input& input) const {
    for (const QueryLog& log : logs) {
      const SharedRequests shared = find_shared(facts_.queries.logs, log);
      const std::string other = printable(shared.other);
      if (shared.split > 0) {
        input.hint.clear();  // the others are about less
        Account(input).incomplete(
            fmt::format("{} {} queries in '{}' too, right before or after: neither input holds all of them",
                        counted(shared.split, "request"), shared.split == 1 ? "has" : "have", other),
            "pass a log that was rotated as one file: cat app.log.1 app.log > whole.log");
      } else if (shared.shared > 0) {
        Account(input).note(fmt::format("{}{} also {} in '{}', taken for other requests",
                                        shared.at_least ? "at least " : "", counted(shared.shared, "request id"),
                                        shared.shared == 1 ? "stands" : "stand", other));
      }
    }
  }

  static constexpr std::string_view kQueries = "queries.";

  std::vector<MeasuredSchema> schemas_;
  Facts& facts_;
  std::vector<Unmeasured> gaps_;  ///< of parts whose spans hold no statement
  std::uint64_t shared_traces_ = 0;
  bool has_statements_ = false;
  std::map<std::uint64_t, std::string> runs_;
  std::map<std::string, std::uint32_t> numbers_;
};

}  // namespace

void put_in_order(Measured& measured) {
  std::stable_sort(measured.inputs.begin(), measured.inputs.end(),
                   [](const MeasuredInput& a, const MeasuredInput& b) { return a.place < b.place; });
  std::vector<MeasuredSchema> schemas;
  const auto has = [&](const std::string& path) {
    return std::any_of(schemas.begin(), schemas.end(), [&](const auto& one) { return one.input.path == path; });
  };
  for (const MeasuredInput& one : measured.inputs) {
    const auto schema = std::find_if(measured.schemas.begin(), measured.schemas.end(),
                                     [&](const MeasuredSchema& named) { return named.input.path == one.schema; });
    if (schema != measured.schemas.end() && !has(one.schema)) {
      schemas.push_back(*schema);
    }
  }
  measured.schemas = std::move(schemas);
}

Facts combine(Measured measured, const std::vector<Format>& table) {
  // What every part reads, and the check once more, is one input: the file as it is now.
  std::map<std::string, std::size_t> last;
  for (std::size_t i = 0; i < measured.inputs.size(); ++i) {
    if (measured.inputs[i].place == MeasuredInput::Place::kShared && !measured.inputs[i].facts.inputs.empty()) {
      last[measured.inputs[i].facts.inputs.front().path] = i;
    }
  }
  Facts facts;
  Combiner combiner(std::move(measured.schemas), facts);
  for (std::size_t i = 0; i < measured.inputs.size(); ++i) {
    MeasuredInput& one = measured.inputs[i];
    const bool is_shared = one.place == MeasuredInput::Place::kShared && !one.facts.inputs.empty();
    if (!is_shared || last[one.facts.inputs.front().path] == i) {
      combiner.add(std::move(one));
    }
  }
  combiner.finish();
  for (const Format& format : table) {
    if (format.finish != nullptr) {
      format.finish(facts);
    }
  }
  merge_samples(facts);
  merge_traces(facts.traces);
  merge_parts(facts.parts);
  return facts;
}

}  // namespace budgetcheck
