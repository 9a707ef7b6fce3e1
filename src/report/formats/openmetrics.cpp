#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "report/format.h"
#include "report/words/order.h"
#include "report/words/printable.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

// GitLab's reader drops what follows a '#' in a line and splits the rest like a shell: a '#' or an odd quote in one
// label spoils that line or the whole file. So there are no comments (no TYPE, no HELP), there are quotes around label
// values only, and no value holds one, a backslash or a '#'. What is left is what OpenMetrics and Prometheus read too.

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Letters, digits and '_', beginning with a letter.
std::string metric_word(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += is_letter(c) || is_digit(c) ? c : '_';
  }
  return out.empty() || is_digit(out.front()) ? "_" + out : out;
}

std::string label_value(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  std::string out;
  for (const char c : name_text(text, kLongest)) {
    switch (c) {
      case '"':
      case '\'':
      case '`':
        out += "%";
        out += c == '"' ? "22" : c == '\'' ? "27" : "60";
        break;
      case '#':
        out += "%23";
        break;
      case '\\':
        out += '/';
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string_view unit_suffix(Unit unit) {
  const std::string_view symbol = unit_symbol(unit);
  return symbol == "B"        ? "_bytes"
         : symbol == "ms"     ? "_milliseconds"
         : symbol == "points" ? "_points"
         : symbol == "ratio"  ? "_ratio"
                              : "";
}

/// Without an exponent: not every reader of numbers knows one.
std::string plain_number(double value) {
  std::array<char, 512> buffer{};
  const auto [end, code] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return code == std::errc() ? std::string(buffer.data(), end) : std::string("0");
}

class Lines {
 public:
  void add(const std::string& name, const std::vector<std::pair<std::string, std::string>>& labels, double value) {
    if (!std::isfinite(value)) {
      return;
    }
    std::string series = "budgetcheck_" + name;
    std::vector<std::string> words;
    for (const auto& [label, text] : labels) {
      if (!text.empty()) {
        words.push_back(label + "=\"" + label_value(text) + "\"");
      }
    }
    series += words.empty() ? "" : "{" + join(words, ",") + "}";
    // A name that comes twice is an error to one reader, and the other keeps one of them.
    if (seen_.insert(series).second) {
      out_ += series + " " + plain_number(value) + "\n";
    }
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::set<std::string> seen_;
};

}  // namespace

std::string render_openmetrics(const Report& report, const Rendering& /*rendering*/) {
  Lines lines;
  const Tally t = tally(report);
  const std::pair<std::string, std::string> app{"app", report.app};
  lines.add("exit_code", {app}, report.exit_code);
  lines.add("budgets", {app}, static_cast<double>(t.budgets));
  lines.add("budgets_failed", {app}, static_cast<double>(t.failed));
  lines.add("budgets_unclear", {app}, static_cast<double>(t.unclear + t.errors));
  lines.add("budgets_warned", {app}, static_cast<double>(t.warned));
  lines.add("findings", {app}, static_cast<double>(t.findings_failing + t.findings_warning + t.findings_known));
  lines.add("inputs_not_read", {app}, static_cast<double>(t.bad_inputs));
  for (const Verdict& v : report.verdicts) {
    if (!v.value || v.metric.empty()) {
      continue;
    }
    std::vector<std::pair<std::string, std::string>> labels{app, {"budget", v.budget}};
    for (const auto& [name, text] : v.where) {
      const std::string label = metric_word(name);
      const bool taken = label == "app" || label == "budget" || label == "stat";
      labels.emplace_back((taken ? "where_" : "") + label, text);
    }
    labels.emplace_back("stat", std::string(to_string(v.stat)));
    lines.add(metric_word(v.metric) + std::string(unit_suffix(v.unit)), labels, *v.value);
  }
  return lines.take();
}

}  // namespace budgetcheck
