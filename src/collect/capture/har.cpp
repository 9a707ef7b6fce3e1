#include "collect/capture/har.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/capture/field_parts.h"
#include "collect/capture/har_entry.h"
#include "collect/capture/list_field_counter.h"
#include "collect/http/payload_samples.h"
#include "collect/http/url_parts.h"
#include "model/exchange.h"
#include "model/slug_routes.h"

namespace budgetcheck {
namespace {

using json::Value;

/// "log" is followed by an object (a container's log lines have a string there), with the keys that every writer puts
/// first.
bool recognises(const Sniff& sniff) {
  constexpr std::string_view kKey = "\"log\"";
  if (!sniff.is_object || !sniff.has("log")) {
    return false;
  }
  const std::size_t at = sniff.head.find(kKey);
  if (at == std::string_view::npos) {
    return false;
  }
  std::string_view rest = trim(sniff.head.substr(at + kKey.size()));
  if (!rest.starts_with(':')) {
    return false;
  }
  rest = trim(rest.substr(1));
  return rest.starts_with('{') &&
         (rest.find("\"entries\"") != std::string_view::npos || rest.find("\"creator\"") != std::string_view::npos);
}

constexpr double kNever = 1e300;

/// One page load: what has the same pageref.
struct Visit {
  std::string page;   ///< path of its first document; empty as long as there is none
  std::string frame;  ///< of the first document
  bool redirecting = false;
  std::uint32_t load = 0;         ///< the page load that is going on: Exchange::visit
  double first_ms = kNever;       ///< when its first request was sent
  std::uint32_t navigations = 0;  ///< of the frame of the first document, a chain of redirects counted once
};

bool is_redirect(int status) { return status >= 300 && status < 400 && status != 304; }

class Reader {
 public:
  Reader(const Source& source, const RouteTable& routes, Input& input, Facts& facts)
      : source_(source), routes_(routes), account_(input), facts_(facts) {
    capture_.input = source.path;
  }

  Expected<void> read() {
    json::Selector selector;
    select_har_entry(selector, "log/entries/*");
    selector.look("log/entries/*/request/postData/text", [&](std::string_view text) { posted_ = hash64(text) | 1; });
    selector.look("log/entries/*/response/content/text", [&](std::string_view text) { fields_.look(text); });
    selector.keep("log/creator/name").keep("log/pages/*/id").keep("log/pages/*/title");
    selector.each("log/entries/*", [&](std::string_view index, Value&& entry) { return add(index, entry); });
    selector.each("log/pages/*", [&](std::string_view, Value&& page) { return add_title(page); });
    Expected<Value> rest = json::select(source_.path, *source_.content, selector);
    if (!rest) {
      return tl::unexpected(std::move(rest.error()));
    }
    if (seen_ > kMaxHarEntries) {
      return fail(ErrorKind::kInput, "the capture holds more than " + std::to_string(kMaxHarEntries) + " entries",
                  {source_.path, 0, 0, "/log/entries"}, "Split the capture, or record only the hosts that count");
    }
    const Value* creator = rest->at({"log", "creator", "name"});
    capture_.full_hint = hint_for(creator == nullptr || creator->string() == nullptr ? "" : *creator->string());
    finish();
    return {};
  }

 private:
  static std::string hint_for(std::string_view creator) {
    if (creator == "Playwright") {
      return "Record with Playwright's recordHar: { mode: 'full' }: the mode 'minimal' keeps no sizes";
    }
    if (creator == "WebInspector") {
      return "Budget payload.transfer, or record with Playwright: Chrome's developer tools do not tell bodies from "
             "headers "
             "over HTTP/2";
    }
    return "Record the capture with a tool that keeps sizes";
  }

  bool add(std::string_view index, const Value& value) {
    if (++seen_ > kMaxHarEntries) {
      return false;
    }
    const FieldParts::Body body = fields_.take_body();
    HarSkip skip = HarSkip::kMalformed;
    std::optional<HarEntry> entry = read_har_entry(value, routes_, std::exchange(posted_, 0), skip);
    if (!entry) {
      malformed_ += skip == HarSkip::kMalformed ? 1U : 0U;
      other_scheme_ += skip == HarSkip::kOtherScheme ? 1U : 0U;
      return true;
    }
    implausible_ += entry->implausible;
    if (entry->templated) {
      templated_.insert(entry->exchange.route);
    }
    entry->exchange.location = {source_.path, 0, 0, "/log/entries/" + std::string(index)};
    note_document(*entry);
    const std::uint32_t visit = visit_of(*entry);
    note_start(*entry, visit);
    fields_.add(entry->exchange, body);
    if (body && FieldParts::counts(entry->exchange)) {
      lists_.add(entry->exchange, body->fields);
    }
    capture_.visits.push_back(visit);
    capture_.exchanges.push_back(std::move(entry->exchange));
    return true;
  }

  /// Keeps a page's title when it is a URL.
  bool add_title(const Value& page) {
    const std::string_view title = page.string_or("title", "");
    const bool is_url = title.starts_with("http://") || title.starts_with("https://");
    if (is_url && titles_.size() < kMaxPayloadGroups) {
      titles_.emplace(std::string(page.string_or("id", "")), shown_path(title));
    }
    return true;
  }

