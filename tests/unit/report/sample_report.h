#pragma once

#include <string>

#include "model/report.h"

namespace budgetcheck {

/// The whole of a JSON document that is known to be sound (else the test ends with an exception).
json::Value read_back(const std::string& text);

/// One report with every status, every kind of sample, findings in every state, broken inputs and problems.
Report sample_report();

/// The same in small: everything passes.
Report green_report();

/// Text with everything that could break an output: control characters, "]]>", quotes, line breaks, pipes, mentions,
/// references, markup, escapes of a terminal, bidirectional overrides, malformed UTF-8.
std::string hostile_text();

/// sample_report() with hostile_text() in every name and sentence.
Report hostile_report();

/// `count` verdicts in all statuses and as many findings.
Report big_report(std::size_t count);

}  // namespace budgetcheck
