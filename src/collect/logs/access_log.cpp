#include "collect/logs/access_log.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "collect/http/payload_totals.h"
#include "collect/http/request_fields.h"
#include "collect/http/url_parts.h"
#include "collect/text/log_lines.h"
#include "collect/text/record_text.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;
using query_log::many;
using query_log::unescaped;

constexpr std::size_t kSniffLines = 200;
constexpr std::size_t kSniffText = 20;
constexpr std::size_t kMaxOpen = 100'000;
constexpr std::size_t kMaxSpellings = 50'000;
constexpr double kStillRunning = 1000;
constexpr double kMostBroken = 0.1;
constexpr double kMostOrphans = 0.05;

/// What is looked for where most lines are those of something else.
bool may_be_request(std::string_view line) {
  return line.find("responseTime") != std::string_view::npos || line.find("incoming request") != std::string_view::npos;
}

class AccessLog {
 public:
  AccessLog(const Source& source, const CollectContext& context, bool among_others)
      : source_(source), context_(context), lines_(*source.content), among_others_(among_others) {}

  void read() {
    while (lines_.next()) {
      const std::string_view line = lines_.line();
      if (!lines_.too_long() && (trim(line).empty() || (among_others_ && !may_be_request(line)))) {
        continue;
      }
      ++seen_;
      read_line(line);
    }
    close_open();
    routes_.settle();
  }

  std::uint64_t requests() const { return requests_; }

  void report(Input& input, Facts& facts) {
    describe();
    if (!routes_.empty()) {
      routes_.append_to(gaps(), facts);
    }
    note_inferred(facts);
    if (json_ && !among_others_) {
      facts.unmeasured.push_back({"queries.",
                                  {},
                                  "'" + printable(source_.path) + "' holds requests, and no statement",
                                  std::string(query_log::kIdHint),
                                  Location::of(source_.path),
                                  true});
    }
    if (incomplete_) {
      input.state = InputState::kIncomplete;
      input.hint = input.hint.empty() ? hint_ : input.hint;
      facts.unmeasured.push_back({"payload.", {}, incomplete_reason_, hint_, Location::of(source_.path), true});
    }
    if (!input.message.empty()) {
      remarks_.insert(remarks_.begin(), input.message);
    }
    input.message = join(remarks_, "; ");
  }

 private:
  struct Route {
    std::string name;
    bool given = false;
    bool counts = false;  ///< not a static file
  };
  struct Open {
    std::string spelling;
    double at_ms = -1;
    std::uint32_t line = 0;
    std::uint64_t serial = 0;
  };

  void read_line(std::string_view line) {
    const bool json = !lines_.too_long() && trim(line).starts_with('{');
    if (json && !fields_.read(line)) {
      note_broken();
      return;
    }
    json_ = json_ || json;
    const AccessRecord record = json ? read_json_access(fields_.fields()) : read_common_log(line);
    last_ms_ = std::max(last_ms_, record.at_ms);
    switch (record.kind) {
      case Kind::kNone:
        if (!json) {
          note_broken();
        }
        return;
      case Kind::kMalformed:
        ++malformed_;
        return;
      case Kind::kBegin:
        open(record);
        return;
      case Kind::kEnd:
      case Kind::kWhole:
        end(record, line);
        return;
    }
  }

  void note_broken() {
    ++broken_;
    first_broken_ = first_broken_ == 0 ? lines_.number() : first_broken_;
  }

  static std::uint64_t key_of(const AccessRecord& record) {
    constexpr std::uint64_t kFactor = 31;
    return (hash64(record.id) * kFactor + hash64(record.process)) * kFactor + hash64(record.host);
  }
  static std::string spelling_of(const AccessRecord& record) {
    std::string spelling = method_of(record.method) + " ";
    spelling += record.json ? unescaped(record.url) : std::string(record.url);
    return spelling.substr(0, spelling.find('?'));
  }

  void open(const AccessRecord& record) {
    const std::uint64_t key = key_of(record);
    const auto [at, is_new] = open_.try_emplace(key);
    if (!is_new) {
      never_ended(at->second);  // the numbers of a process that was started again begin anew
    }
    at->second = {spelling_of(record), record.at_ms, lines_.number(), ++serial_};
    order_.emplace_back(key, serial_);
    while (open_.size() > kMaxOpen) {
      const auto [oldest, serial] = order_.front();
      order_.pop_front();
      const auto found = open_.find(oldest);
      if (found != open_.end() && found->second.serial == serial) {
        never_ended(found->second);
        open_.erase(found);
      }
    }
    while (!order_.empty() && order_.size() > 2 * kMaxOpen) {
      const auto found = open_.find(order_.front().first);
      if (found != open_.end() && found->second.serial == order_.front().second) {
        break;
      }
      order_.pop_front();
    }
  }

