#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace budgetcheck {

/// A directive of a configuration of nginx: "limit_req zone=free burst=10;", "map $a $b { … }".
struct NginxDirective {
  static constexpr std::size_t kTop = SIZE_MAX;

  std::vector<std::string> words;  ///< its name first, quotes taken off
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::size_t parent = kTop;  ///< the number of the directive whose block it stands in

  std::string_view name() const { return words.front(); }
  /// "10" of burst=10; nothing when it has no such word.
  std::optional<std::string> argument(std::string_view key) const;
};

/// All directives of a file, blocks before what stands in them; what it includes is not read. Errors (kInput): a quote
/// or a block that does not end, a closing brace too many, more than kMaxDirectives.
Expected<std::vector<NginxDirective>> read_nginx_config(const std::string& path, std::string_view text);

inline constexpr std::size_t kMaxNginxDirectives = 200'000;

}  // namespace budgetcheck
