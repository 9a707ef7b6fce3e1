#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "collect/personal_data/filter/layout_filter.h"
#include "collect/personal_data/filter/text_filter.h"
#include "collect/personal_data/found_values.h"
#include "collect/personal_data/search.h"
#include "collect/personal_data/text_walk.h"
#include "json/lines/line_reader.h"

namespace budgetcheck::personal {

/// Looks for personal data in line after line of a log: passes over those that hold nothing, counts addresses of
/// machines that are all that a line holds, and walks through the rest. One for each thread.
class LineSearch {
 public:
  /// `search` lives as long as this.
  explicit LineSearch(const Search& search) : walk_(search, found_), objects_(search), texts_(search) {}

  LineSearch(const LineSearch&) = delete;
  LineSearch& operator=(const LineSearch&) = delete;

  /// As TextWalk::expect_curl.
  void expect_curl();

  /// `object` is what the line was read to; null: it is none. FileContent::kGuard readable bytes follow the line.
  void look(std::string_view line, const json::LineReader* object, std::uint32_t number);

  /// What was found since the last call.
  FoundValues take();

 private:
  /// Addresses of machines in one field: most lines of many logs have one, so all but the first are only counted.
  struct Addresses {
    const Field* field = nullptr;
    std::uint32_t first = 0;
    std::uint64_t more = 0;
  };
  void add_address(const Field& field, std::uint32_t number);

  FoundValues found_;
  std::vector<Addresses> addresses_;
  TextWalk walk_;
  LayoutFilter objects_;
  TextFilter texts_;
  bool is_curl_ = false;
};

}  // namespace budgetcheck::personal
