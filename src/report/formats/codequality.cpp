#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "json/writer.h"
#include "model/exit_code.h"
#include "report/format.h"
#include "report/words/finding_words.h"
#include "report/words/order.h"
#include "report/words/paths.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"
#include "report/words/verdict_words.h"
#include "results/document.h"

namespace budgetcheck {
namespace {

using json::Writer;

// GitLab's reader stops at the first entry that it finds invalid and drops what follows without a word, so every entry
// has all that the schema asks for: description, fingerprint, severity, and a location with a path and a line.

constexpr std::size_t kLongestDescription = 500;

/// An entry is the same one tomorrow, whatever was measured, so that the merge request shows what is new and what is
/// fixed.
std::string fingerprint(const std::vector<std::string>& parts) { return stable_key(join(parts, std::string(1, '\0'))); }

std::string_view severity(Gravity gravity) {
  switch (gravity) {
    case Gravity::kFails:
      return "critical";
    case Gravity::kError:
    case Gravity::kUnclear:
      return "major";
    case Gravity::kWarns:
      return "minor";
    default:
      return "info";
  }
}

/// Of a finding by its level alone: one that the base has as well must not look milder there or here.
std::string_view severity(Level level) {
  return level == Level::kError ? "critical" : level == Level::kWarning ? "minor" : "info";
}

class CodeQuality {
 public:
  explicit CodeQuality(const Report& report) : report_(report) {}

  std::string render() {
    for (const Error& problem : report_.problems) {
      add("budgetcheck", sentence_text(problem.message), "blocker", problem.location,
          {"problem", sentence_text(problem.message)});
    }
    for (const Verdict* v : worst_first(report_.verdicts)) {
      if (v->status != Status::kPass && v->status != Status::kWaived) {
        add(v->metric.empty() ? "budget" : v->metric, fmt::format("{}: {}", budget_words(*v), message_words(*v)),
            severity(gravity(*v)), place_of(*v, report_),
            {"budget", report_.app, v->budget, v->metric, to_string(v->where)});
      }
    }
    // Known findings too: the report of the target branch has them, and what is missing here would look fixed.
    for (const Finding* f : worst_first(report_.findings)) {
      if (f->level != Level::kOff && f->state != FindingState::kWaived) {
        add(f->rule, message_words(*f), severity(f->level), place_of(*f, report_),
            {"finding", report_.app, f->rule, f->key});
      }
    }
    for (const Input& input : report_.inputs) {
      if (input.state != InputState::kRead) {
        add("input", fmt::format("{} is {}", name_text(input.path), input_words(input)),
            report_.exit_code == kExitPass ? "minor" : "major", Location::of(input.path), {"input", input.path});
      }
    }
    if (entries_.empty() && report_.exit_code != kExitPass) {
      add("budgetcheck", outcome_words(report_), "blocker", {}, {"outcome", std::to_string(report_.exit_code)});
    }
    std::string out = "[";
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      out += (i == 0 ? "\n" : ",\n") + entries_[i];
    }
    return out + (entries_.empty() ? "]\n" : "\n]\n");
  }

 private:
  void add(std::string_view check, const std::string& description, std::string_view severity, const Location& place,
           std::vector<std::string> identity) {
    std::string key = fingerprint(identity);
    for (int n = 2; !seen_.insert(key).second; ++n) {
      std::vector<std::string> another = identity;
      another.push_back(std::to_string(n));
      key = fingerprint(another);
    }
    const std::string text = sentence_text(description, kLongestDescription);
    entries_.push_back(json_record([&](Writer& w) {
      w.member("description", trim(text).empty() ? std::string("no message") : text);
      w.member("check_name", name_text(check.empty() ? "budgetcheck" : check));
      w.member("fingerprint", key).member("severity", severity);
      w.key("location").begin_object().member("path", path_of(place));
      w.key("lines").begin_object().member("begin", std::max<std::uint32_t>(place.line, 1)).end_object().end_object();
    }));
  }

  /// Relative to the root of the repository and never empty; nothing that reads as the scheme of an address.
  std::string path_of(const Location& place) const {
    std::string path = repository_path(place.file, report_);
    if (path.empty() || path == ".") {
      path = repository_path(report_.budgets_path.empty() ? "budgets.yml" : report_.budgets_path, report_);
    }
    const std::size_t colon = path.find(':');
    if (colon != std::string::npos && path.find('/') > colon) {
      path[colon] = '_';
    }
    return path.empty() ? "budgets.yml" : path;
  }

  const Report& report_;
  std::vector<std::string> entries_;
  std::set<std::string> seen_;
};

}  // namespace

std::string render_codequality(const Report& report, const Rendering& /*rendering*/) {
  return CodeQuality(report).render();
}

}  // namespace budgetcheck
