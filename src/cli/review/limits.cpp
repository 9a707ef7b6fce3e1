#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "cli/chosen_budgets.h"
#include "cli/review/review.h"
#include "cli/terminal/console.h"
#include "cli/terminal/refuse.h"
#include "collect/keyed_requests.h"
#include "judge/limits/replay.h"
#include "model/exit_code.h"
#include "report/review/limits_review.h"

namespace budgetcheck {
namespace {

Error wrong(const BudgetsFile& budgets, std::string message, std::string hint) {
  return {ErrorKind::kUsage, std::move(message), Location::of(budgets.path), std::move(hint)};
}

/// What the budgets file and the options have to say between them.
Errors missing(const BudgetsFile& budgets, const ReviewOptions& options) {
  Errors errors;
  if (!budgets.limits || budgets.limits->plans.empty()) {
    errors.push_back(wrong(budgets, "the budgets file has no plans to replay a log through",
                           "add limits: { plans: { free: { rate: 5/s, burst: 10, tenants: 1000 } } }"));
    return errors;
  }
  if (options.key.empty() && budgets.limits->key.empty()) {
    errors.push_back(wrong(budgets, "nothing says what tells customers apart",
                           "add the key to limits (key: $http_x_api_key), or name the field of the log with --key"));
  }
  const bool is_told = !options.plan.empty() || !budgets.limits->plan.empty() || budgets.limits->plans.size() == 1;
  for (const LimitPlan& plan : budgets.limits->plans) {
    if (!is_told && plan.prefixes.empty()) {
      errors.push_back(
          {ErrorKind::kUsage, fmt::format("nothing tells which requests have the plan '{}'", plan.name), plan.location,
           "say with what its keys begin (prefix: fr_), or name the field that holds the plan with --plan"});
    }
  }
  return errors;
}

Error no_keys(const std::string& path, const KeyPlace& key, std::uint64_t requests) {
  std::vector<std::string> names = key.names;
  constexpr std::size_t kShown = 6;
  names.resize(std::min(names.size(), kShown));
  return {ErrorKind::kInput,
          fmt::format("none of its {} has a key", counted(static_cast<std::size_t>(requests), "request")),
          Location::of(path),
          names.empty()
              ? "name the field with --key"
              : fmt::format("looked for {}: name the field with --key (-1 is the last word of a line), or let "
                            "the server log it",
                            join(names, ", "))};
}

Error no_times(const std::string& path) {
  return {ErrorKind::kInput, "none of its requests says when it was", Location::of(path),
          "let the server log the time; with milliseconds ($msec in nginx) the replay is exact"};
}

}  // namespace

int run_review_limits(const FileSystem& files, const ReviewOptions& options) {
  ExpectedAll<BudgetsFile> budgets =
      load_own_budgets(files, options.budgets, ".", "name a file with --budgets that has limits");
  if (!budgets) {
    return refuse(budgets.error());
  }
  if (const Errors errors = missing(*budgets, options); !errors.empty()) {
    return refuse(errors);
  }
  RateLimits limits = *budgets->limits;
  const KeyPlace key = key_place(options.key.empty() ? limits.key : options.key);
  const KeyPlace plan = key_place(options.plan.empty() ? limits.plan : options.plan);
  limits.plan = options.plan.empty() ? limits.plan : options.plan;
  LimitReplay replay(limits);
  LimitsReview review;
  Errors errors;
  std::uint64_t not_understood = 0;
  for (const std::string& path : options.files) {
    std::uint64_t with_key = 0;
    std::uint64_t with_time = 0;
    const Expected<KeyedCounts> counts = read_keyed_requests(files, path, key, plan, [&](const KeyedRequest& request) {
      with_key += request.key.empty() ? 0U : 1U;
      with_time += request.at_ms >= 0 ? 1U : 0U;
      replay.take(
          {request.at_ms, request.whole_seconds, request.key, request.plan, request.status, path, request.line});
    });
    if (!counts) {
      Error error = counts.error();
      error.location = error.location.file.empty() ? Location::of(path) : error.location;
      errors.push_back(std::move(error));
    } else if (with_key == 0) {
      errors.push_back(no_keys(path, key, counts->requests));
    } else if (with_time == 0) {
      errors.push_back(no_times(path));
    } else {
      review.files.push_back(path);
      not_understood += counts->not_understood;
    }
  }
  if (!errors.empty()) {
    return refuse(errors);
  }
  review.replay = replay.finish();
  if (not_understood > 0) {
    review.notes.push_back(fmt::format("{} not understood as requests",
                                       counted(static_cast<std::size_t>(not_understood), "line was", "lines were")));
  }
  if (limits.capacity && limits.capacity->per_instance) {
    review.notes.emplace_back("limits hold on each instance: pass the log of one instance");
  }
  (void)print(options.format == "markdown" ? render_limits_markdown(review) : render_limits_text(review));
  return kExitPass;
}

}  // namespace budgetcheck