  void end(const AccessRecord& record, std::string_view line) {
    const auto begun = record.id.empty() ? open_.end() : open_.find(key_of(record));
    std::string spelling;
    if (record.kind == Kind::kWhole) {
      spelling = spelling_of(record);
    } else if (begun != open_.end()) {
      spelling = std::move(begun->second.spelling);
    }
    if (begun != open_.end()) {
      open_.erase(begun);
    }
    ++ends_;
    if (spelling.empty()) {
      ++orphans_;
      return;
    }
    PayloadValues values;
    values.status = record.status;
    const double body =
        record.body_bytes < 0 && record.json && record.status != 0 ? content_length_in(line) : record.body_bytes;
    values.values = {record.transfer_bytes, body, -1, record.time_ms};
    without_unit_ = without_unit_ || record.time_without_unit;
    count(spelling, values, lines_.number());
  }

  void never_ended(const Open& request) {
    ++unended_;
    count(request.spelling, {}, request.line);
  }

  void count(const std::string& spelling, const PayloadValues& values, std::uint32_t line) {
    ++requests_;
    const Route& route = route_of(spelling);
    if (!route.counts) {
      ++static_files_;
      return;
    }
    left_out_ += routes_.add(route.name, route.given, values, {source_.path, line, 0, {}}) ? 0U : 1U;
  }

  const Route& route_of(const std::string& spelling) {
    const std::uint64_t hash = hash64(spelling);
    const auto known = spellings_.find(hash);
    if (known != spellings_.end()) {
      return known->second;
    }
    if (spellings_.size() >= kMaxSpellings) {
      spellings_.clear();
    }
    const std::size_t space = spelling.find(' ');
    const std::string path = shown_path(std::string_view(spelling).substr(space + 1));
    const std::string_view type = type_of_extension(path);
    static const RouteTable kNoTemplates;
    const RouteTable& table = context_.routes == nullptr ? kNoTemplates : *context_.routes;
    const RouteTable::Match match = table.match(path);
    const bool counts = match.given || type == "other" || type == "document";
    if (counts && match.inferred && inferred_.empty()) {
      inferred_ = spelling.substr(0, space + 1) + match.route;
    }
    return spellings_.emplace(hash, Route{spelling.substr(0, space + 1) + match.route, match.given, counts})
        .first->second;
  }

  void close_open() {
    for (const auto& [key, request] : open_) {
      const bool may_run = request.at_ms < 0 || last_ms_ - request.at_ms <= kStillRunning;
      if (may_run) {
        ++running_;
      } else {
        never_ended(request);
      }
    }
    open_.clear();
  }

  PayloadGaps gaps() const {
    PayloadGaps gaps;
    gaps.once = true;
    const std::string log = "'" + printable(source_.path) + "'";
    gaps.of[0] = {log + " does not tell the bytes on the wire with their headers",
                  "budget payload.body, let the log tell them (nginx: $bytes_sent), or capture a HAR", false};
    gaps.of[1] = {log + " does not tell how big the answers are",
                  "log it (nginx: $body_bytes_sent, pino-http: res.headers), or capture a HAR", true};
    gaps.of[2] = {log + " does not tell what bodies decode to", "budget payload.body, or capture a HAR", false};
    gaps.of[3] = {log + " does not tell how long requests took",
                  "log it (nginx: $request_time behind the combined format, morgan: ':response-time ms')", true};
    return gaps;
  }

  void note_inferred(Facts& facts) const {
    const std::string& example = routes_.inferred().empty() ? inferred_ : routes_.inferred();
    if (!example.empty()) {
      facts.notes.push_back(printable(source_.path) + ": routes were inferred (for example " + example +
                            "); name them under routes: to be sure");
    }
  }

  void lack(std::string reason, std::string hint) {
    if (!incomplete_) {
      incomplete_ = true;
      incomplete_reason_ = reason;
      hint_ = std::move(hint);
    }
    remarks_.push_back(std::move(reason));
  }

  void describe() {
    if (requests_ == 0) {
      lack("none of its " + many(seen_, "line") + " is a request with its answer",
           "log requests: Fastify's logger: true, pino-http, or nginx' combined format");
    }
    if (broken_ > 0 && !among_others_) {
      std::string text = std::to_string(broken_) + " of " + many(seen_, "line") + (broken_ == 1 ? " is" : " are") +
                         " no request's, the first in line " + std::to_string(first_broken_);
      if (static_cast<double>(broken_) > kMostBroken * static_cast<double>(seen_)) {
        lack(std::move(text), "write the access log to a file of its own, and wait until the program has closed it");
      } else {
        remarks_.push_back(std::move(text));
      }
    }
    if (orphans_ > 0) {
      std::string text = many(orphans_, "answer") + " to requests that began before the log did, not measured";
      if (static_cast<double>(orphans_) > kMostOrphans * static_cast<double>(ends_)) {
        lack(std::move(text), "keep the lines 'incoming request', which name the URL, in the same file");
      } else {
        remarks_.push_back(std::move(text));
      }
    }
    if (left_out_ > 0) {
      lack(many(left_out_, "request") + " not measured one by one: more than " + std::to_string(kMaxPayloadGroups) +
               " routes",
           "Name templates for the routes under routes:");
    }
    describe_requests();
  }

