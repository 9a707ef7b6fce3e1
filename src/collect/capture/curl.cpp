#include "collect/capture/curl.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/http/payload_totals.h"
#include "collect/http/url_parts.h"
#include "collect/text/line_counts.h"
#include "collect/text/text_lines.h"
#include "collect/text/unescaped.h"
#include "json/lines/line_fields.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

constexpr double kMostPlausible = 9007199254740992.0;

/// The members of one object that are used; views into the line.
struct Transfer {
  std::string_view url;
  std::string_view method;
  std::string_view status;
  std::string_view exit_code;
  std::string_view error;
  std::string_view body;
  std::string_view headers;
  std::string_view seconds;
  std::string_view content_type;
};

Transfer transfer_of(const std::vector<json::LineField>& fields) {
  struct Name {
    std::string_view key;
    std::string_view Transfer::*field;
  };
  static constexpr std::array<Name, 11> kNames{{{"url_effective", &Transfer::url},
                                                {"url", &Transfer::url},
                                                {"method", &Transfer::method},
                                                {"http_code", &Transfer::status},
                                                {"response_code", &Transfer::status},
                                                {"exitcode", &Transfer::exit_code},
                                                {"errormsg", &Transfer::error},
                                                {"size_download", &Transfer::body},
                                                {"size_header", &Transfer::headers},
                                                {"time_total", &Transfer::seconds},
                                                {"content_type", &Transfer::content_type}}};
  Transfer transfer;
  for (const json::LineField& field : fields) {
    if (!field.parent.empty() || field.raw == "null") {
      continue;
    }
    for (const Name& name : kNames) {
      const bool preferred = field.key != "url" || transfer.url.empty();
      if (field.key == name.key && preferred) {
        transfer.*name.field = field.raw;
      }
    }
  }
  return transfer;
}

bool is_transfer(const Transfer& transfer) {
  return !transfer.url.empty() && !transfer.status.empty() && (!transfer.body.empty() || !transfer.seconds.empty());
}

double amount(std::string_view text, double scale = 1) {
  const std::optional<double> number = parse_number(text);
  return number && *number >= 0 && *number * scale <= kMostPlausible ? *number * scale : -1;
}

/// The objects that stand on one line, "{…}{…}"; the rest of a line that breaks off in one is the last.
std::vector<std::string_view> objects_of(std::string_view line) {
  std::vector<std::string_view> objects;
  std::size_t depth = 0;
  std::size_t begin = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (in_string) {
      i += c == '\\' ? 1U : 0U;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{') {
      begin = depth++ == 0 ? i : begin;
    } else if (c == '}' && depth > 0 && --depth == 0) {
      objects.push_back(line.substr(begin, i + 1 - begin));
      begin = i + 1;
    }
  }
  if (!trim(line.substr(std::min(begin, line.size()))).empty()) {
    objects.push_back(trim(line.substr(begin)));
  }
  return objects;
}

int status_of(std::string_view text) {
  constexpr double kHighest = 999;
  const std::optional<double> number = parse_number(text);
  return number && *number > 0 && *number <= kHighest ? static_cast<int>(*number) : 0;
}

bool is_http(std::string_view url) { return url.starts_with("http://") || url.starts_with("https://"); }

class Reader {
 public:
  Reader(const Source& source, const CollectContext& context, Input& input, Facts& facts)
      : source_(source), context_(context), input_(input), facts_(facts) {}

  void read() {
    TextLines lines(*source_.content);
    while (lines.next()) {
      line_ = lines.number();
      if (lines.too_long()) {
        note_broken();
        continue;
      }
      for (const std::string_view object : objects_of(lines.line())) {
        read_object(object);
      }
    }
    routes_.settle();
    report();
  }

 private:
  void note_broken() {
    ++counts_.read;
    counts_.add_broken(line_);
  }

  void read_object(std::string_view object) {
    if (!fields_.read(object)) {
      note_broken();
      return;
    }
    const Transfer transfer = transfer_of(fields_.fields());
    if (!is_transfer(transfer)) {
      note_broken();
      return;
    }
    ++counts_.read;
    const std::string url = unescaped(transfer.url);
    if (!is_http(lower(std::string_view(url).substr(0, sizeof "https://" - 1)))) {
      ++other_scheme_;
      return;
    }
    count(exchange_of(transfer, url));
  }

  Exchange exchange_of(const Transfer& transfer, const std::string& url) {
    Exchange exchange;
    constexpr std::size_t kLongestHost = 253;
    exchange.method = method_of(transfer.method);
    exchange.path = shown_path(url);
    exchange.host = shorten(printable(host_of_url(url)), kLongestHost);
    static const RouteTable kNoTemplates;
    const RouteTable::Match match = (context_.routes == nullptr ? kNoTemplates : *context_.routes).match(exchange.path);
    exchange.route = exchange.method + " " + match.route;
    exchange.route_inferred = match.inferred;
    given_ = match.given;
    exchange.mime_type = media_type_of(unescaped(transfer.content_type));
    const std::string_view type = type_of_mime(exchange.mime_type);
    exchange.type = type.empty() ? "other" : type;
    exchange.headers_known = false;
    exchange.location = {source_.path, line_, 0, {}};
    const bool went_wrong = !transfer.error.empty() || amount(transfer.exit_code) > 0;
    exchange.status = went_wrong ? 0 : status_of(transfer.status);
    if (!failed(exchange)) {
      constexpr double kSecond = 1000;
      const double headers = amount(transfer.headers);
      exchange.body_bytes = amount(transfer.body);
      exchange.transfer_bytes = headers < 0 || exchange.body_bytes < 0 ? -1 : headers + exchange.body_bytes;
      exchange.time_ms = amount(transfer.seconds, kSecond);
    }
    return exchange;
  }

