#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/units.h"
#include "collect/account.h"
#include "json/value.h"
#include "model/facts.h"

namespace budgetcheck {

/// A metric of the Chrome UX Report: what browsers of people measured, as the 75th percentile of 28 days.
struct FieldMetric {
  std::string_view metric;     ///< "crux.lcp"
  std::string_view crux;       ///< its name in the CrUX API
  std::string_view pagespeed;  ///< its name in PageSpeed Insights; empty: not there
  Unit unit = Unit::kMilliseconds;
  double pagespeed_scale = 1;  ///< what PageSpeed Insights multiplies the value by
};
std::span<const FieldMetric> field_metrics();

/// Whose visits are summed up: one page, or all pages of an origin.
struct FieldKey {
  std::string url;         ///< of the page; empty: `origin` counts
  std::string origin;      ///< "https://shop.example"
  std::string device;      ///< "mobile", "desktop", "tablet"; empty: all devices together
  std::string place = {};  ///< JSON pointer of the record
};

/// Where the value of a metric stands in one record; the number may be a text, as the CrUX API writes layout shifts.
struct FieldValue {
  const json::Value* value = nullptr;
  std::string pointer;
};

class FieldRecord {
 public:
  FieldRecord(const std::string& file, const FieldKey& key, Facts& facts);
  /// Adds what `value` says, and else that the record does not have it.
  void add(const FieldMetric& metric, const FieldValue& value, double scale);
  std::size_t measured() const { return measured_; }

 private:
  const std::string& file_;
  const FieldKey& key_;
  Facts& facts_;
  Labels where_;
  std::size_t measured_ = 0;
};

/// What to do when there are too few visits for a record.
inline constexpr std::string_view kTooFewVisits =
    "Chrome publishes what enough people visited: ask for the origin, or for all devices together";

}  // namespace budgetcheck
