#include <fmt/format.h>

#include "base/file_system.h"
#include "base/number.h"
#include "base/text.h"
#include "budget/import/importer.h"

namespace budgetcheck {
namespace {

class BundlemonImport {
 public:
  BundlemonImport(const std::string& path, const json::Value& config)
      : importer_(path, "bundlemon", WhichHolds::kFirst),
        config_(config),
        base_(config.string_or("baseDir", ".")),
        compression_(config.string_or("defaultCompression", "gzip")) {}

  Import run() {
    const json::Value* files = config_.find("files");
    const json::Value* groups = config_.find("groups");
    read_list(files, false);
    read_list(groups, true);
    if (files == nullptr && groups == nullptr) {
      importer_.leave_out(importer_.at(config_), "bundlemon", "it has neither files nor groups");
    }
    if (files != nullptr && files->is_array() && files->array()->size() > 1) {
      importer_.say(importer_.at(*files), "files",
                    "where several entries match one file, the most specific budget decides here (bundlemon: the first "
                    "entry)");
    }
    return importer_.take();
  }

 private:
  void read_list(const json::Value* list, bool is_group) {
    if (list == nullptr) {
      return;
    }
    if (!list->is_array()) {
      importer_.leave_out(importer_.at(*list), is_group ? "groups" : "files", "it is not a list");
      return;
    }
    for (const json::Value& file : *list->array()) {
      if (!importer_.is_full(file)) {
        read(file, is_group);
      }
    }
  }

  void read(const json::Value& file, bool is_group) {
    const Location from = importer_.at(file);
    const std::string path(file.string_or("path", ""));
    if (path.empty()) {
      importer_.leave_out(from, is_group ? "groups" : "files", "the entry has no path");
      return;
    }
    const std::string compression(file.string_or("compression", compression_));
    DraftBudget budget;
    budget.id = file.string_or("friendlyName", "");
    budget.metric = metric_of_compression(compression);
    if (budget.metric.empty()) {
      importer_.leave_out(from, path,
                          fmt::format("the compression {} is not gzip, brotli or none", in_quotes(compression)));
      return;
    }
    if (const json::Value* size = file.find("maxSize")) {
      const auto text = size->is_string() ? size_of_bytes_package(*size->string()) : std::nullopt;
      if (!text) {
        importer_.leave_out(from, path,
                            fmt::format("maxSize {} is not a size; write it like '150 kB'", in_quotes(*size)));
        return;
      }
      budget.max = *text;
    }
    if (const json::Value* percent = file.find("maxPercentIncrease")) {
      if (!percent->is_number() || !(*percent->number() > 0)) {
        importer_.leave_out(from, path,
                            fmt::format("maxPercentIncrease {} is not a number above 0", in_quotes(*percent)));
        return;
      }
      budget.max_increase = format_number(*percent->number()) + "%";
    }
    if (budget.max.empty() && budget.max_increase.empty()) {
      importer_.leave_out(from, path, "it has neither maxSize nor maxPercentIncrease, so bundlemon only shows it");
      return;
    }
    const std::string whole = base_ == "." || base_.empty() ? path : join_path(base_, path);
    if (is_group) {
      carry_sum(importer_, from, whole, std::move(budget));
    } else {
      carry_each_file(importer_, from, whole, std::move(budget));
    }
  }

  Importer importer_;
  const json::Value& config_;
  std::string base_;
  std::string compression_;
};

}  // namespace

Import import_bundlemon(const std::string& path, const json::Value& config) {
  return BundlemonImport(path, config).run();
}

}  // namespace budgetcheck
