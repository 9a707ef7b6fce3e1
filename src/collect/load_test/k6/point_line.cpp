#include "collect/load_test/k6/point_line.h"

#include <optional>

#include "base/number.h"
#include "json/scan/cursor.h"

namespace budgetcheck {
namespace {

using json::Cursor;
using json::RawScalar;

constexpr std::string_view kMetric = "{\"metric\":\"";
constexpr std::string_view kToTime = "\",\"type\":\"Point\",\"data\":{\"time\":\"";
constexpr std::string_view kToValue = "\",\"value\":";

/// What the metric is called, where k6 writes it: first, or (before 0.40) last. Nothing: it has to be looked for.
std::optional<std::string_view> name_at_ends(std::string_view line) {
  if (line.starts_with(kMetric)) {
    const std::size_t end = line.find('"', kMetric.size());
    return end == std::string_view::npos ? std::nullopt
                                         : std::optional(line.substr(kMetric.size(), end - kMetric.size()));
  }
  constexpr std::string_view kLast = "},\"metric\":\"";
  constexpr std::size_t kLongest = 128;
  if (!line.ends_with("\"}") || line.starts_with("{\"type\":\"Metric\"")) {
    return std::nullopt;
  }
  const std::size_t from = line.size() > kLongest ? line.size() - kLongest : 0;
  const std::size_t begin = line.rfind(kLast);
  return begin == std::string_view::npos || begin < from
             ? std::nullopt
             : std::optional(line.substr(begin + kLast.size(), line.size() - begin - kLast.size() - 2));
}

std::string_view text_of(const RawScalar& value, K6Point& point) {
  point.escaped = point.escaped || value.escapes;
  return value.type == RawScalar::Type::kString ? value.text : std::string_view();
}

void read_tags(Cursor& in, K6Point& point) {
  if (in.peek() != '{') {
    in.skip();
    return;
  }
  std::string_view url;
  std::string_view profile;
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "method") {
      point.method = text_of(in.scalar(), point);
    } else if (key == "name") {
      point.name = text_of(in.scalar(), point);
    } else if (key == "url") {
      url = text_of(in.scalar(), point);
    } else if (key == "check") {
      point.check = text_of(in.scalar(), point);
    } else if (key == "expected_response") {
      point.expected = text_of(in.scalar(), point);
    } else if (key == "status") {
      point.status = text_of(in.scalar(), point);
    } else if (key == "stage") {
      point.stage = text_of(in.scalar(), point);
    } else if (key == "stage_profile") {
      profile = text_of(in.scalar(), point);
    } else {
      in.skip();
    }
  }
  point.name = point.name.empty() ? url : point.name;
  point.stage = point.stage.empty() ? profile : point.stage;
}

bool read_value(const RawScalar& text, double& value) {
  if (text.type != RawScalar::Type::kNumber) {
    return false;
  }
  const LeadingNumber number = leading_number(text.text);
  value = number.value;
  return number.end == text.text.data() + text.text.size();
}

}  // namespace

bool K6PointLine::read_as_before(std::string_view line) {
  if (tail_.empty() || !line.starts_with(kMetric)) {
    return false;
  }
  std::size_t at = line.find('"', kMetric.size());
  const K6Metric metric = k6_metric(line.substr(kMetric.size(), at - kMetric.size()));
  if (at == std::string_view::npos || line.substr(at, kToTime.size()) != kToTime) {
    return false;
  }
  at += kToTime.size();
  if (line.substr(at, time_.size()) != time_ || line.substr(at + time_.size(), kToValue.size()) != kToValue) {
    return false;
  }
  at += time_.size() + kToValue.size();
  const LeadingNumber number = leading_number(line.substr(at));
  if (number.end == nullptr) {
    return false;
  }
  at = static_cast<std::size_t>(number.end - line.data());
  if (line.substr(at) != tail_) {
    return false;
  }
  point_ = tagged_;
  point_.metric = metric;
  point_.value = number.value;
  return true;
}

K6PointLine::Read K6PointLine::read_any(std::string_view line) {
  point_ = {};
  std::string_view name;
  std::string_view type;
  std::string_view time;
  const char* behind_value = nullptr;
  bool has_value = false;
  Cursor in(line);
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "metric") {
      name = in.scalar().text;
    } else if (key == "type") {
      type = in.scalar().text;
    } else if (key == "data" && in.peek() == '{') {
      bool inner = true;
      for (std::string_view member; in.member(inner, member);) {
        if (member == "time") {
          time = in.scalar().text;
        } else if (member == "value") {
          has_value = read_value(in.scalar(), point_.value);
          behind_value = in.at();
        } else if (member == "tags") {
          read_tags(in, point_);
        } else {
          in.skip();
        }
      }
    } else {
      in.skip();
    }
  }
  if (!in.at_end() || name.empty() || (type != "Point" && type != "Metric")) {
    return Read::kBroken;
  }
  point_.metric = k6_metric(name);
  if (type == "Metric" || point_.metric == K6Metric::kOther) {
    return Read::kOther;
  }
  if (!has_value) {
    return Read::kBroken;
  }
  point_.at_ms = times_.of_text(time);
  if (point_.at_ms < 0) {
    return Read::kBroken;
  }
  const std::string_view tail(behind_value, static_cast<std::size_t>(line.data() + line.size() - behind_value));
  if (line.starts_with(kMetric) && time.data() < behind_value && tail.find("\"time\"") == std::string_view::npos) {
    const auto moved = [&](std::string_view text) {
      return text.empty() || text.data() < tail.data()
                 ? std::string_view()
                 : std::string_view(tail_).substr(static_cast<std::size_t>(text.data() - tail.data()), text.size());
    };
    tail_.assign(tail);
    time_.assign(time);
    tagged_ = point_;
    for (std::string_view* text :
         {&tagged_.method, &tagged_.name, &tagged_.check, &tagged_.expected, &tagged_.status, &tagged_.stage}) {
      *text = moved(*text);
    }
  }
  return Read::kPoint;
}

K6PointLine::Read K6PointLine::read(std::string_view line) {
  if (!line.starts_with('{') || !line.ends_with('}')) {
    return Read::kBroken;
  }
  const std::optional<std::string_view> name = name_at_ends(line);
  if (name && k6_metric(*name) == K6Metric::kOther) {
    return Read::kOther;
  }
  return read_as_before(line) ? Read::kPoint : read_any(line);
}

}  // namespace budgetcheck
