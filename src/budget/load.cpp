#include "budget/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "base/append.h"
#include "base/embedded.h"
#include "base/text.h"
#include "budget/catalogue.h"
#include "budget/sections/sections.h"
#include "json/document.h"
#include "json/schema/schema.h"

namespace budgetcheck {
namespace {

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

/// In the order of the file, each once: a YAML alias repeats its errors.
void put_in_order(const std::string& path, Errors& errors) {
  const auto rank = [&](const Error& error) {
    return std::tuple(error.location.file != path, error.location.file, error.location.line, error.location.column);
  };
  std::stable_sort(errors.begin(), errors.end(), [&](const Error& a, const Error& b) { return rank(a) < rank(b); });
  errors.erase(std::unique(errors.begin(), errors.end()), errors.end());
}

void keep_the_first(const std::string& path, Errors& errors) {
  if (errors.size() > kMaxErrors) {
    const std::size_t more = errors.size() - kMaxErrors;
    errors.resize(kMaxErrors);
    errors.push_back({ErrorKind::kUsage, fmt::format("at least {} not listed", counted(more, "more error")),
                      Location::of(path), ""});
  }
}

Error unknown_metric(const Budget& budget) {
  const std::string metric = printable(budget.metric_id);
  const bool is_named_after_it = budget.id.starts_with(metric);
  return {ErrorKind::kUsage,
          is_named_after_it ? fmt::format("there is no metric '{}'", metric)
                            : fmt::format("the budget '{}' is on '{}', which is not a known metric", budget.id, metric),
          budget.location, budget.metric_hint, "UNKNOWN_METRIC"};
}

Error incomplete_waiver(const Waiver& waiver) {
  return {ErrorKind::kUsage,
          fmt::format("the waiver for '{}' has no '{}'", printable(waiver.budget), join(waiver.missing, "' and no '")),
          waiver.location, "a waiver names an owner, a reason and the last day on which it holds", "WAIVER_INCOMPLETE"};
}

bool is_any(const Section& /*section*/) { return true; }
bool is_of_limits(const Section& section) { return section.is_of_limits; }
bool is_of_the_rest(const Section& section) { return !section.is_of_limits; }
/// A record of results has no files beside it, neither of rules nor of apps.
bool is_of_the_rest_of_a_record(const Section& section) {
  return !section.is_of_limits && section.key != "rules_dir" && section.key != "apps";
}
bool is_of_apps(const Section& section) {
  return section.key == "project" || section.key == "inputs" || section.key == "apps";
}

/// A section that the file has, but under a misspelt key.
void note_misspelt_sections(const json::Value& document, Loading& loading) {
  for (const Section& section : sections()) {
    if (document.find(section.key) == nullptr && !loading.is_certain(document, {section.key})) {
      loading.unread.insert(section.key);
    }
  }
}

void load_sections(const json::Value& document, bool (*is_wanted)(const Section&), Loading& loading) {
  for (const Section* section : in_order_of_needs(sections())) {
    const json::Value* value = document.find(section->key);
    if (value == nullptr || !is_wanted(*section)) {
      continue;
    }
    if (!section->takes(*value)) {
      loading.unread.insert(section->key);
      continue;
    }
    section->load(loading, *value);
    if (loading.newer) {
      return;
    }
  }
}

/// `schema_errors` come along with what the loaders find, so that everything is reported at once.
ExpectedAll<BudgetsFile> load_document(const FileSystem& files, const std::string& path, json::Value document,
                                       bool (*is_wanted)(const Section&), Errors schema_errors) {
  BudgetsFile file = default_budgets();
  file.path = path;
  file.folder = folder_of(path);
  Errors errors = std::move(schema_errors);
  Loading loading{files, file, errors};
  loading.faults = Faults(errors);
  note_misspelt_sections(document, loading);
  load_sections(document, is_wanted, loading);
  if (loading.newer) {
    return refused(std::move(*loading.newer));
  }
  if (!errors.empty() || loading.passed_over) {
    std::erase_if(file.budgets, [&](const Budget& budget) { return loading.is_doubtful_metric(budget.metric_id); });
    append_to(errors, deferred_errors(file));
  }
  if (!errors.empty()) {
    put_in_order(path, errors);
    keep_the_first(path, errors);
    return refused(std::move(errors));
  }
  file.document = std::move(document);
  return file;
}

}  // namespace

BudgetsFile default_budgets() {
  BudgetsFile file;
  file.folder = ".";
  file.rules = shipped_rules();
  file.catalogue = shipped_metrics();
  return file;
}

NamedApps named_apps(const FileSystem& files, const std::string& path) {
  NamedApps named;
  const auto content = files.open(path);
  const ExpectedAll<json::Value> document =
      content ? json::read_document(path, (*content)->bytes()) : tl::unexpected(Errors());
  if (!document || !document->is_object() || document->find("apps") == nullptr) {
    return named;
  }
  named.any = true;
  BudgetsFile file = default_budgets();
  file.path = path;
  file.folder = folder_of(path);
  Errors errors;  // load_budgets tells them
  Loading loading{files, file, errors};
  load_sections(*document, is_of_apps, loading);
  named.project = std::move(file.project);
  named.has_inputs = !file.inputs.empty();
  named.apps = std::move(file.apps);
  return named;
}

std::optional<App> app_with_file(const FileSystem& files, const std::string& budgets_path) {
  const std::string folder = folder_of(budgets_path);
  const std::string real = files.real_path(folder);
  for (std::string below = folder;;) {
    const bool is_repository_root = files.kind(join_path(below, ".git")) != FileKind::kMissing;
    const Expected<std::string> above =
        is_repository_root ? std::string() : find_budgets_file(files, join_path(below, ".."));
    if (!above || above->empty() || files.real_path(folder_of(*above)) == files.real_path(below)) {
      return std::nullopt;
    }
    for (App& app : named_apps(files, *above).apps) {
      if (files.real_path(folder_of(app.budgets_path)) == real) {
        return std::move(app);
      }
    }
    below = folder_of(*above);
  }
}

Errors deferred_errors(const BudgetsFile& file) {
  Errors errors;
  for (const Budget& budget : file.budgets) {
    if (!budget.metric) {
      errors.push_back(unknown_metric(budget));
    }
  }
  for (const Waiver& waiver : file.waivers) {
    if (!waiver.missing.empty()) {
      errors.push_back(incomplete_waiver(waiver));
    }
  }
  put_in_order(file.path, errors);
  return errors;
}

ExpectedAll<BudgetsFile> load_past_budgets(const std::string& path, const json::Value& document,
                                           const FileSystem* tree) {
  if (!document.is_object()) {
    return refused(Error{ErrorKind::kUsage, "it is not a mapping", Location::of(path), ""});
  }
  // No schema check: the version that wrote the file may have known other keys.
  ExpectedAll<BudgetsFile> file = load_document(MemoryFileSystem(), path, document, is_of_limits, {});
  if (file) {
    // What is wrong here leaves the limits to be compared.
    Errors errors;
    const MemoryFileSystem nothing;
    Loading loading{tree == nullptr ? static_cast<const FileSystem&>(nothing) : *tree, *file, errors};
    loading.rules.any = tree == nullptr;
    load_sections(document, tree == nullptr ? is_of_the_rest_of_a_record : is_of_the_rest, loading);
    file->unread = std::move(errors);
  }
  return file;
}

ExpectedAll<BudgetsFile> load_past_budgets(const std::string& path, std::string_view text, const FileSystem* tree) {
  ExpectedAll<json::Value> document = json::read_document(path, text);
  if (!document) {
    return refused(std::move(document.error()));
  }
  return load_past_budgets(path, *document, tree);
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
  Errors schema_errors = budgets_schema().check(path, *document);
  return load_document(files, path, std::move(*document), is_any, std::move(schema_errors));
}

}  // namespace budgetcheck
