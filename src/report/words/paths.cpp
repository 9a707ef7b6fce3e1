#include "report/words/paths.h"

#include <array>
#include <cctype>

#include "base/file_system.h"
#include "base/text.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

std::string last_component(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

Location fallback(const Report& report) {
  if (!report.budgets_path.empty()) {
    return Location::of(report.budgets_path);
  }
  for (const Input& input : report.inputs) {
    if (!input.path.empty()) {
      return Location::of(input.path);
    }
  }
  return {};
}

}  // namespace

std::string repository_path(std::string_view file, const Report& report) {
  if (file.empty()) {
    return {};
  }
  constexpr std::size_t kLongest = 1000;
  const std::string name = name_text(file, kLongest);
  const bool has_scheme = name.find("://") != std::string::npos;
  std::string path = join_path(name_text(report.path_prefix, kLongest), replace_all(name, "\\", "/"));
  if (!report.repository_root.empty() && path.starts_with("/")) {
    path = relative_to(path, name_text(report.repository_root, kLongest));
  }
  const bool has_drive = path.size() > 1 && path[1] == ':';
  if (path.starts_with("/") || path.starts_with("../") || has_scheme || has_drive) {
    return last_component(path);
  }
  return path;
}

std::string relative_uri(std::string_view file, const Report& report) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  static constexpr std::string_view kUnreserved = "-._~/";
  std::string out;
  for (const char c : repository_path(file, report)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) != 0 || kUnreserved.find(c) != std::string_view::npos)) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 0xF];
    }
  }
  return out;
}

Location place_of(const Verdict& verdict, const Report& report) {
  if (!verdict.location.file.empty()) {
    return verdict.location;
  }
  return verdict.sample_location.file.empty() ? fallback(report) : verdict.sample_location;
}

Location place_of(const Finding& finding, const Report& report) {
  if (!finding.location.file.empty()) {
    return finding.location;
  }
  return finding.evidence.input.empty() ? fallback(report)
                                        : Location{finding.evidence.input, finding.evidence.line, 0, {}};
}

}  // namespace budgetcheck
