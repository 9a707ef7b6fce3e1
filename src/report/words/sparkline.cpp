#include "report/words/sparkline.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "report/words/markup.h"

namespace budgetcheck {
namespace {

constexpr std::array<std::string_view, 8> kBlocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 4> kAscii{"_", ".", "-", "^"};

struct Range {
  double low = 0;
  double high = 0;
  bool any = false;

  void add(double value) {
    if (std::isfinite(value)) {
      low = any ? std::min(low, value) : value;
      high = any ? std::max(high, value) : value;
      any = true;
    }
  }
};

template <std::size_t N>
std::string draw(const std::vector<double>& values, std::size_t begin, const Range& range,
                 const std::array<std::string_view, N>& levels) {
  std::string out;
  for (std::size_t i = begin; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      out += ' ';
      continue;
    }
    const double span = range.high - range.low;
    const double share = span > 0 ? (values[i] - range.low) / span : 0.5;
    out += levels[std::min(N - 1, static_cast<std::size_t>(share * static_cast<double>(N)))];
  }
  return out;
}

}  // namespace

std::string sparkline(const std::vector<double>& values, std::size_t width, bool unicode) {
  const std::size_t begin = values.size() > width ? values.size() - width : 0;
  Range range;
  for (std::size_t i = begin; i < values.size(); ++i) {
    range.add(values[i]);
  }
  return unicode ? draw(values, begin, range, kBlocks) : draw(values, begin, range, kAscii);
}

std::string history_svg(const BudgetSeries& series, const std::string& label) {
  constexpr double kWidth = 320;
  constexpr double kHeight = 64;
  constexpr double kMargin = 6;
  Range values;
  Range days;
  for (const HistoryPoint& point : series.points) {
    values.add(point.value);
    days.add(static_cast<double>(point.day));
  }
  // A limit far away would press the values into a line: it is drawn only where it gives scale.
  const double span = std::max(values.high - values.low, std::fabs(values.high) * 0.02);
  const bool shows_limit =
      series.limit && std::fabs(*series.limit - values.high) < 4 * span + std::fabs(values.high) * 0.5;
  if (shows_limit) {
    values.add(*series.limit);
  }
  const double height = std::max(values.high - values.low, 1e-12);
  const bool one_day = days.high <= days.low;
  const auto x = [&](std::size_t i) {
    const double share =
        one_day ? static_cast<double>(i) / std::max<double>(1, static_cast<double>(series.points.size()) - 1)
                : (static_cast<double>(series.points[i].day) - days.low) / (days.high - days.low);
    return format_rounded(kMargin + share * (kWidth - 2 * kMargin), 1);
  };
  const auto y = [&](double value) {
    return format_rounded(kHeight - kMargin - (value - values.low) / height * (kHeight - 2 * kMargin), 1);
  };
  std::string points;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    points += (i == 0 ? "" : " ") + x(i) + "," + y(series.points[i].value);
  }
  std::string out = "<svg viewBox=\"0 0 320 64\" role=\"img\" aria-label=\"" + html_text(label) + "\">";
  if (shows_limit) {
    const std::string at = y(*series.limit);
    out += "<line class=\"limit\" x1=\"0\" x2=\"320\" y1=\"" + at + "\" y2=\"" + at + "\"/>";
  }
  out += "<polyline class=\"line\" points=\"" + points + "\"/>";
  const std::size_t last = series.points.size() - 1;
  out += "<circle class=\"dot\" r=\"3\" cx=\"" + x(last) + "\" cy=\"" + y(series.points[last].value) + "\"/></svg>";
  return out;
}

}  // namespace budgetcheck
