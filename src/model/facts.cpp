#include "model/facts.h"

#include "base/append.h"

namespace budgetcheck {

void BundleFacts::append(BundleFacts&& other) {
  append_to(duplicate_packages, std::move(other.duplicate_packages));
  append_to(packages, std::move(other.packages));
  append_to(failed_builds, std::move(other.failed_builds));
}

void CaptureFacts::append(CaptureFacts&& other) {
  append_to(exchanges, std::move(other.exchanges));
  append_to(list_fields, std::move(other.list_fields));
}

void QueryFacts::append(QueryFacts&& other) {
  append_to(logs, std::move(other.logs));
  append_to(schemas, std::move(other.schemas));
  append_to(table_sizes, std::move(other.table_sizes));
}

void TraceFacts::append(TraceFacts&& other) {
  append_to(serial, std::move(other.serial));
  append_to(repeated, std::move(other.repeated));
  append_to(missing, std::move(other.missing));
  append_to(orphans, std::move(other.orphans));
  append_to(names, std::move(other.names));
  append_to(slowest, std::move(other.slowest));
  append_to(routes, std::move(other.routes));
  seen.append(std::move(other.seen));
}

void SeenTraces::append(SeenTraces&& other) {
  append_to(sample, std::move(other.sample));
  append_to(ends, std::move(other.ends));
  append_to(torn, std::move(other.torn));
}

void CollectorFacts::append(CollectorFacts&& other) { append_to(configs, std::move(other.configs)); }

void LogFacts::append(LogFacts&& other) { append_to(loggers, std::move(other.loggers)); }
void PersonalFacts::append(PersonalFacts&& other) {
  append_to(values, std::move(other.values));
  append_to(searched, std::move(other.searched));
}

void QueueFacts::append(QueueFacts&& other) {
  append_to(readings, std::move(other.readings));
  append_to(jobs, std::move(other.jobs));
  append_to(settings, std::move(other.settings));
  append_to(courses, std::move(other.courses));
}

void Facts::append(Facts&& other) {
  append_to(samples, std::move(other.samples));
  append_to(unmeasured, std::move(other.unmeasured));
  append_to(parts, std::move(other.parts));
  add_environment(env, other.env);
  append_to(notes, std::move(other.notes));
  bundle.append(std::move(other.bundle));
  capture.append(std::move(other.capture));
  queries.append(std::move(other.queries));
  traces.append(std::move(other.traces));
  collector.append(std::move(other.collector));
  logs.append(std::move(other.logs));
  personal.append(std::move(other.personal));
  queues.append(std::move(other.queues));
}

}  // namespace budgetcheck
