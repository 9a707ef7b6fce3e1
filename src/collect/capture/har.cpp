#include "collect/capture/har.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/capture/field_parts.h"
#include "collect/capture/har_account.h"
#include "collect/capture/har_entry.h"
#include "collect/capture/har_visits.h"
#include "collect/capture/har_workers.h"
#include "collect/capture/kept_exchanges.h"
#include "collect/capture/list_field_counter.h"
#include "collect/http/payload_samples.h"
#include "collect/http/request_parts.h"
#include "model/exchange.h"

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

class Reader {
 public:
  Reader(const Source& source, const RouteTable& routes, Input& input, Facts& facts)
      : source_(source), routes_(routes), account_(input), facts_(facts), pairs_([this](HarEntry&& entry) {
          count(std::move(entry));
        }) {}

  Expected<void> read() {
    json::Selector selector;
    select_har_entry(selector, "log/entries/*");
    selector.look("log/entries/*/request/postData/text", [&](std::string_view text) { posted_ = hash64(text) | 1; });
    selector.look("log/entries/*/response/content/text", [&](std::string_view text) { fields_.look(text); });
    selector.keep("log/creator/name").keep("log/pages/*/id").keep("log/pages/*/title").keep("log/pages/*/_cached");
    selector.each("log/entries/*", [&](std::string_view index, Value&& entry) { return add(index, entry); });
    selector.each("log/pages/*", [&](std::string_view, Value&& page) { return add_page(page); });
    Expected<Value> rest = json::select(source_.path, *source_.content, selector);
    if (!rest) {
      return tl::unexpected(std::move(rest.error()));
    }
    if (counts_.seen > kMaxHarEntries) {
      return fail(ErrorKind::kInput, "the capture holds more than " + std::to_string(kMaxHarEntries) + " entries",
                  {source_.path, 0, 0, "/log/entries"}, "Split the capture, or record only the hosts that count");
    }
    const Value* creator = rest->at({"log", "creator", "name"});
    full_hint_ = hint_for(creator == nullptr || creator->string() == nullptr ? "" : *creator->string());
    pairs_.flush();
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
    if (++counts_.seen > kMaxHarEntries) {
      return false;
    }
    const FieldParts::Body body = fields_.take_body();
    HarSkip skip = HarSkip::kMalformed;
    std::optional<HarEntry> entry = read_har_entry(value, routes_, std::exchange(posted_, 0), skip);
    if (!entry) {
      counts_.malformed += skip == HarSkip::kMalformed ? 1U : 0U;
      counts_.other_scheme += skip == HarSkip::kOtherScheme ? 1U : 0U;
      return true;
    }
    counts_.implausible += entry->implausible;
    if (entry->templated) {
      templated_.insert(entry->exchange.route);
    }
    entry->exchange.location = {source_.path, 0, 0, "/log/entries/" + std::string(index)};
    if (!body || !FieldParts::counts(entry->exchange)) {
      pairs_.add(std::move(*entry));
      return true;
    }
    const Exchange exchange = entry->exchange;
    if (pairs_.add(std::move(*entry))) {
      fields_.add(exchange, body);
      lists_.add(exchange, body->fields);
    }
    return true;
  }

  bool add_page(const Value& page) {
    const Value* cached = page.find("_cached");
    const double* number = cached == nullptr ? nullptr : cached->number();
    visits_.add_page(page.string_or("id", ""), page.string_or("title", ""), number != nullptr && *number == 1);
    return true;
  }

  /// Adds up one request, of which all is known but the final names of its page and route.
  void count(HarEntry&& entry) {
    Exchange& exchange = entry.exchange;
    note_document(entry);
    note_poll(entry);
    const std::uint32_t index = visits_.visit_of(entry);
    HarVisits::Visit& visit = index == HarVisits::kNone ? none_ : visits_.visits()[index];
    if (index == HarVisits::kNone) {
      ++counts_.strays;
      counts_.by_workers += entry.by_worker ? 1U : 0U;
    }
    ++visit.requests;
    if (visit.repeat_view) {
      ++counts_.repeated;
      return;
    }
    note_start(entry, visit);
    counts_.add(exchange);
    const PayloadValues values = payload_values(exchange);
    const bool paged = add_to_load(entry, index, visit, values);
    const bool routed =
        !is_routed(exchange) || payloads_.add(exchange.route, {entry.templated, exchange.route_inferred, exchange.host},
                                              values, exchange.location);
    counts_.left_out += paged && routed ? 0U : 1U;
    kept_.add(std::move(exchange), index);
  }

  /// False when there is no room for it.
  bool add_to_load(const HarEntry& entry, std::uint32_t index, HarVisits::Visit& visit, const PayloadValues& values) {
    std::uint32_t* sums = &visit.sums;
    if (index == HarVisits::kNone && entry.by_test) {
      return true;  // of no page for sure
    }
    if (index == HarVisits::kNone && entry.by_worker) {
      sums = &worker_sums_;
    }
    if (*sums == PageLoads::kNone) {
      *sums = loads_.begin();
    }
    if (*sums == PageLoads::kNone) {
      return false;
    }
    loads_.count(*sums, entry.exchange.type, values, entry.exchange.location);
    return true;
  }

