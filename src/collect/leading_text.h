#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/file_system.h"

namespace budgetcheck {

/// A JSON document behind lines of other text, such as what 'npm run' prints before a tool's own output.
struct LateDocument {
  std::unique_ptr<FileContent> content;  ///< from where it begins to the end of the file
  std::size_t line = 0;                  ///< in which it begins, from 1
};

/// Where the only JSON document of the file begins: at the beginning of a line near the file's beginning, and nothing
/// but it follows. Nothing: there is none, or the file begins with it. `content` outlives the result.
std::optional<LateDocument> document_behind_text(const std::string& path, const FileContent& content);

}  // namespace budgetcheck
