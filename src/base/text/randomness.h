#pragma once

#include <string_view>

namespace budgetcheck {

/// How much more likely it is that a word of letters and digits was drawn at random than that somebody named something
/// with it, as a logarithm to the base 2: 10 means a thousand times. Negative for names ("getCustomerOrderHistoryV2":
/// -40), positive for ids ("dQw4w9WgXcQ": 34). Other characters end a word.
///
/// A name pays for each pair of neighbours what that pair costs in names, more for a capital that begins no word;
/// a random word pays the same for every character of its alphabet (16, 36 or 62 characters).
double randomness_of(std::string_view word);

}  // namespace budgetcheck
