#pragma once

#include <string>
#include <vector>

namespace budgetcheck {

/// The names for labels of the files of one build whose tool tells neither hashes nor stems, in their order: what
/// stands at the end of a stem is a hash when nothing else looks like it ("CZBTU6Qf"), or when it could be one
/// ("ABCDEFGH", "23456789") and the names beside it show that this build puts hashes there.
/// Also: hexadecimal words and UUIDs (stable_asset_name), turbopack's names where its runtime is among the files, and
/// the folder of a Next.js build's id.
std::vector<std::string> stable_names_of_build(const std::vector<std::string>& names);

}  // namespace budgetcheck