  /// Times are kept since 1970 until all are known.
  static void note_start(HarEntry& entry, HarVisits::Visit& visit) {
    entry.exchange.start_ms = entry.started_ms.value_or(-1);
    entry.exchange.visit = visit.load;
    if (entry.started_ms && *entry.started_ms >= 0) {
      visit.first_ms = std::min(visit.first_ms, *entry.started_ms);
    }
  }

  /// A long poll is under way when the page closes: the same request was answered before.
  void note_poll(HarEntry& entry) {
    constexpr std::size_t kMostKeys = 200'000;
    Exchange& exchange = entry.exchange;
    if (exchange.type != "fetch" || entry.url_key == 0) {
      return;
    }
    if (!failed(exchange) && answered_.size() < kMostKeys) {
      answered_.insert(entry.url_key);
    }
    exchange.closed = exchange.closed || (failed(exchange) && entry.given_up && answered_.contains(entry.url_key));
  }

  /// For captures without pages.
  void note_document(const HarEntry& entry) {
    first_host_ = first_host_.empty() ? entry.exchange.host : first_host_;
    if (entry.exchange.type != "document") {
      return;
    }
    const bool answered = !is_error_answer(entry.exchange.status) && !is_redirect(entry.exchange.status);
    if (document_host_.empty() || (answered && !document_answered_)) {
      document_host_ = entry.exchange.host;
      document_answered_ = answered;
    }
    if (!is_redirect(entry.exchange.status)) {
      ++documents_;
    }
    if (entry.page_ref.empty()) {
      std::uint32_t loads = 0;
      HarVisits::navigate(none_, entry, loads);
      none_.load = 0;
    }
    if (document_paths_.size() < kMaxPayloadGroups) {
      document_paths_.push_back(entry.exchange.path);
    }
  }

  void finish() {
    payloads_.set_own_host(document_host_.empty() ? first_host_ : document_host_);
    payloads_.settle();
    name_pages();
    append_pages();
    settle_exchanges();
    const auto name_of = [&](const std::string& route) {
      return templated_.contains(route) ? route : payloads_.name_of(route);
    };
    fields_.rename(name_of);
    lists_.rename(name_of);
    append_requests();
    fields_.append_to(facts_.parts, [&](const std::string& host) { return payloads_.host_label(host); });
    lists_.append_to(facts_.capture.list_fields);
    append_routes();
    note_inferred_routes();
    counts_.kept = kept_.exchanges().size();
    counts_.not_kept = kept_.left_out();
    counts_.first_broken = name_of(counts_.first_broken);
    describe_har(counts_, visits_.visits(), Location::of(source_.path), account_, facts_);
    facts_.capture.exchanges = std::move(kept_.exchanges());
  }

