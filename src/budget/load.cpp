#include "budget/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "base/embedded.h"
#include "base/number.h"
#include "base/text.h"
#include "budget/catalogue.h"
#include "budget/sections/loading.h"
#include "json/document.h"
#include "json/schema/schema.h"

namespace budgetcheck {
namespace {

constexpr double kVersion = 1;
constexpr std::size_t kMaxErrors = 200;

const json::Schema& budgets_schema() {
  static const json::Schema kSchema = [] {
    constexpr std::string_view kName = "budgets.v1.json";
    for (const EmbeddedFile& file : embedded_schemas()) {
      if (file.name == kName) {
        return json::Schema(std::string(kName), file.bytes);
      }
    }
    throw InternalError("the schema of budgets files was not compiled in");
  }();
  return kSchema;
}

tl::unexpected<Errors> refused(Errors errors) { return tl::unexpected<Errors>(std::move(errors)); }

tl::unexpected<Errors> refused(Error error) {
  Errors errors;
  errors.push_back(std::move(error));
  return refused(std::move(errors));
}

/// A newer file may hold anything, so that nothing else can be said of it.
std::optional<Error> newer_version(const std::string& path, const json::Value& document) {
  const json::Value* version = document.find("version");
  const double* number = version == nullptr ? nullptr : version->number();
  if (number == nullptr || *number <= kVersion || std::trunc(*number) != *number) {
    return std::nullopt;
  }
  return Error{ErrorKind::kUsage,
               fmt::format("the file is of version {}, and this program reads version {}", format_number(*number),
                           format_number(kVersion)),
               json::location_of(path, *version), "use a newer budgetcheck", "SCHEMA_VERSION"};
}

/// In the order of the file, each once (an alias repeats what it stands for), and not without end.
void tidy(const std::string& path, Errors& errors) {
  const auto rank = [&](const Error& error) {
    return std::tuple(error.location.file != path, error.location.file, error.location.line, error.location.column);
  };
  std::stable_sort(errors.begin(), errors.end(), [&](const Error& a, const Error& b) { return rank(a) < rank(b); });
  errors.erase(std::unique(errors.begin(), errors.end()), errors.end());
  if (errors.size() > kMaxErrors) {
    const std::size_t more = errors.size() - kMaxErrors;
    errors.resize(kMaxErrors);
    errors.push_back(
        {ErrorKind::kUsage, "at least " + counted(more, "more error") + " not listed", Location::of(path), ""});
  }
}

}  // namespace

BudgetsFile default_budgets() {
  BudgetsFile file;
  file.folder = ".";
  file.rules = shipped_rules();
  file.catalogue = shipped_metrics();
  return file;
}

ExpectedAll<BudgetsFile> load_past_budgets(const std::string& path, const json::Value& document) {
  if (!document.is_object()) {
    return refused(Error{ErrorKind::kUsage, "it is no mapping", Location::of(path), ""});
  }
  if (std::optional<Error> newer = newer_version(path, document)) {
    return refused(std::move(*newer));
  }
  BudgetsFile file = default_budgets();
  file.path = path;
  file.folder = folder_of(path);
  Errors errors;
  const MemoryFileSystem no_files;
  Loading loading{no_files, file, errors};
  if (const json::Value* metrics = document.find("metrics")) {
    load_metrics(loading, *metrics);
  }
  if (const json::Value* budgets = document.find("budgets")) {
    load_budget_list(loading, *budgets);
  }
  if (!errors.empty()) {
    tidy(path, errors);
    return refused(std::move(errors));
  }
  file.document = document;
  return file;
}

ExpectedAll<BudgetsFile> load_past_budgets(const std::string& path, std::string_view text) {
  ExpectedAll<json::Value> document = json::read_document(path, text);
  if (!document) {
    return refused(std::move(document.error()));
  }
  return load_past_budgets(path, *document);
}

ExpectedAll<BudgetsFile> load_budgets(const FileSystem& files, const std::string& path) {
  const auto content = files.open(path);
  if (!content) {
    Error error = content.error();
    error.kind = ErrorKind::kUsage;
    error.hint = "check the path of the budgets file";
    return refused(std::move(error));
  }
  ExpectedAll<json::Value> document = json::read_document(path, (*content)->bytes());
  if (!document) {
    for (Error& error : document.error()) {
      error.kind = ErrorKind::kUsage;
    }
    return refused(std::move(document.error()));
  }
  if (std::optional<Error> newer = newer_version(path, *document)) {
    return refused(std::move(*newer));
  }
  BudgetsFile file = default_budgets();
  file.path = path;
  file.folder = folder_of(path);
  file.project = text_of(*document, "project");
  Errors errors = budgets_schema().check(path, *document);
  Loading loading{files, file, errors};
  if (const json::Value* metrics = document->find("metrics")) {
    load_metrics(loading, *metrics);
  }
  load_rules(loading, *document);
  load_inputs(loading, *document);
  if (const json::Value* budgets = document->find("budgets")) {
    load_budget_list(loading, *budgets);
  }
  if (const json::Value* waivers = document->find("waivers")) {
    load_waivers(loading, *waivers);
  }
  if (const json::Value* removed = document->find("removed")) {
    load_removed(loading, *removed);
  }
  if (!errors.empty()) {
    const Errors incomplete = incomplete_waivers(file);
    errors.insert(errors.end(), incomplete.begin(), incomplete.end());
    tidy(path, errors);
    return refused(std::move(errors));
  }
  file.document = std::move(*document);
  return file;
}

}  // namespace budgetcheck
