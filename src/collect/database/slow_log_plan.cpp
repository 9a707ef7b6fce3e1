#include "collect/database/slow_log_plan.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr double kHundred = 100;

double number_of(std::string_view text) {
  const std::optional<double> value = parse_number(text);
  return value && *value >= 0 ? *value : -1;
}

PlanAccess::Way way_of(std::string_view type, std::string_view extra) {
  if (type == "ALL") {
    return PlanAccess::Way::kScan;
  }
  if (type == "index") {
    return PlanAccess::Way::kFullIndex;
  }
  constexpr std::array<std::string_view, 9> kByKey{
      "range", "ref", "eq_ref", "const", "system", "ref_or_null", "fulltext", "unique_subquery", "index_subquery"};
  if (std::find(kByKey.begin(), kByKey.end(), type) != kByKey.end() || type.starts_with("index_merge")) {
    // A skip scan jumps through the whole index.
    return extra.find("skip scan") != std::string_view::npos ? PlanAccess::Way::kFullIndex : PlanAccess::Way::kIndex;
  }
  return type.starts_with("ref|") || type.starts_with("eq_ref|") || type.starts_with("range|")
             ? PlanAccess::Way::kIndex  // MariaDB with a rowid filter beside the key: "ref|filter"
             : PlanAccess::Way::kUnknown;
}

}  // namespace

void SlowLogPlan::clear() {
  columns_.clear();
  accesses_.clear();
  rows_ = 0;
  select_.clear();
  loops_ = 1;
  broken_ = false;
}

std::string_view SlowLogPlan::field(const std::vector<std::string_view>& row, std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  const auto i = static_cast<std::size_t>(found - columns_.begin());
  return i < row.size() && row[i] != "NULL" ? row[i] : std::string_view();
}

void SlowLogPlan::add(std::string_view row) {
  if (++rows_ > kMaxRows) {
    broken_ = true;
    return;
  }
  std::vector<std::string_view> fields = split(row, '\t');
  for (std::string_view& field : fields) {
    field = trim(field);
  }
  if (columns_.empty()) {
    columns_.assign(fields.begin(), fields.end());
    const bool named = std::find(columns_.begin(), columns_.end(), "table") != columns_.end() &&
                       std::find(columns_.begin(), columns_.end(), "type") != columns_.end();
    broken_ = broken_ || !named;
  } else if (fields.size() + 1 < columns_.size() || fields.size() > columns_.size()) {
    broken_ = true;  // an empty Extra at the end may be lost on the way
  } else {
    add_access(fields);
  }
}

void SlowLogPlan::add_access(const std::vector<std::string_view>& row) {
  const std::string_view table = field(row, "table");
  const std::string_view select_type = field(row, "select_type");
  const std::string_view extra = field(row, "Extra");
  const double read = number_of(field(row, "r_rows"));
  const double passed = number_of(field(row, "r_filtered"));
  const std::string select = std::string(field(row, "id")) + " " + std::string(select_type);
  if (select != select_) {
    select_ = select;
    // How often a subquery runs that depends on the row around it is not said.
    loops_ = select_type.starts_with("DEPENDENT") || select_type.starts_with("UNCACHEABLE") ? -1 : 1;
  }
  const double loops = loops_;
  if (read < 0 || passed < 0 || loops < 0) {
    loops_ = -1;
  } else {
    loops_ = loops * read * passed / kHundred;
  }
  if (table.empty() || table.starts_with('<')) {
    return;
  }
  PlanAccess access;
  access.table = table;
  access.index = field(row, "key");
  access.way = way_of(field(row, "type"), extra);
  access.filtered = extra.find("Using where") != std::string_view::npos;
  access.loops = loops < 0 ? 1 : loops;
  access.rows_estimated = number_of(field(row, "rows"));
  // Behind a sort r_rows counts what the sort handed on, and not what was read for it.
  const bool sorted = extra.find("Using filesort") != std::string_view::npos;
  access.rows_read = loops < 0 || read < 0 || sorted ? -1 : std::round(loops * read);
  access.rows_returned = access.rows_read < 0 || passed < 0 ? -1 : std::round(loops * read * passed / kHundred);
  accesses_.push_back(std::move(access));
}

}  // namespace budgetcheck
