#include "budget/import/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "base/file_system.h"
#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "budget/import/importer.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kKnown =
    "init --from reads a lighthouserc, a LightWallet budget.json, the configuration of size-limit, bundlewatch, "
    "bundlesize or bundlemon, thresholds of k6 and artillery, SLOs of Keptn, and analyses of Argo Rollouts and Flagger";

bool is_same_place(const DraftBudget& a, const DraftBudget& b) {
  auto where_a = a.where;
  auto where_b = b.where;
  std::sort(where_a.begin(), where_a.end());
  std::sort(where_b.begin(), where_b.end());
  return a.metric == b.metric && a.stat == b.stat && where_a == where_b;
}

/// The number of a limit in base units, to tell which of two is stricter. Both have the unit of one metric.
double value_of(const std::string& limit) {
  for (const Unit unit : {Unit::kCount, Unit::kBytes, Unit::kMilliseconds, Unit::kRatio}) {
    if (const Expected<double> value = parse_quantity(limit, unit)) {
      return *value;
    }
  }
  return 0;
}

/// Keeps the stricter of each limit.
void tighten(DraftBudget& kept, const DraftBudget& other) {
  const auto stricter = [](std::string& a, const std::string& b, bool is_max) {
    if (a.empty() || (!b.empty() && (is_max ? value_of(b) < value_of(a) : value_of(b) > value_of(a)))) {
      a = b;
    }
  };
  stricter(kept.min, other.min, false);
  stricter(kept.max, other.max, true);
  stricter(kept.max_increase, other.max_increase, true);
  if (other.level.empty()) {
    kept.level.clear();  // an error is stricter than a warning
  }
}

/// What a bundler wrote about its build.
bool is_stats_file(const DraftInput& input) { return input.path.ends_with("/stats.json"); }

std::string file_name(std::string_view path) { return lower(path.substr(path.rfind('/') + 1)); }

bool is_program(const std::string& name) {
  static constexpr std::array<std::string_view, 6> kEndings{".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view end) { return name.ends_with(end); });
}

Error program_error(const std::string& path) {
  const std::string shown = printable(path);
  const std::string stem = path.substr(0, path.rfind('.'));
  return {ErrorKind::kUsage, fmt::format("'{}' is a program, and budgetcheck does not run programs", shown),
          Location::of(path),
          fmt::format("let node write what it exports: node -p \"JSON.stringify(require('./{}'))\" > {}.json, then "
                      "budgetcheck init --from {}.json",
                      shown, printable(stem), printable(stem))};
}

bool any_item_has(const json::Value& list, std::initializer_list<std::string_view> keys) {
  return std::any_of(list.array()->begin(), list.array()->end(), [&](const json::Value& item) {
    return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return item.find(key) != nullptr; });
  });
}

bool has_any(const json::Value& object, std::initializer_list<std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return object.find(key) != nullptr; });
}

std::vector<Import> import_package(const std::string& path, const json::Value& document) {
  std::vector<Import> imports;
  if (const json::Value* checks = document.find("size-limit")) {
    imports.push_back(import_size_limit(path, *checks, &document));
  }
  if (const json::Value* config = document.find("bundlewatch")) {
    imports.push_back(import_bundlewatch(path, *config));
  }
  if (const json::Value* config = document.find("bundlesize")) {
    imports.push_back(import_bundlesize(path, *config));
  }
  if (const json::Value* config = document.find("bundlemon")) {
    imports.push_back(import_bundlemon(path, *config));
  }
  return imports;
}

std::vector<Import> recognise_list(const std::string& path, const json::Value& document) {
  if (any_item_has(document, {"resourceSizes", "resourceCounts", "timings"})) {
    return {import_lightwallet(path, document)};
  }
  if (any_item_has(document, {"maxSize"})) {
    return {import_bundlesize(path, document)};
  }
  if (any_item_has(document, {"limit", "path", "entry"})) {
    return {import_size_limit(path, document, nullptr)};
  }
  return {};
}

