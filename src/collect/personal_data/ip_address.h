#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "collect/personal_data/context.h"
#include "collect/personal_data/match.h"

namespace budgetcheck::personal {

/// An address of either version as 16 bytes; that of version 4 is mapped (::ffff:1.2.3.4).
using IpAddress = std::array<std::uint8_t, 16>;

std::optional<IpAddress> parse_ip(std::string_view text);
/// The same of version 4 alone.
bool read_v4(std::string_view text, IpAddress& address);
/// How long the address of version 4 is with which `text` begins, where no digit and no point follows it; 0: there is
/// none.
std::size_t read_leading_v4(std::string_view text, IpAddress& address);

/// Somebody's on the internet: not private, of a documentation, of many, of a well-known resolver, nor one whose last
/// byte was set to zero so that it names nobody.
bool is_public(const IpAddress& address);

/// Addresses of networks: "10.0.0.0/8"; one address is a network of its own.
struct IpRange {
  IpAddress base = {};
  unsigned bits = 0;  ///< of the mapped form

  bool contains(const IpAddress& address) const;
};
std::optional<IpRange> parse_range(std::string_view text);

/// Public addresses. Silent on versions that look like one ("Chrome/120.0.0.1"), on parts of longer numbers and on
/// those of machines of one's own, as far as names say so.
void find_ip_addresses(const Text& text, Matches& matches);

}  // namespace budgetcheck::personal
