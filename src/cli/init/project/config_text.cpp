#include "cli/init/project/config_text.h"

#include <algorithm>
#include <array>

#include "base/path.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLongestValue = 64;  // in tokens
constexpr std::size_t kMostValues = 16;    // of one key

bool is_word_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_open(std::string_view text) { return text == "{" || text == "[" || text == "("; }
bool is_close(std::string_view text) { return text == "}" || text == "]" || text == ")"; }

/// After these a slash divides; after anything else it begins a regular expression.
bool ends_a_value(std::string_view token) {
  return !token.empty() && (is_word_char(token.back()) || token == ")" || token == "]" || token == "}");
}

/// What code says that joins literals to a path from the file's own folder.
bool is_path_word(std::string_view word) {
  constexpr std::array<std::string_view, 17> kWords{
      "path", "resolve", "join", "__dirname", "process", "cwd",           "import",   "meta",     "dirname",
      "url",  "new",     "URL",  "as",        "const",   "fileURLToPath", "pathname", "normalize"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace

ConfigText::ConfigText(std::string_view text) {
  scopes_.emplace_back();
  read(text.substr(0, kMaxBytes));
  nest();
}

void ConfigText::read(std::string_view text) {
  std::size_t line = 1;
  std::size_t at = 0;
  const auto skip_to = [&](std::size_t end) {
    end = std::min(end, text.size());
    line += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at = end;
  };
  while (at < text.size()) {
    const char c = text[at];
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (c == '/' && next == '/') {
      skip_to(text.find('\n', at));
    } else if (c == '/' && next == '*') {
      const std::size_t end = text.find("*/", at + 2);
      skip_to(end == std::string_view::npos ? end : end + 2);
    } else if (c == '\'' || c == '"' || c == '`') {
      Token token{Kind::kText, {}, line, 0};
      std::size_t end = at + 1;
      for (; end < text.size() && text[end] != c && (c == '`' || text[end] != '\n'); ++end) {
        end += text[end] == '\\' ? 1U : 0U;
        if (end < text.size()) {
          token.text += text[end];
        }
      }
      if (c == '`' && token.text.find("${") != std::string::npos) {
        token.kind = Kind::kTemplate;
      }
      skip_to(end + 1);
      tokens_.push_back(std::move(token));
    } else if (c == '/' &&
               !(tokens_.empty() || tokens_.back().kind == Kind::kText || ends_a_value(tokens_.back().text))) {
      bool in_class = false;
      std::size_t end = at + 1;
      for (; end < text.size() && text[end] != '\n' && (in_class || text[end] != '/'); ++end) {
        end += text[end] == '\\' ? 1U : 0U;
        in_class = end < text.size() && (text[end] == '[' || (in_class && text[end] != ']'));
      }
      skip_to(end + 1);
      tokens_.push_back({Kind::kSign, "/", line, 0});
    } else if (is_word_char(c)) {
      std::size_t end = at;
      while (end < text.size() && is_word_char(text[end])) {
        ++end;
      }
      tokens_.push_back({Kind::kWord, std::string(text.substr(at, end - at)), line, 0});
      skip_to(end);
    } else {
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        tokens_.push_back({Kind::kSign, std::string(1, c), line, 0});
      }
      skip_to(at + 1);
    }
  }
}

/// Gives the bracket at `at` its names: `a: {`, `a(`, `a: b(`, `a = {`. A bracket directly in another one has those of
/// the outer one.
void ConfigText::open(std::size_t at, std::vector<std::size_t>& open_scopes) {
  Scope scope;
  std::size_t before = at;
  const auto sign_before = [&](std::string_view sign) {
    return before > 0 && tokens_[before - 1].kind == Kind::kSign && tokens_[before - 1].text == sign;
  };
  if (tokens_[at].text == "(" && before > 0 && tokens_[before - 1].kind == Kind::kWord) {
    scope.names.push_back(tokens_[--before].text);
    while (before > 1 && sign_before(".")) {  // the callee's own object: Bun.build(
      before -= 2;
    }
    before -= before > 0 && tokens_[before - 1].text == "await" ? 1U : 0U;
  }
  if (before > 1 && (sign_before(":") || sign_before("="))) {
    const Token& name = tokens_[before - 2];
    if (name.kind == Kind::kWord || name.kind == Kind::kText) {
      scope.is_member = tokens_[before - 1].text == ":";
      scope.names.push_back(name.text);
    }
  }
  if (scope.names.empty()) {
    open_scopes.push_back(open_scopes.back());
    return;
  }
  open_scopes.push_back(scopes_.size());
  scopes_.push_back(std::move(scope));
}

void ConfigText::nest() {
  std::vector<std::size_t> open_scopes{0};
  for (std::size_t at = 0; at < tokens_.size(); ++at) {
    tokens_[at].scope = open_scopes.back();
    note_constant(at);
    if (tokens_[at].kind != Kind::kSign) {
      continue;
    }
    if (is_open(tokens_[at].text)) {
      open(at, open_scopes);
    } else if (is_close(tokens_[at].text) && open_scopes.size() > 1) {
      open_scopes.pop_back();
    }
  }
}

bool ConfigText::lies_in(std::size_t scope, std::string_view parent) const {
  const std::vector<std::string>& names = scopes_[scope].names;
  return parent.empty() ? !scopes_[scope].is_member : std::find(names.begin(), names.end(), parent) != names.end();
}

bool ConfigText::is_key(std::size_t at) const {
  const Token& token = tokens_[at];
  if (token.kind != Kind::kWord && token.kind != Kind::kText) {
    return false;
  }
  const std::string_view before = at == 0 ? std::string_view("{") : std::string_view(tokens_[at - 1].text);
  const std::string_view after = at + 1 < tokens_.size() ? std::string_view(tokens_[at + 1].text) : "";
  const bool begins = at == 0 || (tokens_[at - 1].kind == Kind::kSign && (before == "{" || before == ","));
  return begins && at + 1 < tokens_.size() && tokens_[at + 1].kind == Kind::kSign &&
         (after == ":" || (token.kind == Kind::kWord && (after == "," || after == "}")));
}

std::size_t ConfigText::end_of_value(std::size_t at) const {
  std::size_t depth = 0;
  for (const std::size_t end = std::min(tokens_.size(), at + kLongestValue + 1); at < end; ++at) {
    if (tokens_[at].kind != Kind::kSign) {
      continue;
    }
    if (is_open(tokens_[at].text)) {
      ++depth;
    } else if (is_close(tokens_[at].text)) {
      if (depth-- == 0) {
        return at;
      }
    } else if (depth == 0 && (tokens_[at].text == "," || tokens_[at].text == ";")) {
      return at;
    }
  }
  return at;
}

void ConfigText::note_constant(std::size_t at) {
  const std::string_view how = at == 0 ? std::string_view() : std::string_view(tokens_[at - 1].text);
  if ((how != "const" && how != "let" && how != "var") || at + 2 >= tokens_.size() || tokens_[at + 1].text != "=" ||
      tokens_[at + 2].kind != Kind::kText) {
    return;
  }
  // More than the literal is an expression.
  if (at + 3 == tokens_.size() || tokens_[at + 3].text == ";" || tokens_[at + 3].line != tokens_[at + 2].line) {
    constants_.emplace(tokens_[at].text, tokens_[at + 2].text);
  }
}

ConfigValue ConfigText::value_at(std::size_t key) const {
  ConfigValue value;
  value.line = tokens_[key].line;
  const bool is_short = tokens_[key + 1].text != ":";  // { outDir }
  const std::size_t begin = is_short ? key : key + 2;
  const std::size_t end = is_short ? key + 1 : end_of_value(begin);
  bool is_known = begin < end && end - begin <= kLongestValue;
  bool is_first = true;
  value.is_object = begin < end && tokens_[begin].text == "{";
  std::string joined;
  for (std::size_t at = begin; at < std::min(end, begin + kLongestValue); ++at) {
    const Token& token = tokens_[at];
    const auto named = token.kind == Kind::kWord ? constants_.find(token.text) : constants_.end();
    if (token.kind == Kind::kText || named != constants_.end()) {
      const std::string& text = token.kind == Kind::kText ? token.text : named->second;
      value.candidates.push_back(text);
      joined = is_first ? text : join_path(joined, text);
      is_first = false;
      continue;
    }
    value.is_from_file =
        value.is_from_file || token.text == "__dirname" || token.text == "dirname" || token.text == "URL";
    // Anything but brackets and the words that make a path is an expression.
    is_known = is_known &&
               (token.kind == Kind::kWord
                    ? is_path_word(token.text)
                    : token.kind == Kind::kSign && std::string_view("().,").find(token.text) != std::string_view::npos);
  }
  is_known = is_known && !is_first;
  value.is_literal = is_known;
  value.text = is_known ? joined : "";
  return value;
}

std::vector<ConfigValue> ConfigText::find(std::string_view key) const {
  const std::size_t dot = key.rfind('.');
  const std::string_view parent = dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
  const std::string_view name = dot == std::string_view::npos ? key : key.substr(dot + 1);
  std::vector<ConfigValue> found;
  for (std::size_t at = 0; at + 1 < tokens_.size() && found.size() < kMostValues; ++at) {
    if (tokens_[at].text == name && is_key(at) && lies_in(tokens_[at].scope, parent)) {
      found.push_back(value_at(at));
    }
  }
  return found;
}

bool ConfigText::mentions(std::string_view word) const {
  return std::any_of(tokens_.begin(), tokens_.end(), [&](const Token& token) {
    return (token.kind == Kind::kWord || token.kind == Kind::kText) && token.text == word;
  });
}

bool ConfigText::has_false(std::string_view key) const {
  const std::size_t dot = key.rfind('.');
  const std::string_view parent = dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
  const std::string_view name = dot == std::string_view::npos ? key : key.substr(dot + 1);
  for (std::size_t at = 0; at + 2 < tokens_.size(); ++at) {
    if (tokens_[at].text == name && is_key(at) && tokens_[at + 2].text == "false" &&
        lies_in(tokens_[at].scope, parent)) {
      return true;
    }
  }
  return false;
}

}  // namespace budgetcheck
