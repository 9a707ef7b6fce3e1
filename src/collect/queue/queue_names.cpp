#include "collect/queue/queue_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace budgetcheck {
namespace {

struct Name {
  std::string_view name;
  QueueRole role;
};

// States and columns as BullMQ, Bull, pg-boss, graphile-worker, Sidekiq, Celery, RabbitMQ, SQS and pollers of them name
// them. A retry waits for its time.
constexpr std::array kNames{
    Name{"waiting", QueueRole::kWaiting},
    Name{"wait", QueueRole::kWaiting},
    Name{"prioritized", QueueRole::kWaiting},
    Name{"ready", QueueRole::kWaiting},
    Name{"created", QueueRole::kWaiting},
    Name{"pending", QueueRole::kWaiting},
    Name{"queued", QueueRole::kWaiting},
    Name{"enqueued", QueueRole::kWaiting},
    Name{"available", QueueRole::kWaiting},
    Name{"size", QueueRole::kWaiting},
    Name{"depth", QueueRole::kWaiting},
    Name{"backlog", QueueRole::kWaiting},
    Name{"length", QueueRole::kWaiting},
    Name{"queue_length", QueueRole::kWaiting},
    Name{"queue_size", QueueRole::kWaiting},
    Name{"messages_ready", QueueRole::kWaiting},
    Name{"approximatenumberofmessages", QueueRole::kWaiting},
    Name{"approximatenumberofmessagesvisible", QueueRole::kWaiting},
    Name{"active", QueueRole::kActive},
    Name{"running", QueueRole::kActive},
    Name{"processing", QueueRole::kActive},
    Name{"busy", QueueRole::kActive},
    Name{"locked", QueueRole::kActive},
    Name{"executing", QueueRole::kActive},
    Name{"in_flight", QueueRole::kActive},
    Name{"unacked", QueueRole::kActive},
    Name{"unacknowledged", QueueRole::kActive},
    Name{"messages_unacknowledged", QueueRole::kActive},
    Name{"approximatenumberofmessagesnotvisible", QueueRole::kActive},
    Name{"delayed", QueueRole::kDelayed},
    Name{"scheduled", QueueRole::kDelayed},
    Name{"retry", QueueRole::kDelayed},
    Name{"retryable", QueueRole::kDelayed},
    Name{"approximatenumberofmessagesdelayed", QueueRole::kDelayed},
    Name{"paused", QueueRole::kPaused},
    Name{"completed_total", QueueRole::kFinished},
    Name{"processed_total", QueueRole::kFinished},
    Name{"succeeded_total", QueueRole::kFinished},
    Name{"finished_total", QueueRole::kFinished},
    Name{"processed", QueueRole::kFinished},
    Name{"failed_total", QueueRole::kFailed},
    Name{"completed", QueueRole::kKeptFinished},
    Name{"complete", QueueRole::kKeptFinished},
    Name{"succeeded", QueueRole::kKeptFinished},
    Name{"finished", QueueRole::kKeptFinished},
    Name{"done", QueueRole::kKeptFinished},
    Name{"failed", QueueRole::kKeptFailed},
    Name{"discarded", QueueRole::kKeptFailed},
    Name{"numberofmessagesdeleted", QueueRole::kFinishedInPeriod},
    Name{"concurrency", QueueRole::kConcurrency},
};

constexpr std::array kMetrics{
    QueueMetric{"bullmq_job_count", std::nullopt, "queue"},
    QueueMetric{"bullmq_job_completed_total", QueueRole::kFinished, "queue"},
    QueueMetric{"bullmq_job_failed_total", QueueRole::kFailed, "queue"},
    QueueMetric{"bull_queue_waiting", QueueRole::kWaiting, "queue"},
    QueueMetric{"bull_queue_active", QueueRole::kActive, "queue"},
    QueueMetric{"bull_queue_delayed", QueueRole::kDelayed, "queue"},
    QueueMetric{"bull_queue_completed", QueueRole::kKeptFinished, "queue"},
    QueueMetric{"bull_queue_failed", QueueRole::kKeptFailed, "queue"},
    QueueMetric{"rabbitmq_queue_messages_ready", QueueRole::kWaiting, "queue"},
    QueueMetric{"rabbitmq_queue_messages_unacked", QueueRole::kActive, "queue"},
    QueueMetric{"rabbitmq_queue_messages_unacknowledged", QueueRole::kActive, "queue"},
    QueueMetric{"rabbitmq_queue_messages", QueueRole::kTotal, "queue"},
    QueueMetric{"rabbitmq_detailed_queue_messages_ready", QueueRole::kWaiting, "queue"},
    QueueMetric{"rabbitmq_detailed_queue_messages_unacked", QueueRole::kActive, "queue"},
    QueueMetric{"rabbitmq_detailed_queue_messages", QueueRole::kTotal, "queue"},
    QueueMetric{"rabbitmq_queue_messages_acked_total", QueueRole::kFinished, "queue"},
    QueueMetric{"rabbitmq_queue_messages_ack_total", QueueRole::kFinished, "queue"},
    QueueMetric{"sidekiq_queue_size", QueueRole::kWaiting, "name"},
    QueueMetric{"sidekiq_queue_backlog", QueueRole::kWaiting, "name"},
    QueueMetric{"sidekiq_queue_enqueued_jobs", QueueRole::kWaiting, "name"},
    QueueMetric{"sidekiq_queue_busy", QueueRole::kActive, "name"},
    QueueMetric{"sidekiq_queue_processed_jobs_total", QueueRole::kFinished, "name"},
    QueueMetric{"sidekiq_queue_processed_total", QueueRole::kFinished, "name"},
    QueueMetric{"sidekiq_jobs_success_total", QueueRole::kFinished, "queue"},
    QueueMetric{"sidekiq_jobs_failed_total", QueueRole::kFailed, "queue"},
    QueueMetric{"celery_queue_length", QueueRole::kWaiting, "queue_name"},
    QueueMetric{"celery_worker_tasks_active", QueueRole::kActive, "queue_name"},
    QueueMetric{"celery_active_process_count", QueueRole::kConcurrency, "queue_name"},
    QueueMetric{"celery_task_succeeded_total", QueueRole::kFinished, "queue_name"},
    QueueMetric{"celery_task_failed_total", QueueRole::kFailed, "queue_name"},
    QueueMetric{"aws_sqs_approximate_number_of_messages_visible_maximum", QueueRole::kWaiting, "queue_name"},
    QueueMetric{"aws_sqs_approximate_number_of_messages_visible_average", QueueRole::kWaiting, "queue_name"},
    QueueMetric{"aws_sqs_approximate_number_of_messages_not_visible_average", QueueRole::kActive, "queue_name"},
    QueueMetric{"pgboss_queue_created", QueueRole::kWaiting, "queue"},
    QueueMetric{"pgboss_queue_active", QueueRole::kActive, "queue"},
    QueueMetric{"graphile_worker_jobs_waiting", QueueRole::kWaiting, "task"},
};

}  // namespace

