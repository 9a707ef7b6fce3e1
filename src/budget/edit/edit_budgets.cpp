#include "budget/edit/edit_budgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "budget/edit/document_text.h"
#include "budget/import/write_budgets.h"
#include "json/document.h"
#include "json/writer.h"
#include "json/yaml_scalar.h"

namespace budgetcheck {
namespace {

struct Replacement {
  ByteRange range;  ///< empty: inserted there
  std::string text;
};

/// How a new member comes into braces: on a line of its own where its neighbours have one, or else behind the limit.
enum class Layout { kLikeNeighbours, kBehind };

json::Member* member_of(json::Value& mapping, std::string_view key) {
  json::Object* members = mapping.object();
  if (members == nullptr) {
    return nullptr;
  }
  const auto found =
      std::find_if(members->begin(), members->end(), [&](const json::Member& member) { return member.key == key; });
  return found == members->end() ? nullptr : &*found;
}

json::Value text_value(std::string text) { return json::Value(std::move(text)); }

/// A scalar as it is written, and what it says.
struct Written {
  std::string text;
  json::Value value;
};

Written written_text(const DocumentText& document, const std::string& text) {
  return {document.is_json() ? json::to_json(text_value(text)) : yaml_text(text), text_value(text)};
}

/// A limit in the quotes of the one that stood there.
Written written_limit(const DocumentText& document, const std::string& text, char first_of_old) {
  if (first_of_old == '"' || first_of_old == '\'') {
    return {first_of_old + text + first_of_old, text_value(text)};
  }
  const std::optional<json::Value> plain = json::resolve_plain_scalar(text);
  if (plain && plain->is_number()) {
    return {text, *plain};
  }
  return written_text(document, text);
}

constexpr std::array kRaisedKeys{"reason", "owner", "expires"};

std::array<std::string, 3> words_of(const Raised& raised) { return {raised.reason, raised.owner, raised.expires}; }

json::Value value_of(const Raised& raised) {
  const auto words = words_of(raised);
  json::Object members;
  for (std::size_t i = 0; i < words.size(); ++i) {
    members.push_back({kRaisedKeys.at(i), text_value(words.at(i)), 0, 0});
  }
  return json::Value(std::move(members));
}

class Editor {
 public:
  Editor(const std::string& path, std::string_view text, json::Value document, Layout layout)
      : path_(path), text_(path, text), document_(std::move(document)), layout_(layout) {}

  /// False: the document has no such limit in a place of its own.
  bool apply(const LimitEdit& edit) {
    json::Member* budgets = member_of(document_, "budgets");
    json::Array* items = budgets == nullptr ? nullptr : budgets->value.array();
    if (items == nullptr || edit.budget >= items->size()) {
      return false;
    }
    json::Value& budget = (*items)[edit.budget];
    json::Member* limit = member_of(budget, edit.key);
    if (limit == nullptr || text_.is_alias(budget)) {
      return false;
    }
    const bool in_braces = text_.is_in_braces(budget);
    const ByteRange whole = text_.value_of(*limit, in_braces);
    json::Member* scalar = edit.part.empty() ? limit : member_of(limit->value, edit.part);
    if (scalar == nullptr || scalar->value.object() != nullptr || (scalar != limit && text_.is_alias(limit->value))) {
      return false;
    }
    const bool scalar_in_braces = scalar == limit ? in_braces : text_.is_in_braces(limit->value);
    set_limit(*scalar, text_.value_of(*scalar, scalar_in_braces), edit.text);
    if (edit.raised) {
      set_raised(budget, *limit, whole, in_braces, *edit.raised);
    }
    return true;
  }

  std::string text() {
    std::stable_sort(replacements_.begin(), replacements_.end(),
                     [](const Replacement& a, const Replacement& b) { return a.range.begin < b.range.begin; });
    std::string out;
    std::size_t done = 0;
    for (const Replacement& one : replacements_) {
      out.append(text_.text(), done, one.range.begin - done).append(one.text);
      done = one.range.end;
    }
    return out.append(text_.text(), done);
  }

  /// What the text has to say now.
  const json::Value& document() const { return document_; }

 private:
  char at(std::size_t offset) const { return offset < text_.text().size() ? text_.text()[offset] : '\0'; }

  void set_limit(json::Member& member, ByteRange range, const std::string& text) {
    Written written = written_limit(text_, text, at(range.begin));
    replacements_.push_back({range, std::move(written.text)});
    member.value = std::move(written.value);
  }

  void set_raised(json::Value& budget, const json::Member& limit, ByteRange limit_range, bool in_braces,
                  const Raised& raised) {
    json::Member* old = member_of(budget, "raised");
    if (old == nullptr) {
      insert_raised(limit, limit_range, in_braces, raised);
      budget.object()->push_back({"raised", value_of(raised), 0, 0});
      return;
    }
    const bool old_in_braces = text_.is_in_braces(old->value);
    const auto words = words_of(raised);
    const bool has_all = std::all_of(kRaisedKeys.begin(), kRaisedKeys.end(),
                                     [&](const char* key) { return member_of(old->value, key) != nullptr; });
    if (!has_all || text_.is_alias(old->value)) {
      replacements_.push_back({text_.value_of(*old, in_braces), in_braces_text(raised, text_.is_json(), true)});
    }
    for (std::size_t i = 0; has_all && !text_.is_alias(old->value) && i < words.size(); ++i) {
      const json::Member& word = *member_of(old->value, kRaisedKeys.at(i));
      const std::string* present = word.value.string();
      if (present == nullptr || *present != words.at(i)) {
        replacements_.push_back({text_.value_of(word, old_in_braces), written_text(text_, words.at(i)).text});
      }
    }
    old->value = value_of(raised);
  }

