#include "report/html/html_requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/number.h"
#include "base/text.h"
#include "report/html/html_sections.h"
#include "report/words/markup.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostRows = 100;  ///< of one page
constexpr std::size_t kMostRowsOfAll = 1500;

bool known(double number) { return std::isfinite(number) && number >= 0; }

std::string usual_host(const std::vector<const Exchange*>& requests) {
  std::map<std::string_view, std::size_t> counts;
  std::string_view usual;
  for (const Exchange* request : requests) {
    const std::size_t count = ++counts[request->host];
    if (count > counts[usual]) {
      usual = request->host;
    }
  }
  return std::string(usual);
}

std::string type_class(const std::string& type) {
  for (const char* name : {"document", "script", "stylesheet", "image", "font", "media", "fetch"}) {
    if (type == name) {
      return std::string("t-") + name;
    }
  }
  return "t-other";
}

std::string quantity(double number, Unit unit) { return known(number) ? format_quantity(number, unit) : "?"; }

std::string bar(const Exchange& request, double span) {
  if (!known(request.start_ms) || span <= 0) {
    return "<span class=\"quiet\">start unknown</span>";
  }
  const double time = known(request.time_ms) ? request.time_ms : 0;
  const double width = std::max(0.4, time / span * 100);
  const double at = std::min(request.start_ms / span * 100, 100 - std::min(width, 100.0));
  return "<svg class=\"bar wf\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
         "class=\"" +
         type_class(request.type) + "\" x=\"" + format_rounded(std::max(at, 0.0), 2) +
         "\" y=\"1\" height=\"8\" width=\"" + format_rounded(std::min(width, 100.0), 2) + "\"/></svg>";
}

/// The template that the request's path follows: the path itself may say who asked.
std::string_view template_of(const Exchange& request) {
  const std::string_view route = request.route;
  return route.empty() ? std::string_view(request.path) : route.substr(std::min(route.size(), route.find(' ') + 1));
}

std::string row(const Exchange& request, const RequestGroup& group, double span, const std::string& id) {
  const double bytes = known(request.transfer_bytes) ? request.transfer_bytes : request.body_bytes;
  const bool failed = request.status <= 0 || request.status >= 400;
  std::string out =
      "<tr id=\"" + id + "\" tabindex=\"-1\"><td class=\"path\"><span>" + html_text(name_text(request.method, 12)) +
      "</span> " + html_text(name_text(template_of(request), 100), 100) +
      (request.host == group.host ? ""
                                  : " <span class=\"quiet\">" + html_text(name_text(request.host, 60)) + "</span>") +
      "</td><td class=\"" + (failed ? "bad" : "") + "\">" +
      (request.status > 0 ? std::to_string(request.status) : "failed") + "</td><td>" +
      html_text(name_text(request.type, 20)) + "</td><td class=\"num\">" + quantity(bytes, Unit::kBytes) +
      (request.from_cache ? " (cache)" : "") + "</td><td class=\"num\">" +
      quantity(request.time_ms, Unit::kMilliseconds) + "</td>";
  return out + (group.timed ? "<td class=\"wf\">" + bar(request, span) + "</td>" : "") + "</tr>\n";
}

std::string table(const RequestGroup& group, const std::string& id) {
  double span = 0;
  double bytes = 0;
  std::size_t unknown = 0;
  for (const Exchange* request : group.requests) {
    const double sent = known(request->transfer_bytes) ? request->transfer_bytes : request->body_bytes;
    bytes += known(sent) ? sent : 0;
    unknown += known(sent) ? 0U : 1U;
    if (known(request->start_ms)) {
      span = std::max(span, request->start_ms + (known(request->time_ms) ? request->time_ms : 0));
    }
  }
  std::string out = "<summary><b>" + html_text(group.title, 170) + "</b> <span class=\"quiet\">" +
                    counted(group.requests.size(), "request") +
                    (group.host.empty() ? "" : " to " + html_text(name_text(group.host, 60))) + ", " +
                    (unknown > 0 ? "at least " : "") + format_quantity(bytes, Unit::kBytes) + " on the wire" +
                    (span > 0 ? ", " + format_quantity(span, Unit::kMilliseconds) : "") + "</span></summary>\n";
  if (!group.timed) {
    out +=
        "<p class=\"about\">This capture does not say when its requests were sent, so there is no waterfall; record a "
        "HAR "
        "with startedDateTime to see one.</p>\n";
  }
  out += "<div class=\"scroll\" id=\"" + id + "\" tabindex=\"0\" role=\"region\" aria-label=\"Requests of " +
         html_text(group.title, 170) + "\"><table class=\"requests" + (group.timed ? " timed" : "") +
         "\"><thead><tr><th>request</th><th>status</th><th>type</th><th class=\"num\">size</th><th "
         "class=\"num\">time</th>" +
         (group.timed ? "<th class=\"wf\">0 to " + format_quantity(span, Unit::kMilliseconds) + "</th>" : "") +
         "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < group.shown; ++i) {
    out += row(*group.requests[i], group, span, fmt::format("{}-{}", id, i));
  }
  out += "</tbody></table></div>\n";
  const std::size_t more = group.requests.size() - group.shown;
  return out + (more > 0 ? fmt::format("<p class=\"about\">{} not shown</p>\n", counted(more, "more request")) : "");
}

}  // namespace

