#include "base/text/log_text.h"
#include "budget/catalogue.h"
#include "fuzz.h"
#include "report/formats/comment.h"
#include "results/read_report.h"

/// A results file of anybody becomes a comment: bounded, with its marker first, and every line of it harmless.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  MemoryFileSystem files;
  files.add("r.json", fuzz::text_of(data, size));
  const auto report = read_reports(files, "r.json", shipped_metrics());
  if (!report) {
    fuzz::require(!report.error().empty(), "a refusal has a reason");
    for (const Error& error : report.error()) {
      fuzz::require_printable(error.message, "messages are printable");
    }
    return 0;
  }
  for (const std::vector<Report>& reports : {report->reports, std::vector<Report>(3, report->reports.front())}) {
    const CommentContext context{"", "ci", "https://ci.example/1"};
    const std::string text = render_comment(reports, context);
    constexpr std::size_t kMost = 65'000;
    fuzz::require(text.size() <= kMost, "a comment is bounded");
    const std::string marker = comment_marker(reports, context);
    fuzz::require(text.starts_with(marker + "\n"), "the marker is the first line");
    fuzz::require(text.find("-->") == marker.size() - 3, "the marker is the only comment");
    std::string_view rest = text;
    while (!rest.empty()) {
      const std::string_view line = fuzz::next_line(rest);
      fuzz::require_printable(line, "lines are printable");
      fuzz::require(!line.starts_with("/") && log_text(line) == line, "no line is a command");
    }
  }
  return 0;
}
