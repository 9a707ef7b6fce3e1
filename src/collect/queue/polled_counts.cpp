#include "collect/queue/polled_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/byte_order_mark.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/queue/polled_fields.h"
#include "collect/queue/queue_courses.h"
#include "collect/queue/queue_names.h"
#include "collect/queue/queue_recorder.h"
#include "collect/queue/queue_series.h"
#include "collect/text/delimited.h"
#include "collect/text/first_lines.h"
#include "collect/text/line_counts.h"
#include "collect/text/text_lines.h"
#include "json/lines/line_fields.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kPollHint = "docs/queues.md has scripts that poll BullMQ, pg-boss and others";
constexpr std::size_t kMostQueuesOfJobs = 10'000;

std::optional<PolledRow> row_of_line(std::string_view line) {
  std::vector<json::LineField> fields;
  if (!json::read_line_fields(line, fields)) {
    return std::nullopt;
  }
  PolledRow row;
  for (const json::LineField& field : fields) {
    if (field.type == json::LineField::Type::kString || field.type == json::LineField::Type::kNumber) {
      row.push_back({std::string(field.key), std::string(field.parent), std::string(field.raw)});
    }
  }
  return row;
}

void add_members(const json::Value& object, const std::string& parent, PolledRow& row) {
  for (const json::Member& member : *object.object()) {
    if (member.value.string() != nullptr) {
      row.push_back({member.key, parent, *member.value.string()});
    } else if (member.value.number() != nullptr) {
      row.push_back({member.key, parent, format_number(*member.value.number())});
    } else if (member.value.is_object() && parent.empty()) {
      add_members(member.value, member.key, row);
    }
  }
}

PolledRow row_of_fields(const std::vector<std::string>& names, const std::vector<std::string>& fields) {
  PolledRow row;
  for (std::size_t i = 0; i < names.size() && i < fields.size(); ++i) {
    const std::string_view text = trim(fields[i]);
    if (text != "NULL" && text != "\\N") {
      row.push_back({names[i], {}, std::string(text)});
    }
  }
  return row;
}

/// Which rows there are: as in the first bytes of a file.
std::optional<PolledRow> first_row(std::string_view head) {
  FirstLines lines(head, 8);
  std::vector<std::string> names;
  while (lines.next()) {
    const std::string_view line = trim(lines.line());
    if (line.empty()) {
      continue;
    }
    if (line.front() == '{') {
      return row_of_line(lines.guarded());
    }
    if (!names.empty()) {
      DelimitedReader reader(line, separator_of(line));
      return reader.next() ? std::optional(row_of_fields(names, reader.fields())) : std::nullopt;
    }
    DelimitedReader reader(line, separator_of(line));
    if (!reader.next() || reader.fields().size() < 3) {
      return std::nullopt;
    }
    names = header_names(reader.fields());
  }
  return std::nullopt;
}

class PolledFile {
 public:
  PolledFile(const Source& source, const CollectContext& context)
      : source_(source), fields_(source.settings), recorder_(source, context) {}

  Expected<void> read() {
    const std::string_view text = without_byte_order_mark(source_.content->bytes());
    const std::string_view body = trim(text.substr(0, kLooked));
    if (body.starts_with('[')) {
      return read_list();
    }
    if (body.starts_with('{')) {
      read_lines();
      return {};
    }
    return read_table(text);
  }

  void finish(Input& input, Facts& facts) {
    Account account(input);
    if (counts_.broken > 0) {
      account.incomplete(
          fmt::format("{} of {} {} no counts of a queue, the first in line {}", counts_.broken,
                      counted(counts_.read, "row"), counts_.broken == 1 ? "is" : "are", counts_.first_broken),
          counts_.broken < counts_.read                ? kWriteAgain
          : source_.settings.find("fields") != nullptr ? kMapHint
                                                       : kPollHint);
    }
    if (leaves_zeros_out_ && recorder_.queues() > 0) {
      recorder_.fill_absent();
    }
    recorder_.finish(account, facts);
    finish_jobs(facts);
    if (facts.queues.readings.empty() && facts.queues.jobs.empty() && input.state == InputState::kRead) {
      account.incomplete("it holds no counts of a queue", kPollHint);
    }
  }

 private:
  static constexpr std::size_t kLooked = 4096;
  static constexpr std::string_view kMapHint =
      "compare the names under the input's fields with those in the file, letter by letter; each row needs its queue, "
      "its time and one count at least";

