#include "collect/database/psql_table.h"

#include <algorithm>

#include "base/text.h"
#include "collect/text/first_lines.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kSniffLines = 20;
constexpr std::string_view kRecord = "-[ RECORD ";

/// "-----+-----": between a header and its rows.
bool is_rule(std::string_view line) {
  return line.size() > 2 && line.find('-') != std::string_view::npos &&
         line.find_first_not_of("-+") == std::string_view::npos;
}

std::vector<std::size_t> separators_of(std::string_view rule) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < rule.size(); ++i) {
    if (rule[i] == '+') {
      columns.push_back(i);
    }
  }
  return columns;
}

/// Cuts a line at those columns; empty when no separator stands at one of them. A character of several bytes is one
/// column.
std::vector<std::string_view> cells_of(std::string_view line, const std::vector<std::size_t>& columns) {
  constexpr unsigned char kContinuation = 0x80;
  constexpr unsigned char kMask = 0xC0;
  std::vector<std::string_view> cells;
  std::size_t column = 0;
  std::size_t begin = 0;
  std::size_t at = 0;
  for (const std::size_t wanted : columns) {
    while (at < line.size() && column < wanted) {
      ++at;
      while (at < line.size() && (static_cast<unsigned char>(line[at]) & kMask) == kContinuation) {
        ++at;
      }
      ++column;
    }
    if (at >= line.size() || line[at] != '|') {
      return {};
    }
    cells.push_back(line.substr(begin, at - begin));
    begin = at + 1;
  }
  cells.push_back(line.substr(begin));
  return cells;
}

/// What a cell shows, and whether its value goes on in the next line.
std::pair<std::string_view, bool> value_of(std::string_view cell) {
  const bool goes_on = cell.ends_with('+');
  cell.remove_suffix(goes_on ? 1 : 0);
  return {trim(cell), goes_on};
}

std::vector<std::string> names_of(std::string_view header) {
  std::vector<std::string> names;
  for (const std::string_view name : split(header, '|')) {
    names.push_back(lower(trim(name)));
  }
  return names;
}

}  // namespace

std::vector<std::string> PsqlRows::columns_of(std::string_view head) {
  std::vector<std::string> names;
  std::string_view before;
  bool expanded = false;
  std::size_t looked = 0;
  for (FirstLines lines(head); lines.next();) {
    const std::string_view line = lines.line();
    if (line.starts_with(kRecord)) {
      if (expanded) {
        break;
      }
      expanded = true;
    } else if (expanded) {
      const std::size_t bar = line.find('|');
      const std::string name = bar == std::string_view::npos ? std::string() : lower(trim(line.substr(0, bar)));
      if (!name.empty()) {
        names.push_back(name);
      }
    } else if (is_rule(line) && before.find('|') != std::string_view::npos) {
      return names_of(before);
    } else if (++looked > kSniffLines) {
      break;
    }
    before = line;
  }
  return names;
}

bool PsqlRows::begin() {
  begun_ = true;
  std::string_view before;
  while (lines_.next()) {
    const std::string_view line = lines_.line();
    if (line.starts_with(kRecord)) {
      expanded_ = true;
      held_ = true;
      return true;
    }
    if (is_rule(line) && before.find('|') != std::string_view::npos) {
      names_ = names_of(before);
      rule_ = separators_of(line);
      return true;
    }
    before = line;
  }
  return false;
}

bool PsqlRows::next() {
  if (!begun_ && !begin()) {
    return false;
  }
  fields_.clear();
  broken_ = false;
  return expanded_ ? next_expanded() : next_aligned();
}

bool PsqlRows::next_aligned() {
  bool goes_on = false;
  while (!ended_ && lines_.next()) {
    const std::string_view line = lines_.line();
    if (fields_.empty()) {
      if (trim(line).empty()) {
        continue;
      }
      if (line.starts_with('(')) {
        ended_ = true;  // "(2 rows)"
        break;
      }
      first_line_ = lines_.number();
    }
    const std::vector<std::string_view> cells =
        lines_.too_long() ? std::vector<std::string_view>() : cells_of(line, rule_);
    if (cells.size() != names_.size()) {
      broken_ = true;
      return true;
    }
    const bool first = fields_.empty();
    goes_on = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto [value, more] = value_of(cells[i]);
      goes_on = goes_on || more;
      if (first) {
        fields_.emplace_back(names_[i], value);
      } else if (!value.empty()) {
        fields_[i].second.append("\n").append(value);
      }
    }
    if (!goes_on) {
      return true;
    }
  }
  broken_ = goes_on;
  return !fields_.empty();
}

bool PsqlRows::next_expanded() {
  if (!held_ && !lines_.next()) {
    return false;
  }
  held_ = false;
  first_line_ = lines_.number();
  while (lines_.next()) {
    const std::string_view line = lines_.line();
    if (line.starts_with(kRecord)) {
      held_ = true;
      return true;
    }
    const std::size_t bar = line.find('|');
    if (trim(line).empty() || line.starts_with('(')) {
      continue;
    }
    if (bar == std::string_view::npos || lines_.too_long()) {
      broken_ = true;
      continue;
    }
    const std::string name = lower(trim(line.substr(0, bar)));
    const std::string_view value = value_of(line.substr(bar + 1)).first;
    if (!name.empty()) {
      fields_.emplace_back(name, value);
    } else if (!fields_.empty()) {
      fields_.back().second.append("\n").append(value);
    }
  }
  return !fields_.empty() || broken_;
}

}  // namespace budgetcheck
