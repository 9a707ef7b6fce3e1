#include "collect/logs/access_log.h"

#include <algorithm>
#include <vector>

#include "collect/logs/read_lines.h"
#include "collect/logs/records/record_sink.h"
#include "collect/logs/request_sink.h"
#include "collect/logs/request_text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kName = "access-log";

bool recognises(const Sniff& sniff) { return has_json_requests(sniff.head) || has_text_requests(sniff.head); }

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  // Whether numbers without a unit are times shows only at the log's end: one that turns out to have none is read
  // again.
  for (const bool believes_times : {true, false}) {
    RequestSink requests(source, context, RequestSink::Log::kOfRequests, believes_times);
    RecordSink records(source, context, RecordSink::Log::kOfMuchElse);
    std::vector<LineSink*> sinks{&requests};
    if (RecordSink::is_wanted(context)) {
      sinks.push_back(&records);
    }
    // Most of the work is putting requests together: more threads would only take memory.
    read_lines(*source.content, 1, sinks);
    if (!requests.times_refuted()) {
      for (LineSink* sink : sinks) {
        sink->report(input, facts);
      }
      break;
    }
  }
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
      "Requests as one JSON object per line (pino-http, Fastify, restify, express-winston, nginx, Caddy, Traefik, "
      "Google "
      "Cloud, Cloudflare), in the Common or Combined Log Format (nginx, ingress-nginx, Apache, morgan, Traefik, Rack), "
      "or "
      "as AWS' load balancers, CloudFront and IIS write them. `time: us` says the unit of a time without one (ns, us, "
      "ms, "
      "s), `time: { field: took, unit: ms }` its field too; an input with it is read as nothing else.";
  format.named_by = "time";
  format.may_be_cut = true;
  format.finish = forget_missing_queries;
  return format;
}

}  // namespace budgetcheck
