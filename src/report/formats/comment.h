#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.h"

namespace budgetcheck {

/// Results that another run measured than the one that comments: what that run says of itself.
struct OtherRun {
  bool of_fork = false;
  std::string conclusion;  ///< as the platform has it: "success", "failure"; empty: not known
};

/// What a comment says beside the reports.
struct CommentContext {
  std::string app;  ///< names the comment together with `job`; empty: the reports' own, or "all" of several
  std::string job;
  std::string run_url;                     ///< of the run that measured; empty or of another form: no link
  std::optional<OtherRun> other_run = {};  ///< then the comment says whose word its numbers are
};

/// The hidden first line that a comment is found again by: "<!-- budgetcheck v1 app=storefront job=ci -->". Two
/// different names never make the same one.
std::string comment_marker(std::string_view app, std::string_view job);
/// The one of these reports.
std::string comment_marker(const std::vector<Report>& reports, const CommentContext& context);

/// Nothing in it asks for attention: no failure, no warning, nothing unclear, every input read.
bool is_quiet(const Report& report);

/// One comment for one report, or for those of a matrix together: worst first, what has no room is counted. Of reports
/// that are all quiet only one line. At most 65,000 bytes.
std::string render_comment(const std::vector<Report>& reports, const CommentContext& context);

/// The comment without what differs in every run although nothing changed: the last line, which names the commit and
/// the run; line breaks and blanks at the end as any server may leave them.
std::string comment_substance(std::string_view body);

// Shared with render_markdown.

/// The application, else the project; may be empty.
std::string app_name(const Report& report);
std::string_view outcome_symbol(const Report& report);
/// "### ❌ budgetcheck `storefront`: failed, 2 of 14 budgets".
std::string markdown_title(const Report& report);
/// What is below the title.
std::string markdown_details(const Report& report, std::size_t limit);

}  // namespace budgetcheck
