#include "collect/lighthouse/audits.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// From the default configurations of Lighthouse 10.4, 11.7, 12.8 and 13.5; successors are those that the insight
/// audits themselves say they replace (`replacesAudits`), and legacy-javascript, uses-http2 and layout-shifts by name.
/// Columns: id, short name, unit, has a number, first version, last version, successor, what to budget instead.
constexpr std::array<AuditRow, 69> kAudits{{
    {"largest-contentful-paint", "lcp", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"first-contentful-paint", "fcp", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"total-blocking-time", "tbt", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"cumulative-layout-shift", "cls", Unit::kNone, true, 0, 0, "", ""},
    {"speed-index", "si", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"interactive", "tti", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"interaction-to-next-paint", "inp", Unit::kMilliseconds, true, 11, 0, "", ""},
    {"experimental-interaction-to-next-paint", "inp", Unit::kMilliseconds, true, 0, 10, "interaction-to-next-paint",
     ""},
    {"server-response-time", "ttfb", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"max-potential-fid", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"mainthread-work-breakdown", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"bootup-time", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"network-rtt", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"network-server-latency", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"redirects", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"unminified-css", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"unminified-javascript", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"unused-css-rules", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"unused-javascript", "", Unit::kMilliseconds, true, 0, 0, "", ""},
    {"total-byte-weight", "", Unit::kBytes, true, 0, 0, "", ""},
    {"dom-size-insight", "", Unit::kCount, true, 13, 0, "", ""},
    {"dom-size", "", Unit::kCount, true, 0, 12, "dom-size-insight", ""},
    {"first-meaningful-paint", "", Unit::kMilliseconds, false, 0, 12, "", "lighthouse.lcp"},
    {"render-blocking-resources", "", Unit::kMilliseconds, true, 0, 12, "render-blocking-insight",
     "lighthouse.savings.render-blocking-insight.fcp"},
    {"duplicated-javascript", "", Unit::kMilliseconds, true, 0, 12, "duplicated-javascript-insight",
     "lighthouse.savings.duplicated-javascript-insight.bytes"},
    {"legacy-javascript", "", Unit::kMilliseconds, true, 0, 12, "legacy-javascript-insight",
     "lighthouse.savings.legacy-javascript-insight.bytes"},
    {"modern-image-formats", "", Unit::kMilliseconds, true, 0, 12, "image-delivery-insight",
     "lighthouse.savings.image-delivery-insight.bytes"},
    {"uses-optimized-images", "", Unit::kMilliseconds, true, 0, 12, "image-delivery-insight",
     "lighthouse.savings.image-delivery-insight.bytes"},
    {"uses-responsive-images", "", Unit::kMilliseconds, true, 0, 12, "image-delivery-insight",
     "lighthouse.savings.image-delivery-insight.bytes"},
    {"efficient-animated-content", "", Unit::kMilliseconds, true, 0, 12, "image-delivery-insight",
     "lighthouse.savings.image-delivery-insight.bytes"},
    {"offscreen-images", "", Unit::kMilliseconds, true, 0, 12, "", "lighthouse.resource.image.bytes"},
    {"uses-text-compression", "", Unit::kMilliseconds, true, 0, 12, "document-latency-insight",
     "lighthouse.savings.document-latency-insight.bytes"},
    {"uses-long-cache-ttl", "", Unit::kBytes, true, 0, 12, "cache-insight", "lighthouse.savings.cache-insight.bytes"},
    {"uses-http2", "", Unit::kMilliseconds, true, 0, 12, "modern-http-insight",
     "lighthouse.savings.modern-http-insight.lcp"},
    {"uses-rel-preconnect", "", Unit::kMilliseconds, true, 0, 12, "network-dependency-tree-insight", "lighthouse.lcp"},
    {"uses-rel-preload", "", Unit::kMilliseconds, true, 0, 11, "", "lighthouse.lcp"},
    {"prioritize-lcp-image", "", Unit::kMilliseconds, true, 0, 12, "lcp-discovery-insight", "lighthouse.lcp"},
    {"lcp-lazy-loaded", "", Unit::kNone, false, 0, 12, "lcp-discovery-insight", "lighthouse.lcp"},
    {"largest-contentful-paint-element", "", Unit::kNone, false, 0, 12, "lcp-breakdown-insight", "lighthouse.lcp"},
    {"critical-request-chains", "", Unit::kNone, false, 0, 12, "network-dependency-tree-insight", "lighthouse.lcp"},
    {"font-display", "", Unit::kNone, false, 0, 12, "font-display-insight", "lighthouse.fcp"},
    {"third-party-summary", "", Unit::kNone, false, 0, 12, "third-parties-insight",
     "lighthouse.resource.third-party.bytes"},
    {"third-party-facades", "", Unit::kNone, false, 0, 12, "", "lighthouse.resource.third-party.bytes"},
    {"viewport", "", Unit::kNone, false, 0, 12, "viewport-insight", ""},
    {"work-during-interaction", "", Unit::kNone, false, 0, 12, "inp-breakdown-insight", "lighthouse.inp"},
    {"font-size", "", Unit::kNone, false, 0, 12, "", ""},
    {"no-document-write", "", Unit::kNone, false, 0, 12, "", "lighthouse.fcp"},
    {"uses-passive-event-listeners", "", Unit::kNone, false, 0, 12, "", ""},
    {"performance-budget", "", Unit::kNone, false, 0, 11, "", "lighthouse.resource.<type>.bytes"},
    {"timing-budget", "", Unit::kNone, false, 0, 11, "", "lighthouse.lcp"},
    {"layout-shift-elements", "", Unit::kNone, false, 0, 11, "layout-shifts", "lighthouse.cls"},
    {"installable-manifest", "", Unit::kCount, true, 0, 11, "", ""},
    {"maskable-icon", "", Unit::kNone, false, 0, 11, "", ""},
    {"splash-screen", "", Unit::kNone, false, 0, 11, "", ""},
    {"themed-omnibox", "", Unit::kNone, false, 0, 11, "", ""},
    {"content-width", "", Unit::kNone, false, 0, 11, "", ""},
    {"pwa-cross-browser", "", Unit::kNone, false, 0, 11, "", ""},
    {"pwa-each-page-has-url", "", Unit::kNone, false, 0, 11, "", ""},
    {"pwa-page-transitions", "", Unit::kNone, false, 0, 11, "", ""},
    {"tap-targets", "", Unit::kNone, false, 0, 11, "", ""},
    {"no-unload-listeners", "", Unit::kNone, false, 0, 11, "", ""},
    {"plugins", "", Unit::kNone, false, 0, 11, "", ""},
    {"duplicate-id-active", "", Unit::kNone, false, 0, 11, "", ""},
    {"preload-fonts", "", Unit::kNone, false, 0, 11, "", "lighthouse.fcp"},
    {"service-worker", "", Unit::kNone, false, 0, 10, "", ""},
    {"resource-summary", "", Unit::kNone, false, 0, 0, "", "lighthouse.resource.<type>.bytes"},
    {"user-timings", "", Unit::kNone, false, 0, 0, "", "lighthouse.user-timing.<name>"},
    {"layout-shifts", "", Unit::kNone, false, 11, 0, "", "lighthouse.cls"},
    {"network-requests", "", Unit::kNone, false, 0, 0, "", "lighthouse.resource.total.requests"},
}};

constexpr std::array<CategoryRow, 6> kCategories{{
    {"performance", 0, 0},
    {"accessibility", 0, 0},
    {"best-practices", 0, 0},
    {"seo", 0, 0},
    {"pwa", 0, 11},
    {"agentic-browsing", 13, 0},
}};

}  // namespace

std::span<const AuditRow> known_audits() { return kAudits; }

const AuditRow* find_known_audit(std::string_view id) {
  const auto* found = std::find_if(kAudits.begin(), kAudits.end(), [&](const AuditRow& row) { return row.id == id; });
  return found == kAudits.end() ? nullptr : found;
}

const AuditRow* numeric_predecessor(std::string_view id, int major) {
  const auto* found = std::find_if(kAudits.begin(), kAudits.end(), [&](const AuditRow& row) {
    return row.successor == id && row.number && row.exists_in(major);
  });
  return found == kAudits.end() ? nullptr : found;
}

std::string audit_metric(std::string_view id) {
  const AuditRow* row = find_known_audit(id);
  return "lighthouse." + (row != nullptr && !row->short_name.empty() ? std::string(row->short_name) : printable(id));
}

std::span<const CategoryRow> known_categories() { return kCategories; }

}  // namespace budgetcheck
