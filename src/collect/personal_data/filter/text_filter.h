#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "collect/personal_data/search.h"

namespace budgetcheck::personal {

/// Prefilter for lines of text. Those of an access log begin with an address and end in texts in quotes that many of
/// them have, the names of the browser and of the page before: such an end is looked at once. One for each thread.
class TextFilter {
 public:
  enum class Answer : std::uint8_t {
    kNothing,
    kAddress,  ///< nothing but the address of a machine with which the line begins: public, and not allowed
    kMayHold
  };

  explicit TextFilter(const Search& search) : search_(search), field_(search.field("")) {}

  TextFilter(const TextFilter&) = delete;
  TextFilter& operator=(const TextFilter&) = delete;

  /// FileContent::kGuard readable bytes follow the line.
  Answer look(std::string_view line);
  /// What findings in text without fields are counted for.
  const Field& field() const { return field_; }

 private:
  /// A part of a line that held nothing. Kept in place, so that a look at it is one at neighbouring bytes.
  struct Part {
    static constexpr std::size_t kLongest = 248;
    std::uint64_t size = 0;
    std::array<char, kLongest> text = {};

    bool is(std::string_view other) const;
    void keep(std::string_view other);
  };

  bool ends_with_last(std::string_view line, std::size_t least) const;

  static constexpr std::size_t kRemembered = 1024;
  const Search& search_;
  Field field_;
  std::vector<Part> ends_ = std::vector<Part>(kRemembered);
  Part* last_ = ends_.data();
  Part time_;  ///< what stood between the address and the request in the last line: lines of one second have the same
};

}  // namespace budgetcheck::personal
