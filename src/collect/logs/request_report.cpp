#include "collect/logs/request_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "collect/account.h"
#include "collect/query_log/hints.h"

namespace budgetcheck {
namespace {

constexpr double kMostBroken = 0.1;
constexpr double kMostOrphans = 0.05;

PayloadGaps gaps_of(const Source& source, const RequestTimes& times) {
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
                "log it (nginx: rt=$request_time behind the combined format, Apache: %{ms}Tms, morgan: ':response-time "
                "ms')",
                true};
  if (const std::optional<RequestTimes::Gap> no_time = times.gap(source.path)) {
    gaps.of[3].reason = no_time->reason;
    gaps.of[3].hint = no_time->hint;
  }
  return gaps;
}

/// Says of the input what is missing, and of the facts the first of it that makes the input incomplete.
class Description {
 public:
  Description(const RequestPairs& requests, const RequestLines& lines, const Location& location, Account& account,
              Facts& facts)
      : counts_(requests.counts()),
        errors_(requests.routes().errors()),
        lines_(lines),
        location_(location),
        account_(account),
        facts_(facts) {}

  void add(bool among_others) {
    if (counts_.requests == 0) {
      incomplete(fmt::format("none of its {} is a request with its response",
                             counted(lines_.counts.read + lines_.before, "line")),
                 "log requests: Fastify's logger: true, pino-http, or nginx' combined format");
    }
    if (lines_.counts.broken > 0 && !among_others) {
      describe_broken();
    }
    if (counts_.orphans > 0) {
      describe_orphans();
    }
    if (counts_.left_out > 0) {
      incomplete(fmt::format("{} not measured one by one: more than {} routes", counted(counts_.left_out, "request"),
                             kMaxPayloadGroups),
                 "Name templates for the routes under routes:");
    }
    if (errors_.all()) {
      incomplete(errors_.all_note(), ErrorAnswers::kHint);
    } else if (const std::string note = errors_.note(); !note.empty()) {
      account_.note(note);
    }
    describe_requests();
  }

 private:
  void incomplete(std::string_view text, std::string_view hint) {
    if (!incomplete_) {
      account_.incomplete(text, hint, "payload.", location_, facts_);
      incomplete_ = true;
    } else {
      account_.incomplete(text, {});
    }
  }
  /// Makes it incomplete when the `part` of `all` is more than a share of `most`.
  void note_share(std::string_view text, std::uint64_t part, std::uint64_t all, double most, std::string_view hint) {
    if (static_cast<double>(part) > most * static_cast<double>(all)) {
      incomplete(text, hint);
    } else {
      account_.note(text);
    }
  }

  void describe_broken() {
    note_share(fmt::format("{} of {} {} not a request, the first in line {}", lines_.counts.broken,
                           counted(lines_.counts.read, "line"), lines_.counts.broken == 1 ? "is" : "are",
                           lines_.counts.first_broken),
               lines_.counts.broken, lines_.counts.read, kMostBroken,
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
      account_.note(fmt::format("{} without an end, so without a time", counted(counts_.unended, "request")));
    }
    if (counts_.running > 0) {
      account_.note(
          fmt::format("{} still running when the log ends, not counted", counted(counts_.running, "request")));
    }
    if (counts_.static_files > 0) {
      account_.note(fmt::format("{} for static files, which have no route", counted(counts_.static_files, "request")));
    }
    if (counts_.malformed > 0) {
      account_.note(fmt::format("{} not about an HTTP request, not counted", counted(counts_.malformed, "line")));
    }
    if (lines_.before > 0 && counts_.requests > 0) {
      account_.note(fmt::format("{} before the first request {} something else", counted(lines_.before, "line"),
                                lines_.before == 1 ? "is" : "are"));
    }
  }

  const RequestPairs::Counts& counts_;
  const ErrorAnswers& errors_;
  const RequestLines& lines_;
  const Location& location_;
  Account& account_;
  Facts& facts_;
  bool incomplete_ = false;
};

}  // namespace

void RequestLines::add_broken(std::uint32_t line) {
  counts.add_broken(line);
  if (began) {
    first_broken_behind = first_broken_behind == 0 ? line : first_broken_behind;
    return;
  }
  ++leading;
  if (leading_lines.size() <= kMostBefore) {
    leading_lines.push_back(line);
  }
}

void RequestLines::settle() {
  before = std::min(leading, kMostBefore);
  counts.read -= before;
  counts.broken -= before;
  if (before > 0) {
    counts.first_broken = before < leading ? leading_lines[before] : first_broken_behind;
  }
}

void RequestLines::clear() {
  std::vector<std::uint32_t> memory = std::move(leading_lines);
  memory.clear();
  *this = {};
  leading_lines = std::move(memory);
}

void RequestLines::add(const RequestLines& next, std::uint32_t lines_before) {
  counts.add(next.counts, lines_before);
  if (!began) {
    leading += next.leading;
    for (const std::uint32_t line : next.leading_lines) {
      if (leading_lines.size() <= kMostBefore) {
        leading_lines.push_back(lines_before + line);
      }
    }
  }
  // What leads a later piece leads nothing.
  std::uint32_t behind = next.first_broken_behind;
  if (began && !next.leading_lines.empty()) {
    behind = next.leading_lines.front();
  }
  if (first_broken_behind == 0 && behind != 0) {
    first_broken_behind = lines_before + behind;
  }
  began = began || next.began;
  json = json || next.json;
  last_ms = std::max(last_ms, next.last_ms);
}

void report_requests(const Source& source, const RequestPairs& requests, const RequestLines& lines,
                     const RequestTimes& times, bool among_others, Input& input, Facts& facts) {
  if (!requests.routes().empty()) {
    requests.routes().append_to(gaps_of(source, times), facts);
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
  Account account(input);
  if (times.judged_by_values()) {
    account.note("times are taken as seconds, as nginx writes them");
  }
  const Location location = Location::of(source.path);
  Description(requests, lines, location, account, facts).add(among_others);
}

}  // namespace budgetcheck
