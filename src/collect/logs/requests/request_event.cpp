#include "collect/logs/requests/request_event.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "collect/http/url_parts.h"
#include "collect/text/unescaped.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::size_t kMaxSpellings = 50'000;

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

}  // namespace

RequestEvent RequestEventReader::read(const AccessRecord& record) {
  RequestEvent event;
  event.record = record;
  event.has_id = !record.id.empty();
  if (event.has_id || record.kind != Kind::kWhole) {
    event.key = key_of(record);
  }
  if (record.kind == Kind::kWhole || record.kind == Kind::kBegin) {
    spell(record, spelling_);
    event.route = &route_of(spelling_);
  }
  return event;
}

const LoggedRoute& RequestEventReader::route_of(const std::string& spelling) {
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
  spellings_.number_of(hash);
  routes_of_spellings_.push_back(
      number_of({spelling.substr(0, space + 1) + match.route, match.given, counts, match.inferred}));
  return route_list_[routes_of_spellings_.back()];
}

std::uint32_t RequestEventReader::number_of(LoggedRoute route) {
  const std::string key =
      route.name + (route.given ? "\ng" : "\n") + (route.counts ? "c" : "") + (route.inferred ? "i" : "");
  const auto [at, is_new] = route_numbers_.emplace(key, static_cast<std::uint32_t>(route_list_.size()));
  if (is_new) {
    route_list_.push_back(std::move(route));
  }
  return at->second;
}

}  // namespace budgetcheck
