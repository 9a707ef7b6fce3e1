#include "cli/init/add_to_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

std::size_t indent_of(std::string_view line) {
  const std::size_t at = line.find_first_not_of(' ');
  return at == std::string_view::npos ? line.size() : at;
}

bool is_blank(std::string_view line) { return trim(line).empty(); }
bool is_comment(std::string_view line) { return trim(line).starts_with("#"); }

class Editor {
 public:
  Editor(const std::string& path, std::string_view text) : path_(path) {
    for (const std::string_view line : split(text, '\n')) {
      lines_.emplace_back(line);
    }
    // split() sees an empty line behind the last line break.
    ends_with_break_ = !lines_.empty() && lines_.back().empty();
    if (ends_with_break_) {
      lines_.pop_back();
    }
    has_returns_ = !lines_.empty() && lines_.front().ends_with('\r');
  }

  /// Adds items to the list of `key`, made by `make` for an indent.
  template <class Make>
  Expected<void> add(const json::Value& document, std::string_view key, const Make& make) {
    const json::Member* member = nullptr;
    for (const json::Member& own : *document.object()) {
      member = own.key == key ? &own : member;
    }
    if (member == nullptr) {
      additions_.push_back({lines_.size(), fmt::format("\n{}:\n{}", key, make("  "))});
      return {};
    }
    const json::Array* items = member->value.array();
    const bool is_list =
        items != nullptr && !items->empty() && items->back().line != 0 && items->back().line <= lines_.size();
    // The dash of the last item stands in its line, or in one before it.
    std::size_t at = is_list ? items->back().line - 1 : 0;
    while (is_list && at > member->line &&
           !std::string_view(lines_[at]).substr(indent_of(lines_[at])).starts_with("-")) {
      --at;
    }
    if (!is_list || at < member->line || !trim(lines_[at]).starts_with("-")) {
      return fail(ErrorKind::kUsage,
                  fmt::format("'{}' is not a list with one item a line, so nothing can be added to it", key),
                  location_of(path_, *member), fmt::format("add these lines yourself: {}", join_lines(make("  "))));
    }
    const std::size_t indent = indent_of(lines_[at]);
    std::size_t end = at + 1;  // behind the last line of the item
    for (std::size_t line = end; line < lines_.size(); ++line) {
      if (!is_blank(lines_[line]) && indent_of(lines_[line]) > indent) {
        end = line + 1;
      } else if (!is_blank(lines_[line]) && !is_comment(lines_[line])) {
        break;
      }
    }
    additions_.push_back({end, make(std::string(indent, ' '))});
    return {};
  }

  std::string text() {
    std::stable_sort(additions_.begin(), additions_.end(),
                     [](const Addition& a, const Addition& b) { return a.line < b.line; });
    const std::string_view line_break = has_returns_ ? "\r\n" : "\n";
    std::string out;
    std::size_t next = 0;
    for (std::size_t line = 0; line <= lines_.size(); ++line) {
      for (; next < additions_.size() && additions_[next].line == line; ++next) {
        if (!out.empty() && !out.ends_with('\n')) {
          out += line_break;
        }
        out += has_returns_ ? replace_all(additions_[next].text, "\n", "\r\n") : additions_[next].text;
      }
      if (line < lines_.size()) {
        out += lines_[line];
        out += line + 1 < lines_.size() || ends_with_break_ ? "\n" : "";
      }
    }
    return out;
  }

 private:
  struct Addition {
    std::size_t line = 0;  ///< before this one, from 0
    std::string text;
  };

  static std::string join_lines(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string_view line : split(text, '\n')) {
      if (!is_blank(line) && !is_comment(line)) {
        lines.emplace_back(trim(line));
      }
    }
    return join(lines, "  ");
  }

  std::string path_;
  std::vector<std::string> lines_;
  std::vector<Addition> additions_;
  bool ends_with_break_ = false;
  bool has_returns_ = false;
};

}  // namespace

Expected<std::string> add_to_file(const std::string& path, std::string_view text, const std::vector<DraftInput>& inputs,
                                  const std::vector<DraftBudget>& budgets) {
  if (!path.ends_with(".yml") && !path.ends_with(".yaml")) {
    return fail(ErrorKind::kUsage, "lines can be added to a file in YAML only", Location::of(path),
                "let init write a new file in another folder, and copy from it what is missing here");
  }
  const std::string terminated(text);
  const ExpectedAll<json::Value> document = json::read_yaml(path, terminated);
  if (!document || !document->is_object()) {
    return tl::unexpected(document ? Error{ErrorKind::kUsage, "it is no budgets file", Location::of(path), ""}
                                   : document.error().front());
  }
  Editor editor(path, text);
  if (!inputs.empty()) {
    const Expected<void> added = editor.add(*document, "inputs", [&](const std::string& indent) {
      std::string lines;
      for (const DraftInput& input : inputs) {
        lines += input_lines(input, indent);
      }
      return lines;
    });
    if (!added) {
      return tl::unexpected(added.error());
    }
  }
  if (!budgets.empty()) {
    const Expected<void> added = editor.add(*document, "budgets", [&](const std::string& indent) {
      std::string lines;
      for (const DraftBudget& budget : budgets) {
        lines += budget_lines(budget, indent);
      }
      return lines;
    });
    if (!added) {
      return tl::unexpected(added.error());
    }
  }
  return editor.text();
}

}  // namespace budgetcheck
