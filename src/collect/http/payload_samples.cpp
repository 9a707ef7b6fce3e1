#include "collect/http/payload_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::array<std::string_view, PageLoads::kTypes> kTypeNames{"document", "script", "stylesheet", "image",
                                                                     "font",     "media",  "fetch",      "other"};

std::size_t type_index(std::string_view type) {
  const auto* found = std::find(kTypeNames.begin(), kTypeNames.end(), type);
  return found == kTypeNames.end() ? kTypeNames.size() - 1 : static_cast<std::size_t>(found - kTypeNames.begin());
}

}  // namespace

std::string strays_note(std::uint64_t requests) {
  return fmt::format("{} of no known page", counted(static_cast<std::size_t>(requests), "request"));
}

void PageLoads::Sums::count(const PayloadValues& response) {
  ++requests;
  for (std::size_t i = 0; i < kPayloadSizes; ++i) {
    bytes[i] += std::max(response.values[i], 0.0);
    coverage[i].count(response, i);
  }
}

void PageLoads::Sums::add(const Sums& other) {
  requests += other.requests;
  for (std::size_t i = 0; i < kPayloadSizes; ++i) {
    bytes[i] += other.bytes[i];
    coverage[i].add(other.coverage[i]);
  }
}

/// The samples of one page. For PageLoads.
class PageSamples {
 public:
  using Sums = PageLoads::Sums;

  PageSamples(const std::vector<const PageLoads::Load*>& loads, const PageLoads::Load* strays, Labels where,
              const std::string& full_hint, Facts& facts)
      : loads_(loads), strays_(strays), where_(std::move(where)), facts_(facts) {
    gap_.hint = full_hint;
  }

  void append() {
    const std::vector<Sums> totals = all_types();
    add_requests(where_, totals, strays_of_all());
    for (std::size_t i = 0; i < kPayloadSizes; ++i) {
      // Without a total there are no parts either: a budget takes the coarsest sample for the total.
      if (!add_sums(where_, totals, i, strays_of_all())) {
        continue;
      }
      for (std::size_t type = 0; type < PageLoads::kTypes; ++type) {
        add_sums(with_type(type), of_type(type), i, strays_of(type));
      }
    }
    for (std::size_t type = 0; type < PageLoads::kTypes; ++type) {
      add_requests(with_type(type), of_type(type), strays_of(type));
    }
  }

 private:
  Labels with_type(std::size_t type) const {
    Labels finer = where_;
    finer.set("type", std::string(kTypeNames[type]));
    return finer;
  }
  std::vector<Sums> of_type(std::size_t type) const {
    std::vector<Sums> sums;
    for (const PageLoads::Load* load : loads_) {
      sums.push_back(load->of_type[type]);
    }
    return sums;
  }
  std::vector<Sums> all_types() const {
    std::vector<Sums> totals;
    for (const PageLoads::Load* load : loads_) {
      Sums& total = totals.emplace_back();
      std::for_each(load->of_type.begin(), load->of_type.end(), [&](const Sums& part) { total.add(part); });
    }
    return totals;
  }
  std::uint64_t strays_of(std::size_t type) const { return strays_ == nullptr ? 0 : strays_->of_type[type].requests; }
  std::uint64_t strays_of_all() const {
    std::uint64_t requests = 0;
    for (std::size_t type = 0; type < PageLoads::kTypes; ++type) {
      requests += strays_of(type);
    }
    return requests;
  }

  Sample& add(std::string_view metric, const Labels& where, Unit unit, Runs runs) {
    Sample& sample = facts_.samples.emplace_back();
    sample.metric = metric;
    sample.where = where;
    sample.unit = unit;
    sample.location = loads_.front()->first;
    if (runs.size() == 1) {
      sample.value = runs.front();
    } else {
      sample.value = std::move(runs);
    }
    return sample;
  }

  static void note_strays(Sample& sample, std::uint64_t strays) {
    if (strays != 0) {
      sample.lower_bound_reason += (sample.lower_bound ? ", and " : "the capture holds ") + strays_note(strays);
      sample.lower_bound = true;
    }
  }

  void add_requests(const Labels& where, const std::vector<Sums>& loads, std::uint64_t strays) {
    Runs runs;
    for (const Sums& load : loads) {
      runs.push_back(static_cast<double>(load.requests));
    }
    note_strays(add("payload.requests", where, Unit::kCount, std::move(runs)), strays);
  }

  /// False when nothing is known.
  bool add_sums(const Labels& where, const std::vector<Sums>& loads, std::size_t measure, std::uint64_t strays) {
    Runs runs;
    PayloadCoverage coverage;
    for (const Sums& load : loads) {
      runs.push_back(load.bytes[measure]);
      coverage.add(load.coverage[measure]);
    }
    const PayloadMeasure& row = kPayloadMeasures[measure];
    if (coverage.known == 0 && coverage.unknown() != 0) {
      facts_.unmeasured.push_back(payload_gap(row, where, coverage, gap_, loads_.front()->first));
      return false;
    }
    Sample& sample = add(row.metric, where, row.unit, std::move(runs));
    note_coverage(sample, coverage, row.word);
    note_strays(sample, strays);
    return true;
  }

  const std::vector<const PageLoads::Load*>& loads_;
  const PageLoads::Load* strays_;
  Labels where_;
  Facts& facts_;
  PayloadGaps::Gap gap_;
};

std::uint32_t PageLoads::begin() {
  if (loads_.size() == kMaxPayloadGroups) {
    return kNone;
  }
  loads_.emplace_back();
  return static_cast<std::uint32_t>(loads_.size() - 1);
}

void PageLoads::count(std::uint32_t load, std::string_view type, const PayloadValues& response,
                      const Location& location) {
  Load& into = loads_[load];
  if (into.first.file.empty()) {
    into.first = location;
  }
  into.of_type[type_index(type)].count(response);
}

void PageLoads::move(std::uint32_t from, std::uint32_t into) {
  for (std::size_t type = 0; type < kTypes; ++type) {
    loads_[into].of_type[type].add(loads_[from].of_type[type]);
  }
  loads_[from] = {};
}

void PageLoads::append_to(const std::vector<Page>& pages, std::uint32_t strays, std::string_view own_host,
                          const std::string& full_hint, Facts& facts) const {
  struct Group {
    const Page* page;
    std::vector<const Load*> loads;
  };
  std::vector<Group> groups;
  std::unordered_map<std::string, std::size_t> index;
  std::set<std::string_view> hosts;
  for (std::size_t i = 0; i < std::min(pages.size(), loads_.size()); ++i) {
    const Page& page = pages[i];
    if (page.path.empty()) {
      continue;
    }
    hosts.insert(page.host);
    const auto [at, is_new] = index.emplace(page.path + '\n' + page.host, groups.size());
    if (is_new) {
      groups.push_back({&page, {}});
    }
    groups[at->second].loads.push_back(&loads_[i]);
  }
  for (const Group& group : groups) {
    Labels where{{"page", group.page->path}};
    if (hosts.size() > 1) {
      where.set("host", group.page->host == own_host ? std::string(kOwnHost) : group.page->host);
    }
    PageSamples(group.loads, strays == kNone ? nullptr : &loads_[strays], std::move(where), full_hint, facts).append();
  }
}

}  // namespace budgetcheck
