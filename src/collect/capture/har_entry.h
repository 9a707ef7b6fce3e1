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
  bool templated = false;     ///< a template of the budgets file fits its path
  std::uint64_t url_key = 0;  ///< hash of method, whole URL and request body, whatever the headers
  std::string target;         ///< of a redirect the URL that it leads to; empty: unknown
  /// Nothing crossed the wire for it, because a service worker answered, or may have (Playwright does not tell this
  /// from a cache). What the worker itself sent for it has an entry of its own.
  bool through_worker = false;
  bool may_be_through_worker = false;
  bool by_worker = false;            ///< a service worker sent it, for itself or for a page
  bool by_test = false;              ///< a test sent it, and no page
  bool given_up = false;             ///< whoever sent it did not wait for the answer
  std::optional<double> started_ms;  ///< since 1970
};

/// Something else answers in its place.
inline bool is_redirect(int status) { return status >= 300 && status < 400 && status != 304; }

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
/// A content.size of 0 beside a body that came over the wire means that nobody kept the content, and is unknown.
/// Firefox has its own way, see read_firefox_sizes. `posted`: hash of the request's body, as far as it is kept; 0:
/// none. A failed or blocked exchange has status 0 and no sizes and no time; a stream that the page closed did not
/// fail.
std::optional<HarEntry> read_har_entry(const json::Value& entry, const RouteTable& routes, std::uint64_t posted,
                                       HarSkip& skip);

}  // namespace budgetcheck
