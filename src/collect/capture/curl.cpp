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
#include "collect/http/redirect.h"
#include "collect/http/url_parts.h"
#include "collect/text/first_lines.h"
#include "collect/text/line_counts.h"
#include "collect/text/text_lines.h"
#include "collect/text/unescaped.h"
#include "json/lines/line_reader.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

/// Recognition looks at this many lines.
constexpr std::size_t kSniffLines = 200;
constexpr double kMostPlausible = 9007199254740992.0;

/// The members of one object that are used; views into the line.
struct Transfer {
  std::string_view url;    ///< that answered, behind all redirects
  std::string_view asked;  ///< as it was given to curl
  std::string_view redirects;
  std::string_view redirect_url;  ///< where an answer sent it and it did not go
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
  static constexpr std::array<Name, 13> kNames{{{"url_effective", &Transfer::url},
                                                {"url", &Transfer::asked},
                                                {"num_redirects", &Transfer::redirects},
                                                {"redirect_url", &Transfer::redirect_url},
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
      if (field.key == name.key) {
        transfer.*name.field = field.raw;
      }
    }
  }
  transfer.url = transfer.url.empty() ? transfer.asked : transfer.url;
  return transfer;
}

bool is_transfer(const Transfer& transfer) {
  return !transfer.url.empty() && !transfer.status.empty() && (!transfer.body.empty() || !transfer.seconds.empty());
}

double amount(std::string_view text, double scale = 1) {
  const std::optional<double> number = parse_number(text);
  return number && *number >= 0 && *number * scale <= kMostPlausible ? *number * scale : -1;
}

/// What curl's object begins with: it writes its names in the order of the alphabet.
constexpr std::array<std::string_view, 3> kBegins{"{\"certs\":", "{\"conn_id\":", "{\"content_type\":"};
/// What curl alone writes.
constexpr std::string_view kMark = "\"url_effective\":";

