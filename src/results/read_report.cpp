#include "results/read_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/embedded.h"
#include "base/text.h"
#include "json/schema/schema.h"
#include "json/stream/select.h"
#include "model/commit_id.h"
#include "results/causes.h"
#include "results/fields.h"

namespace budgetcheck {
namespace {

using json::Value;

constexpr std::uint64_t kMostBytes = std::uint64_t{256} << 20;
constexpr std::size_t kMostKept = 1'000'000;
constexpr std::size_t kMostErrors = 5;
constexpr std::size_t kMostApps = 1000;
constexpr std::string_view kHint = "pass a file that budgetcheck check --output json=FILE wrote";

const json::Schema& results_schema() {
  static const json::Schema kSchema = [] {
    for (const EmbeddedFile& file : embedded_schemas()) {
      if (file.name == "results.v1.json") {
        return json::Schema(std::string(file.name), file.bytes);
      }
    }
    throw InternalError("the schema of results files is not embedded");
  }();
  return kSchema;
}

Status status_of(std::string_view name) {
  for (const Status status :
       {Status::kPass, Status::kWarn, Status::kFail, Status::kInconclusive, Status::kWaived, Status::kError}) {
    if (to_string(status) == name) {
      return status;
    }
  }
  return Status::kError;  // the schema knows no other name
}

Verdict verdict_of(const Value& v, const MetricCatalogue& metrics) {
  Verdict out;
  const UnitName unit = unit_at(v);
  out.budget = text_at(v, "budget");
  out.metric = text_at(v, "metric");
  out.where = labels_at(v);
  out.status = status_of(v.string_or("status", ""));
  out.code = text_at(v, "code");
  (void)parse_stat(v.string_or("stat", ""), out.stat);
  out.unit = unit.unit;
  const std::optional<Metric> metric = metrics.find(out.metric);
  out.limit_is_min = v.string_or("limit_is", "") == "min";
  out.higher_is_better = metric ? metric->direction == Direction::kHigherIsBetter : out.limit_is_min;
  out.value = number_at(v, "value", unit.scale);
  out.limit = number_at(v, "limit", unit.scale);
  out.base = number_at(v, "base", unit.scale);
  out.delta = number_at(v, "delta", unit.scale);
  out.runs = count_at(v, "runs");
  out.causes = read_causes(v);
  out.message = text_at(v, "message");
  out.hint = text_at(v, "hint");
  out.owner = text_at(v, "owner");
  out.why = text_at(v, "why");
  out.location = location_at(v, "location");
  out.sample_location = location_at(v, "sample_location");
  return out;
}

Finding finding_of(const Value& v) {
  Finding out;
  out.rule = text_at(v, "rule");
  (void)parse_level(v.string_or("level", ""), out.level);
  for (const FindingState state :
       {FindingState::kNew, FindingState::kSame, FindingState::kWorse, FindingState::kBetter, FindingState::kWaived}) {
    out.state = v.string_or("state", "") == to_string(state) ? state : out.state;
  }
  out.message = text_at(v, "message");
  out.subject = text_at(v, "subject");
  out.key = text_at(v, "key");
  out.magnitude = number_at(v, "magnitude").value_or(0);
  out.location = location_at(v, "location");
  if (const Value* e = v.find("evidence"); e != nullptr) {
    out.evidence.sql = text_at(*e, "sql");
    out.evidence.count = count_at(*e, "count");
    out.evidence.distinct_params = count_at(*e, "distinct_params");
    out.evidence.scope = text_at(*e, "scope");
    out.evidence.route = text_at(*e, "route");
    out.evidence.parent_sql = text_at(*e, "parent_sql");
    constexpr std::size_t kMostStatements = 50;
    each_at(*e, "statements", [&](const Value& statement) {
      if (statement.string() != nullptr && out.evidence.statements.size() < kMostStatements) {
        out.evidence.statements.push_back(*statement.string());
      }
    });
    out.evidence.input = text_at(*e, "input");
    out.evidence.line = small_at(*e, "line");
    out.evidence.kind = text_at(*e, "kind");
    out.evidence.field = text_at(*e, "field");
    constexpr std::size_t kMostDetails = 50;
    each_at(*e, "details", [&](const Value& detail) {
      if (out.evidence.details.size() < kMostDetails) {
        out.evidence.details.emplace_back(text_at(detail, "name"), text_at(detail, "value"));
      }
    });
  }
  if (const Value* fix = v.find("fix"); fix != nullptr) {
    out.fix.text = text_at(*fix, "text");
    out.fix.model = text_at(*fix, "model");
    each_at(*fix, "index", [&](const Value& column) {
      if (column.string() != nullptr) {
        out.fix.index.push_back(*column.string());
      }
    });
  }
  return out;
}

Input input_of(const Value& v) {
  Input out;
  out.path = text_at(v, "path");
  out.format = text_at(v, "format");
  out.bytes = count_at(v, "bytes");
  const std::string_view state = v.string_or("state", "");
  out.state = state == "read"         ? InputState::kRead
              : state == "incomplete" ? InputState::kIncomplete
                                      : InputState::kUnreadable;
  out.message = text_at(v, "message");
  out.hint = text_at(v, "hint");
  return out;
}

std::string commit_or_empty(std::string text) { return is_commit_id(text) ? text : std::string(); }

Report report_of(const Value& v, const MetricCatalogue& metrics) {
  Report out;
  if (const Value* tool = v.find("tool")) {
    out.tool_version = text_at(*tool, "version");
  }
  out.project = text_at(v, "project");
  out.app = text_at(v, "app");
  for (const Outcome outcome : {Outcome::kPass, Outcome::kFail, Outcome::kInconclusive, Outcome::kError}) {
    out.outcome = v.string_or("outcome", "") == to_string(outcome) ? outcome : out.outcome;
  }
  constexpr double kMostExit = 255;
  out.exit_code = static_cast<int>(std::clamp(number_at(v, "exit").value_or(0), 0.0, kMostExit));
  out.commit = commit_or_empty(text_at(v, "commit"));
  each_at(v, "parents", [&](const Value& item) {
    constexpr std::size_t kMostParents = 100;
    if (out.parents.size() < kMostParents && item.string() != nullptr && is_commit_id(*item.string())) {
      out.parents.push_back(*item.string());
    }
  });
  out.measured_at = text_at(v, "measured_at");
  if (const Value* base = v.find("base")) {
    out.base = {text_at(*base, "kind"), commit_or_empty(text_at(*base, "commit")), text_at(*base, "how"),
                small_at(*base, "commits_older"), text_at(*base, "measured_at")};
  }
  each_at(v, "inputs", [&](const Value& item) { out.inputs.push_back(input_of(item)); });
  each_at(v, "verdicts", [&](const Value& item) { out.verdicts.push_back(verdict_of(item, metrics)); });
  each_at(v, "findings", [&](const Value& item) { out.findings.push_back(finding_of(item)); });
  each_at(v, "problems", [&](const Value& item) {
    out.problems.push_back(
        {ErrorKind::kInput, text_at(item, "message"), location_at(item, "location"), text_at(item, "hint")});
  });
  each_at(v, "gate", [&](const Value& item) { out.gate.push_back(item.string() != nullptr ? *item.string() : ""); });
  each_at(v, "notes", [&](const Value& item) { out.notes.push_back(item.string() != nullptr ? *item.string() : ""); });
  out.unbudgeted = static_cast<std::size_t>(count_at(v, "unbudgeted"));
  for (const Verdict& verdict : out.verdicts) {
    out.budgets_path = out.budgets_path.empty() ? verdict.location.file : out.budgets_path;
  }
  return out;
}

tl::unexpected<Errors> refused(const std::string& path, std::string message, std::string hint = std::string(kHint)) {
  return tl::unexpected(Errors{{ErrorKind::kInput, std::move(message), Location::of(path), std::move(hint)}});
}

/// The document of one app.
ExpectedAll<Report> read_document(const std::string& path, Value document, const MetricCatalogue& metrics) {
  const Value* version = document.find("version");
  if (version != nullptr && version->number() != nullptr && *version->number() > 1) {
    return refused(path, "the results file is of a newer version than this program knows", "use a newer budgetcheck");
  }
  const Value* tool = document.at({"tool", "name"});
  if (version == nullptr || tool == nullptr || tool->string() == nullptr || *tool->string() != "budgetcheck") {
    return refused(path, "this is not a results file of budgetcheck");
  }
  for (const char* key : {"outcome", "exit", "verdicts", "findings"}) {
    if (document.find(key) == nullptr) {
      return refused(path, fmt::format("the file contains no verdicts: '{}' is missing", key));
    }
  }
  document.object()->push_back({"samples", Value(json::Array{}), 0, 0});  // required by the schema, and not read here
  Errors errors = results_schema().check(path, document);
  if (errors.empty()) {
    return report_of(document, metrics);
  }
  const std::size_t all = errors.size();
  errors.resize(std::min(all, kMostErrors));
  for (Error& error : errors) {
    error.kind = ErrorKind::kInput;
    error.location = Location::of(path);
    error.hint = error.hint.empty() ? std::string(kHint) : error.hint;
  }
  if (all > kMostErrors) {
    errors.back().message += fmt::format(" (and {} more)", counted(all - kMostErrors, "error"));
  }
  return tl::unexpected(std::move(errors));
}

}  // namespace

ExpectedAll<ReadReports> read_reports(const FileSystem& files, const std::string& path,
                                      const MetricCatalogue& metrics) {
  if (files.size(path) > kMostBytes) {
    return refused(path, fmt::format("the file is larger than {} MiB", kMostBytes >> 20));
  }
  const auto content = files.open(path);
  if (!content) {
    Error error = content.error();
    error.hint = error.hint.empty() ? std::string(kHint) : error.hint;
    return tl::unexpected(Errors{std::move(error)});
  }
  json::Selector wanted;
  for (const char* key : {"version", "tool", "project", "app", "outcome", "exit", "commit", "parents", "measured_at",
                          "base", "inputs", "verdicts", "findings", "problems", "gate", "notes", "unbudgeted"}) {
    wanted.keep(key);
    wanted.keep(fmt::format("apps/*/{}", key));
  }
  json::SelectLimits limits;
  limits.max_kept = kMostKept;
  auto document = json::select(path, **content, wanted, limits);
  if (!document) {
    Error error = std::move(document.error());
    error.hint = error.hint.empty() ? std::string(kHint) : error.hint;
    return tl::unexpected(Errors{std::move(error)});
  }
  if (!document->is_object()) {
    return refused(path, "this is not a results file of budgetcheck");
  }
  ReadReports read;
  read.name = text_at(*document, text_at(*document, "app").empty() ? "project" : "app");
  const Value* apps = document->find("apps");
  if (apps == nullptr || apps->array() == nullptr || apps->array()->empty()) {
    ExpectedAll<Report> report = read_document(path, std::move(*document), metrics);
    if (!report) {
      return tl::unexpected(std::move(report.error()));
    }
    read.reports.push_back(std::move(*report));
    return read;
  }
  if (apps->array()->size() > kMostApps) {
    return refused(path, fmt::format("the file has the results of more than {} apps", kMostApps));
  }
  for (const Value& app : *apps->array()) {
    ExpectedAll<Report> report = app.is_object() ? read_document(path, app, metrics)
                                                 : refused(path, "this is not a results file of budgetcheck");
    if (!report) {
      return tl::unexpected(std::move(report.error()));
    }
    read.reports.push_back(std::move(*report));
  }
  return read;
}

}  // namespace budgetcheck
