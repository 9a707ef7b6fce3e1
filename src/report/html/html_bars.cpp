#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "report/html/html_sections.h"
#include "report/words/markup.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {

std::string_view gravity_class(Gravity gravity) {
  switch (gravity) {
    case Gravity::kFails:
      return "fail";
    case Gravity::kError:
      return "error";
    case Gravity::kUnclear:
      return "unclear";
    case Gravity::kWarns:
      return "warn";
    case Gravity::kKnown:
      return "known";
    case Gravity::kNote:
      return "note";
    case Gravity::kWaived:
      return "waived";
    case Gravity::kPasses:
      return "pass";
  }
  return "note";
}

std::string html_pill(Gravity gravity, std::string_view word) {
  return "<span class=\"pill " + std::string(gravity_class(gravity)) + "\">" + lower(word) + "</span>";
}

std::string limit_words(const Verdict& verdict, std::string_view limit) {
  return limit.empty() ? "" : (verdict.limit_is_min ? "≥ " : "≤ ") + std::string(limit);
}

double limit_usage(const Verdict& verdict) {
  const std::optional<double> share = headroom_share(verdict);
  if (!share || !std::isfinite(*share)) {
    return -1;
  }
  return std::max(0.0, verdict.limit_is_min ? 1 + *share : 1 - *share);
}

std::string html_usage_bar(const Verdict& verdict) {
  const double usage = limit_usage(verdict);
  if (usage < 0) {
    return "";
  }
  constexpr double kLimitAt = 80;  // of 100: what is over has the rest
  const std::string width = format_rounded(std::min(usage * kLimitAt, 100.0), 1);
  return "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
         "class=\"track\" "
         "width=\"100\" height=\"8\"/><rect class=\"fill\" width=\"" +
         width + "\" height=\"8\"/><rect class=\"mark\" x=\"79.4\" width=\"1.2\" height=\"8\"/></svg>";
}

std::optional<PairOfBars> bars_beside(const Verdict& verdict) {
  const auto drawable = [](const std::optional<double>& number) {
    return number && std::isfinite(*number) && *number >= 0;
  };
  if (!drawable(verdict.base) || !drawable(verdict.value) || *verdict.base == *verdict.value) {
    return std::nullopt;
  }
  const bool limited = drawable(verdict.limit);
  const double most = std::max({*verdict.base, *verdict.value, limited ? *verdict.limit : 0});
  const auto share = [&](double number) { return static_cast<int>(std::lround(number / most * 100)); };
  return PairOfBars{share(*verdict.base), share(*verdict.value), limited ? share(*verdict.limit) : -1};
}

namespace {

std::string bar_beside(std::string_view name, int share, int limit, const std::string& number) {
  std::string out =
      "<span>" + std::string(name) + "</span><svg class=\"bar\" viewBox=\"0 0 100 8\" " +
      "preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"track\" width=\"100\" height=\"8\"/>" +
      "<rect class=\"" + (name == "base" ? "was" : "fill") + "\" width=\"" + std::to_string(share) +
      "\" height=\"8\"/>";
  if (limit >= 0) {
    out += "<rect class=\"mark\" x=\"" + format_rounded(std::min(limit - 0.6, 98.8), 1) +
           "\" width=\"1.2\" height=\"8\"/>";
  }
  return out + "</svg><span class=\"num\">" + html_text(number, 40) + "</span>";
}

}  // namespace

std::string html_beside(const Verdict& verdict) {
  const std::optional<PairOfBars> bars = bars_beside(verdict);
  if (!bars) {
    return "";
  }
  const Numbers n = numbers(verdict);
  return "<div class=\"beside\">" + bar_beside("base", bars->base, bars->limit, n.base) +
         bar_beside("now", bars->now, bars->limit, n.value) + "</div>";
}

std::string html_see(const std::vector<PageLink>& links) {
  std::string out;
  for (const PageLink& link : links) {
    out += (out.empty() ? "" : " ") + ("<a href=\"#" + link.target + "\">" + html_text(link.words, 160) + "</a>");
  }
  return out.empty() ? "" : "<p class=\"see\">" + out + "</p>";
}

std::string section_begin(std::string_view id, std::string_view heading, std::string_view count,
                          std::string_view about) {
  std::string out = "<section id=\"" + std::string(id) + "\" aria-labelledby=\"" + std::string(id) +
                    "-h\">\n<h2 id=\"" + std::string(id) + "-h\">" + std::string(heading);
  out += count.empty() ? "" : " <span class=\"count\">" + std::string(count) + "</span>";
  out += "</h2>\n";
  out += about.empty() ? "" : "<p class=\"about\">" + html_text(about) + "</p>\n";
  return out;
}

}  // namespace budgetcheck
