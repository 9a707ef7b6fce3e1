#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "model/budget.h"
#include "model/facts.h"
#include "model/route.h"

namespace budgetcheck {

/// What recognition may look at: enough to tell formats apart without reading a big file twice.
struct Sniff {
  std::string_view path;
  std::string_view head;              ///< the first bytes, at most 64 KiB, after a byte-order mark
  std::vector<std::string> top_keys;  ///< of the document's object, in order, as far as `head` shows them (all of
                                      ///< them when nothing recognised the file from the head alone)
  bool is_object = false;             ///< the document begins with '{'
  bool is_array = false;
  bool is_lines = false;  ///< the first line is a whole JSON object, and more lines follow

  bool has(std::string_view key) const;
};

/// One opened input.
struct Source {
  std::string path;  ///< for reports: as the user would write it
  std::string disk_path;
  const FileContent* content = nullptr;
  std::string root;    ///< folder of the build's files (disk path); empty: not given
  std::string schema;  ///< schema.prisma (disk path); empty: not given
  /// The schema's number among the facts', and whose database it describes, when it was given and could be read.
  std::uint32_t schema_number = QueryLog::kNoSchema;
  DatabaseKind database = DatabaseKind::kUnknown;
  const DatabaseSchema* tables = nullptr;  ///< the schema; lives as long as the reading
  bool precompressed = false;              ///< files that the build compressed count as they are
  LogFields fields = {};                   ///< of a log of JSON lines, where the budgets file names them
};

class SizeCache;

struct CollectContext {
  const FileSystem* files = nullptr;
  const RouteTable* routes = nullptr;
  bool brotli = true;          ///< false: nobody asks for sizes by brotli
  SizeCache* sizes = nullptr;  ///< compressed sizes of before; null: none are kept
  unsigned threads = 0;        ///< for one big input; 0: as many as the machine has cores
};

/// One input format. `collect` appends to facts (never to facts.inputs) and tells through `input` how far it got:
/// it sets state, message, hint. A returned error means unreadable: nothing of this file is used then, and what
/// was appended before is taken back by the caller.
struct Format {
  std::string_view name;
  std::vector<std::string_view> families;  ///< metric prefixes that it supplies: "bundle."
  bool (*recognises)(const Sniff& sniff) = nullptr;
  Expected<void> (*collect)(const Source& source, const CollectContext& context, Input& input, Facts& facts) = nullptr;
};

/// Every format, in the order in which they are asked: the more particular first.
const std::vector<Format>& formats();

}  // namespace budgetcheck
