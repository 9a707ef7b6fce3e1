#include "collect/logs/records/record_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "collect/text/unescaped.h"

namespace budgetcheck {
namespace {

/// Loggers of one log that are told apart; names that hold ids are more.
constexpr std::size_t kMostLoggers = 500;
constexpr std::size_t kLongestName = 100;
constexpr std::string_view kOthers = "(others)";

std::string shown(std::string_view raw) { return shorten(printable(trim(unescaped(raw))), kLongestName); }

}  // namespace

RecordRequirements::RecordRequirements(const Telemetry* telemetry) {
  if (telemetry == nullptr) {
    return;
  }
  for (const TelemetryRequirement& requirement : telemetry->required) {
    if (requirement.on != TelemetryRequirement::On::kLog) {
      continue;
    }
    One one{&requirement, 0};
    for (const std::string& attribute : requirement.attributes) {
      const std::uint64_t bit = wanted_.add(attribute);
      too_many_ = too_many_ || bit == 0;
      one.attributes |= bit;
    }
    all_.push_back(one);
  }
}

RecordCounts::Counter& RecordCounts::counter_of(std::string_view service, std::string_view logger,
                                                std::string_view library) {
  if (last_ < counters_.size() && counters_[last_].logger == logger && counters_[last_].service == service) {
    return counters_[last_];
  }
  key_.assign(service);
  key_ += '\n';
  key_ += logger;
  auto found = numbers_.find(key_);
  if (found == numbers_.end()) {
    if (counters_.size() >= kMostLoggers) {
      too_many_ = true;
      logger = kOthers;
      service = {};
      key_ = kOthers;
      found = numbers_.find(key_);
    }
    if (found == numbers_.end()) {
      found = numbers_.emplace(key_, counters_.size()).first;
      Counter& counter = counters_.emplace_back();
      counter.service = service;
      counter.logger = logger;
      counter.library = library;
      counter.lacking.resize(requirements_.all().size());
    }
  }
  last_ = found->second;
  return counters_[last_];
}

void RecordCounts::add(const SeenRecord& record, std::uint32_t line, std::uint64_t times) {
  Counter& counter = counter_of(record.service, record.logger, record.library);
  counter.records += times;
  counter.correlated += record.has_trace ? times : 0;
  for (std::size_t i = 0; i < counter.lacking.size(); ++i) {
    if ((record.attributes & requirements_.all()[i].attributes) != requirements_.all()[i].attributes) {
      Lacking& lacking = counter.lacking[i];
      lacking.first_line = lacking.count == 0 ? line : std::min(lacking.first_line, line);
      lacking.count += times;
    }
  }
}

void RecordCounts::add(const RecordCounts& next, std::uint32_t lines_before) {
  for (const Counter& other : next.counters_) {
    Counter& counter = counter_of(other.service, other.logger, other.library);
    counter.records += other.records;
    counter.correlated += other.correlated;
    for (std::size_t i = 0; i < counter.lacking.size(); ++i) {
      if (other.lacking[i].count > 0 && counter.lacking[i].count == 0) {
        counter.lacking[i].first_line = lines_before + other.lacking[i].first_line;
      }
      counter.lacking[i].count += other.lacking[i].count;
    }
  }
  too_many_ = too_many_ || next.too_many_;
}

void RecordCounts::clear() {
  counters_.clear();
  numbers_.clear();
  last_ = 0;
  too_many_ = false;
}

void RecordCounts::report(const std::string& path, Account& account, Facts& facts) const {
  std::map<std::pair<std::string, std::string>, LoggerRecords> shown_as;  // escapes may spell one name in two ways
  for (const Counter& counter : counters_) {
    LoggerRecords& logger = shown_as[{shown(counter.service), shown(counter.logger)}];
    logger.library = logger.records == 0 ? std::string(counter.library) : logger.library;
    logger.records += counter.records;
    logger.correlated += counter.correlated;
    logger.lacking.resize(counter.lacking.size());
    for (std::size_t i = 0; i < counter.lacking.size(); ++i) {
      const TelemetryRequirement& requirement = *requirements_.all()[i].requirement;
      LackingRecords& lacking = logger.lacking[i];
      lacking.attributes = requirement.attributes;
      lacking.min_percent = requirement.min_percent;
      const std::uint32_t line = counter.lacking[i].first_line;
      if (counter.lacking[i].count > 0 && (lacking.count == 0 || line < lacking.first.line)) {
        lacking.first = {path, line, 0, {}};
      }
      lacking.count += counter.lacking[i].count;
    }
  }
  for (auto& [name, logger] : shown_as) {
    logger.input = path;
    logger.service = name.first;
    logger.logger = name.second;
    Sample sample;
    sample.metric = "logs.correlated";
    sample.unit = Unit::kRatio;
    sample.value = Rate{logger.correlated, logger.records};
    sample.location = Location::of(path);
    if (!logger.service.empty()) {
      sample.where.set("service", logger.service);
    }
    if (!logger.logger.empty()) {
      sample.where.set("logger", logger.logger);
    }
    facts.samples.push_back(std::move(sample));
    facts.logs.loggers.push_back(std::move(logger));
  }
  if (too_many_) {
    account.incomplete(
        fmt::format("it names more than {} loggers, and the rest were counted together as '{}'", kMostLoggers, kOthers),
        "a logger's name should not hold ids: put them into fields of their own");
  }
  if (requirements_.too_many()) {
    account.incomplete(
        fmt::format("more than {} attributes of log records are required, and the rest were not looked for",
                    WantedAttributes::kMost),
        "require fewer of them");
  }
}

}  // namespace budgetcheck