std::optional<QueueRole> role_of_name(std::string_view name) {
  std::string plain = lower(name);
  std::replace(plain.begin(), plain.end(), '-', '_');
  const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const Name& one) { return one.name == plain; });
  return found == kNames.end() ? std::nullopt : std::optional(found->role);
}

std::vector<MappedCount> mapped_counts(const InputSettings& settings) {
  constexpr std::array kKeys{Name{"waiting", QueueRole::kWaiting}, Name{"active", QueueRole::kActive},
                             Name{"delayed", QueueRole::kDelayed}, Name{"finished", QueueRole::kFinished},
                             Name{"failed", QueueRole::kFailed}};
  std::vector<MappedCount> mapped;
  const json::Value* fields = settings.find("fields");
  if (fields == nullptr || !fields->is_object()) {
    return mapped;
  }
  for (const Name& key : kKeys) {
    if (const std::string_view name = fields->string_or(key.name, ""); !name.empty()) {
      mapped.push_back({std::string(name), key.role});
    }
  }
  return mapped;
}

const QueueMetric* queue_metric(std::string_view name) {
  const auto found =
      std::find_if(kMetrics.begin(), kMetrics.end(), [&](const QueueMetric& one) { return one.name == name; });
  return found == kMetrics.end() ? nullptr : &*found;
}

bool is_label_of_target(std::string_view label) {
  constexpr std::array<std::string_view, 12> kLabels{
      "instance", "pod",        "node",      "job",      "container",          "replica",
      "cluster",  "prometheus", "namespace", "endpoint", "prometheus_replica", "receive"};
  return std::find(kLabels.begin(), kLabels.end(), label) != kLabels.end();
}

}  // namespace budgetcheck
