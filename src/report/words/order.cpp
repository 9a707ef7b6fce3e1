#include "report/words/order.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

template <class T>
std::vector<const T*> sorted(const std::vector<T>& items) {
  std::vector<const T*> out;
  out.reserve(items.size());
  for (const T& item : items) {
    out.push_back(&item);
  }
  std::stable_sort(out.begin(), out.end(), [](const T* a, const T* b) { return gravity(*a) < gravity(*b); });
  return out;
}

}  // namespace

std::string_view status_word(Gravity gravity) {
  switch (gravity) {
    case Gravity::kFails:
      return "FAIL";
    case Gravity::kError:
      return "ERROR";
    case Gravity::kUnclear:
      return "UNCLEAR";
    case Gravity::kWarns:
      return "WARN";
    case Gravity::kKnown:
      return "KNOWN";
    case Gravity::kNote:
      return "NOTE";
    case Gravity::kWaived:
      return "WAIVED";
    case Gravity::kPasses:
      return "PASS";
  }
  return "ERROR";
}

Gravity gravity(const Verdict& verdict) {
  switch (verdict.status) {
    case Status::kFail:
      return Gravity::kFails;
    case Status::kError:
      return Gravity::kError;
    case Status::kInconclusive:
      return Gravity::kUnclear;
    case Status::kWarn:
      return Gravity::kWarns;
    case Status::kWaived:
      return Gravity::kWaived;
    case Status::kPass:
      return Gravity::kPasses;
  }
  return Gravity::kError;
}

Gravity gravity(const Finding& finding) {
  switch (finding.state) {
    case FindingState::kWaived:
      return Gravity::kWaived;
    case FindingState::kSame:
    case FindingState::kBetter:
      return Gravity::kKnown;
    case FindingState::kNew:
    case FindingState::kWorse:
      break;
  }
  if (finding.level == Level::kError) {
    return Gravity::kFails;
  }
  return finding.level == Level::kWarning ? Gravity::kWarns : Gravity::kNote;
}

bool breaks(const Verdict& verdict, Level fail_level) {
  return verdict.status == Status::kFail ||
         (verdict.status == Status::kWarn && (fail_level == Level::kWarning || fail_level == Level::kNote));
}

bool breaks(const Finding& finding, Level fail_level) {
  const Gravity g = gravity(finding);
  return g == Gravity::kFails ||
         (g == Gravity::kWarns && (fail_level == Level::kWarning || fail_level == Level::kNote));
}

std::vector<const Verdict*> worst_first(const std::vector<Verdict>& verdicts) { return sorted(verdicts); }
std::vector<const Finding*> worst_first(const std::vector<Finding>& findings) { return sorted(findings); }

std::vector<const Verdict*> gate_verdicts(const std::vector<Verdict>& verdicts) {
  std::vector<const Verdict*> out = worst_first(verdicts);
  std::erase_if(out, [](const Verdict* verdict) { return !alters_gate(*verdict); });
  return out;
}

bool alters_gate(const Report& report) {
  return !report.gate.empty() || std::any_of(report.verdicts.begin(), report.verdicts.end(),
                                             [](const Verdict& verdict) { return alters_gate(verdict); });
}

Tally tally(const Report& report) {
  Tally out;
  struct Worst {
    Gravity gravity = Gravity::kPasses;
    bool improved = false;
  };
  std::map<std::string_view, Worst> budgets;
  for (const Verdict& verdict : report.verdicts) {
    if (is_on_gate(verdict)) {
      out.gate_failing += gravity(verdict) == Gravity::kFails ? 1U : 0U;
      out.gate_warning += gravity(verdict) == Gravity::kWarns ? 1U : 0U;
      continue;
    }
    Worst& worst = budgets[verdict.budget];
    worst.gravity = std::min(worst.gravity, gravity(verdict));
    worst.improved = worst.improved || is_improvement(verdict);
  }
  out.budgets = budgets.size();
  for (const auto& [id, worst] : budgets) {
    switch (worst.gravity) {
      case Gravity::kFails:
        ++out.failed;
        break;
      case Gravity::kError:
        ++out.errors;
        break;
      case Gravity::kUnclear:
        ++out.unclear;
        break;
      case Gravity::kWarns:
        ++out.warned;
        break;
      case Gravity::kWaived:
        ++out.waived;
        break;
      case Gravity::kKnown:
      case Gravity::kNote:
      case Gravity::kPasses:
        ++out.passed;
        out.improved += worst.improved ? 1U : 0U;
        break;
    }
  }
  for (const Finding& finding : report.findings) {
    const Gravity g = gravity(finding);
    ++(g == Gravity::kFails   ? out.findings_failing
       : g == Gravity::kWarns ? out.findings_warning
       : g == Gravity::kKnown ? out.findings_known
                              : out.findings_other);
  }
  out.bad_inputs = static_cast<std::size_t>(std::count_if(report.inputs.begin(), report.inputs.end(),
                                                          [](const Input& i) { return i.state != InputState::kRead; }));
  out.problems = report.problems.size();
  return out;
}

}  // namespace budgetcheck
