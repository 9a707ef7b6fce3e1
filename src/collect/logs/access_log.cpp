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

bool recognises(const Sniff& sniff) { return has_json_requests(sniff.head) || is_common_log(sniff.head); }

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  RequestSink requests(source, context, RequestSink::Log::kOfRequests);
  const std::array<LineSink*, 1> sinks{&requests};
  // Most of the work is putting requests together: further threads would only take memory.
  read_lines(*source.content, 1, sinks);
  requests.report(input, facts);
  return {};
}

}  // namespace

Format access_log_format() { return {"access-log", {"payload."}, recognises, collect}; }

}  // namespace budgetcheck
