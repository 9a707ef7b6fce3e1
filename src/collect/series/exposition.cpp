#include "collect/series/exposition.h"

#include <cctype>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/text/first_lines.h"
#include "collect/text/text_lines.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostLabels = 64;

bool begins_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':'; }
bool in_name(char c) { return begins_name(c) || std::isdigit(static_cast<unsigned char>(c)) != 0; }

class SampleLine {
 public:
  explicit SampleLine(std::string_view text) : text_(text) {}

  std::optional<Series> read() {
    Series series;
    skip();
    series.name = name();
    if (series.name.empty()) {
      return std::nullopt;
    }
    skip();
    if (at_ < text_.size() && text_[at_] == '{' && !labels(series)) {
      return std::nullopt;
    }
    const std::optional<double> value = number();
    if (!value) {
      return std::nullopt;
    }
    series.value.push_back(*value);
    skip();
    if (at_ < text_.size() && text_[at_] != '#') {  // behind '#' stands an exemplar
      const std::optional<double> time = number();
      skip();
      // In seconds, as OpenMetrics has them, or in milliseconds.
      const std::optional<double> ms = time ? since_1970_ms(*time) : std::nullopt;
      if (!ms || (at_ < text_.size() && text_[at_] != '#')) {
        return std::nullopt;
      }
      series.at.push_back(*ms);
    }
    return series;
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
      ++at_;
    }
  }

  std::string name() {
    const std::size_t begin = at_;
    if (at_ < text_.size() && begins_name(text_[at_])) {
      while (at_ < text_.size() && in_name(text_[at_])) {
        ++at_;
      }
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  bool labels(Series& series) {
    ++at_;
    for (skip(); at_ < text_.size() && text_[at_] != '}'; skip()) {
      std::string key = name();
      skip();
      if (key.empty() || at_ + 1 >= text_.size() || text_[at_] != '=' || series.labels.size() >= kMostLabels) {
        return false;
      }
      ++at_;
      skip();
      std::string value;
      if (!quoted(value)) {
        return false;
      }
      series.labels.emplace_back(std::move(key), std::move(value));
      skip();
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
      } else if (at_ >= text_.size() || text_[at_] != '}') {
        return false;
      }
    }
    if (at_ >= text_.size()) {
      return false;
    }
    ++at_;
    return true;
  }

  bool quoted(std::string& value) {
    if (at_ >= text_.size() || text_[at_] != '"') {
      return false;
    }
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        value += text_[at_] == 'n' ? '\n' : text_[at_];
      } else {
        value += c;
      }
    }
    return false;
  }

  std::optional<double> number() {
    skip();
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != '\t') {
      ++at_;
    }
    std::string_view text = text_.substr(begin, at_ - begin);
    const std::string word = lower(text);
    if (word == "nan") {
      return std::numeric_limits<double>::quiet_NaN();
    }
    if (word == "+inf" || word == "inf" || word == "-inf") {
      return word == "-inf" ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    }
    text = text.starts_with('+') ? text.substr(1) : text;
    return parse_number(text);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

ExpositionCounts read_exposition(const FileContent& content,
                                 const std::function<void(Series&& series, std::uint32_t line)>& take) {
  ExpositionCounts counts;
  TextLines lines(content);
  while (lines.next()) {
    const std::string_view line = trim(lines.line());
    if (line.empty() || line.front() == '#') {
      continue;
    }
    std::optional<Series> series = lines.too_long() ? std::nullopt : SampleLine(line).read();
    if (series) {
      ++counts.samples;
      take(std::move(*series), lines.number());
    } else if (++counts.broken == 1) {
      counts.first_broken = lines.number();
    }
  }
  return counts;
}

bool is_exposition(std::string_view head) {
  constexpr int kLooked = 12;
  int seen = 0;
  bool has_comment = false;
  bool has_sample = false;
  for (FirstLines lines(head); lines.next() && seen < kLooked;) {
    const std::string_view line = trim(lines.line());
    if (line.empty()) {
      continue;
    }
    ++seen;
    if (line.starts_with("# TYPE ") || line.starts_with("# HELP ") || line.starts_with("# UNIT ")) {
      has_comment = true;
    } else if (line.front() == '#') {
      continue;
    } else if (SampleLine(line).read()) {
      has_sample = true;
    } else if (!has_sample) {
      return false;
    }
  }
  return has_comment && has_sample;
}

}  // namespace budgetcheck