  void insert_raised(const json::Member& limit, ByteRange range, bool in_braces, const Raised& raised) {
    const std::size_t key = text_.offset(limit);
    const std::string indent(limit.column - 1, ' ');
    const std::size_t line_end = text_.end_of_line(range.end);
    if (!in_braces) {
      insert(line_end, fmt::format("{}{}raised: {}", text_.line_break_at(range.end), indent,
                                   in_braces_text(raised, false, true)));
      return;
    }
    const bool quoted = at(key) == '"';
    const std::size_t colon = text_.text().find(':', key);
    const bool spaced = at(colon + 1) == ' ';
    const std::string member = fmt::format("{}:{}{}", quoted ? "\"raised\"" : "raised", spaced ? " " : "",
                                           in_braces_text(raised, quoted, spaced));
    const std::size_t next = text_.text().find_first_not_of(" \t", range.end);
    const bool has_comma = next != std::string_view::npos && at(next) == ',';
    const std::size_t rest = has_comma ? next + 1 : range.end;
    const bool has_own_line =
        text_.begins_line(key) && is_comment_or_blank(text_.text().substr(rest, text_.end_of_line(rest) - rest));
    if (layout_ == Layout::kBehind || !has_own_line) {
      insert(range.end, (spaced ? ", " : ",") + member);
      return;
    }
    if (!has_comma) {
      insert(range.end, ",");
    }
    const std::size_t line_begin = text_.text().rfind('\n', key) + 1;
    insert(text_.end_of_line(rest),
           fmt::format("{}{}{}{}", text_.line_break_at(rest), text_.text().substr(line_begin, key - line_begin), member,
                       has_comma ? "," : ""));
  }

  void insert(std::size_t at, std::string text) { replacements_.push_back({{at, at}, std::move(text)}); }

  std::string in_braces_text(const Raised& raised, bool quoted_keys, bool spaced) const {
    const auto words = words_of(raised);
    std::string members;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string value =
          quoted_keys ? json::to_json(text_value(words.at(i))) : written_text(text_, words.at(i)).text;
      members += fmt::format("{0}{1}{2}{1}:{3}{4}",
                             i == 0   ? ""
                             : spaced ? ", "
                                      : ",",
                             quoted_keys ? "\"" : "", kRaisedKeys.at(i), spaced ? " " : "", value);
    }
    return spaced ? fmt::format("{{ {} }}", members) : fmt::format("{{{}}}", members);
  }

  bool is_comment_or_blank(std::string_view text) const {
    const std::string_view rest = trim(text);
    if (!text_.is_json()) {
      return rest.empty() || rest.starts_with('#');
    }
    return rest.empty() || rest.starts_with("//") || (rest.starts_with("/*") && rest.find("*/") == rest.size() - 2);
  }

  std::string path_;
  DocumentText text_;
  json::Value document_;  ///< places stay those of the text
  Layout layout_;
  std::vector<Replacement> replacements_;
};

Error cannot_edit(const std::string& path, const json::Value& document, const LimitEdit& edit) {
  const json::Value* budgets = document.find("budgets");
  const json::Array* items = budgets == nullptr ? nullptr : budgets->array();
  const json::Value* budget = items == nullptr || edit.budget >= items->size() ? nullptr : &(*items)[edit.budget];
  const json::Value* limit = budget == nullptr ? nullptr : budget->find(edit.key);
  std::string lines = fmt::format("{}: {}", edit.key,
                                  edit.part.empty() ? edit.text : fmt::format("{{ {}: {} }}", edit.part, edit.text));
  if (edit.raised) {
    lines += fmt::format(", raised: {{ reason: {}, owner: {}, expires: {} }}", yaml_text(edit.raised->reason),
                         yaml_text(edit.raised->owner), edit.raised->expires);
  }
  return {ErrorKind::kUsage, "this limit cannot be changed without changing something else in the file",
          limit == nullptr ? Location::of(path) : json::location_of(path, *limit),
          fmt::format("it may be shared with others by an anchor; write into the budget yourself: {}", lines)};
}

}  // namespace

Expected<std::string> edit_budgets(const std::string& path, std::string_view text,
                                   const std::vector<LimitEdit>& edits) {
  const std::string terminated(text);
  const ExpectedAll<json::Value> document = json::read_document(path, terminated);
  if (!document) {
    return tl::unexpected(document.error().front());
  }
  const auto edited = [&](const std::vector<LimitEdit>& some, Layout layout) -> std::optional<std::string> {
    Editor editor(path, terminated, *document, layout);
    if (!std::all_of(some.begin(), some.end(), [&](const LimitEdit& edit) { return editor.apply(edit); })) {
      return std::nullopt;
    }
    std::string out = editor.text();
    const ExpectedAll<json::Value> again = json::read_document(path, out);
    return again && json::same_value(*again, editor.document()) ? std::optional(std::move(out)) : std::nullopt;
  };
  for (const Layout layout : {Layout::kLikeNeighbours, Layout::kBehind}) {
    if (std::optional<std::string> out = edited(edits, layout)) {
      return std::move(*out);
    }
  }
  const auto culprit = std::find_if(edits.begin(), edits.end(), [&](const LimitEdit& edit) {
    return !edited({edit}, Layout::kLikeNeighbours) && !edited({edit}, Layout::kBehind);
  });
  return tl::unexpected(cannot_edit(path, *document, culprit == edits.end() ? edits.front() : *culprit));
}

}  // namespace budgetcheck
