#include "collect/lighthouse/values.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "collect/http/page_label.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxShown = 200;

}  // namespace

const double* finite_number(const json::Value* value) {
  const double* number = value == nullptr ? nullptr : value->number();
  return number != nullptr && std::isfinite(*number) ? number : nullptr;
}

std::vector<std::string> strings_of(const json::Value* value) {
  std::vector<std::string> out;
  if (const json::Array* elements = value == nullptr ? nullptr : value->array()) {
    for (const json::Value& element : *elements) {
      if (const std::string* text = element.string()) {
        out.push_back(*text);
      }
    }
  }
  return out;
}

std::string shown_name(std::string_view name) { return shorten(printable(name), kMaxShown); }

std::string quoted_text(std::string_view text) { return fmt::format("'{}'", shown_name(without_query_strings(text))); }

}  // namespace budgetcheck