  struct Jobs {
    Distribution wait;
    Distribution processing;
    QueueJobs sums;
  };

  void read_lines() {
    TextLines lines(*source_.content);
    while (lines.next()) {
      if (!lines.too_long() && trim(lines.line()).empty()) {
        continue;
      }
      const std::optional<PolledRow> row = lines.too_long() ? std::nullopt : row_of_line(trim(lines.line()));
      take(row, lines.number());
    }
  }

  Expected<void> read_list() {
    json::Selector selector;
    std::uint32_t number = 0;
    selector.keep("*/*");
    selector.each("*", [&](std::string_view /*key*/, json::Value&& value) {
      ++number;
      PolledRow row;
      if (value.is_object()) {
        add_members(value, {}, row);
      }
      take(row, 0);
      return true;
    });
    const Expected<json::Value> document = json::select(source_.path, *source_.content, selector);
    return document ? Expected<void>() : tl::unexpected(document.error());
  }

  Expected<void> read_table(std::string_view text) {
    const std::size_t end = text.find('\n');
    DelimitedReader reader(text, separator_of(text.substr(0, end)), source_.content);
    std::vector<std::string> names;
    while (reader.next()) {
      if (names.empty()) {
        names = header_names(reader.fields());
        continue;
      }
      take(reader.broken() || reader.fields().size() != names.size()
               ? std::nullopt
               : std::optional(row_of_fields(names, reader.fields())),
           reader.line());
    }
    return names.empty()
               ? fail(ErrorKind::kInput, "the file is empty", Location::of(source_.path), std::string(kPollHint))
               : Expected<void>();
  }

  void take(const std::optional<PolledRow>& row, std::uint32_t line) {
    ++counts_.read;
    if (!row || !take_row(*row, line)) {
      counts_.add_broken(line);
    }
  }

  bool take_row(const PolledRow& row, std::uint32_t line) {
    const std::string* queue = fields_.queue(row);
    if (queue == nullptr) {
      return false;
    }
    if (const std::optional<PolledFields::Job> job = fields_.job(row)) {
      return take_job(*queue, *job, line);
    }
    const std::string* time = fields_.time(row);
    const double at = time == nullptr ? -1 : queue_time(*time);
    if (at < 0) {
      return false;
    }
    const std::string* source = fields_.source(row);
    const std::string_view from = source == nullptr ? std::string_view() : *source;
    if (const std::string* state = fields_.state(row)) {
      const std::string* count = fields_.count(row);
      const std::optional<double> value = count == nullptr ? std::nullopt : number_of(*count);
      if (!value) {
        return false;
      }
      leaves_zeros_out_ = rows_ == 0 ? *value > 0 : leaves_zeros_out_ && *value > 0;
      ++rows_;
      if (const std::optional<QueueRole> role = role_of_name(*state)) {
        recorder_.add(*queue, from, *role, at, *value, false, line);
      }
      return true;
    }
    std::map<QueueRole, double> sums;
    bool any = false;
    for (const PolledValue& value : row) {
      const std::optional<QueueRole> role = fields_.role(value);
      const std::optional<double> number = role ? number_of(value.text) : std::nullopt;
      if (number) {
        any = true;
        const auto [sum, is_new] = sums.try_emplace(*role, *number);
        sum->second += is_new ? 0 : *number;
      }
    }
    double jobs = 0;
    for (const auto& [role, value] : sums) {
      recorder_.add(*queue, from, role, at, value, false, line);
      jobs += role == QueueRole::kWaiting || role == QueueRole::kActive ? value : 0;
    }
    leaves_zeros_out_ = rows_ == 0 ? jobs > 0 : leaves_zeros_out_ && jobs > 0;
    ++rows_;
    return any;
  }

  static std::optional<double> number_of(const std::string& text) {
    if (const std::optional<double> number = parse_number(trim(text))) {
      return number;
    }
    const std::string word = lower(text);
    return word == "nan" || word.ends_with("inf") ? std::optional(std::numeric_limits<double>::quiet_NaN())
                                                  : std::nullopt;
  }

