#include "collect/logs/request_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/query_log/hints.h"

namespace budgetcheck {
namespace {

constexpr double kMostBroken = 0.1;
constexpr double kMostOrphans = 0.05;

PayloadGaps gaps_of(const Source& source) {
  PayloadGaps gaps;
  gaps.once = true;
  const std::string log = printable(source.path);
  gaps.of[0] = {fmt::format("'{}' does not contain the bytes on the wire with their headers", log),
                "budget payload.body, let the log contain them (nginx: $bytes_sent), or capture a HAR", false};
  gaps.of[1] = {fmt::format("'{}' does not contain the size of responses", log),
                "log it (nginx: $body_bytes_sent, pino-http: res.headers), or capture a HAR", true};
  gaps.of[2] = {fmt::format("'{}' does not contain the decoded size of bodies", log),
                "budget payload.body, or capture a HAR", false};
  gaps.of[3] = {fmt::format("'{}' does not contain the time of requests", log),
                "log it (nginx: $request_time behind the combined format, morgan: ':response-time ms')", true};
  return gaps;
}

class Description {
 public:
  Description(const RequestPairs::Counts& counts, const RequestLines& lines, bool among_others)
      : counts_(counts), lines_(lines) {
    if (counts.requests == 0) {
      incomplete(fmt::format("none of its {} is a request with its response", counted(lines.read, "line")),
                 "log requests: Fastify's logger: true, pino-http, or nginx' combined format");
    }
    if (lines.broken > 0 && !among_others) {
      describe_broken();
    }
    if (counts.orphans > 0) {
      describe_orphans();
    }
    if (counts.left_out > 0) {
      incomplete(fmt::format("{} not measured one by one: more than {} routes", counted(counts.left_out, "request"),
                             kMaxPayloadGroups),
                 "Name templates for the routes under routes:");
    }
    describe_requests();
  }

  std::vector<std::string> notes;
  bool is_incomplete = false;
  std::string reason;  ///< the first of what makes it incomplete
  std::string hint;

 private:
  void incomplete(std::string text, std::string what_to_do) {
    if (!is_incomplete) {
      is_incomplete = true;
      reason = text;
      hint = std::move(what_to_do);
    }
    notes.push_back(std::move(text));
  }
  /// Makes it incomplete when the `part` of `all` is more than a share of `most`.
  void note_share(std::string text, std::uint64_t part, std::uint64_t all, double most, std::string what_to_do) {
    if (static_cast<double>(part) > most * static_cast<double>(all)) {
      incomplete(std::move(text), std::move(what_to_do));
    } else {
      notes.push_back(std::move(text));
    }
  }

  void describe_broken() {
    note_share(fmt::format("{} of {} {} not a request, the first in line {}", lines_.broken,
                           counted(lines_.read, "line"), lines_.broken == 1 ? "is" : "are", lines_.first_broken),
               lines_.broken, lines_.read, kMostBroken,
               "write the access log to a file of its own, and wait until the program has closed it");
  }
  void describe_orphans() {
    note_share(
        fmt::format("{} to requests that began before the log did, not measured", counted(counts_.orphans, "response")),
        counts_.orphans, counts_.ends, kMostOrphans,
        "keep the lines 'incoming request', which name the URL, in the same file");
  }
  void describe_requests() {
    if (counts_.unended > 0) {
      notes.push_back(fmt::format("{} without an end, so without a time", counted(counts_.unended, "request")));
    }
    if (counts_.running > 0) {
      notes.push_back(
          fmt::format("{} still running when the log ends, not counted", counted(counts_.running, "request")));
    }
    if (counts_.static_files > 0) {
      notes.push_back(
          fmt::format("{} for static files, which have no route", counted(counts_.static_files, "request")));
    }
    if (counts_.malformed > 0) {
      notes.push_back(fmt::format("{} not about an HTTP request, not counted", counted(counts_.malformed, "line")));
    }
    if (counts_.without_unit) {
      notes.push_back("times are taken as seconds, as nginx writes them");
    }
  }

  const RequestPairs::Counts& counts_;
  const RequestLines& lines_;
};

}  // namespace

void RequestLines::add(const RequestLines& next, std::uint32_t lines_before) {
  read += next.read;
  broken += next.broken;
  if (first_broken == 0 && next.first_broken != 0) {
    first_broken = lines_before + next.first_broken;
  }
  json = json || next.json;
  last_ms = std::max(last_ms, next.last_ms);
}

void report_requests(const Source& source, const RequestPairs& requests, const RequestLines& lines, bool among_others,
                     Input& input, Facts& facts) {
  Description description(requests.counts(), lines, among_others);
  if (!requests.routes().empty()) {
    requests.routes().append_to(gaps_of(source), facts);
  }
  if (!requests.inferred().empty()) {
    facts.notes.push_back(fmt::format("{}: routes were inferred (for example {}); name them under routes: to be sure",
                                      printable(source.path), requests.inferred()));
  }
  if (lines.json && !among_others) {
    facts.unmeasured.push_back({"queries.",
                                {},
                                fmt::format("'{}' holds requests, and no statement", printable(source.path)),
                                std::string(query_log::kIdHint),
                                Location::of(source.path),
                                true});
  }
  if (description.is_incomplete) {
    input.state = InputState::kIncomplete;
    input.hint = input.hint.empty() ? description.hint : input.hint;
    facts.unmeasured.push_back({"payload.", {}, description.reason, description.hint, Location::of(source.path), true});
  }
  if (!input.message.empty()) {
    description.notes.insert(description.notes.begin(), input.message);
  }
  input.message = join(description.notes, "; ");
}

}  // namespace budgetcheck
