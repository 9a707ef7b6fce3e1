#include "generate/stale_files.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "detect/rule_findings.h"

namespace budgetcheck {
namespace {

using State = FileComparison::State;

constexpr std::size_t kShownLines = 6;

Finding begin(const Rule& rule, const GeneratedFile& file, std::string_view check) {
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.level;
  finding.subject = file.path;
  finding.location = Location::of(file.path);
  finding.key = finding_key(rule.id, {file.target, std::string(check)});
  finding.evidence.input = file.path;
  finding.evidence.details = {{"check", std::string(check)}, {"target", file.target}};
  return finding;
}

Finding differs(const Rule& rule, const GeneratedFile& file, const LineDiff& diff) {
  Finding finding = begin(rule, file, "differs");
  const std::size_t count = diff.lines.size() + diff.more;
  finding.location.line = diff.first_line;
  finding.evidence.line = diff.first_line;
  finding.message = fmt::format("'{}' is not what '{}' writes: {}, from line {} ({}{})", printable(file.path),
                                file.target, counted(count, "line differs", "lines differ"), diff.first_line,
                                join(diff.lines, "; "), diff.more > 0 ? fmt::format("; {} more", diff.more) : "");
  finding.fix.text = fmt::format(
      "Run budgetcheck generate {} and commit the file. To change the limits, change the budgets file, and generate.",
      file.target);
  finding.magnitude = static_cast<double>(count);
  for (std::size_t i = 0; i < diff.lines.size(); ++i) {
    finding.evidence.details.emplace_back(fmt::format("diff {}", i + 1), diff.lines[i]);
  }
  return finding;
}

}  // namespace

FileComparison compare_generated(const FileSystem& files, const GeneratedFile& file, std::size_t most_lines) {
  if (files.kind(file.path) == FileKind::kMissing) {
    return {State::kMissing, {}, {}};
  }
  const auto content = files.open(file.path);
  if (!content) {
    return {State::kUnreadable, {}, content.error().message};
  }
  const std::string_view bytes = (*content)->bytes();
  LineDiff diff = line_diff(bytes, file.text, most_lines);
  if (diff.empty()) {
    return {};
  }
  const bool is_ours = bytes.substr(0, bytes.find('\n')).find(kGeneratedMark) != std::string_view::npos;
  return {is_ours ? State::kDiffers : State::kForeign, std::move(diff), {}};
}

std::vector<Finding> stale_files(const FileSystem& files, const RuleSet& rules,
                                 const std::vector<GeneratedFile>& generated) {
  std::vector<Finding> kept;
  const Rule* rule = rules.find("generated-file-stale");
  if (rule == nullptr || rule->level == Level::kOff) {
    return kept;
  }
  std::vector<Finding> found;
  for (const GeneratedFile& file : generated) {
    FileComparison compared = compare_generated(files, file, kShownLines);
    Finding finding;
    switch (compared.state) {
      case State::kSame:
        continue;
      case State::kDiffers:
        finding = differs(*rule, file, compared.diff);
        break;
      case State::kMissing:
        finding = begin(*rule, file, "missing");
        finding.location = file.location;
        finding.message = fmt::format("'{}', which '{}' writes, is not there", printable(file.path), file.target);
        finding.fix.text = fmt::format("Run budgetcheck generate {} and commit the file.", file.target);
        break;
      case State::kForeign:
        finding = begin(*rule, file, "foreign");
        finding.message = fmt::format(
            "'{}' was not written by budgetcheck generate, so nobody knows whether it is "
            "what '{}' would write",
            printable(file.path), file.target);
        finding.fix.text = fmt::format(
            "Move it away and run budgetcheck generate {}; or keep it, name it under limits.nginx instead of "
            "generate, and it is compared with the plans.",
            file.target);
        break;
      case State::kUnreadable:
        finding = begin(*rule, file, "unreadable");
        finding.message = fmt::format("'{}', which '{}' writes, cannot be read: {}", printable(file.path), file.target,
                                      compared.problem);
        finding.fix.text = "Make it a file that may be read.";
        break;
    }
    found.push_back(std::move(finding));
  }
  keep_findings(*rule, std::move(found), kept);
  return kept;
}

}  // namespace budgetcheck
