#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "collect/format.h"
#include "collect/logs/line_sink.h"
#include "collect/logs/request_pairs.h"
#include "collect/logs/request_report.h"
#include "collect/logs/request_times.h"
#include "collect/logs/requests/request_event.h"

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
  /// What a piece of the log said that was read elsewhere; in the order of the log.
  void add(RequestEvent event, std::uint32_t line);
  void add(const RequestLines& lines, std::uint32_t lines_before) { lines_.add(lines, lines_before); }
  void report(Input& input, Facts& facts) override;
  /// After the last piece: times were believed that are none. The log is to be read again without believing them.
  bool times_refuted();

 private:
  /// An answer or a beginning that waits until it is known what the log's times are.
  struct Held {
    RequestEvent event;
    LoggedRoute route;
    std::uint32_t line = 0;
  };
  void count(RequestEvent& event, std::uint32_t line);
  void learn();

  const Source& source_;
  Log log_;
  RequestEventReader events_;
  RequestPairs requests_;
  RequestTimes times_;
  RequestLines lines_;
  std::vector<Held> held_;
  std::size_t held_answers_ = 0;
  std::set<std::string, std::less<>> names_;  ///< of fields, in what is held
};

/// Where the first of a log's first lines is that is a JSON object about a request.
struct FirstRequest {
  std::uint64_t line = 0;  ///< from 1
  std::uint64_t end = 0;   ///< behind it, in bytes

  /// It is among the lines that show what a log is.
  bool shows() const;
};
/// `head` may be more than is looked at.
std::optional<FirstRequest> first_json_request(std::string_view head);
inline bool has_json_requests(std::string_view head) { return first_json_request(head).has_value(); }

}  // namespace budgetcheck
