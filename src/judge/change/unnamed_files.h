#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/part.h"

namespace budgetcheck {

/// Parts of one kind by what they are compared by.
using NamedParts = std::map<std::string, const Part*, std::less<>>;

/// Files whose names differ in their hash only have nothing but a number ("chunk-[hash].js", "chunk-[hash:2].js"),
/// which one more file shifts. Finds out which of them are the same in base and head: those of equal size, then those
/// whose sizes are nearest to each other and not more than twice the other. Changes the keys, so that the same files
/// have the same key and others have one that only they have. Names that one side has alone stay as they are.
void pair_unnamed_files(NamedParts& base, NamedParts& head);

}  // namespace budgetcheck
