#include "budget/import/load_terms.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {

std::optional<LoadComparison> parse_load_comparison(std::string_view text) {
  for (const std::string_view op : {"===", "==", "<=", ">=", "<", ">"}) {
    const std::size_t at = text.find(op);
    if (at == std::string_view::npos) {
      continue;
    }
    const std::string_view left = trim(text.substr(0, at));
    const auto right = parse_number(trim(text.substr(at + op.size())));
    if (left.empty() || !right || left.find_first_of("<>=!&|") != std::string_view::npos) {
      return std::nullopt;
    }
    return LoadComparison{std::string(left), op == "===" ? "==" : std::string(op), *right};
  }
  return std::nullopt;
}

std::string stat_of_load(std::string_view name) {
  std::string plain = lower(trim(name));
  for (const std::string_view mark : {"p(", "p", ")", "_"}) {
    plain = replace_all(std::move(plain), mark, "");
  }
  for (const std::string_view number : {"75", "90", "95", "99"}) {
    if (plain == number) {
      return "p" + std::string(number);
    }
  }
  const std::string word = lower(trim(name));
  if (word == "med" || word == "median" || plain == "50") {
    return "median";
  }
  if (word == "avg" || word == "mean" || word == "average") {
    return "mean";
  }
  return word == "max" || word == "min" ? word : "";
}

std::string ms_limit(double ms) { return format_number(ms) + " ms"; }

std::string share_limit(double share) {
  constexpr double kPercent = 100;
  constexpr int kDigits = 9;
  return format_rounded(share * kPercent, kDigits) + "%";
}

std::string count_limit(double count) { return format_number(count); }

std::string exact_glob(std::string_view text) {
  std::string glob;
  for (const char c : text) {
    glob += std::string_view("*?{}\\").find(c) != std::string_view::npos ? std::string("\\") + c : std::string(1, c);
  }
  return glob;
}

std::string strict_note(std::string_view tool, const LoadComparison& comparison) {
  return fmt::format("a value of exactly {} breaks it in {}, and keeps it here", format_number(comparison.right), tool);
}

}  // namespace budgetcheck
