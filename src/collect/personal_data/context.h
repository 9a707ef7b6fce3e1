#pragma once

#include <cstddef>
#include <string_view>

#include "collect/personal_data/field_name.h"

namespace budgetcheck::personal {

/// One text that is searched, and the field that it stands in.
struct Text {
  std::string_view text;
  NameTraits field;
};

/// What is known of the value at `at` in `text`: from the key or parameter that it directly follows ("mail=",
/// "\"iban\":
/// \""), or else from the words before it and from the field.
NameTraits traits_at(const Text& text, std::size_t at);

/// The name that the value at `at` directly follows: "iban" of `{"iban": "` and of "?iban="; empty: there is none.
std::string_view key_before(std::string_view text, std::size_t at);

}  // namespace budgetcheck::personal
