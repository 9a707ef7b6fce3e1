#include "collect/lighthouse/ci_folder.h"

#include <algorithm>

#include "base/text.h"
#include "json/document.h"
#include "json/value.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kNote = "lighthouse-ci";
constexpr std::size_t kMaxManifestBytes = std::size_t{4} << 20;
constexpr std::size_t kMaxResults = 10'000;

std::string_view name_of(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

/// "lhr-1732500000000.json", also packed
bool is_collected_result(std::string_view name) {
  constexpr std::string_view kPrefix = "lhr-";
  constexpr std::string_view kSuffix = ".json";
  constexpr std::string_view kPacked = ".gz";
  if (name.ends_with(kPacked)) {
    name.remove_suffix(kPacked.size());
  }
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix) || name.size() <= kPrefix.size() + kSuffix.size()) {
    return false;
  }
  const std::string_view number = name.substr(kPrefix.size(), name.size() - kPrefix.size() - kSuffix.size());
  return number.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string> manifest_results(const FileSystem& files, const std::string& path) {
  if (name_of(path) != "manifest.json" || files.kind(path) != FileKind::kRegular ||
      files.size(path) > kMaxManifestBytes) {
    return {};
  }
  const auto content = files.open(path);
  if (!content || (*content)->bytes().find("\"isRepresentativeRun\"") == std::string_view::npos) {
    return {};
  }
  const ExpectedAll<json::Value> document = json::read_json(path, (*content)->bytes());
  const json::Array* runs = document ? document->array() : nullptr;
  std::vector<std::string> results;
  if (runs == nullptr || runs->size() > kMaxResults) {
    return {};
  }
  for (const json::Value& run : *runs) {
    const std::string name(name_of(run.string_or("jsonPath", "")));
    if (name.empty() || name == "." || name == "..") {
      return {};
    }
    results.push_back(join_path(folder_of(path), name));
  }
  std::sort(results.begin(), results.end());
  results.erase(std::unique(results.begin(), results.end()), results.end());
  return results;
}

bool recognises(const Sniff& sniff) {
  const std::string_view name = name_of(sniff.path);
  return (name == "assertion-results.json" && sniff.is_array) ||
         (name == "links.json" && sniff.is_object && sniff.path.find(".lighthouseci/") != std::string_view::npos);
}

Expected<void> collect(const Source& /*source*/, const CollectContext& /*context*/, Input& input, Facts& /*facts*/) {
  input.message = "a note of Lighthouse CI, which measures nothing";
  return {};
}

void check_notes(Facts& facts) {
  std::vector<Input>& inputs = facts.inputs;
  const auto is_note = [](const Input& input) { return input.format == kNote; };
  if (std::any_of(inputs.begin(), inputs.end(),
                  [&](const Input& input) { return input.format.starts_with("lighthouse") && !is_note(input); })) {
    return;
  }
  for (Input& input : inputs) {
    if (is_note(input)) {
      input.state = InputState::kIncomplete;
      input.message += ", and no Lighthouse result is among the inputs";
      input.hint = "add the folder .lighthouseci, or the lhr-*.json in it";
    }
  }
}

}  // namespace

std::vector<std::string> lighthouse_ci_results(const FileSystem& files, const std::string& path) {
  if (files.kind(path) != FileKind::kDirectory) {
    return manifest_results(files, path);
  }
  std::vector<std::string> results;
  for (const DirEntry& entry : files.list(path)) {
    if (entry.kind == FileKind::kRegular && is_collected_result(entry.name)) {
      results.push_back(join_path(path, entry.name));
    }
  }
  return results.empty() ? manifest_results(files, join_path(path, "manifest.json")) : results;
}

Format lighthouse_ci_note_format() {
  Format format{kNote, {}, recognises, collect};
  format.copy_is_same_run = true;
  format.finish = check_notes;
  return format;
}

}  // namespace budgetcheck
