#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "collect/database/postgres_plan.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kCost = "  (cost=";
constexpr std::string_view kArrow = "->  ";
constexpr std::string_view kQueryText = "Query Text: ";
constexpr std::string_view kQueryParameters = "Query Parameters: ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where the costs of a step begin; npos: the line is none.
std::size_t cost_of(std::string_view line) {
  const std::size_t at = line.find(kCost);
  const bool is_step = at != std::string_view::npos && at + kCost.size() < line.size() &&
                       is_digit(line[at + kCost.size()]) && line.find(" rows=", at) != std::string_view::npos;
  return is_step ? at : std::string_view::npos;
}

/// The number behind `name` in `text`; negative when there is none.
double number_after(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  if (at == std::string_view::npos) {
    return -1;
  }
  text.remove_prefix(at + name.size());
  const std::optional<double> value = parse_number(text.substr(0, text.find_first_of(" )\t")));
  return value && *value >= 0 ? *value : -1;
}

/// Takes a name, in quotes or not, from the front of `text`.
std::string take_name(std::string_view& text) {
  std::string name;
  if (!text.starts_with('"')) {
    const std::size_t end = std::min(text.find_first_of(" ."), text.size());
    name = text.substr(0, end);
    text.remove_prefix(end);
    return name;
  }
  std::size_t at = 1;
  for (; at < text.size() && (text[at] != '"' || (at + 1 < text.size() && text[at + 1] == '"')); ++at) {
    at += text[at] == '"' ? 1U : 0U;
    name += text[at];
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return name;
}

/// "Index Scan Backward using posts_pkey on public.posts p"
void read_label(std::string_view label, PlanNode& node) {
  for (const std::string_view prefix : {"Async ", "Parallel "}) {
    if (label.starts_with(prefix)) {
      label.remove_prefix(prefix.size());
    }
  }
  const std::size_t type_end = std::min({label.find(" using "), label.find(" on "), label.size()});
  std::string_view type = label.substr(0, type_end);
  constexpr std::string_view kBackward = " Backward";
  if (type.ends_with(kBackward)) {
    type.remove_suffix(kBackward.size());
  }
  node.type = type;
  std::string_view rest = label.substr(type_end);
  constexpr std::string_view kUsing = " using ";
  if (rest.starts_with(kUsing)) {
    rest.remove_prefix(kUsing.size());
    node.index = take_name(rest);
  }
  constexpr std::string_view kOn = " on ";
  if (!rest.starts_with(kOn)) {
    return;
  }
  rest.remove_prefix(kOn.size());
  std::string name = take_name(rest);
  if (node.type == "Bitmap Index Scan") {
    node.index = std::move(name);
    return;
  }
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    name = take_name(rest);
  }
  node.relation = std::move(name);
  node.alias = node.relation;
  if (rest.starts_with(' ')) {
    rest.remove_prefix(1);
    node.alias = take_name(rest);
  }
}

bool balanced(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (const char c : text) {
    in_text = in_text != (c == '\'');
    depth += in_text ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
  }
  return depth == 0 && !in_text;
}

class TextPlan {
 public:
  explicit TextPlan(LoggedPlan& plan) : plan_(plan) {}

  bool read(std::string_view text, bool ended) {
    std::string_view line;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.ends_with('\r')) {
        line.remove_suffix(1);
      }
      if (line.starts_with('\t')) {
        line.remove_prefix(1);
      }
      if (!read_line(line)) {
        return false;
      }
    }
    return !plan_.nodes.empty() && (ended || balanced(line));
  }

 private:
  struct Level {
    std::size_t indent;
    std::uint32_t node;
  };

  bool read_line(std::string_view line) {
    const std::size_t cost = cost_of(line);
    if (cost != std::string_view::npos) {
      return read_step(line, cost);
    }
    if (!plan_.nodes.empty()) {
      read_property(trim(line));
      return true;
    }
    if (line.starts_with(kQueryParameters)) {
      plan_.parameters = line.substr(kQueryParameters.size());
      query_ended_ = true;
    } else if (line.starts_with(kQueryText)) {
      plan_.query = line.substr(kQueryText.size());
    } else if (!query_ended_ && !plan_.query.empty()) {
      plan_.query += '\n';
      plan_.query += line;
    }
    return true;
  }

  bool read_step(std::string_view line, std::size_t cost) {
    const std::string_view numbers = line.substr(cost);
    if (numbers.find(" width=") == std::string_view::npos || numbers.back() != ')') {
      return false;
    }
    const std::size_t arrow = line.substr(0, cost).find(kArrow);
    const bool is_root = arrow == std::string_view::npos;
    const std::size_t indent = is_root ? 0 : arrow + 1;
    while (!levels_.empty() && levels_.back().indent >= indent) {
      levels_.pop_back();
    }
    if (plan_.nodes.size() >= kMaxPlanNodes || levels_.size() >= kMaxPlanDepth) {
      plan_.deep = true;
      passing_ = true;
      return true;
    }
    passing_ = false;
    PlanNode node;
    node.parent = levels_.empty() ? PlanNode::kNoParent : levels_.back().node;
    node.aside = aside_;
    aside_ = false;
    read_label(trim(line.substr(is_root ? 0 : arrow + kArrow.size(), cost - (is_root ? 0 : arrow + kArrow.size()))),
               node);
    node.plan_rows = number_after(numbers, " rows=");
    const std::size_t actual = numbers.find("(actual ");
    if (actual != std::string_view::npos) {
      node.actual_rows = number_after(numbers.substr(actual), " rows=");
      if (node.actual_rows < 0) {
        node.actual_rows = number_after(numbers.substr(actual), "(actual rows=");
      }
      node.loops = number_after(numbers.substr(actual), " loops=");
    } else if (numbers.find("(never executed)") != std::string_view::npos) {
      node.loops = 0;
    }
    levels_.push_back({indent, static_cast<std::uint32_t>(plan_.nodes.size())});
    plan_.nodes.push_back(std::move(node));
    return true;
  }

  void read_property(std::string_view line) {
    constexpr std::string_view kIndexCond = "Index Cond: ";
    PlanNode& node = plan_.nodes.back();
    if (line.starts_with("InitPlan ") || line.starts_with("SubPlan ") || line.starts_with("CTE ")) {
      aside_ = true;
    } else if (passing_) {
      return;
    } else if (line.starts_with(kIndexCond)) {
      node.conditional = true;
      node.index_condition = line.substr(kIndexCond.size(), kMaxCondition);
    } else if (line.starts_with("Filter: ")) {
      node.filtered = true;
    } else if (line.starts_with("Rows Removed by Filter: ") || line.starts_with("Rows Removed by Index Recheck: ")) {
      node.removed += std::max(number_after(line, ": "), 0.0);
    }
  }

  LoggedPlan& plan_;
  std::vector<Level> levels_;
  bool query_ended_ = false;
  bool aside_ = false;
  bool passing_ = false;
};

}  // namespace

bool read_text_plan(std::string_view text, bool ended, LoggedPlan& plan) { return TextPlan(plan).read(text, ended); }

}  // namespace budgetcheck