/// Offset behind the object at the beginning of `text`; npos when it breaks off.
std::size_t object_end(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      i += c == '\\' ? 1U : 0U;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t find_begin(std::string_view text) {
  constexpr std::string_view kShared = "{\"c";
  for (std::size_t at = text.find(kShared); at != std::string_view::npos; at = text.find(kShared, at + 1)) {
    const std::string_view rest = text.substr(at);
    if (std::any_of(kBegins.begin(), kBegins.end(), [&](std::string_view begin) { return rest.starts_with(begin); })) {
      return at;
    }
  }
  return std::string_view::npos;
}

/// Takes the objects of curl's that stand on one line, "{…}{…}", out of the body that may stand before each.
/// `visit(object)` is called for each, also for one that breaks off. Tells whether there was other text.
template <class Visit>
bool each_object(std::string_view line, const Visit& visit) {
  bool other = false;
  std::string_view rest = trim(line);
  while (!rest.empty()) {
    // One that begins the line is curl's in whatever order its members stand.
    const std::size_t end = rest.starts_with('{') ? object_end(rest) : 0;
    const bool is_first = end != 0 && end != std::string_view::npos &&
                          rest.substr(0, end).find(kMark) != std::string_view::npos &&
                          find_begin(rest.substr(1, end - 1)) == std::string_view::npos;
    const std::size_t begin = is_first ? 0 : find_begin(rest);
    if (begin == std::string_view::npos) {
      const bool is_cut = rest.find(kMark) != std::string_view::npos;
      if (is_cut) {
        visit(rest);
      }
      return other || !is_cut;
    }
    other = other || begin > 0;
    rest.remove_prefix(begin);
    const std::size_t size = std::min(object_end(rest), rest.size());
    visit(rest.substr(0, size));
    rest = trim(rest.substr(size));
  }
  return other;
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
      const bool other = each_object(lines.line(), [this](std::string_view object) { read_object(object); });
      other_text_ += other ? 1U : 0U;
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
    Exchange exchange = exchange_of(transfer, url);
    if (!failed(exchange) && note_redirect(transfer, url, exchange.status)) {
      return;
    }
    count(std::move(exchange));
  }

  /// True when what was measured is not what was asked for: it is left out.
  bool note_redirect(const Transfer& transfer, const std::string& url, int status) {
    constexpr int kRedirects = 300;
    constexpr int kErrors = 400;
    const std::string method = method_of(transfer.method);
    const bool reads = method == "GET" || method == "HEAD";  // a form may well answer with another page
    const std::string asked = with_scheme(unescaped(transfer.asked));
    std::string reached;
    if (amount(transfer.redirects) > 0 && !transfer.asked.empty()) {
      reached = url;
    } else if (status >= kRedirects && status < kErrors && !transfer.redirect_url.empty()) {
      reached = unescaped(transfer.redirect_url);
      unfollowed_ += is_other_page(asked, reached) ? 0U : 1U;
    }
    if (reached.empty() || !reads || !is_other_page(asked, reached)) {
      return false;
    }
    if (redirected_++ == 0) {
      redirect_from_ = shown_path(asked);
      redirect_to_ = shown_path(reached);
    }
    return true;
  }

  /// curl guesses it where none is given.
  static std::string with_scheme(std::string url) {
    return url.find("://") == std::string::npos ? "http://" + url : url;
  }

  Exchange exchange_of(const Transfer& transfer, const std::string& url) {
    Exchange exchange;
    constexpr std::size_t kLongestHost = 253;
    exchange.method = method_of(transfer.method);
    exchange.path = shown_path(url);
    exchange.path_hash = static_cast<std::uint32_t>(hash64(path_of_url(url)) | 1);
    exchange.host = shorten(printable(host_of_url(url)), kLongestHost);
    static const RouteTable kNoTemplates;
    const RouteTable& table = context_.routes == nullptr ? kNoTemplates : *context_.routes;
    const RouteTable::Match match = table.match(exchange.path, exchange.method);
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
    const RoutePayloads::From from{given_, exchange.route_inferred, exchange.host};
    left_out_ += routes_.add(exchange.route, from, payload_values(exchange), exchange.location) ? 0U : 1U;
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
    } else if (redirected_ == 0) {
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
    if (redirected_ > 0) {
      incomplete(
          account,
          fmt::format("{} led to another page ('{}' to '{}'), not measured", counted(redirected_, "transfer"),
                      redirect_from_, redirect_to_),
          "measure what the page needs: pass a session (curl -b, -H 'Authorization: …'), or ask for the page that "
          "is meant");
    }
    if (unfollowed_ > 0) {
      account.note(
          fmt::format("{} answered with a redirect that curl did not follow", counted(unfollowed_, "transfer")),
          "let curl follow it (-L), or ask for the URL that it names");
    }
    if (routes_.errors().all()) {
      incomplete(account, routes_.errors().all_note(), ErrorAnswers::kHint);
    } else if (const std::string note = routes_.errors().note(); !note.empty()) {
      account.note(note);
    }
    if (failed_ > 0) {
      account.note(fmt::format("{} failed ({}'{}'), of unknown size", counted(failed_, "transfer"),
                               failed_ == 1 ? "" : "first: ", first_failed_));
    }
    if (other_text_ > 0) {
      account.note(fmt::format("{} with text that is not curl's numbers, passed over", counted(other_text_, "line")),
                   "let curl write the body elsewhere: -s -o /dev/null");
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
  RoutePayloads routes_{true, context_.routes};
  bool given_ = false;  ///< of the exchange that was read last
  std::uint32_t line_ = 0;
  LineCounts counts_;
  std::uint64_t failed_ = 0;
  std::string first_failed_;
  std::uint64_t other_scheme_ = 0;
  std::uint64_t other_text_ = 0;
  std::uint64_t redirected_ = 0;
  std::string redirect_from_;
  std::string redirect_to_;
  std::uint64_t unfollowed_ = 0;
  std::uint64_t left_out_ = 0;
  std::string inferred_;
};

/// One of the first lines holds an object of curl's: bodies and its progress may stand before it.
bool recognises(const Sniff& sniff) {
  std::vector<json::LineField> fields;
  const auto has = [&](std::string_view key) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const json::LineField& field) { return field.parent.empty() && field.key == key; });
  };
  bool found = false;
  for (FirstLines lines(sniff.head, kSniffLines); !found && lines.next();) {
    if (lines.line().find(kMark) == std::string_view::npos) {
      continue;
    }
    each_object(lines.line(), [&](std::string_view object) {
      std::string padded(object);
      padded.append(FileContent::kGuard, '\0');
      found = found || (json::read_line_fields(std::string_view(padded).substr(0, object.size()), fields) &&
                        is_transfer(transfer_of(fields)) && (has("size_download") || has("time_total")));
    });
  }
  return found;
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  Reader(source, context, input, facts).read();
  return {};
}

/// What -w writes as text.
std::optional<OtherOutput> explain(const Sniff& seen) {
  static const std::vector<OutputMark> kMarks{
      {'\0',
       {"time_total", "size_download"},
       {"numbers that curl's -w wrote as text",
        "let curl write all of them as JSON: -s -o /dev/null -w '%{json}\\n'"}}};
  return seen.is_text ? marked_output(kMarks, seen.head) : std::nullopt;
}

}  // namespace

Format curl_format() {
  Format format{"curl", {"payload."}, recognises, collect};
  format.feeds = {FactKind::kBodySizes};
  format.is_given_as = "curl (-w '%{json}')";
  format.looks_like = {"\"time_total\"", "\"size_download\"", "\"http_code\""};
  format.page =
      "One line per transfer: `curl -s -o /dev/null -w '%{json}\\n' URL >> transfers.ndjson`. Each URL is a route.";
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
