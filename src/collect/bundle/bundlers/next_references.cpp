#include "collect/bundle/bundlers/next_references.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/file_system.h"
#include "base/text.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kAppChunks = "static/chunks/app/";

/// "%5Bid%5D" → "[id]". Chunks are named as in a URL there.
std::string decode(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// "static/chunks/app/(shop)/error-65a28737e6c72a08.js" → "/(shop)/error".
std::string key_of_chunk(std::string_view chunk) {
  constexpr std::size_t kHash = 16;
  chunk.remove_prefix(kAppChunks.size() - 1);
  if (chunk.ends_with(".js")) {
    chunk.remove_suffix(3);
  }
  const std::size_t dash = chunk.rfind('-');
  const bool hashed = dash != std::string_view::npos && chunk.size() - dash - 1 == kHash;
  return std::string(hashed ? chunk.substr(0, dash) : chunk);
}

bool is_style(std::string_view module) {
  constexpr std::array<std::string_view, 5> kStyles{".css", ".scss", ".sass", ".less", ".styl"};
  const std::string_view path = module.substr(0, module.find('?'));
  return std::any_of(kStyles.begin(), kStyles.end(), [&](std::string_view end) { return path.ends_with(end); });
}

/// Styles are in a file of their own; the script that their module would need is not loaded.
void add_module(const json::Member& module, NextReferences& out) {
  const json::Value* list = module.value.find("chunks");
  const json::Array* names = list == nullptr || is_style(module.key) ? nullptr : list->array();
  std::vector<std::string> chunks;
  std::string key;
  for (std::size_t i = 0; names != nullptr && i < names->size(); ++i) {
    const std::string* text = (*names)[i].string();
    std::string chunk = text == nullptr ? std::string() : decode(*text);
    if (!chunk.starts_with("static/")) {
      continue;  // the chunk's id
    }
    if (chunk.starts_with(kAppChunks)) {
      key = key_of_chunk(chunk);
    }
    chunks.push_back(std::move(chunk));
  }
  if (!chunks.empty()) {
    std::vector<std::string>& files = out[key];
    files.insert(files.end(), chunks.begin(), chunks.end());
  }
}

/// Files of the App Router are named by their path without its end: "/srv/shop/src/app/(shop)/error". Gives what comes
/// before the key.
std::string folder_of_app(const json::Object& entries, std::string_view page) {
  const std::string own = "/app" + std::string(page);
  std::string shortest;
  std::string any;
  for (const json::Member& entry : entries) {
    std::string path = replace_all(entry.key, "\\", "/");
    if (path.ends_with(own) && (shortest.empty() || path.size() < shortest.size() + page.size())) {
      shortest = path.substr(0, path.size() - page.size());
    }
    if (const std::size_t at = path.rfind("/app/"); at != std::string::npos && (any.empty() || at + 4 < any.size())) {
      any = path.substr(0, at + 4);
    }
  }
  return shortest.empty() ? any : shortest;
}

void add_styles(const json::Object& entries, std::string_view page, NextReferences& out) {
  const std::string app = folder_of_app(entries, page);
  for (const json::Member& entry : entries) {
    const std::string path = replace_all(entry.key, "\\", "/");
    const json::Array* list = entry.value.array();
    if (app.empty() || list == nullptr || !path.starts_with(app + "/")) {
      continue;
    }
    std::vector<std::string>& files =
        out[path.substr(app.size())];  // an entry without styles is a file of the tree too
    for (const json::Value& one : *list) {
      const std::string* plain = one.string();
      std::string file = decode(plain != nullptr ? std::string_view(*plain) : one.string_or("path", ""));
      if (!file.empty()) {
        files.push_back(std::move(file));
      }
    }
  }
}

}  // namespace

std::optional<NextReferences> read_next_references(std::string_view script, std::string_view page) {
  const std::size_t begin = script.find("]={");
  const std::size_t end = script.rfind('}');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) {
    return std::nullopt;
  }
  const auto text = content_from_string(script.substr(begin + 2, end - begin - 1));
  json::Selector selector;
  selector.keep("clientModules/*/chunks").keep("entryCSSFiles");
  const Expected<json::Value> document = json::select("client-reference-manifest", *text, selector);
  if (!document) {
    return std::nullopt;
  }
  const json::Value* modules = document->find("clientModules");
  if (modules == nullptr || !modules->is_object()) {
    return std::nullopt;
  }
  NextReferences out;
  for (const json::Member& module : *modules->object()) {
    add_module(module, out);
  }
  if (const json::Value* styles = document->find("entryCSSFiles"); styles != nullptr && styles->is_object()) {
    add_styles(*styles->object(), page, out);
  }
  for (auto& [key, files] : out) {
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
  }
  return out;
}

}  // namespace budgetcheck
