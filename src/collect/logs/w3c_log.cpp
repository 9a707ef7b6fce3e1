#include "collect/logs/w3c_log.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::string_view kFields = "#Fields:";
constexpr std::size_t kMostFields = 200;

std::vector<std::string_view> words_of(std::string_view line, char separator) {
  std::vector<std::string_view> words = split(line, separator);
  if (separator == ' ') {
    std::erase_if(words, [](std::string_view word) { return word.empty(); });
  }
  return words;
}

}  // namespace

void W3cLog::read_directive(std::string_view line) {
  if (line.starts_with("#Software:")) {
    by_iis_ = line.find("Internet Information Services") != std::string_view::npos;
  }
  if (!line.starts_with(kFields)) {
    return;
  }
  fields_.clear();
  for (const std::string_view name : words_of(trim(line.substr(kFields.size())), ' ')) {
    if (fields_.size() < kMostFields) {
      fields_.emplace_back(name);
    }
  }
  by_cloudfront_ = std::find(fields_.begin(), fields_.end(), "x-edge-location") != fields_.end();
}

AccessRecord W3cLog::read(std::string_view line, bool& is_comment) {
  constexpr double kSecond = 1000;
  AccessRecord record;
  line = trim(line);
  is_comment = line.starts_with('#');
  if (is_comment) {
    read_directive(line);
    return record;
  }
  const bool tabs = line.find('\t') != std::string_view::npos;
  if (fields_.empty()) {
    return record;
  }
  const std::vector<std::string_view> words = words_of(line, tabs ? '\t' : ' ');
  if (words.size() != fields_.size()) {
    return record;
  }
  const auto at = [&](std::string_view name) {
    const auto found = std::find(fields_.begin(), fields_.end(), name);
    return found == fields_.end() ? std::string_view() : trim(words[static_cast<std::size_t>(found - fields_.begin())]);
  };
  const std::string_view status = at("sc-status");
  record.method = at("cs-method");
  record.url = at("cs-uri-stem");
  record.status = status_of(status);
  // 000: the viewer closed the connection before there was an answer.
  if (record.method.empty() || !record.url.starts_with('/') || (record.status == 0 && status != "000")) {
    return record;
  }
  record.kind = Kind::kWhole;
  if (record.status == 0) {
    return record;
  }
  record.transfer_bytes = logged_amount(at("sc-bytes"));
  const std::string_view taken = at("time-taken");
  if (by_cloudfront_) {
    record.time_ms = logged_amount(taken, kSecond);
  } else if (by_iis_) {
    record.time_ms = logged_amount(taken);
  } else {
    record.numbers[0] = logged_number(taken);
    record.time_name = "time-taken";
  }
  return record;
}

}  // namespace budgetcheck
