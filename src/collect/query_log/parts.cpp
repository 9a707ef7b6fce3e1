#include "collect/query_log/parts.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLongest = 200;
constexpr std::size_t kKeyDigits = 8;
constexpr std::size_t kMostParts = 20'000;
constexpr std::size_t kFewestOfRoute = 10;

/// "SELECT … FROM": what a statement reads of its rows says less than from where it reads them. Shapes have their
/// keywords in capitals and single spaces.
std::string without_columns(std::string_view text) {
  constexpr std::string_view kSelect = "SELECT ";
  constexpr std::string_view kFrom = " FROM ";
  constexpr std::size_t kShort = 40;
  if (!text.starts_with(kSelect)) {
    return std::string(text);
  }
  int depth = 0;
  for (std::size_t i = kSelect.size(); i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0 && text.substr(i).starts_with(kFrom)) {
      return i - kSelect.size() <= kShort ? std::string(text) : "SELECT …" + std::string(text.substr(i));
    }
  }
  return std::string(text);
}

}  // namespace

std::string statement_name(const QueryShape& shape) {
  const std::string name = shorten_middle(printable(without_columns(shape.text)), kLongest);
  return name == shape.text ? name : name + " [" + shape.key.substr(0, kKeyDigits) + "]";
}

void append_query_parts(const std::vector<QueryCosts::MostExecuted>& uses, const std::vector<QueryShape>& shapes,
                        const std::vector<std::string>& routes, std::vector<Part>& parts) {
  std::map<std::uint32_t, std::map<std::string, Part>> by_route;
  for (const QueryCosts::MostExecuted& use : uses) {
    if (use.route >= routes.size() || use.shape >= shapes.size()) {
      continue;
    }
    const QueryShape& shape = shapes[use.shape];
    std::string name = statement_name(shape);
    Part& part = by_route[use.route][name];
    part.size += static_cast<double>(use.count);
    part.name = std::move(name);
    if (part.importers.empty() && !shape.source.file.empty()) {
      part.importers.push_back(shape.source.file + ":" + std::to_string(shape.source.line));
    }
  }
  const std::size_t most =
      std::clamp(kMostParts / std::max<std::size_t>(by_route.size(), 1), kFewestOfRoute, kMaxStatementsOfRoute);
  for (auto& [route, named] : by_route) {
    std::vector<Part> statements;
    for (auto& [name, part] : named) {
      part.metric = "queries.count";
      part.where = {{"route", routes[route]}};
      part.kind = "query";
      part.unit = Unit::kCount;
      statements.push_back(std::move(part));
    }
    keep_biggest(statements, most);
    std::move(statements.begin(), statements.end(), std::back_inserter(parts));
  }
}

}  // namespace budgetcheck
