#include "report/words/verdict_words.h"

#include <fmt/format.h>

#include <cmath>

#include "base/number.h"
#include "base/units.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

/// A number that a report may show: no number at all when it is not finite.
std::optional<double> finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

/// "12.4%" of |part / whole|; empty when the whole is 0.
std::string percent(double part, double whole, bool with_sign) {
  if (whole == 0) {
    return {};
  }
  const double share = part / std::fabs(whole) * 100;
  const std::string digits = format_rounded(share, std::fabs(share) >= 100 ? 0 : 1);
  return (with_sign && share > 0 ? "+" : "") + digits + "%";
}

/// "400 ms (16.6%)".
std::string with_share(const std::string& quantity, const std::string& share) {
  return share.empty() ? quantity : fmt::format("{} ({})", quantity, share);
}

/// Stored results keep microseconds, or six digits of what is not whole: less than that is not a difference.
bool is_rounding(double delta, double base, Unit unit) {
  constexpr double kStoredPrecision = 1e-5;
  const bool in_digits = base != std::trunc(base) && std::fabs(delta) <= std::fabs(base) * kStoredPrecision;
  return in_digits || (unit == Unit::kMilliseconds && std::fabs(delta) <= 1e-3);
}

std::optional<double> delta_of(const Verdict& v) {
  const auto value = finite(v.value);
  const auto base = finite(v.base);
  std::optional<double> delta = finite(v.delta);
  if (!delta && value && base) {
    delta = finite(*value - *base);
  }
  return delta && base && is_rounding(*delta, *base, v.unit) ? 0.0 : delta;
}

/// Positive: kept by that much.
std::optional<double> headroom_of(const Verdict& v) {
  const auto value = finite(v.value);
  const auto limit = finite(v.limit);
  if (!value || !limit) {
    return std::nullopt;
  }
  return finite(v.limit_is_min ? *value - *limit : *limit - *value);
}

std::string sentence_of_code(std::string_view code) {
  for (const CodeText& text : verdict_codes()) {
    if (text.code == code) {
      return std::string(text.sentence);
    }
  }
  return {};
}

}  // namespace

std::string_view status_word(Status status) {
  switch (status) {
    case Status::kPass:
      return "PASS";
    case Status::kWarn:
      return "WARN";
    case Status::kFail:
      return "FAIL";
    case Status::kInconclusive:
      return "UNCLEAR";
    case Status::kWaived:
      return "WAIVED";
    case Status::kError:
      return "ERROR";
  }
  return "ERROR";
}

std::string budget_words(const Verdict& verdict) {
  return verdict.budget.empty() || verdict.budget == "*" ? "the budgets file" : name_text(verdict.budget);
}

std::string subject_words(const Verdict& verdict) {
  std::string out = verdict.metric.empty() ? budget_words(verdict) : name_text(verdict.metric);
  append_part(out, ", ", name_text(to_string(verdict.where)));
  if (verdict.runs > 1 && verdict.unit != Unit::kRatio) {
    out += fmt::format(" ({} of {})", to_string(verdict.stat), verdict.runs);
  } else if (verdict.runs > 1) {
    out += fmt::format(" (of {})", verdict.runs);
  }
  return out;
}

Numbers numbers(const Verdict& v) {
  Numbers out;
  const auto value = finite(v.value);
  const auto limit = finite(v.limit);
  const auto base = finite(v.base);
  if (limit) {
    out.limit = value ? format_quantity(*limit, v.unit, *value) : format_quantity(*limit, v.unit);
  }
  if (base) {
    out.base = value ? format_quantity(*base, v.unit, *value) : format_quantity(*base, v.unit);
  }
  if (value) {
    out.value = limit  ? format_quantity(*value, v.unit, *limit)
                : base ? format_quantity(*value, v.unit, *base)
                       : format_quantity(*value, v.unit);
  }
  if (const auto delta = delta_of(v)) {
    const std::string share = base ? percent(*delta, *base, true) : std::string();
    out.delta = with_share(format_delta(*delta, v.unit), share);
    // "0 (0%)" is what a difference below the last digit that is shown would read as.
    if (out.delta.find_first_of("123456789") == std::string::npos) {
      out.delta = "no change";
    }
  }
  if (const auto headroom = headroom_of(v)) {
    out.over = *headroom < 0;
    const std::string share = percent(std::fabs(*headroom), *limit, false);
    out.headroom = with_share(format_quantity(std::fabs(*headroom), v.unit), share);
  }
  return out;
}

std::optional<double> headroom_share(const Verdict& verdict) {
  const auto headroom = headroom_of(verdict);
  if (!headroom || *verdict.limit == 0) {
    return std::nullopt;
  }
  return *headroom / std::fabs(*verdict.limit);
}

bool is_improvement(const Verdict& verdict) {
  const auto delta = delta_of(verdict);
  return verdict.status == Status::kPass && delta && (verdict.higher_is_better ? *delta > 0 : *delta < 0);
}

std::string numbers_sentence(const Verdict& verdict) {
  const Numbers n = numbers(verdict);
  if (n.value.empty()) {
    return {};
  }
  std::string out = n.base.empty() || n.delta == "no change" ? n.value : n.base + " → " + n.value;
  if (!n.delta.empty()) {
    out += n.delta == "no change" ? ", no change" : ", " + n.delta;
  }
  if (!n.limit.empty()) {
    const std::string_view at_least = verdict.limit_is_min ? "at least " : "";
    const std::string_view over = verdict.limit_is_min ? "short by" : "over by";
    out += n.over ? fmt::format(", limit {}{}: {} {}", at_least, n.limit, over, n.headroom)
                  : fmt::format(", limit {}{}: {} left", at_least, n.limit, n.headroom);
  }
  return out;
}

std::string message_words(const Verdict& verdict) {
  if (!verdict.message.empty()) {
    return sentence_text(verdict.message);
  }
  std::string text = numbers_sentence(verdict);
  if (!text.empty()) {
    return text;
  }
  const std::string sentence = sentence_of_code(verdict.code);
  return sentence.substr(0, sentence.find(". "));
}

std::string next_step(const Verdict& verdict) {
  if (!verdict.hint.empty()) {
    return sentence_text(verdict.hint);
  }
  const std::string sentence = sentence_of_code(verdict.code);
  const std::size_t advice = sentence.find(". ");
  if (advice != std::string::npos) {
    return sentence.substr(advice + 2);
  }
  const bool is_fine = verdict.status == Status::kPass || verdict.status == Status::kWaived;
  return is_fine || sentence.empty() ? std::string() : "run budgetcheck explain " + name_text(verdict.code);
}

}  // namespace budgetcheck
