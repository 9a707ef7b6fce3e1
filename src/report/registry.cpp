#include "report/format.h"

namespace budgetcheck {

const std::vector<ReportFormat>& report_formats() {
  static const std::vector<ReportFormat> kFormats{
      {"text", "for a person at a terminal: worst first, and what to do", "", render_text},
      {"compact", "one line a problem, for editors and grep; nothing when all is well", "", render_compact},
      {"json", "everything, for programs; read back by --base and comment", "", render_json},
      {"junit", "test results, for GitLab, Jenkins and others", "", render_junit},
      {"sarif", "SARIF 2.1.0, for code scanning", "", render_sarif},
      {"markdown", "the body of a pull-request comment or a job summary", "", render_markdown},
      {"github", "annotations of a GitHub Actions run, the worst ten of each level", "", render_github},
      {"codequality", "GitLab's Code Quality report", "", render_codequality},
      {"openmetrics", "GitLab's metrics report, and what Prometheus reads", "", render_openmetrics},
      {"html", "one page for a browser: verdicts, treemaps, requests, history; needs no network", "budgetcheck.html",
       render_html},
      {"rerun", "what to measure again, base and head taking turns, for --rerun; for a CI script", "", render_rerun},
  };
  return kFormats;
}

}  // namespace budgetcheck
