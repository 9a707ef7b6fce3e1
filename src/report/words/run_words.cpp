#include "report/words/run_words.h"

#include <fmt/format.h>

#include "base/text.h"
#include "model/exit_code.h"
#include "report/words/order.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

/// Said once: the problem is the reason, and the outcome's one line needs no other.
bool has_nothing_to_check(const Report& report) {
  return report.problems.size() == 1 && report.problems.front().code == "NOTHING_TO_CHECK";
}

}  // namespace

std::string base_words(const BaseInfo& base) {
  if (base.kind == "none" || base.kind.empty()) {
    const std::string how = name_text(base.how);
    return fmt::format("base: none{}, absolute limits only", how.empty() ? "" : fmt::format(" ({})", how));
  }
  if (base.kind == "several") {
    return "base: " + name_text(base.how);
  }
  constexpr std::size_t kShortCommit = 7;
  std::string out = "base: ";
  out += base.commit.empty() ? name_text(base.kind) : name_text(base.commit.substr(0, kShortCommit));
  append_part(out, ", ", name_text(base.how));
  if (base.commits_older > 0) {
    out += fmt::format(", nearest: {} older", counted(base.commits_older, "commit"));
  }
  return out;
}

std::string input_words(const Input& input) {
  std::string out = input.state == InputState::kUnreadable   ? "not usable"
                    : input.state == InputState::kIncomplete ? "incomplete"
                                                             : "";
  append_part(out, ": ", sentence_text(input.message));
  return out;
}

std::string_view exit_meaning(int exit_code) {
  switch (exit_code) {
    case kExitPass:
      return "within budgets";
    case kExitFailed:
      return "a budget or a rule failed";
    case kExitUsage:
      return "the command line or the budgets file is wrong";
    case kExitCannotJudge:
      return "cannot judge: an input is missing or incomplete, or a verdict is unclear";
    case kExitNoBase:
      return "a base was required and not found";
    case kExitDelivery:
      return "the results could not be delivered";
    default:
      return "an internal error";
  }
}

std::string counts_words(const Report& report) {
  if (has_nothing_to_check(report)) {
    return "nothing to check";
  }
  const Tally t = tally(report);
  const std::string total = " of " + counted(t.budgets, "budget");
  std::string out;
  const auto part = [&](std::size_t n, std::string_view what) {
    if (n > 0) {
      append_part(out, ", ", std::to_string(n) + (out.empty() ? total : std::string()) + std::string(what));
    }
  };
  part(t.failed, report.outcome == Outcome::kFail ? "" : " failed");
  part(t.errors, " with an error");
  part(t.unclear, " unclear");
  part(t.warned, t.failed + t.errors + t.unclear == 0 ? " with a warning" : " warned");
  if (out.empty() && t.budgets > 0) {
    out = counted(t.budgets, "budget") + " kept";
    append_part(out, ", ", t.waived > 0 ? fmt::format("{} of them waived", t.waived) : std::string());
  }
  if (out.empty()) {
    out = report.inputs.empty() ? "nothing was measured" : "no budgets";
  }
  const auto more = [&](std::size_t n, std::string_view singular, std::string_view plural) {
    append_part(out, ", ", n > 0 ? counted(n, singular, plural) : std::string());
  };
  more(t.gate_failing, "setting of the gate loosened", "settings of the gate loosened");
  more(t.gate_warning, "warning about the gate", "warnings about the gate");
  const std::size_t findings = t.findings_failing + t.findings_warning;
  if (t.findings_failing > 0 && t.findings_warning > 0) {
    append_part(out, ", ", fmt::format("{} of {}", t.findings_failing, counted(findings, "finding")));
  } else {
    append_part(out, ", ", findings == 0 ? "" : counted(findings, "finding"));
    out += t.findings_warning > 0 ? ", warnings only" : "";
  }
  more(t.findings_known, "known finding", "known findings");
  more(t.bad_inputs, "input not fully read", "inputs not fully read");
  more(t.problems, "problem", "problems");
  return out;
}

std::string_view outcome_word(const Report& report) {
  switch (report.outcome) {
    case Outcome::kPass:
      return "PASSED";
    case Outcome::kFail:
      return "FAILED";
    case Outcome::kInconclusive:
      return "CANNOT JUDGE";
    case Outcome::kError:
      return "ERROR";
  }
  return "ERROR";
}

std::string outcome_words(const Report& report) {
  const Tally t = tally(report);
  const bool unenforced = report.exit_code == kExitPass && t.failed + t.findings_failing > 0;
  std::string meaning;
  if (unenforced) {
    meaning = ": nothing is enforced";
  } else if (!has_nothing_to_check(report) && report.exit_code != kExitPass && report.exit_code != kExitFailed) {
    meaning = fmt::format(": {}", exit_meaning(report.exit_code));
  }
  return fmt::format("{}: {} (exit {}{})", outcome_word(report), counts_words(report), report.exit_code, meaning);
}

}  // namespace budgetcheck
