#include "collect/logs/access_log.h"

#include <array>

#include "base/text.h"
#include "collect/http/request_fields.h"
#include "collect/logs/read_lines.h"
#include "collect/logs/request_sink.h"
#include "collect/text/first_lines.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kSniffText = 20;

/// At least half of the first lines.
bool is_common_log(std::string_view head) {
  std::size_t lines = 0;
  std::size_t requests = 0;
  for (FirstLines first(head); lines < kSniffText && first.next();) {
    if (!first.ended() && lines > 0) {
      break;  // cut off, perhaps
    }
    const std::string_view line = trim(first.line());
    if (!line.empty()) {
      ++lines;
      requests += read_common_log(line).kind != AccessRecord::Kind::kNone ? 1U : 0U;
    }
  }
  return requests > 0 && 2 * requests >= lines;
}

constexpr std::string_view kName = "access-log";

bool recognises(const Sniff& sniff) { return has_json_requests(sniff.head) || is_common_log(sniff.head); }

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  RequestSink requests(source, context, RequestSink::Log::kOfRequests);
  const std::array<LineSink*, 1> sinks{&requests};
  // Most of the work is putting requests together: more threads would only take memory.
  read_lines(*source.content, 1, sinks);
  requests.report(input, facts);
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
  format.looks_like = {" HTTP/1.", "\"GET /", "GET /", "POST /", "\"status\"", "\"statusCode\""};
  format.page =
      "Requests as one JSON object per line (pino-http, Fastify, nginx, Caddy, Traefik), or in the Common or Combined "
      "Log Format.";
  format.finish = forget_missing_queries;
  return format;
}

}  // namespace budgetcheck
