#include "collect/http/payload_samples.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

constexpr std::array<std::string_view, 8> kTypes{"document", "script", "stylesheet", "image",
                                                 "font",     "media",  "fetch",      "other"};

/// What one page load got of one type.
struct Load {
  std::array<double, kPayloadSizes> sums{};
  std::array<PayloadCoverage, kPayloadSizes> coverage{};
  std::uint64_t requests = 0;

  void count(const PayloadValues& response) {
    ++requests;
    for (std::size_t i = 0; i < kPayloadSizes; ++i) {
      sums[i] += std::max(response.values[i], 0.0);
      coverage[i].count(response.status, response.values[i]);
    }
  }
  void add(const Load& other) {
    requests += other.requests;
    for (std::size_t i = 0; i < kPayloadSizes; ++i) {
      sums[i] += other.sums[i];
      coverage[i].add(other.coverage[i]);
    }
  }
};

/// All loads of one page, in the order of the capture.
struct Page {
  std::vector<std::array<Load, kTypes.size()>> loads;
  std::uint32_t first_exchange = 0;
};

/// Keys in the order of their first appearance, with what belongs to each.
template <class Group>
class Groups {
 public:
  static constexpr std::size_t kNone = SIZE_MAX;

  /// The index of the group of `key`; kNone when there are too many groups.
  std::size_t find_or_add(const std::string& key) {
    const auto found = index_.find(key);
    if (found != index_.end()) {
      return found->second;
    }
    if (items_.size() == kMaxPayloadGroups) {
      return kNone;
    }
    index_.emplace(key, items_.size());
    items_.emplace_back(key, Group{});
    return items_.size() - 1;
  }
  Group& operator[](std::size_t i) { return items_[i].second; }
  const std::vector<std::pair<std::string, Group>>& items() const { return items_; }

 private:
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::pair<std::string, Group>> items_;
};

std::size_t type_index(std::string_view type) {
  const auto* found = std::find(kTypes.begin(), kTypes.end(), type);
  return found == kTypes.end() ? kTypes.size() - 1 : static_cast<std::size_t>(found - kTypes.begin());
}

class Builder {
 public:
  Builder(const Capture& capture, Facts& facts) : capture_(capture), facts_(facts) { gap_.hint = capture.full_hint; }

  void append_page(const std::string& path, const Page& page) {
    std::vector<Load> totals;
    for (const auto& load : page.loads) {
      Load& total = totals.emplace_back();
      std::for_each(load.begin(), load.end(), [&](const Load& part) { total.add(part); });
    }
    const Labels where{{"page", path}};
    const std::uint32_t at = page.first_exchange;
    add_requests(where, totals, at);
    for (std::size_t i = 0; i < kPayloadSizes; ++i) {
      // Without a total there are no parts either: a budget takes the coarsest sample for the total.
      if (!add_sums(where, totals, i, at)) {
        continue;
      }
      for (std::size_t type = 0; type < kTypes.size(); ++type) {
        add_sums(with_type(where, type), of_type(page, type), i, at);
      }
    }
    for (std::size_t type = 0; type < kTypes.size(); ++type) {
      add_requests(with_type(where, type), of_type(page, type), at);
    }
  }

 private:
  static Labels with_type(const Labels& where, std::size_t type) {
    Labels finer = where;
    finer.set("type", std::string(kTypes[type]));
    return finer;
  }
  static std::vector<Load> of_type(const Page& page, std::size_t type) {
    std::vector<Load> loads;
    for (const auto& load : page.loads) {
      loads.push_back(load[type]);
    }
    return loads;
  }

  Location location(std::uint32_t exchange) const { return capture_.exchanges[exchange].location; }

  Sample& add(std::string_view metric, const Labels& where, Unit unit, std::uint32_t exchange) {
    Sample& sample = facts_.samples.emplace_back();
    sample.metric = metric;
    sample.where = where;
    sample.unit = unit;
    sample.location = location(exchange);
    return sample;
  }