std::vector<RequestGroup> request_groups(const std::vector<Exchange>& exchanges) {
  std::map<std::pair<std::string, std::string>, std::size_t> numbers;
  std::vector<RequestGroup> groups;
  for (const Exchange& exchange : exchanges) {
    const auto [at, is_new] = numbers.emplace(std::pair(exchange.location.file, exchange.page), groups.size());
    if (is_new) {
      groups.push_back({});
      const std::string file = name_text(exchange.location.file, 80);
      groups.back().page = exchange.page;
      groups.back().title = exchange.page.empty() ? file : name_text(exchange.page, 80) + " in " + file;
    }
    RequestGroup& group = groups[at->second];
    group.requests.push_back(&exchange);
    group.timed = group.timed || known(exchange.start_ms);
  }
  std::size_t rows = 0;
  for (RequestGroup& group : groups) {
    group.shown = std::min({group.requests.size(), kMostRows, kMostRowsOfAll - rows});
    rows += group.shown;
    group.host = usual_host(group.requests);
    std::stable_sort(group.requests.begin(), group.requests.end(), [](const Exchange* a, const Exchange* b) {
      return (known(a->start_ms) ? a->start_ms : 1e300) < (known(b->start_ms) ? b->start_ms : 1e300);
    });
  }
  return groups;
}

std::string html_requests(const HtmlReport& html) {
  const std::vector<RequestGroup>& groups = html.requests;
  if (groups.empty()) {
    return "";
  }
  std::string out =
      section_begin("requests", "Requests", std::to_string(html.report.exchanges.size()),
                    "What each page or capture loaded, in the order it was sent. Query strings and bodies are "
                    "left out.");
  for (std::size_t i = 0; i < std::min(groups.size(), kMostRequestGroups); ++i) {
    out += fmt::format("<details class=\"group\"{}>{}</details>\n", i == 0 ? " open" : "",
                       table(groups[i], fmt::format("r{}", i)));
  }
  if (groups.size() > kMostRequestGroups) {
    out +=
        fmt::format("<p class=\"about\">{} not shown</p>\n", counted(groups.size() - kMostRequestGroups, "more page"));
  }
  return out + std::string(kSectionEnd);
}

std::string html_inputs(const HtmlReport& html) {
  constexpr std::size_t kMostInputs = 300;
  const std::vector<Input>& inputs = html.report.inputs;
  if (inputs.empty()) {
    return "";
  }
  std::string out = section_begin("inputs", "Inputs", std::to_string(inputs.size()));
  out +=
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"Inputs\"><table><thead><tr><th>file</th><th>format"
      "</th><th class=\"num\">size</th><th>state</th></tr></thead><tbody>\n";
  for (std::size_t i = 0; i < std::min(inputs.size(), kMostInputs); ++i) {
    const Input& input = inputs[i];
    const bool read = input.state == InputState::kRead;
    const std::string words = input_words(input);
    out += "<tr><td><code>" + html_text(name_text(input.path), 200) + "</code></td><td>" +
           html_text(name_text(input.format, 40)) + "</td><td class=\"num\">" +
           format_quantity(static_cast<double>(input.bytes), Unit::kBytes) + "</td><td>" +
           (read ? "<span class=\"good\">read</span>" : "<span class=\"bad\">not fully</span>") +
           (words.empty() ? "" : " <span class=\"quiet\">" + html_text(words) + "</span>") +
           (input.hint.empty() ? "" : "<p class=\"do\"><b>Fix</b> " + html_text(input.hint) + "</p>") + "</td></tr>\n";
  }
  out += "</tbody></table></div>\n";
  out += inputs.size() > kMostInputs
             ? fmt::format("<p class=\"about\">{} more not shown</p>\n", inputs.size() - kMostInputs)
             : "";
  return out + std::string(kSectionEnd);
}

}  // namespace budgetcheck
