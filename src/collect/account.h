#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "base/error.h"
#include "model/facts.h"

namespace budgetcheck {

/// What is said of one input: a sentence for each thing that is missing or worth knowing, joined in the order in which
/// they come, and the hint of the first that has one. Everything is written to the Input at once, so nothing has to be
/// finished. Sentences begin small and have no full stop.
class Account {
 public:
  /// Beyond `at_most` sentences the rest are only counted. What `input` already says stands first.
  explicit Account(Input& input, std::size_t at_most = std::numeric_limits<std::size_t>::max());

  /// Something that a verdict may need is missing: the input becomes incomplete.
  void incomplete(std::string_view text, std::string_view hint);
  /// The same, and `metric` (an id, a prefix that ends in '.') has no value because of it: see Unmeasured.
  void incomplete(std::string_view text, std::string_view hint, std::string_view metric, Location location,
                  Facts& facts);
  /// Something that changes no verdict. A hint may say what to do about it.
  void note(std::string_view text, std::string_view hint = {});

  const Input& input() const { return input_; }

 private:
  Input& input_;
  std::size_t at_most_;
  std::size_t said_ = 0;
  std::size_t shown_ = 0;  ///< length of the message without the count of the rest
};

/// What to do about a file that broke off or was read too early.
inline constexpr std::string_view kWriteAgain =
    "run the step that writes it again, and let it end before the gate reads it";

/// Says of an input that cannot be used what the error says, with its place in the file. `hint` is for an error without
/// one.
void describe_unreadable(const Error& error, std::string_view hint, Input& input);

}  // namespace budgetcheck