  std::uint32_t visit_of(const HarEntry& entry) {
    if (entry.page_ref.empty()) {
      return Capture::kNoVisit;
    }
    const auto [at, is_new] = visit_ids_.emplace(entry.page_ref, static_cast<std::uint32_t>(visits_.size()));
    if (is_new) {
      visits_.emplace_back().load = ++loads_;
    }
    if (entry.exchange.type == "document") {
      navigate(visits_[at->second], entry);
    }
    return at->second;
  }

  /// Times are kept since 1970 until all are known.
  void note_start(HarEntry& entry, std::uint32_t visit) {
    entry.exchange.start_ms = entry.started_ms.value_or(-1);
    entry.exchange.visit = visit == Capture::kNoVisit ? 0 : visits_[visit].load;
    double& first = visit == Capture::kNoVisit ? first_ms_ : visits_[visit].first_ms;
    if (entry.started_ms && *entry.started_ms >= 0) {
      first = std::min(first, *entry.started_ms);
    }
  }

  void navigate(Visit& visit, const HarEntry& entry) {
    const bool first = visit.page.empty();
    if (first) {
      visit.page = entry.exchange.path;
      visit.frame = entry.frame;
    } else if (entry.frame.empty() || entry.frame != visit.frame) {
      return;  // another frame, or a writer that does not distinguish frames
    }
    if (!visit.redirecting) {
      visit.load = first ? visit.load : ++loads_;
      ++visit.navigations;
    }
    visit.redirecting = is_redirect(entry.exchange.status);
  }

  /// For captures without pages.
  void note_document(const HarEntry& entry) {
    if (entry.exchange.type != "document") {
      return;
    }
    if (first_document_.empty()) {
      first_document_ = entry.exchange.path;
    }
    if (!is_redirect(entry.exchange.status)) {
      ++documents_;
    }
    if (document_paths_.size() < kMaxPayloadGroups) {
      document_paths_.push_back(entry.exchange.path);
    }
  }

  void finish() {
    name_pages();
    settle_starts();
    settle_routes();
    const std::size_t left_out = append_payload_samples(capture_, facts_);
    fields_.append_to(facts_.parts);
    lists_.append_to(facts_.capture.list_fields);
    note_inferred_routes();
    describe(left_out);
    for (Exchange& exchange : capture_.exchanges) {
      facts_.capture.exchanges.push_back(std::move(exchange));
    }
  }

  void name_pages() {
    if (visits_.empty()) {
      name_only_page();
    } else {
      for (const auto& [id, index] : visit_ids_) {
        const auto title = titles_.find(id);
        if (visits_[index].page.empty() && title != titles_.end()) {
          visits_[index].page = title->second;
        }
      }
    }
    for (const Visit& visit : visits_) {
      capture_.pages.push_back(visit.page);
    }
    for (std::size_t i = 0; i < capture_.exchanges.size(); ++i) {
      if (capture_.visits[i] != Capture::kNoVisit) {
        capture_.exchanges[i].page = capture_.pages[capture_.visits[i]];
      }
    }
  }

  void settle_starts() {
    for (std::size_t i = 0; i < capture_.exchanges.size(); ++i) {
      const std::uint32_t visit = capture_.visits[i];
      const double first = visit == Capture::kNoVisit ? first_ms_ : visits_[visit].first_ms;
      double& start = capture_.exchanges[i].start_ms;
      start = start < 0 || first == kNever ? -1 : std::max(0.0, start - first);
    }
  }

  /// Segments that name things are recognised by how many there are, so only when all routes are known.
  void settle_routes() {
    SlugRoutes slugs;
    for (const Exchange& exchange : capture_.exchanges) {
      if (is_routed(exchange) && !templated_.contains(exchange.route)) {
        slugs.add(exchange.route);
      }
    }
    if (!slugs.settle()) {
      return;
    }
    const auto name_of = [&](const std::string& route) {
      return templated_.contains(route) ? route : slugs.name_of(route);
    };
    for (Exchange& exchange : capture_.exchanges) {
      std::string name = is_routed(exchange) ? name_of(exchange.route) : exchange.route;
      exchange.route_inferred = exchange.route_inferred || name != exchange.route;
      exchange.route = std::move(name);
    }
    fields_.rename(name_of);
    lists_.rename(name_of);
  }

  void name_only_page() {
    if (documents_ == 1) {
      Visit& visit = visits_.emplace_back();
      visit.page = first_document_;
      visit.navigations = 1;
      visit.first_ms = first_ms_;
      for (Exchange& exchange : capture_.exchanges) {
        exchange.visit = 1;
      }
      std::fill(capture_.visits.begin(), capture_.visits.end(), 0U);
      return;
    }
    std::sort(document_paths_.begin(), document_paths_.end());
    document_paths_.erase(std::unique(document_paths_.begin(), document_paths_.end()), document_paths_.end());
    for (const std::string& path : document_paths_) {
      facts_.unmeasured.push_back(
          {"payload.",
           {{"page", path}},
           "the capture has " + counted(documents_, "document") + " and does not say which page asked for what",
           "Record one page for each capture, or with pages (Playwright: mode 'full')",
           {source_.path, 0, 0, "/log/entries"},
           true});
    }
  }

