#include "collect/http/page_label.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "model/route.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kHashDigits = 8;
constexpr std::size_t kMaxPath = 256;
constexpr std::string_view kEllipsis = "…";

std::string short_hash(std::string_view text) { return "~" + stable_key(text).substr(0, kHashDigits); }

/// "#/about/team", "#!/about": written by routers in the browser, of the characters that a path is made of.
bool is_route(std::string_view fragment) {
  constexpr std::string_view kPathCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!";
  return (fragment.starts_with("/") || fragment.starts_with("!/")) &&
         fragment.find_first_not_of(kPathCharacters) == std::string_view::npos;
}

std::string without_query_string(std::string_view word) {
  constexpr std::string_view kClosing = ")]}>\"'.,;:";
  const std::size_t scheme = word.find("://");
  const bool is_url = scheme != std::string_view::npos;
  const std::size_t cut = word.find_first_of(is_url ? "?#" : "?");
  std::string_view kept = word.substr(0, cut);
  std::string out;
  if (is_url) {
    const std::size_t host = scheme + 3;
    const std::size_t user_end = kept.substr(0, kept.find('/', host)).rfind('@');
    if (user_end != std::string_view::npos && user_end >= host) {
      out.append(kept.substr(0, host)).append(kEllipsis);
      kept.remove_prefix(user_end);
    }
  }
  out += kept;
  if (cut == std::string_view::npos) {
    return out;
  }
  // What closes the sentence around the URL is not part of it: "(http://host/?a=b)." keeps its ")."
  const std::size_t last = word.find_last_not_of(kClosing);
  const std::size_t end = last == std::string_view::npos || last < cut ? cut : last + 1;
  if (end > cut + 1) {
    out.append(word.substr(cut, 1)).append(kEllipsis);
  } else {
    out.append(word.substr(cut, end - cut));
  }
  return out.append(word.substr(end));
}

}  // namespace

std::string page_label(std::string_view url) {
  const bool has_path = url.find("://") < url.find_first_of("?#") || url.starts_with("/");
  if (!has_path && url.find(':') != std::string_view::npos) {
    // data: and the like carry content in place of a path
    return printable(url.substr(0, url.find(':') + 1)) + short_hash(url);
  }
  const std::string path = path_of_url(url);
  std::string label = without_private_segments(path);
  if (label != path) {
    label += short_hash(path);  // two such pages stay two
  }
  if (label.size() > kMaxPath) {
    label = shorten(label, kMaxPath, kEllipsis) + short_hash(label);
  }
  const std::size_t hash = url.find('#');
  const std::string_view before = url.substr(0, hash);
  const std::string_view fragment = hash == std::string_view::npos ? std::string_view() : url.substr(hash + 1);
  const std::size_t mark = before.find('?');
  if (mark != std::string_view::npos && mark + 1 < before.size()) {
    label += "?" + short_hash(before.substr(mark + 1));
  }
  if (!fragment.empty()) {
    label += "#" + (is_route(fragment) ? std::string(fragment) : short_hash(fragment));
  }
  return printable(label);
}

std::string url_origin(std::string_view url) {
  const std::string host = host_of_url(url);
  return host.empty() ? host : lower(url.substr(0, url.find("://"))) + "://" + host;
}

std::string without_query_strings(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::string out;
  while (!text.empty()) {
    const std::size_t word_end = std::min(text.find_first_of(kSpace), text.size());
    out += without_query_string(text.substr(0, word_end));
    text.remove_prefix(word_end);
    const std::size_t space_end = std::min(text.find_first_not_of(kSpace), text.size());
    out += text.substr(0, space_end);
    text.remove_prefix(space_end);
  }
  return without_private_words(out);
}

}  // namespace budgetcheck
