#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "collect/http/request_fields.h"
#include "model/input_spec.h"

namespace budgetcheck {

/// The setting `time` of an input: which number of an access log is the time of a request, and its unit.
struct TimeSetting {
  double unit_ms = 0;  ///< 0: not given
  std::string field;   ///< a path in JSON; in text "1" is the first behind the user agent. Empty: the usual one
};
TimeSetting read_time_setting(const InputSettings& settings);

/// Decides what the numbers of an access log are whose unit no line tells. A number is believed to be the time of a
/// request when the budgets file says so, or when the whole log proves it:
/// - nginx writes seconds with exactly three decimals. $msec is told apart by its size, $gzip_ratio by its two
/// decimals,
///   an upstream's time by being the smaller one, or missing where nothing was passed on. A single such number may also
///   be morgan's milliseconds: something else of nginx' stands beside it, or some are below 0.02, or all below 1.
/// - Caddy's duration has one form over a whole log: with decimals it is in seconds; whole numbers are milliseconds
/// when
///   some are below 1000 and nanoseconds when all are above 100,000 (no request takes a microsecond, few take minutes).
/// The first lines decide, every other is held against the decision.
class RequestTimes {
 public:
  /// `believes`: numbers may be times that the log proves. Those of the setting always are.
  RequestTimes(TimeSetting setting, bool believes) : setting_(std::move(setting)), believes_(believes) {}

  /// The log's first records that are answers. Nothing is learned from none.
  void learn(std::span<const AccessRecord> records);
  bool learned() const { return learned_; }
  /// What the first records say decides what the numbers are.
  bool decides() const { return believes_ && setting_.unit_ms <= 0; }
  /// In milliseconds; negative: unknown.
  double of(const AccessRecord& record);
  /// After the last record: the times that were given are not what they seemed.
  bool refuted() const;

  /// The times are nginx' seconds by nothing but their values.
  bool judged_by_values() const { return form_ == Form::kThreeDecimals && by_range_; }

  /// Why there is no time, and what to do; nothing when no number was there. `log` names the input.
  struct Gap {
    std::string reason;
    std::string hint;
  };
  std::optional<Gap> gap(std::string_view log) const;

 private:
  void learn_text(std::span<const AccessRecord> records);
  void learn_json(std::span<const AccessRecord> records);
  double declared(const AccessRecord& record) const;
  bool fits(const LoggedNumber& number) const;

  enum class Form : std::uint8_t { kNone, kThreeDecimals, kDecimals, kWhole };

  TimeSetting setting_;
  bool believes_;
  bool learned_ = false;
  std::size_t column_ = 0;
  double scale_ = 0;  ///< to milliseconds; 0: no number is believed
  Form form_ = Form::kNone;
  bool by_range_ = false;  ///< nothing but the values proves it
  bool broken_ = false;    ///< a later line contradicts
  double least_ = -1;
  double most_ = -1;
  LoggedNumber seen_;  ///< the first number that is not believed
  std::string name_;   ///< of its field, in JSON
  bool is_json_ = false;
};

}  // namespace budgetcheck
