#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "budget/import/importer.h"

// What the tools that measure files have in common: sizes, paths, compression.

namespace budgetcheck {
namespace {

struct SizeText {
  double number = 0;
  std::string unit;  ///< lower case; empty: none
};

/// Digits, perhaps with a fraction, then spaces and letters: the form that both packages read.
std::optional<SizeText> split_size(std::string_view text) {
  const std::string_view whole = trim(text);
  const std::size_t end = std::min(whole.find_first_not_of("0123456789."), whole.size());
  const std::string_view digits = whole.substr(0, end);
  const auto number = parse_number(digits);
  const std::string unit = lower(trim(whole.substr(end)));
  const bool letters = std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (digits.empty() || digits.front() == '.' || digits.back() == '.' || !number || !letters) {
    return std::nullopt;
  }
  return SizeText{*number, unit};
}

struct UnitRow {
  std::string_view name;
  std::string_view ours;
};

std::optional<std::string> in_our_words(const SizeText& size, const std::vector<UnitRow>& rows) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const UnitRow& r) { return r.name == size.unit; });
  if (row == rows.end()) {
    return std::nullopt;
  }
  return format_number(size.number) + " " + std::string(row->ours);
}

/// Where builds are usually written.
bool is_output_folder(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kNames{
      "dist", "build", "out", ".next", "public", "lib", "www", "_site", "esm", "cjs", "es", "umd", "bundle", ".output"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool has_wildcard(std::string_view text) { return text.find_first_of("*?[{<") != std::string_view::npos; }

/// Folders that hold a whole kind of files rather than a part of the site.
bool is_common_folder(std::string_view name) {
  static constexpr std::array<std::string_view, 13> kNames{"static", "js",        "css",     "assets", "chunks",
                                                           "_next",  "immutable", "scripts", "styles", "_app",
                                                           "**",     "browser",   "client"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// Globs that have no counterpart here.
bool is_extended(std::string_view pattern) {
  if (pattern.starts_with('!')) {
    return true;
  }
  for (std::size_t i = 1; i < pattern.size(); ++i) {
    if (pattern[i] == '(' && std::string_view("!@+?*").find(pattern[i - 1]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

/// "[0-9a-f]" becomes "?", "[hash]" and "<hash>" become "*", "**/" and "**" too.
std::string label_glob(std::string_view pattern, bool& is_wider) {
  std::string out;
  const auto star = [&] {
    if (!out.ends_with('*')) {
      out += '*';
    }
  };
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    const std::size_t close = c == '[' ? pattern.find(']', at) : c == '<' ? pattern.find('>', at) : std::string::npos;
    if (close != std::string_view::npos) {
      const std::string_view name = pattern.substr(at + 1, close - at - 1);
      const bool is_placeholder = c == '<' || name.ends_with("hash") || name == "name" || name == "id";
      if (is_placeholder) {
        star();
      } else {
        out += '?';
        is_wider = true;
      }
      at = close + 1;
    } else if (pattern.substr(at).starts_with("**/")) {
      star();
      at += 3;
    } else if (c == '*') {
      star();
      ++at;
    } else {
      out += c;
      ++at;
    }
  }
  return out;
}

/// The type that all files of an extension have, when no other extension has it or that is said in a note.
std::string type_of_extension(std::string_view extension) {
  return extension == "mjs" || extension == "cjs" ? "js"
         : extension == "js" || extension == "css" || extension == "wasm" || extension == "html"
             ? std::string(extension)
             : "";
}

/// The pattern in our words: "<hash>" and "[hash]" are any text, other classes of characters one character.
std::string input_pattern(std::string_view pattern) {
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    const std::size_t close = c == '[' ? pattern.find(']', at) : c == '<' ? pattern.find('>', at) : std::string::npos;
    if (close == std::string_view::npos) {
      out += c;
      ++at;
      continue;
    }
    bool is_wider = false;
    out += label_glob(pattern.substr(at, close - at + 1), is_wider);
    at = close + 1;
  }
  return out;
}

/// What the tool measures: the files that match the pattern. Files of other kinds could be documents of their own as
/// single inputs, so their folder is named.
DraftInput files_input(std::string_view tool, std::string_view pattern, const std::string& root) {
  std::string_view text = trim(pattern);
  while (text.starts_with("./")) {
    text.remove_prefix(2);
  }
  const std::string type = type_of_extension(text.substr(std::min(text.rfind('.'), text.size() - 1) + 1));
  const bool by_pattern = root == "." || type == "js" || type == "css" || type == "wasm";
  DraftInput input;
  input.path = by_pattern ? input_pattern(text) : root;
  input.root = by_pattern ? root : "";
  input.comments = {fmt::format("the files themselves, as {} measures them; name a folder to include new ones", tool)};
  return input;
}

}  // namespace

std::optional<std::string> size_of_bytes_package(std::string_view text) {
  const auto size = split_size(text);
  // "b" and no unit are read by parseInt, which takes "1.5" for 1.
  if (!size || ((size->unit.empty() || size->unit == "b") && size->number != std::floor(size->number))) {
    return std::nullopt;
  }
  return in_our_words(*size, {{"", "B"}, {"b", "B"}, {"kb", "KiB"}, {"mb", "MiB"}, {"gb", "GiB"}});
}

std::optional<std::string> size_of_size_limit(std::string_view text) {
  const auto size = split_size(text);
  return !size ? std::nullopt
               : in_our_words(*size, {{"", "B"},
                                      {"b", "B"},
                                      {"kb", "kB"},
                                      {"kib", "KiB"},
                                      {"mb", "MB"},
                                      {"mib", "MiB"},
                                      {"gb", "GB"},
                                      {"gib", "GiB"}});
}

std::string bytes_text(double bytes) {
  constexpr double kKilo = 1000;
  const bool whole = bytes >= kKilo && std::fmod(bytes, kKilo) == 0;
  return whole ? format_number(bytes / kKilo) + " kB" : format_number(bytes) + " B";
}

std::string metric_of_compression(std::string_view name) {
  return name == "gzip" ? "bundle.gzip" : name == "brotli" ? "bundle.brotli" : name == "none" ? "bundle.raw" : "";
}

tl::expected<BuildPath, std::string> build_path(std::string_view pattern) {
  std::string text(trim(pattern));
  while (text.starts_with("./")) {
    text.erase(0, 2);
  }
  if (text.empty() || text.ends_with('/')) {
    return tl::unexpected(std::string("it names no file"));
  }
  if (text.starts_with('/') || text.find('\\') != std::string::npos) {
    return tl::unexpected(std::string("the path is absolute or has backslashes; write it relative, with '/'"));
  }
  if (is_extended(text)) {
    return tl::unexpected(
        std::string("globs with !(...), +(...), @(...) or a leading ! have no counterpart; 'where' supports "
                    "*, ? and {a,b}"));
  }
  const std::vector<std::string_view> segments = split(text, '/');
  std::size_t literal = 0;  // how many folders stand before the first wildcard
  while (literal + 1 < segments.size() && !has_wildcard(segments[literal])) {
    ++literal;
  }
  std::size_t root = literal;
  for (std::size_t i = 0; i < literal; ++i) {
    if (is_output_folder(segments[i])) {
      root = i + 1;
      break;
    }
  }
  const bool many = std::any_of(segments.begin() + static_cast<std::ptrdiff_t>(literal), segments.end() - 1,
                                [](std::string_view s) { return is_output_folder(s); });
  if (many && root == literal && (root == 0 || !is_output_folder(segments[root - 1]))) {
    return tl::unexpected(std::string("it spans several builds; give each its stats file under inputs:, and a budget"));
  }
  BuildPath out;
  out.root = root == 0 ? "." : "";
  std::string rest;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    std::string& part = i < root ? out.root : rest;
    part += (part.empty() || part == "." ? "" : "/") + std::string(segments[i]);
  }
  bool is_wider = false;
  out.asset = label_glob(rest, is_wider);
  if (is_wider) {
    out.notes.push_back("[...] became ?, which matches any character");
  }
  out.is_glob = has_wildcard(out.asset);
  out.is_all = out.asset == "*" || out.asset == "*.*";
  const std::string last = label_glob(segments.back(), is_wider);
  out.is_every_file_of_a_folder = last == "*" || last == "*.*" || last.starts_with("*.");
  const bool is_common = std::all_of(segments.begin() + static_cast<std::ptrdiff_t>(root), segments.end() - 1,
                                     [](std::string_view s) { return is_common_folder(s); });
  if (is_common && last.starts_with("*.") && !has_wildcard(std::string_view(last).substr(1))) {
    out.type = type_of_extension(std::string_view(last).substr(2));
  }
  return out;
}

void carry_each_file(Importer& importer, const Location& from, const std::string& path, DraftBudget budget) {
  const auto split = build_path(path);
  if (!split) {
    importer.leave_out(from, path, split.error());
    return;
  }
  if (!importer.takes_build(from, path, split->root)) {
    return;
  }
  importer.add_input(files_input(importer.tool(), path, split->root));
  budget.where = {{"asset", split->asset}};
  importer.carry(from, path, std::move(budget), split->notes);
}

void carry_sum(Importer& importer, const Location& from, const std::string& path, DraftBudget budget) {
  const auto split = build_path(path);
  if (!split) {
    importer.leave_out(from, path, split.error());
    return;
  }
  if (!split->is_all && split->type.empty() && split->is_every_file_of_a_folder) {
    importer.leave_out(
        from, path,
        "it adds up the files of one folder, which no label can select; limit the entry point or route that "
        "loads them: where: { entry: NAME }");
    return;
  }
  if (!importer.takes_build(from, path, split->root)) {
    return;
  }
  importer.add_input(files_input(importer.tool(), path, split->root));
  std::vector<std::string> notes = split->notes;
  if (split->is_all) {
    notes.emplace_back("the whole build counts, except source maps, licence files and compressed copies");
  } else if (!split->type.empty()) {
    budget.where = {{"type", split->type}};
    if (split->asset != "*." + split->type || path.find("**") == std::string::npos) {
      notes.push_back(fmt::format("every {} file of the inputs counts, in any folder", split->type));
    }
  } else {
    budget.where = {{"asset", split->asset}};
    if (split->is_glob) {
      notes.push_back(
          fmt::format("{} adds up the files that match the glob; here the limit applies to each of them, which is "
                      "looser when there "
                      "are several: limit the entry point then, where: {{ entry: NAME }}",
                      importer.tool()));
    }
  }
  importer.carry(from, path, std::move(budget), std::move(notes));
}

}  // namespace budgetcheck
