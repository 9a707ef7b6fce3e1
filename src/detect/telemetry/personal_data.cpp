#include "detect/telemetry/personal_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.h"

namespace budgetcheck {
namespace {

std::string place_of(const PersonalValues& values) { return values.field.empty() ? std::string("text") : values.field; }

std::string times(std::uint64_t count) { return count == 1 ? std::string("once") : fmt::format("{} times", count); }

/// It stands in spans or log records as tracers export them: their fields are set, and may pass a Collector.
bool is_exported(const Facts& facts, const PersonalValues& values) {
  return std::any_of(facts.inputs.begin(), facts.inputs.end(), [&](const Input& input) {
    return input.path == values.location.file &&
           (input.format == "otlp" || input.format == "zipkin" || input.format == "otlp-logs");
  });
}

/// What to do where: the program that writes it is the only one that knows the value.
std::string advice(const Facts& facts, const PersonalValues& values) {
  const std::string field = values.field.empty() ? "the field" : fmt::format("'{}'", values.field);
  const std::string_view where =
      is_exported(facts, values)
          ? "set, or let the Collector take it out (redaction or transform processor)"
          : "logged, or redact it there (pino's redact, a winston format, a structlog processor)";
  const std::string_view else_ =
      is_secret(values.kind) ? "Whoever can read this can use it: revoke it, too"
                             : "What is meant to be there goes under telemetry.personal_data (allow, ignore_fields)";
  return fmt::format("Leave {} out where it is {}. {}.", field, where, else_);
}

void detect(const Facts& facts, const Rule& rule, bool secrets, std::vector<Finding>& findings) {
  for (const PersonalValues& values : facts.personal.values) {
    if (is_secret(values.kind) != secrets) {
      continue;
    }
    Finding& finding = findings.emplace_back();
    finding.rule = rule.id;
    finding.level = rule.level;
    finding.subject = fmt::format("{} in {}", to_string(values.kind), place_of(values));
    finding.message = fmt::format("{} in {} of '{}', {}: {}", words_for(values.kind),
                                  values.field.empty() ? std::string("the text") : fmt::format("'{}'", values.field),
                                  printable(values.location.file), times(values.count), values.sample);
    finding.location = values.location;
    finding.evidence.kind = to_string(values.kind);
    finding.evidence.field = values.field;
    finding.evidence.count = values.count;
    finding.evidence.input = values.location.file;
    finding.evidence.line = values.location.line;
    finding.evidence.details = {{"sample", values.sample}};
    finding.fix.text = advice(facts, values);
    finding.magnitude = static_cast<double>(values.count);
    finding.key = finding_key(rule.id, {values.location.file, finding.subject});
  }
}

}  // namespace

void detect_personal_data(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  detect(facts, rule, false, findings);
}

void detect_secret_in_telemetry(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  detect(facts, rule, true, findings);
}

void note_unlooked_personal_data(const Facts& facts, const Rule& rule, std::vector<std::string>& notes) {
  if (rule.asked && facts.personal.searched.empty()) {
    notes.push_back(
        fmt::format("the rule '{}' could not look: no input was looked through for personal data (add "
                    "telemetry: {{ personal_data: {{}} }} to the budgets file, and logs, traces or captures "
                    "to its inputs)",
                    printable(rule.id)));
  }
}

}  // namespace budgetcheck
