#include "collect/queue/polled_fields.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "collect/queue/queue_names.h"
#include "collect/queue/queue_recorder.h"

namespace budgetcheck {
namespace {

const std::vector<std::string_view> kTimes{"ts",          "time",      "timestamp",   "at",
                                           "sampled_at",  "polled_at", "captured_at", "@timestamp",
                                           "observed_at", "date",      "now"};
const std::vector<std::string_view> kQueues{"queue",           "queue_name", "queuename", "task",
                                            "task_identifier", "task_name",  "name"};
const std::vector<std::string_view> kStates{"state", "status"};
const std::vector<std::string_view> kCounts{"count", "n", "jobs", "value", "rows", "total"};
const std::vector<std::string_view> kSources{"instance", "host", "hostname", "pod", "node", "poller", "pid"};
const std::vector<std::string_view> kAdded{"timestamp",  "created_on", "createdon",
                                           "created_at", "createdat",  "enqueued_at"};
const std::vector<std::string_view> kTaken{"processedon", "started_on", "startedon", "started_at", "startedat"};
const std::vector<std::string_view> kEnded{"finishedon",  "completed_on", "completedon",
                                           "finished_at", "finishedat",   "completed_at"};

const std::string* value_of(const PolledRow& row, const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) {
    const auto found = std::find_if(row.begin(), row.end(), [&](const PolledValue& value) {
      return value.parent.empty() && equals_ignoring_case(value.name, name);
    });
    if (found != row.end() && !found->text.empty()) {
      return &found->text;
    }
  }
  return nullptr;
}

bool is_at(const PolledValue& value, const std::string& path) {
  return value.parent.empty() ? value.name == path
                              : path.size() == value.parent.size() + 1 + value.name.size() &&
                                    path.starts_with(value.parent) && path.ends_with(value.name);
}

}  // namespace

PolledFields::PolledFields(const InputSettings& settings) : roles_(mapped_counts(settings)) {
  const json::Value* fields = settings.find("fields");
  if (fields == nullptr || !fields->is_object()) {
    return;
  }
  queue_ = fields->string_or("queue", "");
  time_ = fields->string_or("time", "");
  state_ = fields->string_or("state", "");
  count_ = fields->string_or("count", "");
}

const std::string* PolledFields::mapped_or(const PolledRow& row, const std::string& mapped,
                                           const std::vector<std::string_view>& usual) const {
  if (mapped.empty()) {
    return value_of(row, usual);
  }
  const auto found =
      std::find_if(row.begin(), row.end(), [&](const PolledValue& value) { return is_at(value, mapped); });
  return found == row.end() || found->text.empty() ? nullptr : &found->text;
}

const std::string* PolledFields::time(const PolledRow& row) const { return mapped_or(row, time_, kTimes); }
const std::string* PolledFields::queue(const PolledRow& row) const { return mapped_or(row, queue_, kQueues); }
const std::string* PolledFields::state(const PolledRow& row) const { return mapped_or(row, state_, kStates); }
const std::string* PolledFields::count(const PolledRow& row) const { return mapped_or(row, count_, kCounts); }
const std::string* PolledFields::source(const PolledRow& row) const { return value_of(row, kSources); }

std::optional<QueueRole> PolledFields::role(const PolledValue& value) const {
  for (const MappedCount& one : roles_) {
    if (is_at(value, one.name)) {
      return one.role;
    }
  }
  if (!value.parent.empty()) {
    constexpr std::array<std::string_view, 5> kParents{"counts", "jobs", "jobcounts", "job_counts", "states"};
    if (std::find(kParents.begin(), kParents.end(), lower(value.parent)) == kParents.end()) {
      return std::nullopt;
    }
  }
  const std::optional<QueueRole> role = role_of_name(value.name);
  const bool is_mapped =
      role && std::any_of(roles_.begin(), roles_.end(), [&](const MappedCount& one) { return one.role == *role; });
  return is_mapped ? std::nullopt : role;
}

std::optional<PolledFields::Job> PolledFields::job(const PolledRow& row) const {
  Job job;
  job.added = value_of(row, kAdded);
  job.taken = value_of(row, kTaken);
  job.ended = value_of(row, kEnded);
  if (job.taken == nullptr || job.ended == nullptr) {
    return std::nullopt;
  }
  job.delay = value_of(row, {"delay"});
  const std::string* state = state_.empty() ? value_of(row, kStates) : PolledFields::state(row);
  const std::string* reason = value_of(row, {"failedreason"});
  job.failed = (state != nullptr && lower(*state) == "failed") || (reason != nullptr && *reason != "null");
  return job;
}

bool PolledFields::reads(const PolledRow& row) const {
  if (queue(row) == nullptr) {
    return false;
  }
  if (job(row)) {
    return true;
  }
  const std::string* at = time(row);
  if (at == nullptr || queue_time(*at) < 0) {
    return false;
  }
  // A log has messages too, and words like "pending" in them.
  constexpr std::array<std::string_view, 4> kOfLogs{"msg", "message", "level", "severity"};
  for (const std::string_view name : kOfLogs) {
    if (value_of(row, {name}) != nullptr) {
      return false;
    }
  }
  const std::string* of = state(row);
  if (of != nullptr && count(row) != nullptr && parse_number(*count(row))) {
    return role_of_name(*of) || lower(*of) == "cancelled" || lower(*of) == "expired";
  }
  return std::any_of(row.begin(), row.end(), [&](const PolledValue& value) {
    const std::optional<QueueRole> one = role(value);
    return one && (*one == QueueRole::kWaiting || *one == QueueRole::kActive) && parse_number(value.text);
  });
}

}  // namespace budgetcheck
