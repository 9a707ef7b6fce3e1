#pragma once

#include <string>
#include <vector>

#include "collect/format.h"

namespace budgetcheck {

/// The format that the input's settings name; null: none, so that it has to be recognised.
const Format* named_format(const std::vector<Format>& table, const InputSettings& settings);

/// The first format of `table` that recognises the file; null: none. `seen` is what the last of them was shown.
const Format* recognise(const std::vector<Format>& table, const std::string& path, const FileContent& content,
                        Sniff& seen);

/// Says of a file that no format recognised why that is: what else it is, where its JSON is broken, what is inside it,
/// or which keys were found instead.
void explain_unknown(const std::vector<Format>& table, const FileContent& content, Sniff seen, Input& input);

/// How the inputs of `table`'s formats come about, in their order: "Lighthouse (--output=json)".
std::vector<std::string_view> what_is_read(const std::vector<Format>& table);

/// At most three of them: those that a file which begins with `head` looks like, the nearest first.
std::vector<std::string_view> nearest_formats(const std::vector<Format>& table, std::string_view head);

}  // namespace budgetcheck
