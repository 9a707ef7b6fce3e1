#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// An object directly inside the file's document.
struct InnerDocument {
  std::string key;    ///< of the member that holds it; empty: an element of a list
  std::string begin;  ///< its first bytes, enough to recognise what wrote it
};

/// The first objects that stand directly in the object or list that the file is. Of a list the first one alone.
std::vector<InnerDocument> inner_documents(const std::string& path, const FileContent& content);

}  // namespace budgetcheck