  void note_inferred_routes() {
    std::vector<std::string> inferred;
    for (const Exchange& exchange : capture_.exchanges) {
      if (exchange.route_inferred && is_routed(exchange)) {
        inferred.push_back(exchange.route);
      }
    }
    if (inferred.empty()) {
      return;
    }
    const std::string example = inferred.front();
    std::sort(inferred.begin(), inferred.end());
    const auto distinct = static_cast<std::size_t>(std::unique(inferred.begin(), inferred.end()) - inferred.begin());
    facts_.notes.push_back(source_.path + ": " + counted(distinct, "route") + (distinct == 1 ? " was" : " were") +
                           " inferred (for example " + example + "); name them under routes: to be sure");
  }

  void describe(std::size_t left_out) {
    if (capture_.exchanges.empty()) {
      incomplete(seen_ == 0 ? "the capture has no entries" : "the capture has no HTTP requests",
                 "Close the browser context before the capture is read, and check what the capture filters");
    }
    if (malformed_ != 0) {
      incomplete(fmt::format("{} of {} without a request URL", counted(malformed_, "entry", "entries"), seen_),
                 "Record the capture again");
    }
    if (left_out != 0) {
      incomplete(fmt::format("{} not measured one by one: more than {} routes or pages", counted(left_out, "request"),
                             kMaxPayloadGroups),
                 "Name templates for the routes under routes:");
    }
    describe_exchanges();
    describe_pages();
    if (other_scheme_ != 0) {
      account_.note(fmt::format("{} other than HTTP left out (WebSocket, extension)",
                                counted(other_scheme_, "entry", "entries")));
    }
    if (implausible_ != 0) {
      account_.note(
          fmt::format("{} not possible, taken as unknown", counted(implausible_, "size or time", "sizes or times")));
    }
  }

  void describe_exchanges() {
    std::size_t broken = 0;
    std::size_t cached = 0;
    const Exchange* first = nullptr;
    for (const Exchange& exchange : capture_.exchanges) {
      cached += exchange.from_cache ? 1U : 0U;
      broken += failed(exchange) ? 1U : 0U;
      first = first == nullptr && failed(exchange) ? &exchange : first;
    }
    if (first != nullptr) {
      const std::string place = is_routed(*first) ? first->route : first->path;
      account_.note(fmt::format("{} failed or blocked ({}'{}')", counted(broken, "request"),
                                broken == 1 ? "" : "first: ", place));
    }
    if (cached != 0) {
      account_.note(fmt::format("{} from a cache, 0 bytes on the wire", counted(cached, "response")));
    }
  }

  void describe_pages() {
    const auto homeless =
        static_cast<std::size_t>(std::count_if(capture_.visits.begin(), capture_.visits.end(), [&](auto visit) {
          return visit == Capture::kNoVisit || capture_.pages[visit].empty();
        }));
    if (homeless != 0) {
      account_.note(fmt::format("{} of no known page", counted(homeless, "request")));
    }
    for (const Visit& visit : visits_) {
      if (visit.navigations > 1) {
        account_.note(fmt::format("the page '{}' holds {}, and its sums are those of all of them", visit.page,
                                  counted(visit.navigations, "navigation")));
        break;
      }
    }
  }

  void incomplete(const std::string& text, std::string_view hint) {
    account_.incomplete(text, hint, "payload.", Location::of(source_.path), facts_);
  }

  const Source& source_;
  const RouteTable& routes_;
  Account account_;
  Facts& facts_;
  Capture capture_;
  FieldParts fields_;
  ListFieldCounter lists_;
  std::unordered_set<std::string> templated_;  ///< routes that the budgets file names
  std::uint64_t posted_ = 0;                   ///< hash of the request's body that passed last
  std::uint32_t loads_ = 0;
  double first_ms_ = kNever;  ///< of what belongs to no page
  std::vector<Visit> visits_;
  std::unordered_map<std::string, std::uint32_t> visit_ids_;
  std::unordered_map<std::string, std::string> titles_;
  std::string first_document_;
  std::vector<std::string> document_paths_;
  std::size_t documents_ = 0;
  std::size_t seen_ = 0;
  std::size_t malformed_ = 0;
  std::size_t other_scheme_ = 0;
  std::size_t implausible_ = 0;
};

Expected<void> collect_har(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  static const RouteTable kNoTemplates;
  return Reader(source, context.routes == nullptr ? kNoTemplates : *context.routes, input, facts).read();
}

}  // namespace

Format har_format() {
  Format format{"har", {"payload."}, recognises, collect_har};
  format.is_given_as = "a HAR capture";
  format.looks_like = {"\"entries\"", "\"request\"", "\"response\"", "\"creator\"", "\"startedDateTime\""};
  format.page =
      "An HTTP archive (HAR 1.2): Playwright's `recordHar: { path: 'shop.har' }`, chrome-har, or the browsers' "
      "developer tools.";
  return format;
}

}  // namespace budgetcheck
