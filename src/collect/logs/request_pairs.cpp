#include "collect/logs/request_pairs.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "collect/http/url_parts.h"
#include "collect/text/unescaped.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::size_t kMaxOpen = 100'000;
constexpr std::size_t kMaxSpellings = 50'000;
constexpr double kStillRunning = 1000;

std::uint64_t key_of(const AccessRecord& record) {
  constexpr std::uint64_t kFactor = 31;
  return (hash64(record.id) * kFactor + hash64(record.process)) * kFactor + hash64(record.host);
}

/// The method and the URL without its query.
void spell(const AccessRecord& record, std::string& spelling) {
  constexpr std::size_t kShort = 10;
  const bool usual = !record.method.empty() && record.method.size() <= kShort &&
                     record.method.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
  if (usual) {
    spelling = record.method;
  } else {
    spelling = method_of(record.method);
  }
  spelling += ' ';
  if (record.json && record.url.find('\\') != std::string_view::npos) {
    spelling += unescaped(record.url);
  } else {
    spelling += record.url;
  }
  spelling.resize(std::min(spelling.find('?'), spelling.size()));
}

std::string spelling_of(const AccessRecord& record) {
  std::string spelling;
  spell(record, spelling);
  return spelling;
}

}  // namespace

void RequestPairs::add(const AccessRecord& record, std::uint32_t line) {
  switch (record.kind) {
    case Kind::kNone:
      return;
    case Kind::kMalformed:
      ++counts_.malformed;
      return;
    case Kind::kBegin:
      open(record, line);
      return;
    case Kind::kEnd:
    case Kind::kWhole:
      end(record, line);
      return;
  }
}

void RequestPairs::open(const AccessRecord& record, std::uint32_t line) {
  if (end_waiting(record)) {
    return;
  }
  const std::uint64_t key = key_of(record);
  const auto [at, is_new] = open_.try_emplace(key);
  if (!is_new) {
    never_ended(at->second);  // the numbers of a restarted process begin again
  }
  at->second = {spelling_of(record), record.at_ms, line, ++serial_};
  order_.emplace_back(key, serial_);
  forget_oldest();
}

/// True when the end of this request came before its beginning.
bool RequestPairs::end_waiting(const AccessRecord& record) {
  const auto waiting = waiting_.find(key_of(record));
  if (waiting == waiting_.end() || record.at_ms < 0 || record.at_ms > waiting->second.at_ms) {
    return false;
  }
  const Waiting end = waiting->second;
  waiting_.erase(waiting);
  count(spelling_of(record), end.values, end.line);
  return true;
}

void RequestPairs::wait_for_beginning(const AccessRecord& record, const PayloadValues& values, std::uint32_t line) {
  if (record.at_ms < 0 || waiting_.size() >= kMaxOpen) {
    ++counts_.orphans;
    return;
  }
  const auto [at, is_new] = waiting_.insert_or_assign(key_of(record), Waiting{values, record.at_ms, line});
  counts_.orphans += is_new ? 0U : 1U;
}

void RequestPairs::forget_oldest() {
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

void RequestPairs::end(const AccessRecord& record, std::uint32_t line) {
  auto begun = record.id.empty() ? open_.end() : open_.find(key_of(record));
  if (begun != open_.end() && record.at_ms >= 0 && record.at_ms < begun->second.at_ms) {
    begun = open_.end();  // it began later than this ended: another request of the same number
  }
  spelling_.clear();
  if (record.kind == Kind::kWhole) {
    spell(record, spelling_);
  } else if (begun != open_.end()) {
    spelling_ = std::move(begun->second.spelling);
  }
  if (begun != open_.end()) {
    open_.erase(begun);
  }
  ++counts_.ends;
  PayloadValues values;
  values.status = record.status;
  values.values = {record.transfer_bytes, record.body_bytes, -1, record.time_ms};
  if (spelling_.empty()) {
    wait_for_beginning(record, values, line);
    return;
  }
  count(spelling_, values, line);
}

void RequestPairs::never_ended(const Open& request) {
  ++counts_.unended;
  count(request.spelling, {}, request.line);
}

void RequestPairs::count(const std::string& spelling, const PayloadValues& values, std::uint32_t line) {
  ++counts_.requests;
  const Route& route = route_of(spelling);
  if (!route.counts) {
    ++counts_.static_files;
    return;
  }
  place_.line = line;
  counts_.left_out += routes_.add(route.name, route.given, values, place_) ? 0U : 1U;
}

const RequestPairs::Route& RequestPairs::route_of(const std::string& spelling) {
  const std::uint64_t hash = hash64(spelling);
  if (const std::uint32_t known = spellings_.find(hash); known != KeyIndex::kNone) {
    return route_list_[routes_of_spellings_[known]];
  }
  if (spellings_.size() >= kMaxSpellings) {
    spellings_.clear();
    routes_of_spellings_.clear();
    route_numbers_.clear();
    route_list_.clear();
  }
  const std::size_t space = spelling.find(' ');
  const std::string path = shown_path(std::string_view(spelling).substr(space + 1));
  const std::string_view type = type_of_extension(path);
  static const RouteTable kNoTemplates;
  const RouteTable& table = context_.routes == nullptr ? kNoTemplates : *context_.routes;
  const RouteTable::Match match = table.match(path, std::string_view(spelling).substr(0, space));
  const bool counts = match.given || type == "other" || type == "document";
  if (counts && match.inferred && inferred_.empty()) {
    inferred_ = spelling.substr(0, space + 1) + match.route;
  }
  spellings_.number_of(hash);
  routes_of_spellings_.push_back(number_of({spelling.substr(0, space + 1) + match.route, match.given, counts}));
  return route_list_[routes_of_spellings_.back()];
}

std::uint32_t RequestPairs::number_of(Route route) {
  const std::string key = route.name + (route.given ? "\ng" : "\n") + (route.counts ? "c" : "");
  const auto [at, is_new] = route_numbers_.emplace(key, static_cast<std::uint32_t>(route_list_.size()));
  if (is_new) {
    route_list_.push_back(std::move(route));
  }
  return at->second;
}

void RequestPairs::finish(double last_ms) {
  counts_.orphans += waiting_.size();
  waiting_.clear();
  for (const auto& [key, request] : open_) {
    const bool may_run = request.at_ms < 0 || last_ms - request.at_ms <= kStillRunning;
    if (may_run) {
      ++counts_.running;
    } else {
      never_ended(request);
    }
  }
  open_.clear();
  routes_.settle();
}

}  // namespace budgetcheck
