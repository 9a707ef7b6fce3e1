#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace budgetcheck {

/// The content of a file of this user that nobody else may read or write. Nothing when it is anything else: a link, a
/// pipe or a device, another user's, open to others, longer than `max_bytes`, or not there.
std::optional<std::string> read_private(const std::string& path, std::size_t max_bytes);

/// `bytes` random bytes that stay the same: those of the private file `path`, which is made on the first call. Nothing
/// when it cannot be made, or what lies there is no such file. A missing folder is made, for this user only.
std::optional<std::string> private_secret(const std::string& path, std::size_t bytes);

}  // namespace budgetcheck
