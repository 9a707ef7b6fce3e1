#include "cli/comment.h"

#include <iostream>
#include <set>

#include "base/number.h"
#include "base/text.h"
#include "base/variables.h"
#include "budget/catalogue.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/terminal.h"
#include "deliver/comment_target.h"
#include "deliver/job_summary.h"
#include "deliver/sync_comment.h"
#include "model/exit_code.h"
#include "report/formats/comment.h"
#include "results/read_report.h"

namespace budgetcheck {
namespace {

void say(const std::string& line) { (void)write_all(kStandardError, "budgetcheck: " + line + "\n"); }

/// In a GitHub log a line that begins with "::", and "##[" anywhere, is an order to the runner.
std::string for_log(const std::string& markdown) {
  return replace_all(replace_all(markdown, "##[", "## ["), "\n::", "\n: :");
}

ExpectedAll<std::vector<Report>> read_all(const FileSystem& files, const std::vector<std::string>& paths) {
  std::vector<Report> reports;
  Errors errors;
  constexpr std::size_t kMostResults = 500;
  if (paths.size() > kMostResults) {
    return tl::unexpected(Errors{
        {ErrorKind::kUsage, "more than " + std::to_string(kMostResults) + " results files are no comment", {}, {}}});
  }
  for (const std::string& path : paths) {
    ExpectedAll<Report> report = read_report(files, path, shipped_metrics());
    if (report) {
      report->rules = shipped_rules();
      reports.push_back(std::move(*report));
    } else {
      errors.insert(errors.end(), report.error().begin(), report.error().end());
    }
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return reports;
}

/// BUDGETCHECK_DELIVERY_TIMEOUT in seconds, for all requests together.
std::chrono::milliseconds time_limit(const Variables& variables) {
  constexpr double kDefault = 60;
  constexpr double kMost = 3600;
  const char* text = variables("BUDGETCHECK_DELIVERY_TIMEOUT");
  const double seconds = text == nullptr ? kDefault : parse_number(text).value_or(kDefault);
  return std::chrono::milliseconds(
      static_cast<long long>((seconds > 0 && seconds <= kMost ? seconds : kDefault) * 1000));
}

int not_delivered(const Options& options, const Variables& variables, const std::string& markdown,
                  const std::string& why) {
  say("the comment was not delivered: " + why);
  const Expected<std::string> summary = append_to_summary(variables, markdown);
  if (summary && !summary->empty()) {
    say("it is in the job summary instead");
  } else {
    if (!summary) {
      say(to_string(summary.error()));
    }
    (void)write_all(kStandardOutput, for_log(markdown));
  }
  return options.strict_delivery ? kExitDelivery : kExitPass;
}

}  // namespace

int run_comment(const FileSystem& files, const Options& options) {
  const Variables variables = process_variables();
  if (options.arguments.empty()) {
    return refuse({{ErrorKind::kUsage,
                    "comment needs results: one file or several, as budgetcheck check --output json=FILE writes them",
                    {},
                    {}}});
  }
  const ExpectedAll<std::vector<Report>> reports = read_all(files, options.arguments);
  if (!reports) {
    return refuse(reports.error());
  }
  const CommentWishes wishes{options.job, options.repository, options.head_sha, options.pull_request};
  Expected<CommentTarget> target = find_comment_target(files, variables, wishes);
  if (!target) {
    return refuse({target.error()});
  }
  for (const std::string& note : target->notes) {
    say(note);
  }
  const CommentContext context{options.app, target->job, target->run_url};
  CommentWish wish;
  wish.marker = comment_marker(*reports, context);
  wish.body = render_comment(*reports, context);
  wish.green = true;
  for (const Report& report : *reports) {
    wish.green = wish.green && is_quiet(report);
  }
  wish.when_green = options.when_green == "delete" ? WhenGreen::kDelete
                    : options.when_green == "hide" ? WhenGreen::kHide
                                                   : WhenGreen::kEdit;
  if (options.dry_run) {
    (void)write_all(kStandardOutput, wish.body);
    return kExitPass;
  }
  if (const std::string why = why_undeliverable(*target, variables); !why.empty()) {
    return not_delivered(options, variables, wish.body, why);
  }
  HttpSession session(send_by_curl, real_clock(), time_limit(variables));
  const std::unique_ptr<CommentHost> host = target->platform == CommentPlatform::kGithub
                                                ? github_comments(*target, session)
                                                : gitlab_comments(*target, session);
  const Delivered<void> fits = host->check_head();
  if (!fits) {
    return not_delivered(options, variables, wish.body, fits.error().message);
  }
  const Delivered<CommentDone> done = sync_comment(*host, wish);
  if (!done) {
    return not_delivered(options, variables, wish.body, done.error().message);
  }
  for (const std::string& note : done->notes) {
    say(note);
  }
  (void)write_all(kStandardOutput, for_log("comment " + std::string(to_string(done->what)) +
                                           (done->url.empty() ? "" : ": " + printable(done->url)) + "\n"));
  return kExitPass;
}

}  // namespace budgetcheck
