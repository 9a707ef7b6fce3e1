#include "collect/queue/queue_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/account.h"
#include "collect/queue/queue_names.h"
#include "collect/queue/queue_recorder.h"
#include "collect/series/exposition.h"
#include "collect/series/series.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kQueryHint =
    "query the metrics themselves, such as bullmq_job_count or rabbitmq_queue_messages_ready, without rate() or sum(); "
    "map names of your own with the input's fields: { queue: LABEL, waiting: METRIC }";

/// Of what Prometheus says itself.
constexpr std::size_t kMostSaid = 200;

/// Names that the input maps: of the label that names the queue, and of metrics.
class MappedSeries {
 public:
  explicit MappedSeries(const InputSettings& settings) : roles_(mapped_counts(settings)) {
    const json::Value* fields = settings.find("fields");
    queue_ = fields != nullptr && fields->is_object() ? fields->string_or("queue", "") : "";
  }

  const std::string& queue() const { return queue_; }
  std::optional<QueueRole> role(const std::string& metric) const {
    const auto found =
        std::find_if(roles_.begin(), roles_.end(), [&](const MappedCount& one) { return one.name == metric; });
    return found == roles_.end() ? std::nullopt : std::optional(found->role);
  }

 private:
  std::string queue_;
  std::vector<MappedCount> roles_;
};

/// What a series tells of a queue.
struct SeriesOfQueue {
  std::string queue;
  QueueRole role = QueueRole::kWaiting;
  std::string target;  ///< who tells it
};

std::optional<SeriesOfQueue> of_queue(const Series& series, const MappedSeries& mapped) {
  SeriesOfQueue out;
  std::string_view label = mapped.queue();
  std::string_view state;
  if (const std::optional<QueueRole> role = mapped.role(series.name)) {
    out.role = *role;
  } else {
    const QueueMetric* metric = queue_metric(series.name);
    if (metric == nullptr) {
      return std::nullopt;
    }
    label = label.empty() ? metric->queue : label;
    if (metric->role) {
      out.role = *metric->role;
    } else {
      state = series.label("state");
      const std::optional<QueueRole> role_of_state = role_of_name(state);
      if (!role_of_state) {
        return std::nullopt;
      }
      out.role = *role_of_state;
    }
  }
  constexpr std::array<std::string_view, 6> kUsual{"queue", "queue_name",  "name",
                                                   "task",  "destination", "dimension_QueueName"};
  std::string_view queue = series.label(label);
  for (std::size_t i = 0; queue.empty() && i < kUsual.size(); ++i) {
    queue = series.label(kUsual[i]);
  }
  if (queue.empty()) {
    return std::nullopt;
  }
  const std::string_view vhost = series.label("vhost");
  out.queue = vhost.empty() || vhost == "/" ? std::string(queue) : fmt::format("{}/{}", vhost, queue);
  for (const auto& [name, value] : series.labels) {
    if (is_label_of_target(name)) {
      out.target += name + "=" + value + ",";
    }
  }
  return out;
}

/// Series of one queue, kind and target are added up at each time: they are its states or workers.
class SeriesSums {
 public:
  void add(const SeriesOfQueue& of, const Series& series, std::uint32_t line) {
    Sum& sum = sums_[{of.queue, of.target, of.role}];
    sum.line = sum.line == 0 ? line : sum.line;
    for (std::size_t i = 0; i < series.value.size(); ++i) {
      const double at = i < series.at.size() ? series.at[i] : -1;
      const auto [found, is_new] = sum.values.try_emplace(at, series.value[i]);
      found->second += is_new ? 0 : series.value[i];
    }
  }

  void give(QueueRecorder& recorder) const {
    for (const auto& [key, sum] : sums_) {
      const auto& [queue, target, role] = key;
      for (const auto& [at, value] : sum.values) {
        recorder.add(queue, target, role, at, value, false, sum.line);
      }
    }
  }

 private:
  struct Sum {
    std::map<double, double> values;
    std::uint32_t line = 0;
  };
  std::map<std::tuple<std::string, std::string, QueueRole>, Sum> sums_;
};