/// Limits on load tests, and on what is measured while a release rolls out.
std::vector<Import> recognise_load(const std::string& path, const json::Value& document) {
  const std::string_view kind = document.string_or("kind", "");
  if (kind == "AnalysisTemplate" || kind == "ClusterAnalysisTemplate") {
    return {import_argo(path, document)};
  }
  if (kind == "Canary" || kind == "MetricTemplate") {
    return {import_flagger(path, document)};
  }
  if (kind == "AnalysisDefinition" ||
      (document.find("objectives") != nullptr && has_any(document, {"spec_version", "comparison", "total_score"}))) {
    return {import_keptn(path, document)};
  }
  const json::Value* config = document.find("config");
  if (config != nullptr && (config->find("ensure") != nullptr || config->at({"plugins", "ensure"}) != nullptr)) {
    return {import_artillery(path, *config)};
  }
  const json::Value* metrics = document.find("metrics");
  if (metrics != nullptr && metrics->is_object() && has_any(document, {"root_group", "state"})) {
    return {import_k6_summary(path, *metrics)};
  }
  const json::Value* options = document.find("options");
  const json::Value* thresholds = (options == nullptr ? document : *options).find("thresholds");
  return thresholds != nullptr && thresholds->is_object() ? std::vector<Import>{import_k6_options(path, *thresholds)}
                                                          : std::vector<Import>{};
}

std::vector<Import> recognise(const std::string& path, const json::Value& document) {
  if (document.is_array()) {
    return recognise_list(path, document);
  }
  if (!document.is_object()) {
    return {};
  }
  if (std::vector<Import> of_load = recognise_load(path, document); !of_load.empty()) {
    return of_load;
  }
  if (has_any(document, {"resourceSizes", "resourceCounts", "timings"})) {
    return {import_lightwallet(path, document)};
  }
  for (const std::string_view key : {"ci", "ci:client"}) {
    // bundlewatch has a "ci" too, beside its files.
    if (const json::Value* ci = document.find(key); ci != nullptr && document.find("files") == nullptr) {
      return {import_lighthouse_ci(path, *ci)};
    }
  }
  if (has_any(document, {"size-limit", "bundlewatch", "bundlesize", "bundlemon"})) {
    return import_package(path, document);
  }
  const std::string name = file_name(path);
  const bool files = document.find("files") != nullptr;
  if (document.find("groups") != nullptr ||
      (files && (name.find("bundlemon") != std::string::npos ||
                 has_any(document, {"baseDir", "subProject", "pathLabels", "reportOutput"})))) {
    return {import_bundlemon(path, document)};
  }
  if (files) {
    return {name.find("bundlesize") != std::string::npos ? import_bundlesize(path, document)
                                                         : import_bundlewatch(path, document)};
  }
  return {};
}

}  // namespace

void Importer::carry(const Location& from, std::string_view subject, DraftBudget budget,
                     std::vector<std::string> notes) {
  budget.source = from;
  const std::string shown = shorten(printable(subject), 100);
  const std::string text = join(notes, "; ");
  budget.comments.insert(budget.comments.begin(), fmt::format("{} ({})", shown, to_string(from)));
  for (std::string& note : notes) {
    budget.comments.push_back("note: " + std::move(note));
  }
  result_.remarks.push_back(
      {from, shown, fmt::format("-> {}{}{}", summary_of(budget), text.empty() ? "" : "; ", text), true});
  const auto same = std::find_if(result_.budgets.begin(), result_.budgets.end(),
                                 [&](const DraftBudget& other) { return is_same_place(other, budget); });
  if (same == result_.budgets.end()) {
    const auto rival = std::find_if(result_.budgets.begin(), result_.budgets.end(), [&](const DraftBudget& other) {
      return !budget.id.empty() && other.id == budget.id;
    });
    if (rival != result_.budgets.end() || budget.id == "*") {
      budget.id.clear();  // ids are unique; the comment has the name
    }
    result_.budgets.push_back(std::move(budget));
    return;
  }
  const std::string line = to_string(same->source);
  if (which_ == WhichHolds::kFirst) {
    result_.remarks.back().carried = false;
    result_.remarks.back().text = fmt::format("limits the same as {}, and in {} the first one applies", line, tool());
  } else if (which_ == WhichHolds::kLast && same->comments.front().starts_with(shown + " (")) {
    say(from, shown, fmt::format("limits the same as {}, and in {} the last one applies", line, tool()));
    *same = std::move(budget);
  } else {
    say(from, shown, fmt::format("limits the same as {}: the stricter of the two limits is kept", line));
    tighten(*same, budget);
  }
}

