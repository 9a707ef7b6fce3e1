#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/list/list.h"
#include "report/words/page.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kIndent = 2;
/// Longer names of metrics push the rest of their line to the right.
constexpr std::size_t kWidestMetric = 36;

std::string value_of(const ListedMeasurement& m) {
  return (m.lower_bound ? "at least " : "") + format_quantity(m.value, m.unit);
}

/// "route=/api/posts (max of 40)".
std::string place_of(const ListedMeasurement& m) {
  std::string out = m.where.empty() ? "no labels" : name_text(to_string(m.where));
  if (m.runs > 1) {
    out += fmt::format(" ({})", runs_words(m));
  }
  if (m.lower_bound && !m.lower_bound_reason.empty()) {
    out += fmt::format(" ({})", sentence_text(m.lower_bound_reason));
  }
  return out;
}

std::string budgets_of(const ListedMeasurement& m) {
  return m.budgets.empty()
             ? ""
             : fmt::format("{} {}", m.budgets.size() == 1 ? "budget" : "budgets", name_text(join(m.budgets, ", ")));
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width > display_width(text) ? width - display_width(text) : 0, ' ');
}

/// The places of one metric, a line each, which is not broken: it is searched and cut by other programs.
void add_metric(Page& page, const Listing& listing, std::size_t begin, std::size_t end, std::size_t metric_width) {
  std::size_t widest_value = 0;
  std::size_t widest_place = 0;
  for (std::size_t i = begin; i < end; ++i) {
    widest_value = std::max(widest_value, display_width(value_of(listing.measurements[i])));
    widest_place = std::max(widest_place, display_width(place_of(listing.measurements[i])));
  }
  for (std::size_t i = begin; i < end; ++i) {
    const ListedMeasurement& m = listing.measurements[i];
    const std::string value = value_of(m);
    const std::string budgets = budgets_of(m);
    const std::string indent(widest_value - display_width(value), ' ');
    page.line(
        padded(name_text(m.metric), metric_width), Paint::kBold,
        fmt::format(" {}{}  {}{}{}", indent, value, budgets.empty() ? place_of(m) : padded(place_of(m), widest_place),
                    budgets.empty() ? "" : "  ", budgets));
  }
}

void add_unmeasured(Page& page, const Listing& listing) {
  constexpr std::size_t kMost = 20;
  if (listing.unmeasured.empty()) {
    return;
  }
  page.heading("Not measured");
  for (std::size_t i = 0; i < std::min(kMost, listing.unmeasured.size()); ++i) {
    const Unmeasured& gap = listing.unmeasured[i];
    const std::string metric = gap.metric.empty() ? "everything" : gap.metric + (gap.metric.ends_with('.') ? "*" : "");
    const std::string where = gap.where.empty() ? "" : fmt::format(" ({})", to_string(gap.where));
    page.paragraph(kIndent, name_text(metric) + name_text(where), Paint::kPlain,
                   sentence_text(gap.reason + (gap.hint.empty() ? "" : ": " + gap.hint)), kIndent);
  }
  if (listing.unmeasured.size() > kMost) {
    page.line("", Paint::kPlain,
              fmt::format("  and {} more: --output json=FILE has all of them", listing.unmeasured.size() - kMost));
  }
}

std::string summary_of(const Listing& listing) {
  const auto judged =
      static_cast<std::size_t>(std::count_if(listing.measurements.begin(), listing.measurements.end(),
                                             [](const ListedMeasurement& m) { return !m.budgets.empty(); }));
  std::string out = counted(listing.measurements.size(), "measurement");
  if (listing.others != 0) {
    out += fmt::format(" of {}", listing.measurements.size() + listing.others);
  }
  out += listing.budgets_path.empty()
             ? ", no budgets file"
             : fmt::format(", {} with a budget in {}", judged, name_text(listing.budgets_path));
  return judged == listing.measurements.size() ? out : out + "; --output budgets prints budgets to paste";
}

}  // namespace

std::string render_list_text(const Listing& listing, const Rendering& rendering) {
  Page page(rendering);
  std::size_t metric_width = 0;
  for (const ListedMeasurement& m : listing.measurements) {
    metric_width = std::max(metric_width, std::min(kWidestMetric, display_width(m.metric)));
  }
  for (std::size_t begin = 0; begin < listing.measurements.size();) {
    std::size_t end = begin + 1;
    while (end < listing.measurements.size() &&
           listing.measurements[end].metric == listing.measurements[begin].metric) {
      ++end;
    }
    add_metric(page, listing, begin, end, metric_width);
    begin = end;
  }
  add_unmeasured(page, listing);
  page.gap();
  for (const std::string& note : listing.notes) {
    page.paragraph(0, "note", Paint::kDim, sentence_text(note), 5);
  }
  page.paragraph(0, "", Paint::kPlain, summary_of(listing), 0);
  return page.take();
}

}  // namespace budgetcheck
