#pragma once

#include <string>
#include <string_view>

#include "model/facts.h"

namespace budgetcheck {

/// The label `host` of a result, as a reader sets it on all that one page's URL measured: host and port, printable;
/// empty when the URL has none.
std::string host_label_of(std::string_view url);

/// After all inputs, over samples and gaps of a family ("lighthouse."): which pages are one.
/// - The host belongs to a page only when there are several. With one the label goes away; with more the host of the
///   first sample is "self" and the others keep their names, so that two hosts' "/" are not two runs of one page.
/// - "/about" and "/about/" of one host are one page, spelled as it came first.
void settle_pages(Facts& facts, std::string_view family);

}  // namespace budgetcheck
