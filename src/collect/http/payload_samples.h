#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "collect/http/payload_totals.h"
#include "model/facts.h"

namespace budgetcheck {

/// Adds up what page loads got, response by response. Memory depends on the number of loads.
class PageLoads {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  /// What a load is the load of. Without a path it is not measured.
  struct Page {
    std::string path;
    std::string host;
  };

  /// Begins a load. kNone when there are kMaxPayloadGroups of them.
  std::uint32_t begin();
  /// `type` is one of Exchange::type.
  void count(std::uint32_t load, std::string_view type, const PayloadValues& response, const Location& location);
  /// All of `from` is counted for `into`.
  void move(std::uint32_t from, std::uint32_t into);

  /// {page} and {page, type}: transfer, body and decoded bytes and requests; when there are several loads of a page,
  /// one run for each. Every type has its sample, 0 when the page asked for none. Where the pages are on several hosts,
  /// each has its host as a label, and `own_host` is "self".
  ///
  /// An exchange without a size counts 0 and makes the sample a lower bound, with the reason; where no exchange at all
  /// has one, there is an Unmeasured in place of the samples. So does what is in `strays`, a load of requests of which
  /// nobody knows the page (kNone: there are none). `pages` are those of all loads, in their order.
  void append_to(const std::vector<Page>& pages, std::uint32_t strays, std::string_view own_host,
                 const std::string& full_hint, Facts& facts) const;

  static constexpr std::size_t kTypes = 8;

 private:
  friend class PageSamples;
  /// What one load got of one type.
  struct Sums {
    std::array<double, kPayloadSizes> bytes{};
    std::array<PayloadCoverage, kPayloadSizes> coverage{};
    std::uint64_t requests = 0;

    void count(const PayloadValues& response);
    void add(const Sums& other);
  };
  struct Load {
    std::array<Sums, kTypes> of_type;
    Location first;
  };

  std::vector<Load> loads_;
};

/// "1 request of no known page"
std::string strays_note(std::uint64_t requests);

}  // namespace budgetcheck
