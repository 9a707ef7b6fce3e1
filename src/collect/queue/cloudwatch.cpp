#include "collect/queue/cloudwatch.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "collect/account.h"
#include "collect/queue/queue_names.h"
#include "collect/queue/queue_recorder.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kLabelHint =
    "give each query a label that names queue and metric: \"Label\": \"${PROP('Dim.QueueName')} "
    "${PROP('MetricName')}\"";

class CloudWatchFile {
 public:
  CloudWatchFile(const Source& source, const CollectContext& context) : source_(source), recorder_(source, context) {}

  Expected<void> read() {
    json::Selector selector;
    selector.keep("NextToken");
    for (const char* key : {"Label", "Timestamps", "Values", "StatusCode"}) {
      selector.keep(fmt::format("MetricDataResults/*/{}", key));
    }
    selector.each("MetricDataResults/*", [&](std::string_view /*key*/, json::Value&& result) {
      take(result);
      return true;
    });
    const Expected<json::Value> rest = json::select(source_.path, *source_.content, selector);
    if (!rest) {
      return tl::unexpected(rest.error());
    }
    has_more_ = !rest->string_or("NextToken", "").empty();
    return {};
  }

  void finish(Input& input, Facts& facts) {
    Account account(input);
    if (unnamed_ > 0) {
      account.incomplete(
          fmt::format("{} of {} no queue and metric of SQS in the label", unnamed_,
                      unnamed_ == 1 && results_ == 1 ? "1 result has" : counted(results_, "result") + " have"),
          kLabelHint);
    }
    if (partial_ > 0 || has_more_) {
      account.incomplete(has_more_ ? "it is one page of several"
                                   : fmt::format("{} partial", counted(partial_, "result is", "results are")),
                         "ask for all of it: --max-items unset, or a shorter time");
    }
    if (broken_ > 0) {
      account.incomplete(fmt::format("{} of timestamps and values of different length", counted(broken_, "result")),
                         kWriteAgain);
    }
    recorder_.finish(account, facts);
    if (facts.queues.readings.empty() && input.state == InputState::kRead) {
      account.incomplete("it holds no values", "ask for a time in which the queue existed");
    }
  }

 private:
  void take(const json::Value& result) {
    ++results_;
    const std::string_view status = result.string_or("StatusCode", "Complete");
    partial_ += status != "Complete" ? 1U : 0U;
    const std::string_view label = result.string_or("Label", "");
    const std::size_t space = label.find_last_of(' ');
    const std::optional<QueueRole> role =
        role_of_name(space == std::string_view::npos ? label : label.substr(space + 1));
    if (label.ends_with("NumberOfMessagesSent") || label.ends_with("NumberOfMessagesReceived") ||
        label.ends_with("ApproximateAgeOfOldestMessage")) {
      return;
    }
    if (!role || space == std::string_view::npos || space == 0) {
      ++unnamed_;
      return;
    }
    const json::Value* times = result.find("Timestamps");
    const json::Value* values = result.find("Values");
    if (times == nullptr || values == nullptr || times->array() == nullptr || values->array() == nullptr ||
        times->array()->size() != values->array()->size()) {
      ++broken_;
      return;
    }
    for (std::size_t i = 0; i < times->array()->size(); ++i) {
      const json::Value& time = (*times->array())[i];
      const double* value = (*values->array())[i].number();
      const double at = time.string() != nullptr   ? queue_time(*time.string())
                        : time.number() != nullptr ? *time.number() * 1000
                                                   : -1;
      if (value != nullptr && at >= 0) {
        recorder_.add(label.substr(0, space), {}, *role, at, *value, false, 0);
      }
    }
  }

  const Source& source_;
  QueueRecorder recorder_;
  std::uint64_t results_ = 0;
  std::uint64_t unnamed_ = 0;
  std::uint64_t partial_ = 0;
  std::uint64_t broken_ = 0;
  bool has_more_ = false;
};

bool recognises(const Sniff& sniff) { return sniff.is_object && sniff.has("MetricDataResults"); }

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  CloudWatchFile file(source, context);
  Expected<void> read = file.read();
  if (!read) {
    return read;
  }
  file.finish(input, facts);
  return {};
}

}  // namespace

Format cloudwatch_format() {
  Format format{"cloudwatch", {"queue."}, recognises, collect};
  format.is_given_as = "CloudWatch's get-metric-data (SQS)";
  format.looks_like = {"\"MetricDataResults\"", "\"Timestamps\"", "\"Values\""};
  format.page =
      "SQS from CloudWatch: `aws cloudwatch get-metric-data` with ApproximateNumberOfMessagesVisible, "
      "ApproximateNumberOfMessagesNotVisible and NumberOfMessagesDeleted (Sum), each with a label `QUEUE METRIC`. "
      "Setting: `service`.";
  format.feeds = {FactKind::kQueues};
  return format;
}

}  // namespace budgetcheck
