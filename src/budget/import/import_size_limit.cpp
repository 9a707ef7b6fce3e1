#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "budget/import/importer.h"

namespace budgetcheck {
namespace {

bool is_false(const json::Value* value) { return value != nullptr && value->is_bool() && !*value->boolean(); }
bool is_true(const json::Value* value) { return value != nullptr && value->is_bool() && *value->boolean(); }

/// size-limit reads every limit with an "s" as a time; no unit of size has one.
bool is_time(std::string_view limit) { return lower(limit).find('s') != std::string::npos; }

/// The plugin that bundles a file with what it imports before it is measured; empty when none is installed.
std::string bundling_plugin(const json::Value* package) {
  static constexpr std::array<std::string_view, 6> kPlugins{
      "@size-limit/preset-big-lib", "@size-limit/preset-small-lib", "@size-limit/preset-app",
      "@size-limit/webpack",        "@size-limit/esbuild",          "@size-limit/esbuild-why"};
  for (const std::string_view list : {"devDependencies", "dependencies"}) {
    const json::Value* names = package == nullptr ? nullptr : package->find(list);
    for (const std::string_view plugin : kPlugins) {
      if (names != nullptr && names->find(plugin) != nullptr) {
        return std::string(plugin);
      }
    }
  }
  return {};
}

class SizeLimitImport {
 public:
  SizeLimitImport(const std::string& path, const json::Value* package)
      : importer_(path, "size-limit", WhichHolds::kBoth), plugin_(bundling_plugin(package)) {}

  Import run(const json::Value& checks) {
    if (!checks.is_array()) {
      importer_.leave_out(importer_.at(checks), "size-limit", "its configuration is not a list of checks");
      return importer_.take();
    }
    for (const json::Value& check : *checks.array()) {
      if (importer_.is_full(check)) {
        continue;
      }
      if (check.is_object()) {
        read(check);
      } else {
        importer_.leave_out(importer_.at(check), "check", "it is not an object");
      }
    }
    if (rests_on_defaults_) {
      importer_.say(
          importer_.at(checks), "size-limit",
          "compresses with brotli by default and reads kB as 1000 bytes; older versions used gzip and 1024: check "
          "which one you have");
    }
    if (!plugin_.empty() && !checks.array()->empty()) {
      importer_.say(
          importer_.at(checks), plugin_,
          "bundles a file with what it imports before size-limit measures it; budgetcheck measures the files of "
          "your build as they are, so compare both once before you rely on the limits");
    }
    return importer_.take();
  }

 private:
  void read(const json::Value& check) {
    const Location from = importer_.at(check);
    const std::string name(check.string_or("name", check.string_or("path", "a check")));
    const json::Value* limit = check.find("limit");
    if (limit == nullptr) {
      importer_.leave_out(from, name, "it has no limit: size-limit only shows its size");
      return;
    }
    if (check.find("import") != nullptr) {
      importer_.leave_out(from, name,
                          "it bundles one import, which a build does not; add an entry point for it and limit that");
      return;
    }
    DraftBudget budget;
    budget.id = check.string_or("name", "");
    budget.metric = is_true(check.find("gzip"))      ? "bundle.gzip"
                    : is_false(check.find("brotli")) ? "bundle.raw"
                                                     : "bundle.brotli";
    if (!read_limit(from, name, *limit, budget)) {
      return;
    }
    rests_on_defaults_ = rests_on_defaults_ || (!is_true(check.find("gzip")) && !is_true(check.find("brotli")));
    if (const json::Value* entry = check.find("entry")) {
      read_entry(from, name, *entry, std::move(budget));
      return;
    }
    read_path(from, name, check.find("path"), std::move(budget));
  }

  bool read_limit(const Location& from, const std::string& name, const json::Value& limit, DraftBudget& budget) {
    if (limit.is_number() && *limit.number() >= 0) {
      budget.max = bytes_text(*limit.number());
      return true;
    }
    const std::string* text = limit.string();
    if (text != nullptr && is_time(*text)) {
      importer_.leave_out(
          from, name,
          fmt::format("the limit {} is a time in a browser; limit lighthouse.lcp or lighthouse.tbt instead",
                      in_quotes(*text)));
      return false;
    }
    const auto size = text == nullptr ? std::nullopt : size_of_size_limit(*text);
    if (!size) {
      importer_.leave_out(
          from, name,
          fmt::format("the limit {} is not a size, so size-limit itself reads it as 0 B", in_quotes(limit)));
      return false;
    }
    budget.max = *size;
    return true;
  }

  void read_entry(const Location& from, const std::string& name, const json::Value& entry, DraftBudget budget) {
    const json::Value* one = &entry;
    if (entry.is_array() && entry.array()->size() == 1) {
      one = &entry.array()->front();
    }
    if (!one->is_string()) {
      importer_.leave_out(from, name,
                          "it adds up several entry points; give each a budget with where: { entry: NAME }");
      return;
    }
    budget.where = {{"entry", *one->string()}};
    importer_.add_input(
        {"dist/stats.json", "dist", "", {"the stats file of webpack: npx webpack --json=dist/stats.json"}});
    importer_.carry(from, name, std::move(budget));
  }

  void read_path(const Location& from, const std::string& name, const json::Value* path, DraftBudget budget) {
    const json::Value* one = path;
    if (path != nullptr && path->is_array() && path->array()->size() == 1) {
      one = &path->array()->front();
    }
    if (one == nullptr) {
      importer_.leave_out(from, name,
                          "it has no path: size-limit uses 'main' of package.json, which may not be a built file");
    } else if (!one->is_string()) {
      importer_.leave_out(from, name,
                          "it adds up several paths; limit the entry point that loads them: where: { entry: NAME }");
    } else {
      carry_sum(importer_, from, *one->string(), std::move(budget));
    }
  }

  Importer importer_;
  std::string plugin_;
  bool rests_on_defaults_ = false;
};

}  // namespace

Import import_size_limit(const std::string& path, const json::Value& checks, const json::Value* package) {
  return SizeLimitImport(path, package).run(checks);
}

}  // namespace budgetcheck
