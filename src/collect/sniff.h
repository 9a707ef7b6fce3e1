#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// What recognition may look at: enough to tell formats apart without reading a big file twice.
struct Sniff {
  std::string_view path;
  std::string_view head;              ///< the first bytes, at most 64 KiB, after a byte-order mark
  std::vector<std::string> top_keys;  ///< of the document's object, in order, as far as `head` shows them (all of
                                      ///< them when nothing recognised the file from the head alone)
  bool is_object = false;             ///< the document begins with '{'
  bool is_array = false;
  bool is_lines = false;  ///< the first line is a complete JSON object, and more lines follow
  bool is_text = false;   ///< nothing recognised it, and it is text of another kind and not JSON that was cut off

  bool has(std::string_view key) const;
};

/// What the format table is asked about `content`; it and `path` have to outlive it. With `whole`, top_keys is
/// complete even when a big value stands before a key.
Sniff sniff(std::string_view path, const FileContent& content, bool whole);

}  // namespace budgetcheck