  bool take_job(const std::string& queue, const PolledFields::Job& job, std::uint32_t line) {
    const double taken = queue_time(*job.taken);
    const double ended = queue_time(*job.ended);
    const double added = job.added == nullptr ? -1 : queue_time(*job.added);
    if (taken < 0 || ended < taken) {
      return false;
    }
    auto found = jobs_.find(queue);
    if (found == jobs_.end()) {
      if (jobs_.size() >= kMostQueuesOfJobs) {
        return true;
      }
      found = jobs_.emplace(queue, Jobs()).first;
      found->second.sums.location = {source_.path, line, 0, {}};
    }
    Jobs& jobs = found->second;
    const double delay = job.delay == nullptr ? 0 : std::max(0.0, parse_number(*job.delay).value_or(0));
    if (added >= 0 && taken >= added) {
      jobs.wait.add(std::max(0.0, taken - added - delay));
    }
    jobs.processing.add(ended - taken);
    ++jobs.sums.jobs;
    jobs.sums.failed += job.failed ? 1 : 0;
    jobs.sums.processing_ms += ended - taken;
    return true;
  }

  void finish_jobs(Facts& facts) {
    const std::string service = printable(source_.settings.text("service"));
    for (auto& [name, jobs] : jobs_) {
      jobs.sums.queue = printable(name);
      jobs.sums.service = service;
      const Labels where = queue_labels(jobs.sums.queue, service);
      const auto add = [&where, &facts, &location = jobs.sums.location](std::string_view metric, Distribution& values) {
        if (values.count() > 0) {
          Sample sample;
          sample.metric = metric;
          sample.where = where;
          sample.unit = Unit::kMilliseconds;
          sample.value = std::move(values);
          sample.location = location;
          facts.samples.push_back(std::move(sample));
        }
      };
      add("queue.wait", jobs.wait);
      add("queue.processing", jobs.processing);
      facts.queues.jobs.push_back(std::move(jobs.sums));
    }
  }

  const Source& source_;
  PolledFields fields_;
  QueueRecorder recorder_;
  LineCounts counts_;
  std::map<std::string, Jobs> jobs_;
  std::uint64_t rows_ = 0;
  bool leaves_zeros_out_ = false;
};

bool recognises(const Sniff& sniff) {
  if (sniff.is_array) {
    // [{"ts": …, "queue": …, "waiting": 1}, …]
    const std::size_t begin = sniff.head.find('{');
    std::size_t end = begin == std::string_view::npos ? begin : sniff.head.find('}', begin);
    if (end == std::string_view::npos) {
      return false;
    }
    if (sniff.head.substr(begin + 1, end - begin - 1).find('{') != std::string_view::npos) {  // counts within
      end = sniff.head.find('}', end + 1);
    }
    if (end == std::string_view::npos) {
      return false;
    }
    std::string line(sniff.head.substr(begin, end - begin + 1));
    std::replace(line.begin(), line.end(), '\n', ' ');
    line.append(FileContent::kGuard, '\0');
    const auto row = row_of_line(std::string_view(line).substr(0, line.size() - FileContent::kGuard));
    return row && PolledFields(InputSettings()).reads(*row);
  }
  const std::optional<PolledRow> row = first_row(sniff.head);
  return row && PolledFields(InputSettings()).reads(*row);
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  PolledFile file(source, context);
  Expected<void> read = file.read();
  if (!read) {
    return read;
  }
  file.finish(input, facts);
  return {};
}

/// What its names mean is said, so what it is laid out like decides.
Expected<void> collect_mapped(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  return is_queue_series(source) ? collect_queue_series(source, context, input, facts)
                                 : collect(source, context, input, facts);
}

}  // namespace

Format polled_counts_format() {
  Format format{"queue-counts", {"queue."}, recognises, collect};
  format.is_given_as = "polled counts of a queue's jobs (JSON lines or CSV)";
  format.looks_like = {"\"waiting\"", "\"active\"", "\"queue\"", "\"completed\""};
  format.page =
      "Polled counts of jobs, one JSON object a line, a list of them, or CSV: `{\"ts\": 1795934046122, \"queue\": "
      "\"mail\", \"waiting\": 3, \"active\": 2, \"completed\": 90, \"failed\": 0}`; pg-boss's rows per state "
      "(`at,name,state,count`) and the times of single jobs (`timestamp`, `processedOn`, `finishedOn`) are read too. "
      "[Queues](queues.md) has scripts. Settings: `service`, and `fields` (queue, time, waiting, active, delayed, "
      "finished, failed, state, count) where names are others.";
  format.feeds = {FactKind::kQueues};
  format.finish = finish_queues;
  return format;
}

Format mapped_counts_format() {
  Format format{"queue-counts", {"queue."}, nullptr, collect_mapped};
  format.feeds = {FactKind::kQueues};
  format.named_by = "fields.queue";
  return format;
}

}  // namespace budgetcheck