  void describe_requests() {
    if (unended_ > 0) {
      remarks_.push_back(many(unended_, "request") + " without an end, so without a time");
    }
    if (running_ > 0) {
      remarks_.push_back(many(running_, "request") + " still running when the log ends, not counted");
    }
    if (static_files_ > 0) {
      remarks_.push_back(many(static_files_, "request") + " for static files, which have no route");
    }
    if (malformed_ > 0) {
      remarks_.push_back(many(malformed_, "line") + " about what was no HTTP request, not counted");
    }
    if (without_unit_) {
      remarks_.push_back("times are taken for seconds, as nginx writes them");
    }
  }

  const Source& source_;
  const CollectContext& context_;
  LogLines lines_;
  bool among_others_;
  json::LineReader fields_;
  RoutePayloads routes_{true};
  std::unordered_map<std::uint64_t, Route> spellings_;
  std::unordered_map<std::uint64_t, Open> open_;
  std::deque<std::pair<std::uint64_t, std::uint64_t>> order_;  ///< keys of open requests and their serial numbers
  std::uint64_t serial_ = 0;
  double last_ms_ = -1;
  std::string inferred_;
  std::uint64_t seen_ = 0;
  std::uint64_t requests_ = 0;
  std::uint64_t ends_ = 0;
  std::uint64_t orphans_ = 0;
  std::uint64_t unended_ = 0;
  std::uint64_t running_ = 0;
  std::uint64_t static_files_ = 0;
  std::uint64_t malformed_ = 0;
  std::uint64_t left_out_ = 0;
  std::uint64_t broken_ = 0;
  std::uint32_t first_broken_ = 0;
  bool without_unit_ = false;
  bool json_ = false;  ///< lines that could hold queries too
  std::vector<std::string> remarks_;
  bool incomplete_ = false;
  std::string incomplete_reason_;
  std::string hint_;
};

/// One of the first lines is a JSON object about a request.
bool has_json_requests(std::string_view head) {
  std::vector<json::LineField> fields;
  std::string padded;
  for (std::size_t i = 0; i < kSniffLines && !head.empty(); ++i) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = trim(head.substr(0, end));
    if (line.starts_with('{')) {
      padded.assign(line);
      padded.append(FileContent::kGuard, '\0');
      if (json::read_line_fields(std::string_view(padded).substr(0, line.size()), fields) &&
          read_json_access(fields).kind != Kind::kNone) {
        return true;
      }
    }
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  return false;
}

/// At least half of the first lines.
bool is_common_log(std::string_view head) {
  std::size_t lines = 0;
  std::size_t requests = 0;
  while (!head.empty() && lines < kSniffText) {
    const std::size_t end = head.find('\n');
    if (end == std::string_view::npos && lines > 0) {
      break;  // cut off, perhaps
    }
    const std::string_view line = trim(head.substr(0, end));
    if (!line.empty()) {
      ++lines;
      requests += read_common_log(line).kind != Kind::kNone ? 1U : 0U;
    }
    head.remove_prefix(std::min(std::min(end, head.size() - 1) + 1, head.size()));
  }
  return requests > 0 && 2 * requests >= lines;
}

constexpr std::string_view kName = "access-log";

bool recognises(const Sniff& sniff) { return has_json_requests(sniff.head) || is_common_log(sniff.head); }

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  AccessLog log(source, context, false);
  log.read();
  log.report(input, facts);
  return {};
}

/// That a log of requests has no queries is worth saying only where no other log has them.
void forget_missing_queries(Facts& facts) {
  if (facts.queries.logs.empty()) {
    return;
  }
  std::erase_if(facts.unmeasured, [&](const Unmeasured& gap) {
    return gap.metric == "queries." && std::any_of(facts.inputs.begin(), facts.inputs.end(), [&](const Input& input) {
             return input.format == kName && input.path == gap.location.file;
           });
  });
}

}  // namespace

Format access_log_format() {
  Format format{kName, {"payload."}, recognises, collect};
  format.is_given_as = "an access log";
  format.page =
      "Requests as one JSON object per line (pino-http, Fastify, nginx, Caddy, Traefik), or in the Common or Combined "
      "Log Format.";
  format.finish = forget_missing_queries;
  return format;
}

bool add_requests_of(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  const std::string_view head = source.content->bytes().substr(0, std::size_t{64} << 10);
  if (!has_json_requests(head)) {
    return false;
  }
  AccessLog log(source, context, true);
  log.read();
  if (log.requests() == 0) {
    return false;
  }
  input.families.emplace_back("payload.");
  log.report(input, facts);
  return true;
}

}  // namespace budgetcheck
