#pragma once

#include <string>
#include <string_view>

#include "base/file_system.h"
#include "model/facts.h"
#include "model/telemetry.h"

namespace budgetcheck {

/// Whether a file that no format recognised is text or JSON all the same: not empty, not binary, not a document that
/// was cut off.
bool can_be_searched(const std::string& path, const FileContent& content);

/// Looks for personal data in a whole input: a document of JSON (HAR, exports), documents line by line, or text. Flat
/// memory. `format` is what recognised it; empty: nothing did. Appends to `facts.personal`, and says at `input` what
/// was passed over.
void search_personal_data(const FileContent& content, std::string_view format, const PersonalDataSettings& settings,
                          Input& input, Facts& facts);

}  // namespace budgetcheck
