#include "generate/limits/nginx_config.h"

#include <fmt/format.h>

#include <utility>

namespace budgetcheck {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class NginxReader {
 public:
  NginxReader(const std::string& path, std::string_view text) : path_(path), text_(text) {}

  Expected<std::vector<NginxDirective>> read() {
    while (skip_blanks()) {
      const char c = text_[at_];
      if (c == ';') {
        step();
        if (!close_directive(false)) {
          return problem("there are too many directives", "name the files that hold the limits only");
        }
      } else if (c == '{') {
        step();
        if (current_.words.empty()) {
          return problem("a block has no name", "see what stands before it");
        }
        const bool is_lua = current_.name().ends_with("_by_lua_block");
        if (!close_directive(true)) {
          return problem("there are too many directives", "name the files that hold the limits only");
        }
        if (is_lua && !skip_block()) {
          return problem("a block does not end", "close it with }");
        }
      } else if (c == '}') {
        step();
        if (open_.empty() || !current_.words.empty()) {
          return problem(open_.empty() ? "a block ends that did not begin" : "a directive does not end with ;",
                         "nginx -t shows the place, too");
        }
        open_.pop_back();
      } else if (!read_word()) {
        return problem("a quote does not end", "nginx -t shows the place, too");
      }
    }
    if (!open_.empty() || !current_.words.empty()) {
      return problem(open_.empty() ? "the last directive does not end with ;" : "a block does not end",
                     "nginx -t shows the place, too");
    }
    return std::move(out_);
  }

 private:
  tl::unexpected<Error> problem(std::string message, std::string hint) const {
    return fail(ErrorKind::kInput, std::move(message), {path_, line_, column_, {}}, std::move(hint));
  }

  void step() {
    if (text_[at_] == '\n') {
      ++line_;
      column_ = 0;
    }
    ++at_;
    ++column_;
  }

  /// False at the end.
  bool skip_blanks() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#') {
        while (at_ < text_.size() && text_[at_] != '\n') {
          step();
        }
      } else if (is_blank(text_[at_])) {
        step();
      } else {
        return true;
      }
    }
    return false;
  }

  bool read_word() {
    if (current_.words.empty()) {
      current_.line = line_;
      current_.column = column_;
    }
    std::string word;
    const char quote = text_[at_];
    if (quote == '"' || quote == '\'') {
      step();
      while (at_ < text_.size() && text_[at_] != quote) {
        const bool is_escaped =
            text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == quote || text_[at_ + 1] == '\\');
        if (is_escaped) {
          step();
        }
        word += text_[at_];
        step();
      }
      if (at_ == text_.size()) {
        return false;
      }
      step();
    } else {
      // "${name}" is a variable, and its braces are no block.
      int braces = 0;
      while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != ';' &&
             (text_[at_] != '{' || word.ends_with('$')) && (text_[at_] != '}' || braces > 0)) {
        braces += text_[at_] == '{' ? 1 : text_[at_] == '}' ? -1 : 0;
        word += text_[at_];
        step();
      }
    }
    current_.words.push_back(std::move(word));
    return true;
  }

  /// Of another language: braces are counted.
  bool skip_block() {
    int depth = 1;
    while (at_ < text_.size()) {
      depth += text_[at_] == '{' ? 1 : text_[at_] == '}' ? -1 : 0;
      step();
      if (depth == 0) {
        open_.pop_back();
        return true;
      }
    }
    return false;
  }

  bool close_directive(bool has_block) {
    if (current_.words.empty()) {  // ";" alone
      return true;
    }
    if (out_.size() >= kMaxNginxDirectives) {
      return false;
    }
    current_.parent = open_.empty() ? NginxDirective::kTop : open_.back();
    out_.push_back(std::exchange(current_, {}));
    if (has_block) {
      open_.push_back(out_.size() - 1);
    }
    return true;
  }

  const std::string& path_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
  NginxDirective current_;
  std::vector<std::size_t> open_;
  std::vector<NginxDirective> out_;
};

}  // namespace

std::optional<std::string> NginxDirective::argument(std::string_view key) const {
  for (const std::string& word : words) {
    if (word.size() > key.size() && word.starts_with(key) && word[key.size()] == '=') {
      return word.substr(key.size() + 1);
    }
  }
  return std::nullopt;
}

Expected<std::vector<NginxDirective>> read_nginx_config(const std::string& path, std::string_view text) {
  return NginxReader(path, text).read();
}

}  // namespace budgetcheck
