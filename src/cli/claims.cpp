#include "cli/claims.h"

#include <fmt/format.h>

#include <algorithm>

#include "judge/decide.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

int badness(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPass:
      return 0;
    case Outcome::kInconclusive:
      return 1;
    case Outcome::kFail:
      return 2;
    case Outcome::kError:
      return 3;
  }
  return 3;
}

/// A run for a pull request checks out a merge of its head into the base.
bool is_of(const Report& report, const std::string& head) {
  return report.commit == head || std::find(report.parents.begin(), report.parents.end(), head) != report.parents.end();
}

Error of_another_commit(const Report& report, const std::string& path, const std::string& head) {
  return {ErrorKind::kInput,
          fmt::format("these results are of {}, and the run that is commented on is of {}",
                      report.commit.empty() ? "no commit" : "the commit " + report.commit, head),
          Location::of(path),
          "nothing is shown of them; let the measuring job run check in the checkout of its commit"};
}

}  // namespace

void judge_again(Report& report) {
  const Outcome said = report.outcome;
  const int said_exit = report.exit_code;
  decide(report, {});
  if (badness(said) > badness(report.outcome) || (said_exit != kExitPass && report.exit_code == kExitPass)) {
    report.outcome = badness(said) > badness(report.outcome) ? said : Outcome::kInconclusive;
    report.exit_code = said_exit;
  }
}

Errors take_as_claims(std::vector<Report>& reports, const std::vector<std::string>& paths,
                      const ClaimContext& context) {
  if (context.app.empty()) {
    return {{ErrorKind::kUsage,
             "results of another run may name any application: this workflow must name it",
             {},
             "pass --app NAME"}};
  }
  if (context.head.empty()) {
    return {{ErrorKind::kUsage,
             "the commit that the other run was for is not known",
             {},
             "pass --head-sha ${{ github.event.workflow_run.head_sha }}"}};
  }
  Errors errors;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    Report& report = reports[i];
    if (!is_of(report, context.head)) {
      errors.push_back(of_another_commit(report, paths.at(i), context.head));
    }
    if (reports.size() == 1) {
      report.app = context.app;
    }
    report.unbudgeted = 0;  // it counts measurements that nobody here has read
    const bool did_not_pass = !context.run.conclusion.empty() && context.run.conclusion != "success";
    if (report.outcome == Outcome::kPass && did_not_pass) {
      report.outcome = Outcome::kInconclusive;
      report.exit_code = kExitCannotJudge;
    }
  }
  return errors;
}

}  // namespace budgetcheck
