#include "collect/bundle/pages/html_page.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostFiles = 2000;   // of one page, and of one script's imports
constexpr std::size_t kLongestUrl = 2000;  // in an inline script

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_name_char(char c) { return !is_space(c) && c != '=' && c != '>' && c != '/' && c != '"' && c != '\''; }
bool is_word_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

struct Tag {
  std::string name;
  std::map<std::string, std::string> attributes;

  std::string at(const char* attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? std::string() : found->second;
  }
  bool has(const char* attribute) const { return attributes.contains(attribute); }
};

std::string without_entities(const std::string& text) { return replace_all(text, "&amp;", "&"); }

/// Where `text` stands in `in`, upper and lower case alike.
std::size_t find_ignoring_case(std::string_view in, std::string_view text, std::size_t from) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; };
  const auto found = std::search(in.begin() + static_cast<std::ptrdiff_t>(std::min(from, in.size())), in.end(),
                                 text.begin(), text.end(), same);
  return found == in.end() ? std::string_view::npos : static_cast<std::size_t>(found - in.begin());
}

class PageScanner {
 public:
  explicit PageScanner(std::string_view html) : html_(html) {}

  std::vector<PageFile> run() {
    while (found_.size() < kMostFiles) {
      at_ = html_.find('<', at_);
      if (at_ == std::string_view::npos) {
        break;
      }
      if (html_.substr(at_).starts_with("<!--")) {
        skip_past("-->");
      } else {
        read_tag();
      }
    }
    return std::move(found_);
  }

 private:
  void skip_past(std::string_view text) {
    const std::size_t end = html_.find(text, at_);
    at_ = end == std::string_view::npos ? html_.size() : end + text.size();
  }

  void read_tag() {
    Tag tag;
    ++at_;
    while (at_ < html_.size() && is_name_char(html_[at_])) {
      tag.name += html_[at_++];
    }
    tag.name = lower(tag.name);
    if (tag.name.empty()) {
      return;
    }
    while (at_ < html_.size() && html_[at_] != '>') {
      if (!read_attribute(tag)) {
        ++at_;
      }
    }
    at_ += at_ < html_.size() ? 1U : 0U;
    use(tag);
  }

