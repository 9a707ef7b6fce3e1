#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "json/lines/line_reader.h"

namespace budgetcheck {

/// What an object without a statement of its own holds that may be one, or a part of one.
struct ObjectText {
  std::string text;        ///< empty: nothing
  bool is_object = false;  ///< an object that lies deeper than fields are known, and not a message's text
};

/// Looks for it in line after line; of lines of one layout it looks for the message once.
class ObjectTextFinder {
 public:
  /// `object` is what `line` was read to.
  ObjectText find(std::string_view line, const json::LineReader& object);

 private:
  static constexpr std::size_t kNone = SIZE_MAX;
  std::size_t message_index(const json::LineReader& object);

  struct Known {
    std::uint64_t layout = 0;
    std::size_t message = kNone;
  };
  std::array<Known, json::LineReader::kLayouts> known_;
};

/// The parameters of an object whose list of them was logged as an object ({"0": 8, "1": 0}), as a list; empty: it has
/// none.
std::string listed_params(const json::LineReader& object);

}  // namespace budgetcheck
