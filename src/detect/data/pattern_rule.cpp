#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/pattern.h"
#include "base/text.h"
#include "detect/data/data_rules.h"
#include "detect/rule_findings.h"

namespace budgetcheck {
namespace {

/// One name that a pattern can find, with what is known of it.
struct Subject {
  std::string text;    ///< what the pattern is matched against
  double amount = 0;   ///< bytes, requests or executions
  std::string phrase;  ///< the fact, for the message: "the bundle contains the package 'moment'"
  std::string importer;
  Location location;
};

using Subjects = std::map<std::string, Subject>;

std::string quoted(std::string_view name) { return "'" + printable(name) + "'"; }

Subjects packages(const Facts& facts) {
  Subjects found;
  for (const BundledPackage& package : facts.bundle.packages) {
    Subject& subject =
        found.try_emplace(package.name, Subject{package.name, 0, "", "", package.location}).first->second;
    subject.amount += package.bytes;
    subject.importer = subject.importer.empty() ? package.importer : subject.importer;
  }
  for (auto& [name, subject] : found) {
    subject.phrase = fmt::format("the bundle contains the package {} ({} of source{})", quoted(name),
                                 format_quantity(subject.amount, Unit::kBytes),
                                 subject.importer.empty() ? "" : ", imported by " + quoted(subject.importer));
  }
  return found;
}

Subjects assets(const Facts& facts) {
  constexpr std::string_view kRaw = "bundle.raw";
  Subjects found;
  for (const Sample& sample : facts.samples) {
    const std::string* asset = sample.metric.starts_with("bundle.") ? sample.where.find("asset") : nullptr;
    if (asset == nullptr) {
      continue;
    }
    Subject& subject = found.try_emplace(*asset, Subject{*asset, 0, "", "", sample.location}).first->second;
    if (sample.metric == kRaw) {
      subject.amount = aggregate(sample, Stat::kMax);
    }
  }
  for (auto& [name, subject] : found) {
    const std::string size = subject.amount > 0 ? " (" + format_quantity(subject.amount, Unit::kBytes) + ")" : "";
    subject.phrase = fmt::format("the build writes {}{}", quoted(name), size);
  }
  return found;
}

Subjects routes(const Facts& facts) {
  Subjects found;
  for (const Exchange& exchange : facts.capture.exchanges) {
    if (!exchange.route.empty()) {
      found.try_emplace(exchange.route, Subject{exchange.route, 0, "", "", exchange.location}).first->second.amount +=
          1;
    }
  }
  for (auto& [name, subject] : found) {
    subject.phrase = fmt::format("the route {} was called {}", quoted(name),
                                 counted(static_cast<std::size_t>(subject.amount), "time"));
  }
  // Routes that only the query log knows.
  for (const Sample& sample : facts.samples) {
    const std::string* route = sample.metric.starts_with("queries.") ? sample.where.find("route") : nullptr;
    if (route != nullptr) {
      found.try_emplace(*route,
                        Subject{*route, 0, "the query log has the route " + quoted(*route), "", sample.location});
    }
  }
  return found;
}

Subjects queries(const Facts& facts) {
  constexpr std::size_t kShown = 120;
  Subjects found;
  for (const QueryLog& log : facts.queries.logs) {
    for (const QueryShape& shape : log.shapes) {
      found.try_emplace(shape.text, Subject{shape.text, 0, "", "", shape.first}).first->second.amount +=
          static_cast<double>(shape.executions);
    }
  }
  for (auto& [text, subject] : found) {
    subject.phrase = fmt::format("a statement ran {} ({})", counted(static_cast<std::size_t>(subject.amount), "time"),
                                 shorten(printable(text), kShown));
  }
  return found;
}

struct Kind {
  std::string_view on;
  std::string_view plural;
  std::vector<std::string_view> families;  ///< inputs that usually supply such names
  std::vector<FactKind> needs;             ///< empty: samples bring them
  Subjects (*collect)(const Facts& facts);
};

const Kind& kind_of(const Rule& rule) {
  static const std::vector<Kind> kKinds{{"package", "packages", {"bundle."}, {FactKind::kPackages}, packages},
                                        {"asset", "assets", {"bundle."}, {}, assets},
                                        {"route", "routes", {"payload.", "queries."}, {}, routes},
                                        {"query", "statements", {"queries."}, {FactKind::kStatements}, queries}};
  const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& kind) { return kind.on == rule.on; });
  if (found == kKinds.end()) {
    throw InternalError(fmt::format("the rule '{}' matches '{}', which has no names", rule.id, rule.on));
  }
  return *found;
}

}  // namespace

std::vector<FactKind> needs_of_pattern(const Rule& rule) { return kind_of(rule).needs; }

void detect_pattern(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const Expected<Pattern> pattern = Pattern::compile(rule.pattern);
  if (!pattern) {
    throw InternalError("the rule '" + rule.id + "': " + pattern.error().message);
  }
  const Kind& kind = kind_of(rule);
  const Subjects subjects = kind.collect(facts);
  if (subjects.empty()) {
    if (const Input* input = supplier(facts, kind.families)) {
      findings.push_back(nothing_to_look_at(
          rule, *input,
          fmt::format("the inputs contain no {} that its pattern could be matched against", kind.plural)));
    }
    return;
  }
  for (const auto& [name, subject] : subjects) {
    if (!pattern->found_in(subject.text)) {
      continue;
    }
    Finding finding;
    finding.rule = rule.id;
    finding.level = rule.level;
    finding.subject = printable(name);
    finding.message = with_words_of(rule, subject.phrase);
    finding.location = subject.location;
    finding.magnitude = subject.amount;
    finding.fix.text = rule.help;
    finding.key = finding_key(rule.id, {rule.on, name});
    if (rule.on == "query") {
      finding.evidence.sql = printable(name);
      finding.evidence.count = static_cast<std::uint64_t>(subject.amount);
    } else if (rule.on == "route") {
      finding.evidence.route = printable(name);
    } else if (!subject.importer.empty()) {
      finding.evidence.details.emplace_back("imported by", printable(subject.importer));
    }
    finding.evidence.input = subject.location.file;
    finding.evidence.line = subject.location.line;
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