  bool read_attribute(Tag& tag) {
    std::string name;
    while (at_ < html_.size() && is_name_char(html_[at_])) {
      name += html_[at_++];
    }
    if (name.empty()) {
      return false;
    }
    skip_spaces();
    std::string value;
    if (at_ < html_.size() && html_[at_] == '=') {
      ++at_;
      skip_spaces();
      const char quote = at_ < html_.size() ? html_[at_] : '\0';
      if (quote == '"' || quote == '\'') {
        const std::size_t end = std::min(html_.find(quote, at_ + 1), html_.size());
        value = html_.substr(at_ + 1, end - at_ - 1);
        at_ = std::min(end + 1, html_.size());
      } else {
        while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') {
          value += html_[at_++];
        }
      }
    }
    tag.attributes.emplace(lower(name), without_entities(value));
    return true;
  }

  void skip_spaces() {
    while (at_ < html_.size() && is_space(html_[at_])) {
      ++at_;
    }
  }

  /// The text up to the end tag, which the scanner passes.
  std::string_view content_of(const std::string& name) {
    const std::size_t begin = at_;
    const std::size_t end = find_ignoring_case(html_, "</" + name, at_);
    at_ = std::min(end, html_.size());
    return html_.substr(begin, at_ - begin);
  }

  void add(const std::string& url, bool is_module) {
    if (!url.empty() && !url.starts_with("data:")) {
      found_.push_back({url, is_module});
    }
  }

  void use(const Tag& tag) {
    if (tag.name == "script") {
      const std::string_view text = content_of("script");
      const std::string type = lower(tag.at("type"));
      const bool is_module = type == "module";
      const bool is_code = is_module || type.empty() || type.ends_with("/javascript");
      if (!is_code || tag.has("nomodule")) {
        return;
      }
      add(tag.at("src"), is_module);
      if (!tag.has("src")) {
        add_imports(text);
      }
    } else if (tag.name == "style" || tag.name == "noscript" || tag.name == "template") {
      content_of(tag.name);
    } else if (tag.name == "link") {
      use_link(tag);
    } else if (tag.name == "astro-island") {
      for (const char* attribute : {"component-url", "renderer-url", "before-hydration-url"}) {
        add(tag.at(attribute), true);
      }
    }
  }

  void use_link(const Tag& tag) {
    const std::string words = " " + lower(tag.at("rel")) + " ";
    const auto has = [&](std::string_view word) { return words.find(word) != std::string::npos; };
    const std::string as = lower(tag.at("as"));
    const bool is_style = has(" stylesheet ") && !has(" alternate ") && !tag.has("disabled");
    if (is_style || has(" modulepreload ") || (has(" preload ") && (as == "script" || as == "style"))) {
      add(tag.at("href"), has(" modulepreload "));
    }
  }

  /// `import "/a.js"`, `from "/a.js"` and `import("/a.js")` of an inline script.
  void add_imports(std::string_view code) {
    for (const std::string_view word : {"import", "from"}) {
      for (std::size_t at = code.find(word); at != std::string_view::npos && found_.size() < kMostFiles;
           at = code.find(word, at + word.size())) {
        std::size_t end = at + word.size();
        if (at > 0 && (is_word_char(code[at - 1]) || code[at - 1] == '.')) {
          continue;
        }
        while (end < code.size() && (is_space(code[end]) || code[end] == '(')) {
          ++end;
        }
        if (end < code.size() && (code[end] == '"' || code[end] == '\'')) {
          const std::string_view rest = code.substr(end + 1, kLongestUrl);
          const std::string url(rest.substr(0, rest.find(code[end])));
          if (url.starts_with("/") || url.starts_with(".")) {
            add(url, true);
          }
        }
      }
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::vector<PageFile> found_;
};

/// Reads the statements at the beginning of a module.
class ImportScanner {
 public:
  explicit ImportScanner(std::string_view script) : script_(script) {}

  std::vector<std::string> run() {
    while (found_.size() < kMostFiles && read_statement()) {
    }
    return std::move(found_);
  }

 private:
  void skip_blanks() {
    while (at_ < script_.size()) {
      const std::string_view rest = script_.substr(at_);
      if (is_space(rest.front()) || rest.front() == ';') {
        ++at_;
      } else if (rest.starts_with("//")) {
        at_ = std::min(script_.find('\n', at_), script_.size());
      } else if (rest.starts_with("/*")) {
        const std::size_t end = script_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? script_.size() : end + 2;
      } else if (rest.starts_with("\"use strict\"") || rest.starts_with("'use strict'")) {
        at_ += std::string_view("'use strict'").size();
      } else {
        return;
      }
    }
  }

  /// An import or a re-export; false: the imports have ended.
  bool read_statement() {
    skip_blanks();
    const std::string_view rest = script_.substr(at_);
    const bool is_import = rest.starts_with("import");
    if (!is_import && !rest.starts_with("export*") && !rest.starts_with("export *") && !rest.starts_with("export{") &&
        !rest.starts_with("export {")) {
      return false;
    }
    std::size_t at = 6;  // both words have six letters
    for (; at < rest.size(); ++at) {
      const char c = rest[at];
      if (c == '"' || c == '\'') {
        const std::size_t end = rest.find(c, at + 1);
        if (end == std::string_view::npos) {
          return false;
        }
        found_.emplace_back(rest.substr(at + 1, end - at - 1));
        at_ += end + 1;
        return true;
      }
      // import(…), import.meta, and an export that names no other module
      if (c == '(' || c == '.' || c == ';' || c == '=') {
        return false;
      }
    }
    return false;
  }

  std::string_view script_;
  std::size_t at_ = 0;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<PageFile> files_of_page(std::string_view html) { return PageScanner(html).run(); }

std::vector<std::string> static_imports(std::string_view script) { return ImportScanner(script).run(); }

}  // namespace budgetcheck
