#include "collect/database/postgres_plan.h"

#include <algorithm>
#include <cstddef>

#include "query/sql/lexer.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxColumns = 32;

bool is_comparison(const Token& token) {
  if (token.kind == TokenKind::kSymbol) {
    return token.text.find_first_of("=<>~@&|^*?") != std::string_view::npos;
  }
  for (const std::string_view word : {"IS", "LIKE", "ILIKE", "SIMILAR", "BETWEEN", "IN", "OPERATOR"}) {
    if (token.word(word)) {
      return true;
    }
  }
  return false;
}

bool is_append(const PlanNode& node) { return node.type == "Append" || node.type == "Merge Append"; }

/// Steps that hand rows on as they come: one that needs only few rows stops those below it.
bool streams(const std::string& type) {
  for (const std::string_view name :
       {"Limit", "Append", "Merge Append", "Result", "Subquery Scan", "Gather", "Gather Merge", "LockRows"}) {
    if (type == name) {
      return true;
    }
  }
  return false;
}

class Accesses {
 public:
  explicit Accesses(const std::vector<PlanNode>& nodes) : nodes_(nodes) {}

  std::vector<PlanAccess> take() {
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      add(i);
    }
    return std::move(accesses_);
  }

 private:
  void add(std::uint32_t i) {
    const PlanNode& node = nodes_[i];
    if (node.type == "Seq Scan" || node.type == "Sample Scan") {
      accesses_.push_back(base(i));
      accesses_.back().way = PlanAccess::Way::kScan;
    } else if (node.type == "Index Scan" || node.type == "Index Only Scan") {
      accesses_.push_back(base(i));
      use_index(accesses_.back(), node);
    } else if (node.type == "Bitmap Index Scan") {
      add_bitmap(i);
    } else if (!node.relation.empty() &&
               (node.type == "Foreign Scan" || node.type.starts_with("Tid ") || node.type.starts_with("Custom Scan"))) {
      accesses_.push_back(base(i));
    }
  }

  /// The rows come from the table's own step; of several indexes each says how many entries it gave.
  void add_bitmap(std::uint32_t i) {
    std::uint32_t heap = nodes_[i].parent;
    while (heap != PlanNode::kNoParent && nodes_[heap].type.starts_with("Bitmap") &&
           nodes_[heap].type != "Bitmap Heap Scan") {
      heap = nodes_[heap].parent;
    }
    if (heap == PlanNode::kNoParent || nodes_[heap].type != "Bitmap Heap Scan") {
      return;
    }
    PlanAccess access = base(heap);
    use_index(access, nodes_[i]);
    if (nodes_[i].parent != heap) {
      access.rows_read = total(nodes_[i], nodes_[i].actual_rows);
    }
    accesses_.push_back(std::move(access));
  }

  static double total(const PlanNode& node, double rows) {
    return node.loops == 0 ? 0 : rows < 0 || node.loops < 0 ? -1 : rows * node.loops;
  }

  static void use_index(PlanAccess& access, const PlanNode& node) {
    access.index = node.index;
    access.way = node.conditional ? PlanAccess::Way::kIndex : PlanAccess::Way::kFullIndex;
    access.condition_columns = condition_columns(node.index_condition);
  }

  PlanAccess base(std::uint32_t i) const {
    const PlanNode& node = nodes_[i];
    PlanAccess access;
    access.table = node.relation;
    access.alias = alias_of(i);
    access.filtered = node.filtered;
    access.limited = limited(i);
    access.rows_returned = total(node, node.actual_rows);
    access.rows_read = access.rows_returned < 0 ? -1 : access.rows_returned + node.removed * std::max(node.loops, 0.0);
    access.rows_estimated = node.plan_rows;
    access.loops = node.loops < 0 ? 1 : node.loops;
    return access;
  }

  /// Partitions are named like "o_1" below the step that joins them: the statement knows them as "o".
  std::string alias_of(std::uint32_t i) const {
    std::string alias = nodes_[i].alias == nodes_[i].relation ? std::string() : nodes_[i].alias;
    const std::uint32_t parent = nodes_[i].parent;
    if (alias.empty() || parent == PlanNode::kNoParent || !is_append(nodes_[parent])) {
      return alias;
    }
    const std::size_t end = alias.find_last_not_of("0123456789");
    if (end != std::string::npos && end > 0 && end + 1 < alias.size() && alias[end] == '_') {
      alias.resize(end);
    }
    return alias;
  }

  bool limited(std::uint32_t i) const {
    for (std::uint32_t up = i; !nodes_[up].aside && nodes_[up].parent != PlanNode::kNoParent;) {
      up = nodes_[up].parent;
      if (nodes_[up].type == "Limit") {
        return true;
      }
      if (!streams(nodes_[up].type) || nodes_[up].filtered) {
        return false;
      }
    }
    return false;
  }

  const std::vector<PlanNode>& nodes_;
  std::vector<PlanAccess> accesses_;
};

}  // namespace

std::vector<PlanAccess> accesses_of(const std::vector<PlanNode>& nodes) { return Accesses(nodes).take(); }

double rows_read_by(const std::vector<PlanAccess>& accesses) {
  double rows = 0;
  for (const PlanAccess& access : accesses) {
    if (access.rows_read < 0) {
      return -1;
    }
    rows += access.rows_read;
  }
  return rows;
}

std::vector<std::string> condition_columns(std::string_view condition) {
  std::vector<std::string> columns;
  Lexer lexer(condition, Dialect::kPostgres);
  bool left = true;  // of the comparison: PostgreSQL writes the index's column there
  bool cast = false;
  std::string pending;
  bool function = false;
  bool last_was_name = false;
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd && columns.size() < kMaxColumns;
       token = lexer.next()) {
    if (token.word("AND")) {
      left = true;
      cast = false;
      function = false;
      pending.clear();
      last_was_name = false;
      continue;
    }
    if (!left) {
      continue;
    }
    if (token.is("::")) {
      cast = true;
    } else if (is_comparison(token)) {
      if (!pending.empty() && !function) {
        columns.push_back(pending);
      }
      left = false;
    } else if (token.is(")")) {
      cast = false;
    } else if (token.is("(") && last_was_name && !cast) {
      // ROW(a, b) compares columns; a function of a column is no column.
      function = function || pending != "ROW";
      pending.clear();
    } else if (token.is(",") && !pending.empty() && !function) {
      columns.push_back(pending);
      pending.clear();
    } else if (token.identifier() && !cast) {
      pending = token.kind == TokenKind::kQuoted ? std::string(token.name) : std::string(token.text);
    }
    last_was_name = token.identifier();
  }
  return columns;
}

std::string parameter_list(std::string_view detail) {
  std::string list = "[";
  Lexer lexer(detail, Dialect::kPostgres);
  Token token = lexer.next();
  while (token.kind == TokenKind::kPlaceholder) {
    const Token equals = lexer.next();
    const Token value = lexer.next();
    if (!equals.is("=") || (value.kind != TokenKind::kString && !value.word("NULL"))) {
      return {};
    }
    list += list.size() == 1 ? "" : ",";
    if (value.kind == TokenKind::kString) {
      list += '"';
      for (const char c : value.text.substr(1, value.text.size() - 2)) {
        list += c == '"' || c == '\\' ? "\\" : "";
        list += c;
      }
      list += '"';
    } else {
      list += "null";
    }
    token = lexer.next();
    if (token.is(",")) {
      token = lexer.next();
    }
  }
  return token.kind == TokenKind::kEnd && list.size() > 1 ? list + "]" : std::string();
}

}  // namespace budgetcheck