  void count(Exchange exchange) {
    if (exchange.route_inferred && inferred_.empty()) {
      inferred_ = exchange.route;
    }
    if (failed(exchange)) {
      ++failed_;
      first_failed_ = first_failed_.empty() ? exchange.route : first_failed_;
    }
    left_out_ += routes_.add(exchange.route, given_, payload_values(exchange), exchange.location) ? 0U : 1U;
    if (facts_.capture.exchanges.size() < kMaxCurlExchanges) {
      facts_.capture.exchanges.push_back(std::move(exchange));
    }
  }

  void incomplete(Account& account, const std::string& text, std::string_view hint) {
    account.incomplete(text, hint, "payload.", Location::of(source_.path), facts_);
  }

  void report() {
    Account account(input_);
    PayloadGaps gaps;
    gaps.once = true;
    for (PayloadGaps::Gap& gap : gaps.of) {
      gap.hint = "write all of curl's own numbers: -w '%{json}\\n'";
    }
    gaps.of[2] = {"curl counts what crosses the wire, not what it decodes to", "budget payload.body, or capture a HAR",
                  false};
    if (!routes_.empty()) {
      routes_.append_to(gaps, facts_);
    } else {
      incomplete(account, "no transfer of an HTTP URL",
                 "write a line for each transfer: curl -s -o /dev/null -w '%{json}\\n' URL");
    }
    const std::string& example = routes_.inferred().empty() ? inferred_ : routes_.inferred();
    if (!example.empty()) {
      facts_.notes.push_back(
          fmt::format("{}: routes were inferred (for example {}); name them under routes: to be sure",
                      printable(source_.path), example));
    }
    if (counts_.broken > 0) {
      // Each line is a measurement that somebody asked for.
      incomplete(
          account,
          fmt::format("{} of {} {} not what curl writes, the first in line {}", counts_.broken,
                      counted(counts_.read, "transfer"), counts_.broken == 1 ? "is" : "are", counts_.first_broken),
          "let curl write to a file of its own: -o /dev/null -w '%{json}\\n' >> transfers.ndjson");
    }
    if (left_out_ > 0) {
      incomplete(account,
                 fmt::format("{} not measured one by one: more than {} routes", counted(left_out_, "transfer"),
                             kMaxPayloadGroups),
                 "Name templates for the routes under routes:");
    }
    if (failed_ > 0) {
      account.note(fmt::format("{} failed ({}'{}'), of unknown size", counted(failed_, "transfer"),
                               failed_ == 1 ? "" : "first: ", first_failed_));
    }
    if (other_scheme_ > 0) {
      account.note(fmt::format("{} of URLs other than HTTP left out", counted(other_scheme_, "transfer")));
    }
  }

  const Source& source_;
  const CollectContext& context_;
  Input& input_;
  Facts& facts_;
  json::LineReader fields_;
  RoutePayloads routes_{true};
  bool given_ = false;  ///< of the exchange that was read last
  std::uint32_t line_ = 0;
  LineCounts counts_;
  std::uint64_t failed_ = 0;
  std::string first_failed_;
  std::uint64_t other_scheme_ = 0;
  std::uint64_t left_out_ = 0;
  std::string inferred_;
};

/// The first object is one of curl's.
bool recognises(const Sniff& sniff) {
  const std::string_view head = trim(sniff.head);
  if (!head.starts_with('{')) {
    return false;
  }
  const std::vector<std::string_view> objects = objects_of(head.substr(0, std::min(head.find('\n'), head.size())));
  if (objects.empty()) {
    return false;
  }
  std::vector<json::LineField> fields;
  std::string padded(objects.front());
  padded.append(FileContent::kGuard, '\0');
  const auto has = [&](std::string_view key) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const json::LineField& field) { return field.parent.empty() && field.key == key; });
  };
  return json::read_line_fields(std::string_view(padded).substr(0, objects.front().size()), fields) &&
         is_transfer(transfer_of(fields)) && (has("size_download") || has("time_total"));
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  Reader(source, context, input, facts).read();
  return {};
}

}  // namespace

Format curl_format() {
  Format format{"curl", {"payload."}, recognises, collect};
  format.is_given_as = "curl (-w '%{json}')";
  format.looks_like = {"\"time_total\"", "\"size_download\"", "\"http_code\""};
  format.page =
      "One line per transfer: `curl -s -o /dev/null -w '%{json}\\n' URL >> transfers.ndjson`. Each URL is a route.";
  return format;
}

}  // namespace budgetcheck
