#include <fmt/format.h>

#include "base/text.h"
#include "budget/import/importer.h"

namespace budgetcheck {
namespace {

/// What the tool makes of a size that it cannot read.
std::string misread(const Importer& importer, const json::Value& size) {
  return fmt::format(
      "maxSize {} is not a size, and {} reads it as a smaller one or as no limit at all; write it like '150 kB'",
      in_quotes(size), importer.tool());
}

/// One entry of `files`, which both tools write alike.
void read_file(Importer& importer, const json::Value& file, const std::string& compression) {
  const Location from = importer.at(file);
  const std::string path(file.string_or("path", ""));
  const json::Value* size = file.find("maxSize");
  if (path.empty()) {
    importer.leave_out(from, "files", "the entry has no path");
    return;
  }
  if (size == nullptr) {
    importer.leave_out(from, path, "it has no maxSize, so it limits nothing");
    return;
  }
  const std::string name(file.string_or("compression", compression));
  DraftBudget budget;
  budget.metric = metric_of_compression(name);
  if (budget.metric.empty()) {
    importer.leave_out(from, path, fmt::format("the compression {} is not gzip, brotli or none", in_quotes(name)));
    return;
  }
  if (size->is_number() && *size->number() >= 0) {
    budget.max = bytes_text(*size->number());
  } else if (const auto text = size->is_string() ? size_of_bytes_package(*size->string()) : std::nullopt) {
    budget.max = *text;
  } else {
    importer.leave_out(from, path, misread(importer, *size));
    return;
  }
  carry_each_file(importer, from, path, std::move(budget));
}

void read_files(Importer& importer, const json::Value& files, const std::string& compression) {
  if (!files.is_array()) {
    importer.leave_out(importer.at(files), "files", "it is not a list");
    return;
  }
  std::size_t globs = 0;
  for (const json::Value& file : *files.array()) {
    if (importer.is_full(file)) {
      continue;
    }
    read_file(importer, file, compression);
    globs += file.string_or("path", "").find('*') != std::string_view::npos ? 1U : 0U;
  }
  if (globs > 0 && files.array()->size() > 1) {
    importer.say(
        importer.at(files), "files",
        fmt::format("where several entries match one file, the most specific budget decides here ({}: {} entry)",
                    importer.tool(), importer.tool() == "bundlewatch" ? "the last" : "each"));
  }
}

}  // namespace

Import import_bundlewatch(const std::string& path, const json::Value& config) {
  Importer importer(path, "bundlewatch", WhichHolds::kLast);
  if (const json::Value* files = config.find("files")) {
    read_files(importer, *files, std::string(config.string_or("defaultCompression", "gzip")));
  } else {
    importer.leave_out(importer.at(config), "bundlewatch", "it has no files");
  }
  if (const json::Value* normalize = config.find("normalizeFilenames")) {
    importer.say(importer.at(*normalize), "normalizeFilenames",
                 "is not needed: hashes in the names of assets are recognised, and are [hash] in labels");
  }
  return importer.take();
}

Import import_bundlesize(const std::string& path, const json::Value& config) {
  Importer importer(path, "bundlesize", WhichHolds::kBoth);
  const json::Value* files = config.is_array() ? &config : config.find("files");
  if (files != nullptr) {
    read_files(importer, *files, "gzip");
  } else {
    importer.leave_out(importer.at(config), "bundlesize", "it has no files");
  }
  return importer.take();
}

}  // namespace budgetcheck
