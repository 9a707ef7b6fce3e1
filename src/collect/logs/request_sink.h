#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "collect/format.h"
#include "collect/logs/line_sink.h"
#include "collect/logs/request_pairs.h"
#include "collect/logs/request_report.h"
#include "collect/logs/request_times.h"

namespace budgetcheck {

/// The requests in a log, in any format that access_log.h names.
class RequestSink final : public LineSink {
 public:
  enum class Log {
    kOfRequests,  ///< an access log: a line of anything else is broken
    kOfMuchElse,  ///< only lines that are surely those of pino-http or Fastify are looked at, and without any such
                  ///< request nothing is reported
  };
  /// `believes_times`: numbers without a unit may be times, if the log proves it (see RequestTimes).
  RequestSink(const Source& source, const CollectContext& context, Log log, bool believes_times = true);

  std::unique_ptr<Reader> reader() override;
  void add(Piece& piece, std::uint32_t lines_before) override;
  void report(Input& input, Facts& facts) override;
  /// After the last piece: times were believed that are none. The log is to be read again without believing them.
  bool times_refuted() const { return times_.refuted(); }

 private:
  const Source& source_;
  Log log_;
  RequestPairs requests_;
  RequestTimes times_;
  RequestLines lines_;
};

/// One of the first lines is a JSON object about a request. `head` may be more than is looked at.
bool has_json_requests(std::string_view head);

}  // namespace budgetcheck
