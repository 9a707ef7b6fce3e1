#include "report/words/markup.h"

#include "base/text.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The length of "@@index([userId])" at the beginning of the text, which people copy into a schema; 0: it is none.
std::size_t attribute_length(std::string_view text) {
  constexpr std::string_view kMarkup = "`|\\<>&@";
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

}  // namespace

std::string markdown_code(std::string_view name, std::size_t width) {
  const std::string text = name_text(name, width);
  if (trim(text).empty()) {
    return text.empty() ? "" : "(blank)";
  }
  // In a code span nothing is special but the backtick, and in a table the pipe, which cannot be escaped reliably
  // behind a backslash. Those few names are written with entities instead.
  if (text.find_first_of("`|\\") == std::string::npos) {
    return "`" + text + "`";
  }
  std::string out = "<code>";
  for (const char c : text) {
    out += is_word(c) || c == ' ' ? std::string(1, c) : entity(c);
  }
  return out + "</code>";
}

std::string markdown_text(std::string_view sentence, std::size_t width) {
  static constexpr std::string_view kMarkup = "\\`*_~[]<>|&^$";
  static constexpr std::string_view kReferences = "@#!%";
  constexpr std::string_view kZeroWidthSpace = "&#8203;";
  const std::string text = sentence_text(sentence, width);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool word_follows = i + 1 < text.size() && (is_word(text[i + 1]) || text[i + 1] == '"');
    if (const std::size_t length = attribute_length(std::string_view(text).substr(i)); length != 0) {
      out += "`" + text.substr(i, length) + "`";
      i += length - 1;
      continue;
    }
    const bool inside_word = c == '_' && word_follows && i > 0 && is_word(text[i - 1]);
    if (kMarkup.find(c) != std::string_view::npos && !inside_word) {
      out += entity(c);
      // GitLab's labels, epics and snippets: ~bug &1 $1.
      out += word_follows && (c == '~' || c == '&' || c == '$') ? kZeroWidthSpace : "";
    } else if (kReferences.find(c) != std::string_view::npos) {
      out += c;
      out += word_follows ? kZeroWidthSpace : "";
    } else if (c == ':' && text.compare(i, 3, "://") == 0) {
      out += ":" + std::string(kZeroWidthSpace);
    } else if (c == '.' && i >= 3 && equals_ignoring_case(std::string_view(text).substr(i - 3, 3), "www")) {
      out += "." + std::string(kZeroWidthSpace);
    } else {
      out += c;
    }
  }
  return out;
}

std::string html_text(std::string_view text, std::size_t width) {
  std::string out;
  for (const char c : sentence_text(text, width)) {
    switch (c) {
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
  return out;
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
