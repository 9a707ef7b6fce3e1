#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// HTTP archives (HAR 1.2) as Playwright's recordHar (full, omit, attach, minimal), chrome-har and the browsers'
/// developer tools write them: exchanges and the samples of the family "payload.".
///
/// Which page an exchange belongs to: its pageref. A page's label is the path of its first document request, because
/// pages[].title is the document's title as often as its URL; a page without a document takes its title when that is a
/// URL. A capture without any pageref (Playwright's minimal mode) is one page load when it holds exactly one document
/// (redirects apart); with several, what each page loads is not known, and that is said by an Unmeasured for each.
///
/// Incomplete: no entries, entries without a URL, more routes or pages than kMaxPayloadGroups. Everything else that a
/// reader should know (failed requests, cached responses, several navigations in one page) is a remark in the message.
Format har_format();

/// Entries beyond this many make the capture unreadable.
inline constexpr std::size_t kMaxHarEntries = 500'000;

}  // namespace budgetcheck