void Importer::leave_out(const Location& from, std::string_view subject, std::string why) {
  result_.remarks.push_back({from, shorten(printable(subject), 100), std::move(why), false});
}

void Importer::say(const Location& from, std::string_view subject, std::string text) {
  result_.remarks.push_back({from, shorten(printable(subject), 100), std::move(text), true});
}

void Importer::add_input(DraftInput input) {
  for (const DraftInput& known : result_.inputs) {
    if (known.path == input.path && known.root == input.root) {
      return;
    }
    if (known.comments == input.comments) {
      input.comments.clear();  // once is enough
    }
  }
  result_.inputs.push_back(std::move(input));
}

bool Importer::takes_build(const Location& from, std::string_view subject, const std::string& root) {
  root_ = root_.empty() ? root : root_;
  if (root_ != root) {
    leave_out(from, subject,
              fmt::format("it belongs to another build ({}) than the lines above ({}), and both have files of the same "
                          "names: write one budgets file per build, each in a folder of its own",
                          in_quotes(root), in_quotes(root_)));
  }
  return root_ == root;
}

bool Importer::is_full(const json::Value& next) {
  constexpr std::size_t kMostLines = 1000;
  if (lines_++ < kMostLines) {
    return false;
  }
  if (lines_ == kMostLines + 2) {
    leave_out(at(next), "the rest", fmt::format("only the first {} entries are read", kMostLines));
  }
  return true;
}

std::string in_quotes(std::string_view text) { return "'" + shorten(printable(text), 60) + "'"; }

std::string in_quotes(const json::Value& value) {
  return value.is_string()   ? in_quotes(*value.string())
         : value.is_number() ? format_number(*value.number())
                             : std::string(json::type_name(value.type()));
}

void add_import(Import& all, Import more) {
  all.tool += (all.tool.empty() ? "" : ", ") + more.tool;
  for (DraftInput& input : more.inputs) {
    const bool known = std::any_of(all.inputs.begin(), all.inputs.end(),
                                   [&](const DraftInput& other) { return other.path == input.path; });
    if (!known) {
      all.inputs.push_back(std::move(input));
    }
  }
  // One build is named by its bundler's stats file or by its own files, never by both.
  const auto by_stats_file = std::find_if(all.inputs.begin(), all.inputs.end(), is_stats_file);
  if (by_stats_file != all.inputs.end()) {
    const std::string root = by_stats_file->root;
    std::erase_if(all.inputs, [&](const DraftInput& input) {
      return !is_stats_file(input) && (input.root == root || input.path == root);
    });
  }
  all.remarks.insert(all.remarks.end(), more.remarks.begin(), more.remarks.end());
  for (DraftBudget& budget : more.budgets) {
    const auto same = std::find_if(all.budgets.begin(), all.budgets.end(),
                                   [&](const DraftBudget& other) { return is_same_place(other, budget); });
    if (same != all.budgets.end()) {
      all.remarks.push_back(
          {budget.source, budget.metric,
           fmt::format("is limited in {} too: the stricter of the two limits is kept", to_string(same->source)), true});
      tighten(*same, budget);
      continue;
    }
    const bool taken = std::any_of(all.budgets.begin(), all.budgets.end(),
                                   [&](const DraftBudget& other) { return other.id == budget.id; });
    if (taken) {
      budget.id.clear();
    }
    all.budgets.push_back(std::move(budget));
  }
}

