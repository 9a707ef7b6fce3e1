#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/text/log_text.h"
#include "model/exit_code.h"
#include "report/format.h"
#include "report/words/finding_words.h"
#include "report/words/order.h"
#include "report/words/paths.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

// A line is read in an editor's list and in a terminal: what is longer is said in full by the text report.
constexpr std::size_t kLongestText = 240;
constexpr std::size_t kLongestStep = 140;
constexpr std::size_t kLongestPath = 1000;
constexpr std::size_t kLongestName = 80;

enum class Weight { kError, kWarning, kNote };

std::string_view word_of(Weight weight) {
  switch (weight) {
    case Weight::kError:
      return "error";
    case Weight::kWarning:
      return "warning";
    case Weight::kNote:
      break;
  }
  return "note";
}

/// What a sentence says first, where all of it is too long; without a full stop, which would stand inside of the line.
std::string clause(std::string_view text, std::size_t width) {
  std::string out(trim(text));
  if (display_width(out) > width) {
    std::size_t end = std::string::npos;
    for (const std::string_view boundary : {". ", "; "}) {
      const std::size_t at = out.rfind(boundary, width);
      end = at == std::string::npos || (end != std::string::npos && end > at) ? end : at;
    }
    constexpr std::size_t kLeast = 20;  // less says nothing
    out = end != std::string::npos && end >= kLeast ? out.substr(0, end) : shorten(out, width);
  }
  return out.ends_with('.') ? out.substr(0, out.size() - 1) : out;
}

/// That every limit may be raised is no step of one of them.
std::string_view without_raising(std::string_view step) { return step.substr(0, step.find("; or raise the limit ")); }

struct Line {
  Weight weight = Weight::kError;
  std::string text;
};

class CompactLines {
 public:
  CompactLines(const Report& report, const Rendering& rendering) : report_(report), rendering_(rendering) {}

  std::string render() {
    for (const Error& problem : report_.problems) {
      const Location place = problem.location.file.empty() ? Location::of(report_.budgets_path) : problem.location;
      add(Weight::kError, place, sentence_text(problem.message), sentence_text(problem.hint), problem.code);
    }
    for (const Verdict* verdict : worst_first(report_.verdicts)) {
      add(*verdict);
    }
    for (const Finding* finding : worst_first(report_.findings)) {
      add(*finding);
    }
    for (const Input& input : report_.inputs) {
      add(input);
    }
    for (const std::string& clause : report_.gate) {
      add(Weight::kNote, Location::of(report_.budgets_path),
          fmt::format("this change alters its own gate: {}", sentence_text(clause)), "", "");
    }
    const bool says_why =
        std::any_of(lines_.begin(), lines_.end(), [](const Line& line) { return line.weight == Weight::kError; });
    if (report_.exit_code != kExitPass && report_.exit_code != kExitFailed && !says_why) {
      add(Weight::kError, Location::of(report_.budgets_path), outcome_words(report_), "", "");
    }
    std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) { return a.weight < b.weight; });
    std::string out;
    for (const Line& line : lines_) {
      out += line.text;
    }
    return out;
  }

 private:
  void add(const Verdict& verdict) {
    const Gravity g = gravity(verdict);
    if (g == Gravity::kPasses || g == Gravity::kWaived) {
      return;
    }
    const bool is_red = breaks(verdict, report_.fail_level) || g == Gravity::kError || g == Gravity::kUnclear;
    // How many runs stand behind the value is said with it.
    std::string subject = is_on_gate(verdict) ? subject_words(verdict) : name_text(verdict.metric);
    append_part(subject, ", ", name_text(to_string(verdict.where)));
    const std::string text = fmt::format("{}{}: {}", g == Gravity::kUnclear ? "unclear: " : "",
                                         subject.empty() ? budget_words(verdict) : subject, message_words(verdict));
    add(is_red ? Weight::kError : Weight::kWarning, place_of(verdict, report_), text,
        without_raising(next_step(verdict)), verdict.code);
  }

  void add(const Finding& finding) {
    const Gravity g = gravity(finding);
    if (g == Gravity::kFails || g == Gravity::kWarns || g == Gravity::kNote) {
      add(breaks(finding, report_.fail_level) ? Weight::kError
          : g == Gravity::kNote               ? Weight::kNote
                                              : Weight::kWarning,
          place_of(finding, report_), message_words(finding), next_step(finding, report_.rules), finding.rule);
    }
  }

  void add(const Input& input) {
    if (input.state != InputState::kRead) {
      add(report_.exit_code == kExitPass ? Weight::kWarning : Weight::kError, Location::of(input.path),
          input_words(input), sentence_text(input.hint), "input");
    }
  }

  void add(Weight weight, const Location& place, std::string_view text, std::string_view step, std::string_view code) {
    std::string line = place.file.empty() ? std::string("budgetcheck") : place_text(place);
    line += fmt::format(": {}: {}", word_of(weight), clause(text, kLongestText));
    append_part(line, "; do: ", clause(step, kLongestStep));
    append_part(line, " ", code.empty() ? std::string() : fmt::format("[{}]", name_text(code, kLongestName)));
    // Each line by itself: a name of a file may begin as a command does.
    lines_.push_back({weight, log_text(rendering_.unicode ? line : ascii(line)) + "\n"});
  }

  /// "logs/app.ndjson:2:1": as an editor that was started in this folder opens it. A whole file is opened at its top.
  static std::string place_text(const Location& place) {
    return fmt::format("{}:{}:{}", name_text(place.file, kLongestPath), std::max(place.line, 1U),
                       std::max(place.column, 1U));
  }

  const Report& report_;
  const Rendering& rendering_;
  std::vector<Line> lines_;
};

}  // namespace

std::string render_compact(const Report& report, const Rendering& rendering) {
  return CompactLines(report, rendering).render();
}

}  // namespace budgetcheck