  static void set_values(Sample& sample, Runs runs) {
    if (runs.size() == 1) {
      sample.value = runs.front();
    } else {
      sample.value = std::move(runs);
    }
  }

  void add_requests(const Labels& where, const std::vector<Load>& loads, std::uint32_t exchange) {
    Runs runs;
    for (const Load& load : loads) {
      runs.push_back(static_cast<double>(load.requests));
    }
    set_values(add("payload.requests", where, Unit::kCount, exchange), std::move(runs));
  }

  /// False when nothing is known.
  bool add_sums(const Labels& where, const std::vector<Load>& loads, std::size_t measure, std::uint32_t exchange) {
    Runs runs;
    PayloadCoverage coverage;
    for (const Load& load : loads) {
      runs.push_back(load.sums[measure]);
      coverage.add(load.coverage[measure]);
    }
    if (coverage.known == 0 && coverage.unknown() != 0) {
      facts_.unmeasured.push_back(payload_gap(kPayloadMeasures[measure], where, coverage, gap_, location(exchange)));
      return false;
    }
    Sample& sample = add(kPayloadMeasures[measure].metric, where, kPayloadMeasures[measure].unit, exchange);
    set_values(sample, std::move(runs));
    note_coverage(sample, coverage, kPayloadMeasures[measure].word);
    return true;
  }

  const Capture& capture_;
  Facts& facts_;
  PayloadGaps::Gap gap_;
};

/// Sorts the exchanges of a capture into page loads and routes.
class Sorter {
 public:
  explicit Sorter(const Capture& capture) : capture_(capture), places_(capture.pages.size()) {}

  void sort() {
    for (std::uint32_t i = 0; i < capture_.exchanges.size(); ++i) {
      const bool paged = add_to_page(i);
      const bool routed = add_to_route(i);
      left_out_ += paged && routed ? 0 : 1;
    }
  }

  const Groups<Page>& pages() const { return pages_; }
  const RoutePayloads& routes() const { return routes_; }
  std::size_t left_out() const { return left_out_; }

 private:
  struct Place {
    std::size_t page = Groups<Page>::kNone;
    std::size_t load = 0;
    bool decided = false;
  };

  /// False when there is no room for it.
  bool add_to_page(std::uint32_t i) {
    const std::uint32_t visit = capture_.visits[i];
    if (visit == Capture::kNoVisit || capture_.pages[visit].empty()) {
      return true;
    }
    Place& place = places_[visit];
    if (!place.decided) {
      place = place_of(capture_.pages[visit], i);
    }
    if (place.page == Groups<Page>::kNone) {
      return false;
    }
    pages_[place.page].loads[place.load][type_index(capture_.exchanges[i].type)].count(
        payload_values(capture_.exchanges[i]));
    return true;
  }

  Place place_of(const std::string& path, std::uint32_t exchange) {
    Place place;
    place.decided = true;
    if (loads_ == kMaxPayloadGroups) {
      return place;
    }
    ++loads_;
    place.page = pages_.find_or_add(path);
    Page& page = pages_[place.page];
    if (page.loads.empty()) {
      page.first_exchange = exchange;
    }
    place.load = page.loads.size();
    page.loads.emplace_back();
    return place;
  }

  bool add_to_route(std::uint32_t i) {
    const Exchange& exchange = capture_.exchanges[i];
    return !is_routed(exchange) || routes_.add(exchange.route, true, payload_values(exchange), exchange.location);
  }

  const Capture& capture_;
  std::vector<Place> places_;
  Groups<Page> pages_;
  RoutePayloads routes_{false};
  std::size_t loads_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

std::size_t append_payload_samples(const Capture& capture, Facts& facts) {
  Sorter sorter(capture);
  sorter.sort();
  Builder builder(capture, facts);
  for (const auto& [path, page] : sorter.pages().items()) {
    builder.append_page(path, page);
  }
  PayloadGaps gaps;
  for (PayloadGaps::Gap& gap : gaps.of) {
    gap.hint = capture.full_hint;
  }
  sorter.routes().append_to(gaps, facts);
  return sorter.left_out();
}

}  // namespace budgetcheck