namespace {

/// The documents of a YAML file as texts of their own, each in its line: manifests hold several resources.
std::vector<std::string> yaml_documents(std::string_view bytes) {
  std::vector<std::string> documents;
  std::string lines_before;
  std::string text;
  bool has_text = false;
  for (const std::string_view line : split(bytes, '\n')) {
    const bool ends = line == "---" || line == "---\r" || line.starts_with("--- ");
    if (ends && has_text) {
      documents.push_back(std::move(text));
      has_text = false;
    }
    lines_before += '\n';
    if (ends && !has_text) {
      text = lines_before;
      continue;
    }
    has_text = has_text || (!trim(line).empty() && !trim(line).starts_with('#'));
    text += std::string(line) + "\n";
  }
  if (has_text) {
    documents.push_back(std::move(text));
  }
  return documents;
}

ExpectedAll<std::vector<json::Value>> read_documents(const std::string& path, std::string_view bytes) {
  std::vector<json::Value> documents;
  Errors errors;
  const bool is_json = json::is_json_document(path, bytes);
  const std::vector<std::string> texts = is_json ? std::vector<std::string>{} : yaml_documents(bytes);
  if (texts.size() < 2) {
    ExpectedAll<json::Value> alone =
        is_json ? json::read_json(path, bytes) : json::read_yaml(path, bytes, json::YamlMerges::kFollowed);
    if (!alone) {
      return tl::unexpected(std::move(alone.error()));
    }
    documents.push_back(std::move(*alone));
    return documents;
  }
  for (const std::string& text : texts) {
    ExpectedAll<json::Value> one = json::read_yaml(path, text, json::YamlMerges::kFollowed);
    if (one) {
      documents.push_back(std::move(*one));
    } else {
      errors.insert(errors.end(), one.error().begin(), one.error().end());
    }
  }
  return errors.empty() ? ExpectedAll<std::vector<json::Value>>(std::move(documents))
                        : ExpectedAll<std::vector<json::Value>>(tl::unexpected(std::move(errors)));
}

}  // namespace

ExpectedAll<Import> import_budgets(const std::string& path, std::string_view bytes) {
  const std::string name = file_name(path);
  if (is_program(name)) {
    if (is_k6_program(bytes)) {
      return import_k6_program(path, bytes);
    }
    return tl::unexpected(Errors{program_error(path)});
  }
  ExpectedAll<std::vector<json::Value>> documents = read_documents(path, bytes);
  if (!documents) {
    for (Error& error : documents.error()) {
      error.kind = ErrorKind::kUsage;
    }
    return tl::unexpected(std::move(documents.error()));
  }
  const json::Value* document = &documents->front();
  if (document->find("version") != nullptr && has_any(*document, {"budgets", "inputs"})) {
    return tl::unexpected(
        Errors{{ErrorKind::kUsage, fmt::format("'{}' is a budgets file of budgetcheck already", printable(path)),
                Location::of(path), fmt::format("check it with: budgetcheck validate --budgets {}", printable(path))}});
  }
  std::vector<Import> imports;
  for (const json::Value& one : *documents) {
    std::vector<Import> more = recognise(path, one);
    std::move(more.begin(), more.end(), std::back_inserter(imports));
  }
  if (imports.empty()) {
    const std::string what = name == "package.json" ? "has no size-limit, bundlewatch, bundlesize or bundlemon"
                                                    : "is not a configuration that budgetcheck knows";
    return tl::unexpected(Errors{
        {ErrorKind::kUsage, fmt::format("'{}' {}", printable(path), what), Location::of(path), std::string(kKnown)}});
  }
  Import all;
  for (Import& import : imports) {
    add_import(all, std::move(import));
  }
  return all;
}

}  // namespace budgetcheck
