#include <algorithm>
#include <cmath>

#include "cli/trace/trace_pick.h"
#include "collect/joint_reader.h"
#include "collect/trace/trace_inputs.h"
#include "fuzz.h"
#include "report/traces/traces.h"

// What `budgetcheck trace` shows: the first line says which traces are asked for ("id" or "route", a blank and its
// name; anything else: the slowest ones), the rest is a capture in any form. Names in it are hostile.
namespace budgetcheck {
namespace {

TraceChoice choice_of(std::string_view line) {
  TraceChoice choice;
  const auto behind = [&](std::string_view word) { return std::string(line.substr(word.size())); };
  if (line.starts_with("id ")) {
    choice.id = behind("id ");
  } else if (line.starts_with("route ")) {
    choice.route = behind("route ");
  } else if (line.starts_with("service ")) {
    choice.service = behind("service ");
  }
  choice.slowest = 1 + line.size() % 4;
  return choice;
}

void require_clean(const std::string& text, std::string_view what) {
  fuzz::require(valid_utf8(text) == text, what);
  fuzz::require(std::none_of(text.begin(), text.end(),
                             [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F; }),
                what);
}

void check(const TraceView& view) {
  fuzz::require(!view.rows.empty(), "a trace has rows");
  for (const TraceRow& row : view.rows) {
    fuzz::require(std::isfinite(row.start_ms) && std::isfinite(row.end_ms) && row.end_ms >= row.start_ms,
                  "rows end behind their beginning");
    fuzz::require(std::isfinite(row.total_ms) && std::isfinite(row.waited_ms) && row.waited_ms >= 0, "times are times");
    fuzz::require_printable(row.name, "names are printable");
    fuzz::require_printable(row.detail, "details are printable");
    fuzz::require(row.detail.find('?') == std::string::npos || row.is_statement || row.kind != SpanKind::kClient,
                  "no query string in a call");
  }
}

Facts read(std::string_view text, TraceTaker* taker) {
  CollectContext context;
  context.traces = taker;
  const auto content = content_from_string(text);
  Source source;
  source.path = source.disk_path = "input";
  source.content = content.get();
  Input input;
  input.path = "input";
  const auto reader = make_trace_inputs(context);
  if (const Expected<void> done = reader->read(source, input); !done) {
    fuzz::require_printable(done.error().message, "messages are printable");
    return {};
  }
  std::vector<JointReader::Result> results = reader->finish({&input});
  fuzz::require_printable(input.message, "messages are printable");
  return results.empty() ? Facts() : std::move(results.front().facts);
}

void fuzz_traces(std::string_view text) {
  TracePick pick(choice_of(fuzz::next_line(text)));
  const Facts facts = read(text, &pick);
  ShownTraces shown;
  if (ExpectedAll<std::vector<TraceView>> views = pick.views()) {
    shown.views = std::move(*views);
  } else {
    fuzz::require_printable(views.error().front().message, "messages are printable");
  }
  std::for_each(shown.views.begin(), shown.views.end(), check);
  if (!shown.views.empty()) {
    require_clean(render_traces_text(shown, {.colour = false, .unicode = true, .width = 80}), "the text is harmless");
    const std::string narrow = render_traces_text(shown, {.colour = false, .unicode = false, .width = 40});
    fuzz::require(std::none_of(narrow.begin(), narrow.end(), [](unsigned char c) { return c > 0x7E; }),
                  "ASCII is ASCII");
    require_clean(render_traces_html(shown), "the page is harmless");
  }
  TracesComparison compared = compare_routes(facts.samples, read(text, nullptr).samples);
  require_clean(render_traces_comparison(compared, {.colour = false, .unicode = true, .width = 100}),
                "the comparison is harmless");
}

}  // namespace
}  // namespace budgetcheck

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  budgetcheck::fuzz_traces(budgetcheck::fuzz::text_of(data, size));
  return 0;
}
