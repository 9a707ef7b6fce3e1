#include "report/words/cause_words.h"

#include "base/text.h"
#include "base/units.h"
#include "report/words/printable.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kNameWidth = 120;

/// What the numbers of a kind count, where that is not what its verdict counts.
std::string_view counts(std::string_view kind) {
  if (kind == "package" || kind == "module") {
    return " of source";
  }
  if (is_package_kind(kind) || is_module_kind(kind)) {
    return " of output";
  }
  if (kind == "field") {
    return " of decoded JSON";
  }
  return kind == "query" ? " in one request" : "";
}

std::string_view noun(std::string_view kind) {
  if (is_package_kind(kind)) {
    return "package";
  }
  if (is_module_kind(kind)) {
    return "module";
  }
  return kind == "query" ? "statement" : kind == "asset" ? "file" : kind;
}

bool is_worse(const Verdict& verdict) {
  return verdict.delta && *verdict.delta != 0 && (*verdict.delta > 0) != verdict.higher_is_better;
}

}  // namespace

std::string cause_words(const Cause& cause) {
  const bool query = cause.kind == "query";
  std::string out = format_delta(cause.now - cause.base, cause.unit) + (cause.at_least ? " or more" : "");
  out += std::string(counts(cause.kind)) + ": ";
  out += query ? sql_text(cause.name, kNameWidth) : name_text(cause.name, kNameWidth);
  const bool known_before = cause.change != Cause::Change::kNew && cause.change != Cause::Change::kGone;
  const std::string kind = name_text(noun(cause.kind), 40);
  if (known_before && cause.at_least) {
    out += " (" + kind + ", " + (cause.now > cause.base ? "new or bigger" : "gone or smaller");
  } else if (known_before) {
    out += " (" + kind + ", " + format_quantity(cause.base, cause.unit, cause.now) + " → " +
           format_quantity(cause.now, cause.unit, cause.base);
  } else {
    out += " (" + std::string(to_string(cause.change)) + " " + kind;
  }
  if (!cause.importer.empty() && cause.change != Cause::Change::kGone) {
    out += (query ? ", called from " : ", imported by ") + name_text(cause.importer, kNameWidth);
  }
  return out + ")";
}

std::vector<std::string> cause_lines(const Verdict& verdict) {
  std::vector<std::string> lines;
  if (verdict.status == Status::kPass && !is_worse(verdict)) {
    return lines;
  }
  for (const Cause& cause : verdict.causes) {
    lines.push_back(cause_words(cause));
  }
  return lines;
}

}  // namespace budgetcheck
