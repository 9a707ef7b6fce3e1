#include "cli/comment.h"

#include <fmt/format.h>

#include <set>

#include "base/number.h"
#include "base/text.h"
#include "base/variables.h"
#include "budget/catalogue.h"
#include "cli/claims.h"
#include "cli/command_line/shared_options.h"
#include "cli/terminal/console.h"
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

struct AllReports {
  std::vector<Report> reports;
  std::vector<std::string> paths;  ///< where each was read
  std::string name;                ///< of the one file that has several apps; else empty
};

ExpectedAll<AllReports> read_all(const FileSystem& files, const std::vector<std::string>& paths) {
  AllReports all;
  Errors errors;
  constexpr std::size_t kMostResults = 500;
  if (paths.size() > kMostResults) {
    return tl::unexpected(
        Errors{{ErrorKind::kUsage, fmt::format("a comment takes at most {} results files", kMostResults), {}, {}}});
  }
  for (const std::string& path : paths) {
    ExpectedAll<ReadReports> read = read_reports(files, path, shipped_metrics());
    if (!read) {
      errors.insert(errors.end(), read.error().begin(), read.error().end());
      continue;
    }
    all.name = paths.size() == 1 && read->reports.size() > 1 ? read->name : "";
    for (Report& report : read->reports) {
      report.rules = shipped_rules();
      judge_again(report);
      all.reports.push_back(std::move(report));
      all.paths.push_back(path);
    }
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return all;
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

int not_delivered(const CommentOptions& options, const Variables& variables, const std::string& markdown,
                  const std::string& why) {
  say_aside(fmt::format("the comment was not delivered: {}", why));
  const Expected<std::string> summary = append_to_summary(variables, markdown);
  if (summary && !summary->empty()) {
    say_aside("it is in the job summary instead");
  } else {
    if (!summary) {
      say_aside(to_string(summary.error()));
    }
    (void)print(markdown);
  }
  return options.strict_delivery ? kExitDelivery : kExitPass;
}

}  // namespace

int run_comment(const FileSystem& files, const CommentOptions& options) {
  const Variables variables = process_variables();
  ExpectedAll<AllReports> all = read_all(files, options.results);
  if (!all) {
    return refuse(all.error());
  }
  std::vector<Report>& reports = all->reports;
  const CommentWishes wishes{options.job, options.repository, options.head_sha, options.pull_request};
  Expected<CommentTarget> target = find_comment_target(files, variables, wishes);
  if (!target) {
    return refuse({target.error()});
  }
  for (const std::string& note : target->notes) {
    say_aside(note);
  }
  if (target->other_run) {
    const Errors refused = take_as_claims(reports, all->paths, {options.app, target->head, *target->other_run});
    if (!refused.empty()) {
      return refuse(refused);
    }
  }
  const CommentContext context{options.app.empty() ? all->name : options.app, target->job, target->run_url,
                               target->other_run};
  CommentWish wish;
  wish.marker = comment_marker(reports, context);
  wish.body = render_comment(reports, context);
  wish.green = true;
  for (const Report& report : reports) {
    wish.green = wish.green && is_quiet(report);
  }
  wish.when_green = options.when_green == "delete" ? WhenGreen::kDelete
                    : options.when_green == "hide" ? WhenGreen::kHide
                                                   : WhenGreen::kEdit;
  if (options.dry_run) {
    (void)print(wish.body);
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
    say_aside(note);
  }
  (void)print(fmt::format("comment {}{}\n", to_string(done->what),
                          done->url.empty() ? "" : fmt::format(": {}", printable(done->url))));
  return kExitPass;
}

Command comment_command(const std::shared_ptr<CommentOptions>& options) {
  constexpr std::uint64_t kMostNumber = 1'000'000'000'000;
  CommentOptions& o = *options;
  Command command;
  command.name = "comment";
  command.summary = "create or update the pull request's comment from what check --output json=FILE wrote";
  command.text = "Several results files make one comment.";
  command.arguments = any_arguments("RESULTS...", o.results, 1);
  command.options = {
      app_option(o.app),
      text_option("job", "NAME", "names the comment together with the application (default: the job's name in CI)",
                  o.job),
      choice_option("when-green", "edit|delete|hide",
                    "what becomes of the comment when there is nothing left to report: one line (default), deleted, or "
                    "folded away",
                    o.when_green),
      number_option("pull-request", "the pull or merge request (default: that of the CI run)", o.pull_request,
                    kMostNumber),
      text_option("repository", "OWNER/NAME", "where it is (default: that of the CI run)", o.repository),
      text_option(
          "head-sha", "SHA",
          "for results of another run: refuse unless they are of this commit, and it is the pull request's head",
          o.head_sha),
      switch_option("dry-run", "print the comment and send nothing", o.dry_run),
      switch_option("strict-delivery", "exit with 5 when the comment could not be delivered", o.strict_delivery),
  };
  command.examples = {"budgetcheck comment results.json", "budgetcheck comment --dry-run web.json api.json"};
  command.run = [options](const FileSystem& files) { return run_comment(files, *options); };
  return command;
}

}  // namespace budgetcheck
