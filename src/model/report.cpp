#include "model/report.h"

namespace budgetcheck {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::kPass:
      return "pass";
    case Status::kWarn:
      return "warn";
    case Status::kFail:
      return "fail";
    case Status::kInconclusive:
      return "inconclusive";
    case Status::kWaived:
      return "waived";
    case Status::kError:
      return "error";
  }
  return "error";
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPass:
      return "pass";
    case Outcome::kFail:
      return "fail";
    case Outcome::kInconclusive:
      return "inconclusive";
    case Outcome::kError:
      return "error";
  }
  return "error";
}

bool is_on_gate(const Verdict& verdict) {
  return verdict.code == "GATE_LOOSENED" || verdict.code == "GATE_LOOSENED_NO_REASON" ||
         verdict.code == "INPUT_OF_CHANGE";
}

bool alters_gate(const Verdict& verdict) {
  return is_on_gate(verdict) || verdict.code == "BUDGET_LOOSENED" || verdict.code == "BUDGET_LOOSENED_NO_REASON" ||
         verdict.code == "BUDGET_REMOVED_NO_REASON";
}

}  // namespace budgetcheck
