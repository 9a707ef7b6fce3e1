#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "model/load/queue_course.h"
#include "report/html/html_sections.h"
#include "report/queues/queue_rows.h"
#include "report/words/markup.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostQueues = 50;
constexpr std::size_t kMostPoints = 200;
constexpr double kWidth = 300;
constexpr double kHeight = 80;

/// Numbers of readings: of several that fall together the highest one counts, so that no peak is lost. The first and
/// the last are among them, as the line goes from one to the other.
std::vector<std::size_t> drawn(const std::vector<double>& values) {
  const std::size_t each = std::max<std::size_t>((values.size() + kMostPoints - 1) / kMostPoints, 1);
  std::vector<std::size_t> out{0};
  for (std::size_t i = 0; i < values.size(); i += each) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(i);
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(std::min(i + each, values.size()));
    const auto highest = static_cast<std::size_t>(std::max_element(begin, end) - values.begin());
    if (highest != out.back()) {
      out.push_back(highest);
    }
  }
  if (out.back() + 1 < values.size()) {
    out.push_back(values.size() - 1);
  }
  return out;
}

std::string chart_of(const QueueCourse& course) {
  const double highest = *std::max_element(course.waiting.begin(), course.waiting.end());
  const double span = course.at.back() - course.at.front();
  const bool shows_limit = course.max_depth > 0 && course.max_depth <= highest * 4;
  const double top = std::max({highest, shows_limit ? course.max_depth : 0, 1.0});
  const auto y = [&](double value) { return format_rounded(kHeight - value / top * (kHeight - 4) - 2, 1); };
  std::string path;
  for (const std::size_t i : drawn(course.waiting)) {
    const double x = span > 0 ? kWidth * (course.at[i] - course.at.front()) / span : 0;
    path += (path.empty() ? "M" : "L") + format_rounded(x, 1) + " " + y(course.waiting[i]);
  }
  const std::string seconds =
      course.has_times ? format_quantity(length_of(course, whole(course)) * 1000, Unit::kMilliseconds) : std::string();
  const std::string label = fmt::format(
      "Waiting jobs of {} over {}: {} at first, {} at the end, {} at most", name_text(course.queue, 80),
      seconds.empty() ? counted(course.at.size(), "reading") : seconds, format_rounded(course.waiting.front(), 0),
      format_rounded(course.waiting.back(), 0), format_rounded(highest, 0));
  std::string out =
      fmt::format("<svg viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">",
                  format_number(kWidth), format_number(kHeight), html_text(label, 300));
  if (shows_limit) {
    out += fmt::format("<path class=\"limit\" d=\"M0 {0}H{1}\"/>", y(course.max_depth), format_number(kWidth));
  }
  return out + "<path class=\"line\" d=\"" + path + "\"/></svg><p class=\"quiet\">" + html_text(label, 300) +
         (shows_limit ? ", dashed: max_depth " + format_rounded(course.max_depth, 0) : "") + "</p>";
}

}  // namespace

std::string html_queues(const HtmlReport& html) {
  const std::vector<QueueRow> rows = queue_rows(html.report.samples);
  if (rows.empty() && html.report.queues.empty()) {
    return "";
  }
  std::string out = section_begin("queues", "Queues", counted(rows.size(), "queue"),
                                  "How many jobs waited over the time of the capture. Busy is what arrived in its last "
                                  "quarter over what the workers can do; finished for each that arrived is of its "
                                  "second half.");
  out +=
      "<div class=\"group\"><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Queues\"><table "
      "class=\"routes\"><thead><tr><th scope=\"col\">queue</th>";
  for (const std::string_view head : queue_heads()) {
    out += fmt::format("<th scope=\"col\" class=\"num\">{}</th>", head);
  }
  out += "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < std::min(rows.size(), kMostQueues); ++i) {
    out += "<tr><td>" + html_text(name_text(rows[i].queue, 100), 100) + " <span class=\"quiet\">" +
           html_text(name_text(rows[i].service, 60), 60) + "</span></td>";
    const std::vector<std::string> cells = queue_cells(rows[i]);
    for (std::size_t k = 0; k < cells.size(); ++k) {
      out +=
          fmt::format("<td class=\"num\"><span class=\"lbl\">{}</span> {}</td>", queue_heads()[k], html_text(cells[k]));
    }
    out += "</tr>\n";
  }
  out += "</tbody></table></div></div>\n";
  std::vector<const QueueCourse*> courses;
  for (const QueueCourse& course : html.report.queues) {
    if (!course.waiting.empty() && course.at.size() > 2) {
      courses.push_back(&course);
    }
  }
  std::stable_sort(courses.begin(), courses.end(), [](const QueueCourse* a, const QueueCourse* b) {
    return *std::max_element(a->waiting.begin(), a->waiting.end()) >
           *std::max_element(b->waiting.begin(), b->waiting.end());
  });
  courses.resize(std::min(courses.size(), kMostQueues));
  if (!courses.empty()) {
    out += "<ul class=\"cards\">\n";
    for (const QueueCourse* course : courses) {
      out += "<li><b>" + html_text(name_text(course->queue, 80), 80) + "</b> <span class=\"quiet\">" +
             html_text(name_text(course->service, 60), 60) + "</span>" + chart_of(*course) + "</li>\n";
    }
    out += "</ul>\n";
  }
  return out + std::string(kSectionEnd);
}

}  // namespace budgetcheck
