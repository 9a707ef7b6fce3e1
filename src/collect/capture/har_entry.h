#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "json/stream/select.h"
#include "json/value.h"
#include "model/facts.h"
#include "model/route.h"

namespace budgetcheck {

/// One element of log.entries, as far as it is used.
struct HarEntry {
  Exchange exchange;     ///< without page, visit, start_ms and location
  std::string page_ref;  ///< empty: the entry belongs to no page
  std::string frame;     ///< Playwright's _frameref; empty elsewhere
  /// Sizes and times that cannot be (a string, 1e300, -7): unknown, like -1, but worth saying.
  std::uint32_t implausible = 0;
  bool templated = false;            ///< a template of the budgets file fits its path
  std::optional<double> started_ms;  ///< since 1970
};

enum class HarSkip {
  kMalformed,    ///< no request with a URL
  kInline,       ///< data: and blob: URLs never go over the wire
  kOtherScheme,  ///< ws:, chrome-extension:, file: …
};

/// Names the parts of an entry that read_har_entry wants. Bodies are not among them, only their lengths.
void select_har_entry(json::Selector& selector, const std::string& path_of_entry);

/// Reads one entry. Nothing: `skip` says why. Sizes:
/// - transfer: _transferSize, else headersSize + bodySize; 0 from a cache.
/// - body: bodySize, else _transferSize - headersSize; 0 from a cache.
/// - decoded: content.size, else the exact length of content.text (base64 undone); what has no body decodes to 0.
/// Firefox has its own way, see read_firefox_sizes. `posted`: hash of the request's body, as far as it is kept; 0:
/// none. A failed or blocked exchange has status 0 and no sizes and no time.
std::optional<HarEntry> read_har_entry(const json::Value& entry, const RouteTable& routes, std::uint64_t posted,
                                       HarSkip& skip);

}  // namespace budgetcheck
