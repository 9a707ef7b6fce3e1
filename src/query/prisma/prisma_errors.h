#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace budgetcheck::prisma {

/// Gathers what is wrong with a schema, in bounded memory and time however much it is.
class ErrorList {
 public:
  void add(Location location, std::string message, std::string hint = {});
  bool empty() const { return errors_.empty(); }
  std::size_t size() const { return errors_.size(); }
  /// Moves what was added since there were `size` errors to another list.
  void move_since(std::size_t size, ErrorList& to);
  /// What is said once of many: "s.prisma:8:3: message (and 2 more like it)"; empty when there is none.
  std::string summary();

  /// False once looking for similar names has cost enough: then it is not worth building lists of them.
  bool suggests() const { return work_left_ > 0 && errors_.size() < kKept; }
  /// "did you mean 'x'?", or "" when no candidate is near.
  std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates);
  /// The candidate itself, or "".
  std::string nearest_of(std::string_view name, const std::vector<std::string>& candidates);

  /// By place; the first kShown, and how many more.
  Errors take();

  static constexpr std::size_t kShown = 100;

 private:
  // More are kept than shown: they are found by subject, and the first by place are wanted.
  static constexpr std::size_t kKept = 1000;

  Errors errors_;
  std::size_t dropped_ = 0;
  std::ptrdiff_t work_left_ = 5'000'000;  ///< compared pairs of characters
};

/// `text` in quotes, safe to show, and not longer than a message bears.
std::string shown(std::string_view text);

}  // namespace budgetcheck::prisma