Expected<void> collect_answer(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  const MappedSeries mapped(source.settings);
  SeriesSums sums;
  std::uint64_t used = 0;
  std::uint64_t nameless = 0;
  std::set<std::string> others;
  const Expected<QueryAnswer> answer = read_query_answer(source.path, *source.content, [&](Series&& series) {
    if (const std::optional<SeriesOfQueue> of = of_queue(series, mapped)) {
      ++used;
      sums.add(*of, series, 0);
    } else if (series.name.empty()) {
      ++nameless;
    } else {
      others.insert(series.name);
    }
  });
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (answer->status == "error") {
    const std::string said = answer->error.empty() ? "" : ": " + shorten(printable(answer->error), kMostSaid);
    return fail(ErrorKind::kInput, "it holds Prometheus' error message in place of an answer" + said,
                Location::of(source.path), "mend what the message says and run the query again");
  }
  Account account(input);
  if (used == 0) {
    const std::string what = nameless > 0     ? "its series have no name, as the query was an expression"
                             : others.empty() ? "the answer has no series"
                                              : fmt::format("no series in it tells of a queue ({})",
                                                            printable(join({others.begin(), others.end()}, ", ")));
    account.incomplete(shorten(what, 300), kQueryHint);
    return {};
  }
  if (answer->type == "vector") {
    account.note("an answer of one moment: a trend needs query_range",
                 "ask /api/v1/query_range with start, end and step");
  }
  if (!answer->warnings.empty()) {
    account.note(fmt::format("Prometheus warns{}: {}",
                             answer->warnings.size() > 1 ? fmt::format(" {} times", answer->warnings.size()) : "",
                             shorten(printable(answer->warnings.front()), kMostSaid)),
                 "values may be missing: run the query again where that is not wanted");
  }
  if (nameless > 0 || !others.empty()) {
    account.note(fmt::format("{} not of queues passed over", counted(nameless + others.size(), "series", "series")));
  }
  if (answer->broken > 0) {
    account.incomplete(fmt::format("{} not a time and a value", counted(answer->broken, "point")), kWriteAgain);
  }
  QueueRecorder recorder(source, context);
  sums.give(recorder);
  recorder.finish(account, facts);
  return {};
}

Expected<void> collect_exposition(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  const MappedSeries mapped(source.settings);
  SeriesSums sums;
  std::uint64_t used = 0;
  const ExpositionCounts counts = read_exposition(*source.content, [&](Series&& series, std::uint32_t line) {
    if (const std::optional<SeriesOfQueue> of = of_queue(series, mapped)) {
      ++used;
      sums.add(*of, series, line);
    }
  });
  Account account(input);
  if (counts.broken > 0) {
    account.incomplete(fmt::format("{} no metrics, the first in line {}",
                                   counted(counts.broken, "line is", "lines are"), counts.first_broken),
                       kWriteAgain);
  }
  if (used == 0) {
    account.incomplete("no sample in it tells of a queue", kQueryHint);
  }
  QueueRecorder recorder(source, context);
  sums.give(recorder);
  recorder.finish(account, facts);
  return {};
}

bool names_queue_metric(std::string_view head) {
  constexpr std::array<std::string_view, 9> kBegins{
      "bullmq_job_", "bull_queue_", "rabbitmq_queue_", "rabbitmq_detailed_queue_", "sidekiq_",
      "celery_",     "aws_sqs_",    "pgboss_queue_",   "graphile_worker_"};
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&](std::string_view begin) { return head.find(begin) != std::string_view::npos; });
}

bool recognises_answer(const Sniff& sniff) {
  const bool is_error = sniff.head.find("\"errorType\"") != std::string_view::npos;
  return sniff.is_object && is_query_answer(sniff.head, sniff.top_keys) && (is_error || names_queue_metric(sniff.head));
}

bool recognises_exposition(const Sniff& sniff) {
  return !sniff.is_object && !sniff.is_array && is_exposition(sniff.head) && names_queue_metric(sniff.head);
}

}  // namespace

Format queue_query_format() {
  Format format{"queue-series", {"queue."}, recognises_answer, collect_answer};
  format.is_given_as = "Prometheus' answer to a query for queues (/api/v1/query_range)";
  format.looks_like = {"\"resultType\"", "\"matrix\"", "\"__name__\""};
  format.page =
      "The JSON of Prometheus' `/api/v1/query_range` for what exporters of BullMQ, RabbitMQ, Sidekiq, Celery or SQS "
      "tell "
      "of queues; pass one file for each metric. Settings: `service`, and `fields` for a team's own metrics.";
  format.feeds = {FactKind::kQueues};
  return format;
}

bool is_queue_series(const Source& source) {
  const Sniff seen = sniff(source.path, *source.content, false);
  return seen.is_object ? is_query_answer(seen.head, seen.top_keys) : !seen.is_array && is_exposition(seen.head);
}

Expected<void> collect_queue_series(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  const bool is_answer = sniff(source.path, *source.content, false).is_object;
  return is_answer ? collect_answer(source, context, input, facts) : collect_exposition(source, context, input, facts);
}

Format queue_exposition_format() {
  Format format{"queue-exposition", {"queue."}, recognises_exposition, collect_exposition};
  format.is_given_as = "an exporter's metrics of queues, scraped into text files";
  format.looks_like = {"# TYPE", "# HELP", "bullmq_job_count"};
  format.page =
      "The text that an exporter of queues serves under `/metrics`, scraped several times into files of their own "
      "(`bullmq-30.prom`, `bullmq-149.prom`). Setting: `service`.";
  format.feeds = {FactKind::kQueues};
  return format;
}

}  // namespace budgetcheck
