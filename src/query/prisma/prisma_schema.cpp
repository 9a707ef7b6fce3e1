#include "query/prisma/prisma_schema.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "json/scan/utf8.h"
#include "query/prisma/prisma_datasource.h"
#include "query/prisma/prisma_tables.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20;
constexpr std::size_t kMaxBytes = std::size_t{32} << 20;  ///< of all files
constexpr std::size_t kMaxFiles = 1000;
constexpr std::size_t kMaxEntries = 100'000;  ///< looked at in folders
constexpr int kMaxFolderDepth = 16;

Error error_in(const std::string& path, std::string message, std::string hint) {
  return {ErrorKind::kInput, std::move(message), Location::of(path), std::move(hint)};
}

Error too_large(const std::string& path) {
  return error_in(path, fmt::format("the file is larger than {} MiB", kMaxFileBytes >> 20), "is it a Prisma schema?");
}

/// Whether the bytes are text that can be cut into lines; an error when not.
bool check_text(const SchemaFile& file, prisma::ErrorList& errors) {
  const std::string_view text = file.text;
  const auto at = [&](std::size_t offset) { return locate(file.path, text.data(), text.data() + text.size(), offset); };
  if (text.size() > kMaxFileBytes) {
    errors.add(Location::of(file.path), too_large(file.path).message, too_large(file.path).hint);
    return false;
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    errors.add({file.path, 1, 1, {}}, "the file is UTF-16 text", "write it as UTF-8");
    return false;
  }
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    errors.add(at(zero), "the file contains a zero byte, so it is not a text", "is it a Prisma schema?");
    return false;
  }
  if (!json::is_utf8(text)) {
    json::Utf8 utf8;
    std::size_t bad = 0;
    while (bad < text.size() && utf8.take(static_cast<unsigned char>(text[bad]))) {
      ++bad;
    }
    errors.add(at(bad), "the file is not UTF-8 text from here on", "write it as UTF-8");
    return false;
  }
  return true;
}

/// Gathers the *.prisma files of a folder, in the order of their names.
class FolderWalk {
 public:
  explicit FolderWalk(const FileSystem& files) : files_(files) {}

  void walk(const std::string& folder, int depth) {
    if (depth > kMaxFolderDepth) {
      too_much_ = fmt::format("has folders more than {} deep", kMaxFolderDepth);
      return;
    }
    for (const DirEntry& entry : files_.list(folder)) {
      if (++entries_ > kMaxEntries) {
        too_much_ = fmt::format("contains more than {} files and folders", kMaxEntries);
        return;
      }
      const std::string path = join_path(folder, entry.name);
      if (entry.kind == FileKind::kDirectory) {
        const bool foreign = entry.name == "node_modules" || entry.name == "migrations" || entry.name.starts_with(".");
        if (!foreign) {
          walk(path, depth + 1);
        }
      } else if (entry.kind == FileKind::kRegular && entry.name.ends_with(".prisma")) {
        if (paths.size() == kMaxFiles) {
          too_much_ = fmt::format("contains more than {} *.prisma files", kMaxFiles);
          return;
        }
        paths.push_back(path);
      }
    }
  }

  /// What a folder has too much of; empty when it does not.
  const std::string& too_much() const { return too_much_; }

  std::vector<std::string> paths;

 private:
  const FileSystem& files_;
  std::size_t entries_ = 0;
  std::string too_much_;
};

Expected<std::vector<std::string>> paths_of(const FileSystem& files, const std::string& path) {
  if (files.kind(path) != FileKind::kDirectory) {
    return std::vector<std::string>{path};
  }
  FolderWalk walk(files);
  walk.walk(path, 0);
  if (!walk.too_much().empty()) {
    return tl::unexpected(error_in(path, fmt::format("the folder {} {}", prisma::shown(path), walk.too_much()),
                                   "name the folder of the schema itself"));
  }
  if (walk.paths.empty()) {
    return tl::unexpected(error_in(path, fmt::format("the folder {} contains no *.prisma file", prisma::shown(path)),
                                   "name schema.prisma, or the folder that holds its parts"));
  }
  return std::move(walk.paths);
}

}  // namespace

ExpectedAll<DatabaseSchema> parse_prisma_schema(const std::vector<SchemaFile>& files) {
  prisma::ErrorList errors;
  prisma::ErrorList unread;
  prisma::Budget budget;
  std::vector<prisma::Block> blocks;
  for (const SchemaFile& file : files) {
    if (check_text(file, errors)) {
      prisma::parse(file.path, file.text, budget, errors, unread, blocks);
    }
  }
  prisma::Draft draft;
  draft.schema.path = files.empty() ? std::string() : files.front().path;
  prisma::read_datasource(blocks, draft.schema, errors);
  prisma::read_tables(blocks, draft, errors);
  prisma::read_indexes(draft, unread);
  prisma::link_relations(draft, errors);
  if (!errors.empty()) {
    return tl::unexpected(errors.take());
  }
  if (std::string summary = unread.summary(); !summary.empty()) {
    draft.schema.remarks.push_back(std::move(summary) + ": so it is not known what this index serves");
  }
  return std::move(draft.schema);
}

ExpectedAll<DatabaseSchema> read_prisma_schema(const FileSystem& files, const std::string& path) {
  const auto paths = paths_of(files, path);
  if (!paths) {
    return tl::unexpected(Errors{paths.error()});
  }
  Errors errors;
  std::vector<SchemaFile> texts;
  std::size_t bytes = 0;
  for (const std::string& name : *paths) {
    if (files.size(name) > kMaxFileBytes) {
      errors.push_back(too_large(name));
      continue;
    }
    const auto content = files.open(name);
    if (!content) {
      errors.push_back(content.error());
      continue;
    }
    const std::string_view text = (*content)->bytes();
    bytes += text.size();
    if (bytes > kMaxBytes) {
      errors.push_back(error_in(path, fmt::format("the schema is larger than {} MiB", kMaxBytes >> 20),
                                "name the folder or file of one schema"));
      break;
    }
    texts.push_back({name, std::string(text)});
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  auto schema = parse_prisma_schema(texts);
  if (schema) {
    schema->path = path;
  }
  return schema;
}

}  // namespace budgetcheck
