#include "report/html/html_frame.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/embedded.h"
#include "base/error.h"
#include "report/words/markup.h"

namespace budgetcheck {
namespace {

unsigned digit_of(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); }

/// Hexadecimal digits as base64.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::size_t kDigits = 6;  // of three bytes, which are four characters
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += kDigits) {
    unsigned bits = 0;
    const std::size_t have = std::min(kDigits, hex.size() - i);
    for (std::size_t k = 0; k < kDigits; ++k) {
      bits = bits << 4U | (k < have ? digit_of(hex[i + k]) : 0);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const bool filled = k * 3 < have * 2;  // a character holds 1.5 digits
      out += filled ? kAlphabet[bits >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return out;
}

}  // namespace

std::string_view page_file(std::string_view name) {
  for (const EmbeddedFile& file : embedded_page()) {
    if (file.name == name) {
      return file.bytes;
    }
  }
  throw InternalError("no page file " + std::string(name));
}

std::string script_hash(std::string_view name) {
  return "'sha256-" + base64_of_hex(page_file(std::string(name) + ".sha256")) + "'";
}

std::string page_head(std::string_view title, const std::vector<std::string_view>& styles,
                      const std::vector<std::string_view>& scripts) {
  std::string allowed;
  for (const std::string_view script : scripts) {
    allowed += " " + script_hash(script);
  }
  std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += fmt::format(
      "{}<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src{}; img-src data:; base-uri 'none'; form-action 'none'\">{}\n",
      kChartsBegin, allowed.empty() ? " 'none'" : allowed, kChartsEnd);
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<meta name=\"referrer\" content=\"no-referrer\">\n";
  out += "<title>" + html_text(title, 120) + "</title>\n<style>\n";
  for (const std::string_view style : styles) {
    out += page_file(style);
  }
  return out + "</style>\n</head>\n<body>\n";
}

std::string page_script(std::string_view name) { return "<script>" + std::string(page_file(name)) + "</script>\n"; }

std::string json_for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 16);
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    const bool separator =
        json.compare(i, 2, "\xE2\x80") == 0 && i + 2 < json.size() && (json[i + 2] == '\xA8' || json[i + 2] == '\xA9');
    if (separator) {
      out += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace budgetcheck
