#include "collect/load_test/text/hdr_histogram.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"
#include "collect/text/first_lines.h"
#include "collect/text/text_lines.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kUnit = "unit";

/// `       Value     Percentile TotalCount 1/(1-Percentile)`, or the same as CSV: `"Value","Percentile",…`.
bool is_head(std::string_view line) {
  const std::string plain = replace_all(replace_all(std::string(line), "\"", ""), ",", " ");
  const FirstWord value = first_word(plain);
  return value.word == "Value" && first_word(value.rest).word == "Percentile" &&
         plain.find("1/(1-Percentile)") != std::string::npos;
}

bool recognises(const Sniff& sniff) {
  constexpr std::size_t kLooked = 4;
  for (FirstLines lines(sniff.head, kLooked); lines.next();) {
    if (!trim(lines.line()).empty()) {
      return is_head(trim(lines.line()));
    }
  }
  return false;
}

struct HdrRow {
  double value = 0;
  double q = 0;
  std::uint64_t count = 0;  ///< of all values up to it
};
std::optional<HdrRow> row_of(std::string_view line, bool is_csv) {
  const std::string plain = is_csv ? replace_all(std::string(line), ",", " ") : std::string(line);
  const FirstWord value = first_word(plain);
  const FirstWord share = first_word(value.rest);
  const auto number = tool_number(value.word);
  const auto q = tool_number(share.word);
  const auto count = tool_count(first_word(share.rest).word);
  if (!number || !q || !count || *q < 0 || *q > 1) {
    return std::nullopt;
  }
  return HdrRow{*number, *q, *count};
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  double scale = 0;
  if (const std::string unit = source.settings.text(kUnit); !unit.empty()) {
    if (const auto named = parse_unit(unit); named && named->unit == Unit::kMilliseconds) {
      scale = named->scale;
    } else if (unit == "ns") {
      scale = 1e-6;
    }
  }
  KnownQuantiles known;
  std::uint64_t total = 0;
  bool has_end = false;
  bool is_csv = false;
  constexpr double kHundred = 100;
  for (TextLines lines(*source.content); lines.next();) {
    const std::string_view line = trim(lines.line());
    if (is_head(line)) {
      if (total > 0) {
        return several_reports(source, "HdrHistogram", lines.number());
      }
      is_csv = line.find(',') != std::string_view::npos;
    }
    if (const std::size_t at = line.find("[Mean"); at != std::string_view::npos) {
      const std::string_view number = word_behind(line, "=");
      known.mean = parse_number(number.substr(0, number.find(',')));
      continue;
    }
    if (const auto row = row_of(line, is_csv)) {
      add_percentile(known, row->q * kHundred, row->value);
      total = std::max(total, row->count);
      has_end = has_end || row->q >= 1;
    }
  }
  if (!has_end) {
    return report_broke_off(source, "HdrHistogram", "the row of the percentile 1.0");
  }
  for (KnownQuantiles::Point& point : known.points) {
    point.value *= scale;
  }
  for (std::optional<double>* extreme : {&known.min, &known.max, &known.mean}) {
    *extreme = *extreme ? std::optional(**extreme * scale) : std::nullopt;
  }
  LoadPart part;
  part.requests = total;
  if (scale > 0) {
    part.durations = std::move(known);
  } else {
    part.no_durations = "the file does not tell the unit of its durations";
    part.no_durations_hint =
        fmt::format("say it in the budgets file: {{ path: {}, unit: ms }} (ns, us, ms or s)", printable(source.path));
    Account(input).note(part.no_durations, part.no_durations_hint);
  }
  add_load_result(source, {"HdrHistogram", "", {std::move(part)}, {}}, input, facts);
  return {};
}

}  // namespace

Format hdr_histogram_format() {
  Format format{"hdr-histogram", {"load."}, recognises, collect};
  format.is_given_as = "a percentile distribution of HdrHistogram";
  format.looks_like = {"1/(1-Percentile)", "TotalCount", "#[Mean"};
  format.page =
      "The text (or CSV) of a percentile distribution, `.hgrm`. It does not tell its unit: the input's setting `unit: "
      "ms` "
      "does (ns, us, ms, s). Only the percentiles that have a row are known.";
  return format;
}

}  // namespace budgetcheck
