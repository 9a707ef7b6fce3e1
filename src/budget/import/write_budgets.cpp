#include "budget/import/write_budgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "json/yaml_scalar.h"

namespace budgetcheck {
namespace {

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Safe without quotes in block and flow style alike, and not taken for a number, a truth or nothing.
bool is_plain(const std::string& text) {
  constexpr std::string_view kInner = " ./-_%";
  if (text.empty() || text.back() == ' ' || text.find("  ") != std::string::npos) {
    return false;
  }
  const bool starts_well = is_word(text.front()) || text.front() == '/' || text.front() == '.';
  const bool safe = std::all_of(text.begin(), text.end(),
                                [&](char c) { return is_word(c) || kInner.find(c) != std::string_view::npos; });
  if (!starts_well || !safe || text.starts_with("..") || text == ".") {
    return false;
  }
  const auto value = json::resolve_plain_scalar(text);
  return value && value->is_string();
}

std::string escaped(std::uint32_t code) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) {
    out += kHex[(code >> shift) & 0xF];
  }
  return out;
}

/// Characters of two or three bytes that an editor or a terminal does not show as they are.
std::size_t hidden_character(std::string_view text, std::size_t at, std::uint32_t& code) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) == 0xC2 && at + 1 < text.size() && byte(1) < 0xA0) {
    code = byte(1);
    return 2;
  }
  if ((byte(0) & 0xF0) == 0xE0 && at + 2 < text.size()) {
    code = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    const bool hidden = (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF ||
                        code == 0xFFFE || code == 0xFFFF;
    return hidden ? 3 : 0;
  }
  return 0;
}

/// A limit is a bare number or a quantity.
std::string limit_text(const std::string& text) {
  const bool bare = !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
  return bare ? text : yaml_text(text);
}

void comment(std::string& out, std::string_view indent, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    constexpr std::size_t kCommentWidth = 110;
    for (const std::string& part : wrap(printable(line), kCommentWidth)) {
      out += indent;
      out += part.empty() ? "#\n" : "# " + part + "\n";
    }
  }
}

std::string flow(const std::vector<std::pair<std::string, std::string>>& members) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : members) {
    parts.push_back(name + ": " + value);
  }
  return "{ " + join(parts, ", ") + " }";
}

std::string where_text(const DraftBudget& budget) {
  std::vector<std::pair<std::string, std::string>> where;
  for (const auto& [name, glob] : budget.where) {
    where.emplace_back(name, yaml_text(glob));
  }
  return flow(where);
}

std::string input_text(const DraftInput& input) {
  if (input.root.empty() && input.schema.empty() && input.app.empty()) {
    return yaml_text(input.path);
  }
  std::vector<std::pair<std::string, std::string>> members{{"path", yaml_text(input.path)}};
  if (!input.app.empty()) {
    members.emplace_back("app", yaml_text(input.app));
  }
  if (!input.root.empty()) {
    members.emplace_back("root", yaml_text(input.root));
  }
  if (!input.schema.empty()) {
    members.emplace_back("schema", yaml_text(input.schema));
  }
  return flow(members);
}

std::string budget_text(const DraftBudget& budget, std::string_view indent) {
  std::vector<std::pair<std::string, std::string>> members;
  const auto add = [&](const char* name, const std::string& text, const std::string& written) {
    if (!text.empty()) {
      members.emplace_back(name, written);
    }
  };
  add("id", budget.id, yaml_text(budget.id));
  add("metric", budget.metric, yaml_text(budget.metric));
  if (!budget.where.empty()) {
    members.emplace_back("where", where_text(budget));
  }
  add("stat", budget.stat, yaml_text(budget.stat));
  add("min", budget.min, limit_text(budget.min));
  add("max", budget.max, limit_text(budget.max));
  add("max_increase", budget.max_increase, limit_text(budget.max_increase));
  add("level", budget.level, yaml_text(budget.level));
  std::string one_line = flow(members);
  constexpr std::size_t kWidth = 116;
  if (display_width(one_line) <= kWidth) {
    return one_line;
  }
  std::string lines;
  for (const auto& [name, value] : members) {
    lines += (lines.empty() ? "" : fmt::format("\n{}  ", indent)) + name + ": " + value;
  }
  return lines;
}

}  // namespace

std::string yaml_text(std::string_view raw) {
  std::string text = valid_utf8(raw);
  if (is_plain(text)) {
    return text;
  }
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    std::uint32_t code = c;
    const std::size_t hidden = c < 0x20 || c == 0x7F ? 1 : hidden_character(text, at, code);
    if (hidden != 0) {
      out += escaped(code);
      at += hidden;
      continue;
    }
    out += c == '"' || c == '\\' ? "\\" : "";
    out += text[at++];
  }
  return out + "\"";
}

std::string input_lines(const DraftInput& input, std::string_view indent) {
  std::string out;
  comment(out, indent, input.comments);
  return out + fmt::format("{}- {}\n", indent, input_text(input));
}

std::string budget_lines(const DraftBudget& budget, std::string_view indent) {
  std::string out;
  comment(out, indent, budget.comments);
  return out + fmt::format("{}- {}\n", indent, budget_text(budget, indent));
}

std::string summary_of(const DraftBudget& budget) {
  std::string out = budget.metric;
  if (!budget.where.empty()) {
    out += " " + where_text(budget);
  }
  for (const auto& [name, limit] :
       {std::pair("min", budget.min), std::pair("max", budget.max), std::pair("max_increase", budget.max_increase),
        std::pair("stat:", budget.stat), std::pair("level:", budget.level)}) {
    out += limit.empty() ? "" : " " + std::string(name) + " " + limit;
  }
  return printable(out);
}

std::string write_budgets(const DraftFile& file) {
  std::string out = fmt::format("# yaml-language-server: $schema={}\n", kEditorSchema);
  comment(out, "", file.comments);
  out += "version: 1\n";
  if (!file.project.empty()) {
    out += "project: " + yaml_text(file.project) + "\n";
  }
  if (!file.apps.empty()) {
    out += "apps:\n";
    for (const DraftApp& app : file.apps) {
      out += "  " + yaml_text(app.name) + ": " + yaml_text(app.folder) + "\n";
    }
  }
  if (!file.inputs.empty()) {
    out += "\ninputs:\n";
    for (const DraftInput& input : file.inputs) {
      out += input_lines(input, "  ");
    }
  }
  if (!file.budgets.empty()) {
    out += "\nbudgets:\n";
    for (const DraftBudget& budget : file.budgets) {
      out += budget_lines(budget, "  ");
    }
  }
  if (!file.rules.empty()) {
    out += "\nrules:\n";
    for (const DraftRule& rule : file.rules) {
      comment(out, "  ", rule.comments);
      out += "  " + yaml_text(rule.rule) + ": { level: " + yaml_text(rule.level) + " }\n";
    }
  }
  if (!file.closing.empty() || !file.to_copy.empty()) {
    out += "\n";
    comment(out, "", file.closing);
  }
  for (const std::string& line : file.to_copy) {
    out += "#   " + printable(line) + "\n";
  }
  return out;
}

}  // namespace budgetcheck
