#include "collect/collector/sampling_policies.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "collect/collector/settings.h"

namespace budgetcheck::collector {
namespace {

constexpr KeptShare kAll{1, 1};
constexpr KeptShare kNothing{0, 0};
constexpr KeptShare kUnknown{0, 1};
constexpr std::size_t kMaxDepth = 8;

/// What one policy, or several, keep of the three kinds of traces.
struct Kept {
  KeptShare errors = kUnknown;
  KeptShare slow = kUnknown;
  KeptShare ordinary = kUnknown;
};

/// Members of a policy in the order of the kinds, so that each rule of combination is written once.
constexpr std::array<KeptShare Kept::*, 3> kKinds{&Kept::errors, &Kept::slow, &Kept::ordinary};

/// A variable that decides a policy may let it keep all that it is for.
constexpr Kept kDecidedElsewhere{kAll, kAll, kUnknown};

class Policies {
 public:
  Policies(const std::string& file, double slow_ms, CollectorSampler& sampler)
      : file_(file), slow_ms_(slow_ms), sampler_(sampler) {}

  /// Of the list as a whole.
  Kept any_of(const json::Array& policies, std::size_t depth) {
    Kept kept{kNothing, kNothing, kNothing};
    Kept dropped{kNothing, kNothing, kNothing};
    for (const json::Value& policy : policies) {
      const std::string_view type = policy.string_or("type", "");
      const Kept one = of(policy, depth);
      Kept& sum = type == "drop" ? dropped : kept;
      for (const auto kind : kKinds) {
        // Policies by probability decide by the same hash of the trace's id, so the higher one holds for both.
        (sum.*kind).least = std::max((sum.*kind).least, (one.*kind).least);
        (sum.*kind).most = type == "probabilistic" ? std::max((sum.*kind).most, (one.*kind).most)
                                                   : std::min(1.0, (sum.*kind).most + (one.*kind).most);
      }
    }
    for (const auto kind : kKinds) {
      // What is dropped only under a condition is dropped on purpose: health checks, a noisy route.
      (kept.*kind).least *= 1 - (dropped.*kind).least;
      (kept.*kind).most *= 1 - (dropped.*kind).least;
    }
    return kept;
  }

 private:
  Kept of(const json::Value& policy, std::size_t depth) {
    if (is_variable(policy) || is_variable(policy.find("type")) || depth > kMaxDepth) {
      return kDecidedElsewhere;
    }
    const std::string type(policy.string_or("type", ""));
    const json::Value* found = policy.find(type);
    if (is_variable(found)) {
      return kDecidedElsewhere;
    }
    static const json::Value kEmpty;
    const json::Value& settings = found == nullptr ? kEmpty : *found;
    if (type == "always_sample") {
      if (depth == 0) {
        highest_ = 1;
        sampler_.ordinary_location = json::location_of(file_, *policy.find("type"));
      }
      return {kAll, kAll, kAll};
    }
    if (type == "status_code") {
      return by_status(settings);
    }
    if (type == "latency") {
      return by_latency(settings);
    }
    if (type == "probabilistic") {
      return by_probability(settings);
    }
    if (type == "and") {
      return all_of(settings.find("and_sub_policy"), depth);
    }
    if (type == "composite") {
      return composite(settings.find("composite_sub_policy"), depth);
    }
    if (type == "drop") {
      return all_of(settings.find("drop_sub_policy"), depth);
    }
    if (type == "not") {
      return none_of(settings.find("not_sub_policy"), depth);
    }
    if (type == "ottl_condition") {
      return by_condition(settings);
    }
    constexpr std::array<std::string_view, 8> kByContent{"string_attribute", "numeric_attribute", "boolean_attribute",
                                                         "span_count",       "trace_state",       "trace_flags",
                                                         "rate_limiting",    "bytes_limiting"};
    const bool is_known = std::find(kByContent.begin(), kByContent.end(), type) != kByContent.end();
    return is_known ? Kept{} : kDecidedElsewhere;  // of a later version, or an extension
  }

  static Kept by_status(const json::Value& settings) {
    const json::Value* codes = settings.find("status_codes");
    if (!length_of(codes)) {
      return kDecidedElsewhere;
    }
    bool error = false;
    bool ok = false;
    bool unset = false;
    for (const json::Value& code : entries_of(codes)) {
      error = error || text_of(&code) == "ERROR";
      ok = ok || text_of(&code) == "OK";
      unset = unset || text_of(&code) == "UNSET";
    }
    // A trace with an error has spans without one.
    const KeptShare other = ok && unset ? kAll : ok || unset ? kUnknown : kNothing;
    return {error ? kAll : other.most > 0 ? kUnknown : kNothing, other, other};
  }