  /// What the pages are made of: of several loads of one, each request's biggest.
  void append_requests() {
    const std::string own = document_host_.empty() ? first_host_ : document_host_;
    std::map<std::pair<std::string, std::uint32_t>, RequestParts> loads;
    const std::vector<Exchange>& exchanges = kept_.exchanges();
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
      const Exchange& exchange = exchanges[i];
      const std::pair load(exchange.page, kept_.visit(i));
      if (!exchange.page.empty() && (loads.size() < kMaxPayloadGroups || loads.contains(load))) {
        loads[load].add(exchange.type,
                        is_routed(exchange) ? exchange.route : request_name(exchange.host, exchange.path),
                        exchange.transfer_bytes);
      }
    }
    for (const auto& [load, requests] : loads) {
      requests.append_to(facts_.parts, own, [&page = load.first](const std::string& type) {
        Labels where{{"page", page}};
        if (!type.empty()) {
          where.set("type", type);
        }
        return RequestParts::Place{"payload.transfer", where};
      });
    }
  }

  void append_routes() {
    PayloadGaps gaps;
    for (PayloadGaps::Gap& gap : gaps.of) {
      gap.hint = full_hint_;
    }
    payloads_.append_to(gaps, facts_);
  }

  void name_pages() {
    if (!visits_.visits().empty()) {
      visits_.name_pages();
      return;
    }
    if (documents_ == 1) {
      only_ = visits_.add_only(none_.page, none_);
      HarVisits::Visit& only = visits_.visits()[only_];
      only.navigations = 1;
      if (worker_sums_ != PageLoads::kNone) {
        loads_.move(worker_sums_, only.sums);
      }
      none_.sums = PageLoads::kNone;
      worker_sums_ = PageLoads::kNone;
      counts_.strays = 0;
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

  /// The sums of all loads that show what was asked for. What a service worker sent belongs to the page that it serves,
  /// where the capture has but one.
  void append_pages() {
    std::vector<HarVisits::Visit>& visits = visits_.visits();
    if (worker_sums_ != PageLoads::kNone) {
      const bool one = visits.size() == 1 && visits.front().sums != PageLoads::kNone;
      if (!one && none_.sums == PageLoads::kNone) {
        none_.sums = worker_sums_;
      } else {
        loads_.move(worker_sums_, one ? visits.front().sums : none_.sums);
      }
      counts_.workers_paged = one;
    }
    std::vector<PageLoads::Page> pages;
    for (const HarVisits::Visit& visit : visits) {
      const std::string wrong = HarVisits::wrong_document(visit);
      if (visit.sums == PageLoads::kNone || visit.page.empty()) {
        continue;
      }
      pages.resize(std::max<std::size_t>(pages.size(), visit.sums + 1));
      pages[visit.sums] = {visit.page, visit.host};
      if (!wrong.empty()) {
        pages[visit.sums].path.clear();
        note_wrong(visit, wrong);
      }
    }
    const std::string own = document_host_.empty() ? first_host_ : document_host_;
    loads_.append_to(pages, none_.sums, own, full_hint_, facts_);
  }

  void note_wrong(const HarVisits::Visit& visit, const std::string& wrong) {
    const std::string_view hint = is_error_answer(visit.status)
                                      ? ErrorAnswers::kHint
                                      : "Ask for the page that is meant to be measured, or log in before the capture";
    if (counts_.wrong_pages++ == 0) {
      counts_.wrong_hint = hint;
      counts_.wrong_page = fmt::format("the document of the page '{}' {}", visit.page, wrong);
    }
    facts_.unmeasured.push_back({"payload.",
                                 {{"page", visit.page}},
                                 fmt::format("the document of the page {}", wrong),
                                 std::string(hint),
                                 {source_.path, 0, 0, "/log/entries"},
                                 true});
  }

  void settle_exchanges() {
    std::vector<Exchange>& exchanges = kept_.exchanges();
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
      Exchange& exchange = exchanges[i];
      const std::uint32_t index = kept_.visit(i) == HarVisits::kNone ? only_ : kept_.visit(i);
      const HarVisits::Visit& visit = index == HarVisits::kNone ? none_ : visits_.visits()[index];
      exchange.page = index == HarVisits::kNone ? std::string() : visit.page;
      exchange.visit = only_ == HarVisits::kNone ? exchange.visit : 1;
      const bool known = exchange.start_ms >= 0 && visit.first_ms != HarVisits::kNever;
      exchange.start_ms = known ? std::max(0.0, exchange.start_ms - visit.first_ms) : -1;
      if (is_routed(exchange) && !templated_.contains(exchange.route)) {
        std::string name = payloads_.name_of(exchange.route);
        exchange.route_inferred = exchange.route_inferred || name != exchange.route;
        exchange.route = std::move(name);
      }
    }
  }

  void note_inferred_routes() {
    const std::vector<std::string> inferred = payloads_.inferred_routes();
    if (!inferred.empty()) {
      facts_.notes.push_back(source_.path + ": " + counted(inferred.size(), "route") +
                             (inferred.size() == 1 ? " was" : " were") + " inferred (for example " + inferred.front() +
                             "); name them under routes: to be sure");
    }
  }

  const Source& source_;
  const RouteTable& routes_;
  Account account_;
  Facts& facts_;
  std::string full_hint_;  ///< what to do when the capture left sizes out
  WorkerPairs pairs_;
  HarVisits visits_;
  HarVisits::Visit none_;                         ///< what belongs to no page
  std::uint32_t only_ = HarVisits::kNone;         ///< the page of a capture without pages
  std::uint32_t worker_sums_ = PageLoads::kNone;  ///< what service workers sent for themselves
  PageLoads loads_;
  RoutePayloads payloads_{true, &routes_};
  KeptExchanges kept_;
  FieldParts fields_;
  ListFieldCounter lists_;
  std::unordered_set<std::string> templated_;  ///< routes that the budgets file names
  std::unordered_set<std::uint64_t> answered_;
  std::uint64_t posted_ = 0;  ///< hash of the request's body that passed last
  std::string first_host_;
  std::string document_host_;
  bool document_answered_ = false;
  std::vector<std::string> document_paths_;
  std::size_t documents_ = 0;
  HarCounts counts_;
};

Expected<void> collect_har(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  static const RouteTable kNoTemplates;
  return Reader(source, context.routes == nullptr ? kNoTemplates : *context.routes, input, facts).read();
}

}  // namespace

Format har_format() {
  Format format{"har", {"payload."}, recognises, collect_har};
  format.feeds = {FactKind::kRequestTimes, FactKind::kPageLoads,       FactKind::kBodySizes,
                  FactKind::kWireSizes,    FactKind::kResponseHeaders, FactKind::kBodies};
  format.is_given_as = "a HAR capture";
  format.looks_like = {"\"entries\"", "\"request\"", "\"response\"", "\"creator\"", "\"startedDateTime\""};
  format.page =
      "An HTTP archive (HAR 1.2): Playwright's `recordHar: { path: 'shop.har' }`, chrome-har, or the browsers' "
      "developer tools.";
  return format;
}

}  // namespace budgetcheck
