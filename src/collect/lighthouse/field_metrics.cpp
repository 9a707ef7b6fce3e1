#include "collect/lighthouse/field_metrics.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "collect/http/page_identity.h"
#include "collect/http/page_label.h"

namespace budgetcheck {
namespace {

constexpr double kHundredths = 100;
constexpr std::size_t kMaxDevice = 40;
constexpr std::size_t kMaxOrigin = 100;

/// https://developer.chrome.com/docs/crux/api and PagespeedApiLoadingExperienceV5 of the API's discovery document.
constexpr std::array<FieldMetric, 10> kMetrics{{
    {"crux.lcp", "largest_contentful_paint", "LARGEST_CONTENTFUL_PAINT_MS"},
    {"crux.inp", "interaction_to_next_paint", "INTERACTION_TO_NEXT_PAINT"},
    {"crux.cls", "cumulative_layout_shift", "CUMULATIVE_LAYOUT_SHIFT_SCORE", Unit::kNone, kHundredths},
    {"crux.fcp", "first_contentful_paint", "FIRST_CONTENTFUL_PAINT_MS"},
    {"crux.ttfb", "experimental_time_to_first_byte", "EXPERIMENTAL_TIME_TO_FIRST_BYTE"},
    {"crux.rtt", "round_trip_time", ""},
    {"crux.lcp-image-ttfb", "largest_contentful_paint_image_time_to_first_byte", ""},
    {"crux.lcp-image-load-delay", "largest_contentful_paint_image_resource_load_delay", ""},
    {"crux.lcp-image-load-duration", "largest_contentful_paint_image_resource_load_duration", ""},
    {"crux.lcp-image-render-delay", "largest_contentful_paint_image_element_render_delay", ""},
}};

std::optional<double> number_of(const json::Value* value) {
  if (value == nullptr) {
    return std::nullopt;
  }
  std::optional<double> number;
  if (value->number() != nullptr) {
    number = *value->number();
  } else if (value->string() != nullptr) {
    number = parse_number(*value->string());
  }
  return number && std::isfinite(*number) && *number >= 0 ? number : std::nullopt;
}

}  // namespace

std::span<const FieldMetric> field_metrics() { return kMetrics; }

FieldRecord::FieldRecord(const std::string& file, const FieldKey& key, Facts& facts)
    : file_(file), key_(key), facts_(facts) {
  if (!key.url.empty()) {
    where_.set("page", page_label(key.url));
    if (std::string host = host_label_of(key.url); !host.empty()) {
      where_.set("host", std::move(host));
    }
  } else if (!key.origin.empty()) {
    where_.set("origin", shorten(printable(url_origin(key.origin)), kMaxOrigin));
  }
  if (!key.device.empty()) {
    where_.set("device", shorten(printable(key.device), kMaxDevice));
  }
}

void FieldRecord::add(const FieldMetric& metric, const FieldValue& value, double scale) {
  const Location location{file_, 0, 0, key_.place + value.pointer};
  const std::optional<double> number = number_of(value.value);
  if (!number) {
    facts_.unmeasured.push_back({std::string(metric.metric), where_,
                                 fmt::format("the field data has no '{}'", metric.crux), std::string(kTooFewVisits),
                                 location, true});
    return;
  }
  Sample sample;
  sample.metric = metric.metric;
  sample.where = where_;
  sample.unit = metric.unit;
  sample.value = *number / scale;
  sample.location = location;
  sample.source = "field " + url_origin(key_.url.empty() ? key_.origin : key_.url);
  facts_.samples.push_back(std::move(sample));
  ++measured_;
}

}  // namespace budgetcheck
