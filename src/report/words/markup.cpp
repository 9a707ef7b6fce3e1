#include "report/words/markup.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/text/log_text.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The length of "@@index([userId])" at the beginning of the text, which people copy into a schema; 0: it is none.
std::size_t attribute_length(std::string_view text) {
  constexpr std::string_view kMarkup = "`|\\<>&@#";
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  if (!text.starts_with("@@")) {
    return 0;
  }
  const std::size_t open = text.find_first_not_of(kLetters, 2);
  if (open == std::string_view::npos || open == 2 || text[open] != '(') {
    return 0;
  }
  std::size_t depth = 0;
  for (std::size_t i = open; i < text.size() && kMarkup.find(text[i]) == std::string_view::npos; ++i) {
    depth += text[i] == '(' ? 1U : 0U;
    depth -= text[i] == ')' ? 1U : 0U;
    if (depth == 0) {
      return i + 1;
    }
  }
  return 0;
}

std::string entity(char c) { return "&#" + std::to_string(static_cast<int>(c)) + ";"; }

/// Of ASCII only: what an expression's \b stands between.
bool is_ascii_word(char c) { return (is_word(c) && static_cast<unsigned char>(c) < 0x80) || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// A sentence on its way into Markdown, from its beginning to its end.
class MarkdownText {
 public:
  explicit MarkdownText(std::string text) : text_(std::move(text)) {}

  std::string take() {
    block_start();
    while (at_ < text_.size()) {
      if (!attribute() && !commit()) {
        character();
      }
    }
    return std::move(out_);
  }

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  bool begins_name(std::size_t i) const {
    return i < text_.size() &&
           (is_word(text_[i]) || std::string_view("_-.\"'+").find(text_[i]) != std::string_view::npos);
  }

  /// What would make a heading, a list or a rule of the line or the list item that the sentence begins,
  /// or a command of a log's line.
  void block_start() {
    const char c = at(0);
    const std::size_t digits = std::min(text_.find_first_not_of("0123456789"), text_.size());
    constexpr std::size_t kMostDigits = 9;
    const bool ends = at(1) == ' ' || at(1) == '\0' || at(1) == c;
    if (std::string_view("#-+=:").find(c) != std::string_view::npos && ends) {
      out_ += entity(c);
      at_ = 1;
    } else if (digits > 0 && digits <= kMostDigits && (at(digits) == '.' || at(digits) == ')') &&
               (at(digits + 1) == ' ' || at(digits + 1) == '\0')) {
      out_ += text_.substr(0, digits) + entity(text_[digits]);
      at_ = digits + 1;
    }
  }

  /// "@@index([userId])"
  bool attribute() {
    const std::size_t length = attribute_length(std::string_view(text_).substr(at_));
    out_ += length == 0 ? "" : "`" + text_.substr(at_, length) + "`";
    at_ += length;
    return length != 0;
  }

  /// Seven hexadecimal digits and more between other characters: the id of a commit to both platforms. As code where it
  /// stands alone, so that it can be copied; inside of a name in pieces that are too short.
  bool commit() {
    constexpr std::size_t kLeast = 7;
    if (at_ > 0 && is_ascii_word(text_[at_ - 1])) {
      return false;
    }
    const std::size_t end = std::min(text_.find_first_not_of("0123456789abcdefABCDEF", at_), text_.size());
    if (end - at_ < kLeast || is_ascii_word(at(end))) {
      return false;
    }
    const std::string digits = text_.substr(at_, end - at_);
    const bool is_word_of_letters = digits.find_first_of("0123456789") == std::string::npos;
    if (!is_word_of_letters && (at_ == 0 || is_outside(text_[at_ - 1])) &&
        (end == text_.size() || is_outside(text_[end]))) {
      out_ += "`" + digits + "`";
    } else {
      for (std::size_t i = 0; i < digits.size(); i += kLeast - 1) {
        out_ += (i == 0 ? "" : std::string(kMarkdownBreak)) + digits.substr(i, kLeast - 1);
      }
    }
    at_ = end;
    return true;
  }
  static bool is_outside(char c) { return std::string_view(" ,;:()'\"").find(c) != std::string_view::npos; }

  void character() {
    static constexpr std::string_view kMarkup = "\\`*_~[]<>|&^$";
    // GitHub's and GitLab's names, issues, merge requests, milestones, labels, epics, snippets, iterations,
    // "[issue:1]";
    // "{+" marks a change.
    static constexpr std::string_view kSigils = "@#!%~&$^[{";
    const char c = text_[at_];
    const bool inside_word = c == '_' && at_ > 0 && is_word(text_[at_ - 1]) && is_word(at(at_ + 1));
    const bool is_markup = kMarkup.find(c) != std::string_view::npos && !inside_word;
    out_ += c == '.' && follows_www() ? kMarkdownBreak : "";
    out_ += is_markup ? entity(c) : std::string(1, c);
    const bool is_sigil = kSigils.find(c) != std::string_view::npos && (begins_name(at_ + 1) || at(at_ + 1) == '[');
    const bool is_link = c == ':' && (text_.compare(at_, 3, "://") == 0 || begins_emoji());
    const bool is_iteration = text_.compare(at_, 11, "*iteration:") == 0;
    out_ += is_sigil || is_link || is_iteration || (c == '-' && begins_number()) ? kMarkdownBreak : "";
    ++at_;
  }

  bool follows_www() const {
    return at_ >= 3 && equals_ignoring_case(std::string_view(text_).substr(at_ - 3, 3), "www");
  }

  /// ":tada:"
  bool begins_emoji() const {
    std::size_t end = at_ + 1;
    while (is_ascii_word(at(end)) || at(end) == '+' || at(end) == '-') {
      ++end;
    }
    return end > at_ + 1 && at(end) == ':';
  }

  /// At the dash of "GH-1", "gl-1", "SHOP-12": what trackers call an issue.
  bool begins_number() const {
    std::size_t begin = at_;
    while (begin > 0 && is_ascii_word(text_[begin - 1])) {
      --begin;
    }
    const std::string_view key = std::string_view(text_).substr(begin, at_ - begin);
    const bool is_key = key.size() > 1 && is_upper(key.front()) && std::all_of(key.begin(), key.end(), [](char c) {
                          return is_upper(c) || is_digit(c) || c == '_';
                        });
    return is_digit(at(at_ + 1)) && (is_key || equals_ignoring_case(key, "gh") || equals_ignoring_case(key, "gl"));
  }

  std::string text_;
  std::string out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string markdown_code(std::string_view name, std::size_t width) {
  const std::string text = name_text(name, width);
  if (trim(text).empty()) {
    return text.empty() ? "" : "(blank)";
  }
  // In a code span nothing is special but the backtick, and in a table the pipe, which cannot be escaped reliably
  // behind a backslash; in a log that shows the file also "##vso[". Those few names are written with entities instead.
  if (text.find_first_of("`|\\") == std::string::npos && escape_commands(text, "") == text) {
    return "`" + text + "`";
  }
  std::string out = "<code>";
  for (const char c : text) {
    out += is_word(c) || c == ' ' ? std::string(1, c) : entity(c);
  }
  return out + "</code>";
}

std::string markdown_text(std::string_view sentence, std::size_t width) {
  return MarkdownText(sentence_text(sentence, width)).take();
}

std::string html_text(std::string_view text, std::size_t width) {
  std::string out;
  for (const char c : sentence_text(text, width)) {
    switch (c) {
      case ':':
        // A page is shown in a log as well, where "::" at the beginning of a line is a command, and "##vso[" anywhere.
        out += out.empty() ? entity(c) : std::string(1, c);
        break;
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return escape_commands(std::move(out), "&#35;");
}

std::string marker_word(std::string_view word) {
  constexpr std::size_t kLongest = 100;
  std::string out;
  for (const char c : word.substr(0, kLongest)) {
    const bool plain = (is_word(c) && static_cast<unsigned char>(c) < 0x80) || c == '.' || c == '_' || c == '/';
    if (plain) {
      out += c;
    } else if (out.empty() || out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && (out.back() == '-' || out.front() == '-')) {
    out.back() == '-' ? out.pop_back() : static_cast<void>(out.erase(0, 1));
  }
  return out.empty() ? "default" : out;
}

}  // namespace budgetcheck
