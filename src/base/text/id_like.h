#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// What is written for a part of a path that names one thing of many.
constexpr std::string_view kId = ":id";

/// Whether a word says who somebody is or opens a door, by its form: addresses of mail, phone and account numbers, and
/// tokens by their known beginnings. Not what is just long and mixed, as ids of requests are.
bool looks_like_secret(std::string_view word);

/// Whether a word says who somebody is, opens a door, or is as long and mixed as what does: addresses of mail and of
/// machines, phone and account numbers, tokens and keys by their known beginnings, UUIDs, long hexadecimal and
/// base64url. Of a path's segment or an identifier; percent-encoded signs are read.
bool looks_private(std::string_view word);

/// With "%40" as '@'; what is no such sign stays.
std::string percent_decoded(std::string_view word);

/// Whether a word can be the name of a key, a column or a table, and so be shown where an input is found wrong:
/// letters, digits, '_', '-', '.' and '$', not beginning with a digit, short, and not private.
bool looks_like_name(std::string_view word);

/// "'name'" for a message about an input that is wrong; what does not look like a name is "…" instead.
std::string quoted_name(std::string_view word);

/// A text of a tool, such as the message of a build that failed, without the words in it that look private.
std::string without_private_words(std::string_view text);

/// A segment of a path without its parameters: "cart" of "cart;jsessionid=1A2B3C".
std::string_view without_parameters(std::string_view segment);

/// The path with kId in place of every segment that looks private, and without parameters of a segment
/// (";jsessionid=…").
std::string without_private_segments(std::string_view path);

}  // namespace budgetcheck
