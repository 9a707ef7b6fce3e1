#include <algorithm>
#include <array>
#include <cmath>

#include "collect/collect.h"
#include "collect/format.h"
#include "collect/joint_reader.h"
#include "collect/queue/queue_courses.h"
#include "detect/queue/queue_state.h"
#include "fuzz.h"
#include "json/document.h"

// One target for each input format: FUZZ_FORMAT is its name in formats(); "any" goes through recognition.
namespace budgetcheck {
namespace {

constexpr std::string_view kSchema =
    "model Post {\n  id Int @id\n  title String\n  userId Int\n  user User @relation(fields: [userId], references: "
    "[id])\n"
    "  @@index([userId])\n}\nmodel User {\n  id Int @id\n  posts Post[]\n}\n";

struct Check {
  void operator()(Single value) const { fuzz::require(std::isfinite(value), "values are finite"); }
  void operator()(const Runs& runs) const {
    fuzz::require(std::all_of(runs.begin(), runs.end(), [](double v) { return std::isfinite(v); }), "runs are finite");
  }
  void operator()(const Rate& /*rate*/) const {}
  void operator()(const QuantileRuns& runs) const {
    for (const KnownQuantiles& run : runs) {
      fuzz::require(!run.empty() && std::all_of(run.points.begin(), run.points.end(),
                                                [](const auto& point) { return std::isfinite(point.value); }),
                    "quantiles are told and finite");
    }
  }
  void operator()(const Distribution& d) const { fuzz::require(std::isfinite(d.sum()), "sums are finite"); }
};

void check(const TraceFacts& traces) {
  for (const SerialCalls& serial : traces.serial) {
    fuzz::require(std::isfinite(serial.saved_ms) && std::isfinite(serial.saved_share), "savings are finite");
    fuzz::require_printable(serial.at.route, "routes are printable");
  }
  for (const OrphanSpans& orphans : traces.orphans) {
    fuzz::require(orphans.spans <= orphans.all, "a part is no more than all");
    fuzz::require_printable(orphans.service, "services are printable");
  }
  for (const UnboundedName& name : traces.names) {
    fuzz::require_printable(name.form, "forms of names are printable");
  }
}

void check(const Facts& facts) {
  check(facts.traces);
  for (const Sample& sample : facts.samples) {
    std::visit(Check{}, sample.value);
    fuzz::require(!sample.metric.empty(), "a sample has a metric");
    fuzz::require_printable(sample.lower_bound_reason, "reasons are printable");
  }
  for (const Unmeasured& gap : facts.unmeasured) {
    fuzz::require_printable(gap.reason, "reasons are printable");
    fuzz::require_printable(gap.hint, "hints are printable");
  }
  for (const Exchange& exchange : facts.capture.exchanges) {
    fuzz::require(exchange.path.find('?') == std::string::npos, "no query string in a path");
    fuzz::require(std::isfinite(exchange.start_ms) && exchange.start_ms >= -1, "starts are times or unknown");
    fuzz::require_printable(exchange.cache_control, "headers are printable");
  }
  for (const ListFields& list : facts.capture.list_fields) {
    fuzz::require(std::isfinite(list.bytes) && list.answers > 0, "fields are those of answers");
  }
  for (const std::string& note : facts.notes) {
    fuzz::require_printable(note, "notes are printable");
  }
}

/// What the readings of queues say together.
void check_queues(Facts facts) {
  finish_queues(facts);
  for (const QueueCourse& course : facts.queues.courses) {
    fuzz::require(std::is_sorted(course.at.begin(), course.at.end()), "readings are in the order of their times");
    if (course.at.size() >= 2) {
      const QueueState state = state_of(course, {});
      fuzz::require(std::isfinite(state.slope) && std::isfinite(state.grown), "trends are finite");
      fuzz::require(!state.utilisation || std::isfinite(state.utilisation->value), "utilisation is finite");
    }
    fuzz::require_printable(course.queue, "names of queues are printable");
  }
  check(facts);
}

/// Where a format reads what fields the budgets file names, these.
json::Value named_fields() {
  constexpr std::string_view kFields =
      R"({"query":"db.statement.text","params":"params","duration":{"field":"a.b","unit":"us"},"request":"req.id"})";
  auto fields = json::read_json("fields", kFields);
  fuzz::require(fields.has_value(), "the fields are JSON");
  return std::move(*fields);
}

/// The same file twice, as if it were the next of its kind: traces go on in it.
void fuzz_jointly(const Format& format, const Source& source, const CollectContext& context) {
  const auto reader = format.joint(context);
  std::array<Input, 2> inputs;
  std::vector<Input*> read;
  for (Input& input : inputs) {
    input.path = source.path;
    if (const auto done = reader->read(source, input)) {
      read.push_back(&input);
    } else {
      fuzz::require_printable(done.error().message, "messages are printable");
    }
  }
  if (read.empty()) {
    return;
  }
  for (const JointReader::Result& result : reader->finish(read)) {
    check(result.facts);
  }
  for (const Input& input : inputs) {
    fuzz::require_printable(input.message, "messages are printable");
    fuzz::require_printable(input.hint, "hints are printable");
  }
}

void fuzz_format(const Format& format, std::string_view text, const json::Value& fields) {
  MemoryFileSystem files;
  files.add("dist/main.js", "console.log(1)");
  files.add("schema.prisma", std::string(kSchema));
  const RouteTable routes({"/users/:id"});
  Facts before;
  CollectContext context{&files, &routes};
  context.before = &before;
  const auto content = content_from_string(text);
  Source source;
  source.path = "input";
  source.disk_path = "input";
  source.content = content.get();
  source.settings.set("root", "dist");
  source.settings.set("schema", "schema.prisma");
  if (!fields.is_null()) {
    source.settings.set("fields", fields);
  }
  if (format.prepare != nullptr) {
    format.prepare(source, files, before);
  }
  Input input;
  Facts facts;
  if (format.joint != nullptr) {
    fuzz_jointly(format, source, context);
    return;
  }
  const auto collected = format.collect(source, context, input, facts);
  if (!collected) {
    fuzz::require_printable(collected.error().message, "messages are printable");
    return;
  }
  fuzz::require_printable(input.message, "messages are printable");
  check(facts);
  check_queues(std::move(facts));
}

void fuzz_any(std::string_view text) {
  MemoryFileSystem files;
  files.add("input", std::string(text));
  InputSpec spec;
  spec.path = "input";
  const Facts facts = collect(files, {spec}, {});
  fuzz::require(facts.inputs.size() == 1, "every input is answered for");
  const Input& input = facts.inputs.front();
  fuzz::require(input.state != InputState::kUnreadable || !input.message.empty(), "an unread input has a reason");
  fuzz::require(input.state != InputState::kUnreadable || facts.samples.empty(), "an unread input measures nothing");
  fuzz::require_printable(input.message, "messages are printable");
  check(facts);
}

}  // namespace
}  // namespace budgetcheck

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string text = fuzz::text_of(data, size);
  constexpr std::string_view kName = FUZZ_FORMAT;
  if (kName == "any") {
    fuzz_any(text);
    return 0;
  }
  const std::vector<Format>& all = formats();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Format& format) { return format.name == kName; });
  fuzz::require(found != all.end(), "the format is registered");
  fuzz_format(*found, text, json::Value());
  if (kName == "query-log") {
    fuzz_format(*found, text, named_fields());
  }
  return 0;
}
