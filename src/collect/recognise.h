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

/// Says of a file that no format recognised why that is: what else it is, where its JSON is broken, or which keys were
/// found instead.
void explain_unknown(const std::vector<Format>& table, const FileContent& content, Sniff seen, Input& input);

/// "Lighthouse (--output=json), …, or a samples file": everything that the formats of `table` read.
std::string what_is_read(const std::vector<Format>& table);

}  // namespace budgetcheck
