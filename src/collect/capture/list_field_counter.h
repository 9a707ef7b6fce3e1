#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "collect/capture/field_sizes.h"
#include "model/facts.h"

namespace budgetcheck {

/// Counts over all JSON answers of a capture what the elements of their lists hold, route by route. An answer that is
/// itself the thing is an element of the list "(body)". The same request asked again tells nothing new, and is passed
/// over; so are fields whose names are data.
class ListFieldCounter {
 public:
  static constexpr std::size_t kMaxRoutes = 500;
  static constexpr std::size_t kMaxFields = 50'000;

  /// `fields` are those of the exchange's body.
  void add(const Exchange& exchange, const std::vector<FieldSize>& fields);
  /// Gives routes the names that they have in the end.
  void rename(const std::function<std::string(const std::string& route)>& name_of);
  void append_to(std::vector<ListFields>& lists) const;

 private:
  struct Field {
    double bytes = 0;
    std::uint64_t seen = 0;
    std::uint64_t value = 0;
    bool scalar = true;

    void add(const Field& other);
  };
  struct List {
    std::uint64_t elements = 0;
    std::map<std::string, Field> fields;
  };
  struct Route {
    std::uint64_t answers = 0;
    double bytes = 0;
    double largest = -1;
    Location location;
    std::map<std::string, List> lists;
  };

  std::map<std::pair<std::string, std::string>, Route> routes_;  ///< by name and host
  std::unordered_set<std::uint64_t> asked_;
  std::size_t fields_ = 0;
};

}  // namespace budgetcheck