  Kept by_latency(const json::Value& settings) {
    const json::Value* threshold = settings.find("threshold_ms");
    const std::optional<double> from = number_of(threshold, 0);
    const std::optional<double> upper = number_of(settings.find("upper_threshold_ms"), 0);
    if (!from || !upper) {
      return {kUnknown, kAll, kUnknown};
    }
    const bool is_open = *upper <= 0;
    if (is_open && (sampler_.slow_from_ms < 0 || *from < sampler_.slow_from_ms)) {
      sampler_.slow_from_ms = *from;
      sampler_.slow_location = threshold == nullptr ? sampler_.location : json::location_of(file_, *threshold);
    }
    if (*from <= 0 && is_open) {
      return {kAll, kAll, kAll};
    }
    // Of the others only those that are slow too, which are no part of a baseline.
    return {kUnknown, is_open && *from <= slow_ms_ ? kAll : kUnknown, *from <= 0 ? kUnknown : kNothing};
  }

  Kept by_probability(const json::Value& settings) {
    const json::Value* percentage = settings.find("sampling_percentage");
    const std::optional<double> percent = number_of(percentage, 0);
    if (!percent) {
      return {};
    }
    const double share = std::clamp(*percent / 100, 0.0, 1.0);
    if (percentage != nullptr && share >= highest_) {
      highest_ = share;
      sampler_.ordinary_location = json::location_of(file_, *percentage);
    }
    return {{share, share}, {share, share}, {share, share}};
  }

  /// A condition in the collector's language: what it selects is seen only where it names errors.
  static Kept by_condition(const json::Value& settings) {
    std::string text;
    for (const char* key : {"span", "spanevent", "conditions"}) {
      for (const json::Value& one : entries_of(settings.find(key))) {
        text += one.string() == nullptr ? "" : lower(*one.string()) + "\n";
      }
    }
    const bool names_errors = text.find("status_code_error") != std::string::npos ||
                              text.find("status.code == 2") != std::string::npos ||
                              text.find("exception") != std::string::npos;
    // What is slow may be asked for by two times, and then keeps them.
    const bool names_times = text.find("end_time") != std::string::npos || text.find("duration") != std::string::npos;
    return {names_errors ? kAll : kUnknown, names_times ? kAll : kUnknown, kUnknown};
  }

  Kept all_of(const json::Value* list, std::size_t depth) {
    const std::optional<std::size_t> length = length_of(list);
    if (!length) {
      return kDecidedElsewhere;
    }
    if (*length == 0) {
      return {kNothing, kNothing, kNothing};
    }
    Kept kept{kAll, kAll, kAll};
    for (const json::Value& policy : entries_of(list)) {
      const Kept one = of(policy, depth + 1);
      for (const auto kind : kKinds) {
        // At least what they must have in common.
        (kept.*kind).least = std::max(0.0, (kept.*kind).least + (one.*kind).least - 1);
        (kept.*kind).most = std::min((kept.*kind).most, (one.*kind).most);
      }
    }
    return kept;
  }

  /// Sub-policies that share a rate of spans: what each is for is kept as far as the rate allows.
  Kept composite(const json::Value* list, std::size_t depth) {
    if (!length_of(list)) {
      return kDecidedElsewhere;
    }
    Kept kept = any_of(entries_of(list), depth + 1);
    kept.ordinary.least = 0;
    return kept;
  }

  Kept none_of(const json::Value* policy, std::size_t depth) {
    if (policy == nullptr) {
      return {};
    }
    Kept kept = of(*policy, depth + 1);
    for (const auto kind : kKinds) {
      kept.*kind = {1 - (kept.*kind).most, 1 - (kept.*kind).least};
    }
    return kept;
  }

  const std::string& file_;
  double slow_ms_;
  CollectorSampler& sampler_;
  double highest_ = 0;
};

void keep(const Kept& kept, CollectorSampler& sampler) {
  sampler.errors = kept.errors;
  sampler.slow = kept.slow;
  sampler.ordinary = kept.ordinary;
}

}  // namespace

CollectorSampler tail_sampler(const std::string& file, const json::Value& settings, const Location& key,
                              double slow_ms) {
  CollectorSampler sampler;
  sampler.location = place_of(file, settings, "policies", key);
  sampler.slow_location = sampler.location;
  sampler.ordinary_location = sampler.location;
  const json::Value* policies = settings.find("policies");
  if (is_variable(settings) || !length_of(policies)) {
    keep(kDecidedElsewhere, sampler);
    return sampler;
  }
  Policies reader(file, slow_ms, sampler);
  keep(reader.any_of(entries_of(policies), 0), sampler);
  return sampler;
}

CollectorSampler probabilistic_sampler(const std::string& file, const json::Value& settings, const Location& key) {
  CollectorSampler sampler;
  sampler.location = place_of(file, settings, "sampling_percentage", key);
  sampler.slow_location = sampler.location;
  sampler.ordinary_location = sampler.location;
  const std::optional<double> percent = number_of(settings.find("sampling_percentage"), 0);
  if (is_variable(settings) || !percent) {
    keep(kDecidedElsewhere, sampler);
    return sampler;
  }
  const double share = std::clamp(*percent / 100, 0.0, 1.0);
  keep({{share, share}, {share, share}, {share, share}}, sampler);
  return sampler;
}

}  // namespace budgetcheck::collector
