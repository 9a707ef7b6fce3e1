#include "collect/lighthouse/crux.h"

#include <fmt/format.h>

#include <string>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/http/page_identity.h"
#include "collect/lighthouse/field_metrics.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxRecords = 10'000;
constexpr std::size_t kMaxNotes = 4;
constexpr std::string_view kAskAgain = "look at the answer's error, and ask the CrUX API again";

void select_record(json::Selector& wanted, const std::string& prefix) {
  for (const std::string_view path : {"record/key/*", "record/metrics/*/percentiles/p75",
                                      "record/metrics/*/percentilesTimeseries/p75s/*", "error/status"}) {
    wanted.keep(prefix + std::string(path));
  }
}

/// The labels of a Lighthouse result call a phone "mobile".
std::string device_of(std::string_view form_factor) { return form_factor == "PHONE" ? "mobile" : lower(form_factor); }

class RecordCollector {
 public:
  RecordCollector(const std::string& file, Account& account, Facts& facts)
      : file_(file), account_(account), facts_(facts) {}

  void add(const json::Value& answer, const std::string& pointer) {
    ++records_;
    const json::Value* record = answer.find("record");
    const json::Value* key = record == nullptr ? nullptr : record->find("key");
    if (key == nullptr) {
      account_.incomplete(
          fmt::format("{}has no record", pointer.empty() ? "the answer " : fmt::format("'{}' ", pointer)),
          answer.at({"error", "status"}) == nullptr ? kTooFewVisits : kAskAgain, "crux.", {file_, 0, 0, pointer},
          facts_);
      return;
    }
    const FieldKey field{std::string(key->string_or("url", "")), std::string(key->string_or("origin", "")),
                         device_of(key->string_or("formFactor", "")), pointer + "/record"};
    FieldRecord out(file_, field, facts_);
    for (const FieldMetric& metric : field_metrics()) {
      out.add(metric, value_of(*record, metric), 1);
    }
    if (out.measured() == 0) {
      account_.incomplete("a record has no metric with a 75th percentile", kTooFewVisits);
    }
  }
  std::size_t records() const { return records_; }

 private:
  static FieldValue value_of(const json::Value& record, const FieldMetric& metric) {
    const std::string place = fmt::format("/metrics/{}", metric.crux);
    const json::Value* found = record.at({"metrics", metric.crux});
    if (found == nullptr) {
      return {nullptr, place};
    }
    const json::Value* periods = found->at({"percentilesTimeseries", "p75s"});
    if (const json::Array* list = periods == nullptr ? nullptr : periods->array(); list != nullptr && !list->empty()) {
      return {&list->back(), fmt::format("{}/percentilesTimeseries/p75s/{}", place, list->size() - 1)};
    }
    return {found->at({"percentiles", "p75"}), place + "/percentiles/p75"};
  }

  const std::string& file_;
  Account& account_;
  Facts& facts_;
  std::size_t records_ = 0;
};

bool recognises(const Sniff& sniff) {
  const bool has_metrics = sniff.head.find("\"percentiles\"") != std::string_view::npos ||
                           sniff.head.find("\"percentilesTimeseries\"") != std::string_view::npos;
  const bool may_be = sniff.is_array || sniff.is_lines ? sniff.head.find("\"record\"") != std::string_view::npos
                                                       : sniff.is_object && sniff.has("record");
  return may_be && has_metrics;
}

Expected<void> collect_lines(const Source& source, std::string_view text, RecordCollector& records) {
  std::size_t number = 0;
  while (!text.empty() && records.records() < kMaxRecords) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line(trim(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) {
      continue;
    }
    json::Selector wanted;
    select_record(wanted, "");
    Expected<json::Value> answer = json::select_text(source.path, line, wanted);
    if (!answer) {
      answer.error().location.line = static_cast<std::uint32_t>(number);
      return tl::unexpected(answer.error());
    }
    records.add(*answer, fmt::format("/{}", number - 1));
  }
  return {};
}

Expected<void> collect_document(const Source& source, bool is_list, RecordCollector& records) {
  json::Selector wanted;
  select_record(wanted, is_list ? "*/" : "");
  if (is_list) {
    wanted.each("*", [&records](std::string_view index, json::Value&& answer) {
      records.add(answer, fmt::format("/{}", index));
      return records.records() < kMaxRecords;
    });
  }
  const Expected<json::Value> answer = json::select(source.path, *source.content, wanted);
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  if (!is_list) {
    records.add(*answer, "");
  }
  return {};
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  Account account(input, kMaxNotes);
  RecordCollector records(source.path, account, facts);
  const Sniff seen = sniff(source.path, *source.content, false);
  Expected<void> read = seen.is_lines ? collect_lines(source, without_byte_order_mark(source.content->bytes()), records)
                                      : collect_document(source, seen.is_array, records);
  if (!read) {
    return read;
  }
  if (records.records() >= kMaxRecords) {
    account.incomplete(fmt::format("only the first {} were read", counted(kMaxRecords, "record")),
                       "pass the records in several files", "crux.", Location::of(source.path), facts);
  }
  return {};
}

}  // namespace

Format crux_format() {
  Format format{"crux", {"crux."}, recognises, collect};
  format.is_given_as = "the CrUX API";
  format.looks_like = {"\"percentiles\"", "\"p75\"", "\"formFactor\"", "\"record\""};
  format.page =
      "Field data: answers of the CrUX API (`records:queryRecord`) or its history (`records:queryHistoryRecord`, of "
      "which the newest period counts), alone, in a list, or one on each line. Each metric is the 75th percentile of "
      "28 "
      "days, by `page` or `origin`, and by `device` where the question named one.";
  format.copy_is_same_run = true;
  format.finish = [](Facts& facts) { settle_pages(facts, "crux."); };
  return format;
}

}  // namespace budgetcheck
