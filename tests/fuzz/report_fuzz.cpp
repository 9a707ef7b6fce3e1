#include <algorithm>

#include "fuzz.h"
#include "json/stream/select.h"
#include "model/report.h"
#include "report/format.h"

// Every name in a report is hostile: whatever it is, each output stays well-formed.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string input = fuzz::text_of(data, size);
  std::string_view rest = input;
  const auto next = [&] { return std::string(fuzz::next_line(rest)); };
  const unsigned odd = size == 0 ? 0 : data[size - 1];

  Report report;
  report.tool_version = "0.1.0";
  report.project = next();
  report.measured_at = "2026-11-23T10:00:00Z";
  Verdict verdict;
  verdict.budget = next();
  verdict.metric = "bundle.gzip";
  verdict.where.set("entry", next());
  verdict.status = odd % 2 == 0 ? Status::kFail : Status::kInconclusive;
  verdict.code = "LIMIT_EXCEEDED";
  verdict.unit = Unit::kBytes;
  verdict.value = 170'001 + odd;
  verdict.limit = 170'000;
  verdict.message = printable(next());
  verdict.owner = next();
  verdict.why = next();
  verdict.location = {next(), 3, 5, ""};
  report.verdicts.push_back(verdict);
  Finding finding;
  finding.rule = "n-plus-one";
  finding.message = printable(next());
  finding.subject = next();
  finding.location = {next(), odd, odd, next()};
  finding.evidence.sql = next();
  finding.evidence.count = 30;
  finding.evidence.details.emplace_back("copy", next());
  finding.fix.text = printable(next());
  finding.key = finding_key(finding.rule, {finding.subject});
  report.findings.push_back(finding);
  Input file;
  file.path = next();
  file.state = InputState::kUnreadable;
  file.message = printable(next());
  report.inputs.push_back(file);
  report.outcome = Outcome::kFail;
  report.exit_code = 1;

  for (const ReportFormat& format : report_formats()) {
    const std::string text = format.render(report, {.colour = false, .unicode = true, .width = 80});
    fuzz::require(!text.empty(), "an output says something");
    fuzz::require(valid_utf8(text) == text, "outputs are UTF-8");
    // JSON keeps names as they are, and its escapes make every control character harmless but DEL, which it does not
    // know.
    const bool is_json = format.name == "json" || format.name == "sarif";
    const bool clean = std::none_of(text.begin(), text.end(), [&](unsigned char c) {
      return (c < 0x20 && c != '\n' && c != '\t') || (c == 0x7F && !is_json);
    });
    fuzz::require(clean, "outputs hold no control characters");
    if (is_json) {
      json::Selector nothing;
      fuzz::require(json::select_text("report", text, nothing).has_value(), "JSON outputs are JSON");
    }
  }
  const std::string ascii_text = render_text(report, {.colour = false, .unicode = false, .width = 60});
  fuzz::require(std::none_of(ascii_text.begin(), ascii_text.end(), [](unsigned char c) { return c > 0x7E; }),
                "ASCII is ASCII");
  return 0;
}
