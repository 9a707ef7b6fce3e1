#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/point_times.h"
#include "collect/load_test/text/jmeter_run.h"
#include "collect/text/delimited.h"

namespace budgetcheck {
namespace {

enum JtlColumn : std::size_t { kTimeStamp, kElapsed, kLabel, kCode, kMessage, kSuccess, kColumns };
constexpr std::array<std::string_view, kColumns> kNames{"timestamp",    "elapsed",         "label",
                                                        "responsecode", "responsemessage", "success"};

/// Where each column stands; npos: nowhere.
std::array<std::size_t, kColumns> columns_of(const std::vector<std::string>& fields) {
  const std::vector<std::string> names = header_names(fields);
  std::array<std::size_t, kColumns> places{};
  for (std::size_t i = 0; i < kColumns; ++i) {
    const auto at = std::find(names.begin(), names.end(), kNames[i]);
    places[i] = at == names.end() ? std::string::npos : static_cast<std::size_t>(at - names.begin());
  }
  return places;
}

/// Milliseconds since 1970, or "2024/03/01 10:00:00.123" (jmeter.save.saveservice.timestamp_format), of which only
/// differences are used, so that its zone does not matter. Without a fraction a short run's time would be too far off.
std::optional<double> begin_of(std::string_view text, PointTimes& times) {
  constexpr std::size_t kDate = 10;
  if (text.size() <= kDate || text[kDate] != ' ' || text.find('.') == std::string_view::npos) {
    return parse_number(text);
  }
  std::string time = replace_all(std::string(text), "/", "-");
  time[kDate] = 'T';
  const double ms = times.of_text(time + 'Z');
  return ms < 0 ? std::nullopt : std::optional(ms);
}

}  // namespace

Expected<void> read_jmeter_csv(const Source& source, JmeterRun& run) {
  const std::string_view bytes = source.content->bytes();
  constexpr std::size_t kHead = 4096;
  const std::string_view head = bytes.substr(0, std::min(bytes.find('\n'), kHead));
  DelimitedReader rows(bytes, separator_of(head), source.content);
  std::array<std::size_t, kColumns> places{};
  std::size_t width = 0;
  PointTimes times;
  while (rows.next()) {
    const std::vector<std::string>& fields = rows.fields();
    if (width == 0) {
      places = columns_of(fields);
      width = fields.size();
      if (places[kElapsed] == std::string::npos ||
          (places[kSuccess] == std::string::npos && places[kCode] == std::string::npos)) {
        return fail(ErrorKind::kInput,
                    "this JTL of JMeter has no column 'elapsed', or neither 'success' nor 'responseCode'",
                    {source.path, 1, 0, {}},
                    "let JMeter save them (jmeter.save.saveservice.time, .successful, .response_code, all true)");
      }
      continue;
    }
    const auto field = [&](JtlColumn column) {
      return places[column] < fields.size() ? std::string_view(fields[places[column]]) : std::string_view();
    };
    if (field(kElapsed) == "elapsed" && field(kSuccess) == "success") {
      continue;  // a second run that was appended to the file has a head of its own
    }
    const auto ms = parse_number(field(kElapsed));
    if (rows.broken() || !ms || *ms < 0 || fields.size() < width) {
      run.add_broken();
      continue;
    }
    run.add({field(kLabel), field(kCode), field(kMessage), field(kSuccess), begin_of(field(kTimeStamp), times), *ms});
  }
  return {};
}

}  // namespace budgetcheck
