#pragma once

#include <cerrno>
#include <cstring>
#include <string>
#include <tl/expected.hpp>

namespace budgetcheck {

/// The failure that errno stands for. Ask at once: the next call of the operating system overwrites it.
inline tl::unexpected<std::string> system_error() { return tl::unexpected<std::string>(std::strerror(errno)); }

}  // namespace budgetcheck
