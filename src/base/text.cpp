#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text/character.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (next_character(text, at) == kNoCharacter) {
      out += kReplacement;
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
    } else if (c == kNoCharacter || is_hidden(c, before)) {
      out += kReplacement;
    } else {
      out += text.substr(begin, at - begin);
    }
    before = c;
  }
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    width += character_width(next_character(text, at));
  }
  return width;
}

std::string shorten(std::string_view text, std::size_t width, std::string_view ellipsis) {
  if (display_width(text) <= width) {
    return std::string(text);
  }
  if (display_width(ellipsis) > width) {
    return shorten(text, width, "");
  }
  const std::size_t room = width - display_width(ellipsis);
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    const std::size_t w = character_width(next_character(text, next));
    if (used + w > room) {
      break;
    }
    used += w;
    at = next;
  }
  return std::string(text.substr(0, at)) + std::string(ellipsis);
}

std::string shorten_middle(std::string_view text, std::size_t width, std::string_view ellipsis) {
  const std::size_t mark = display_width(ellipsis);
  if (display_width(text) <= width || width < mark + 2) {
    return shorten(text, width, ellipsis);
  }
  const std::size_t tail_room = (width - mark) / 2;
  const std::string head = shorten(text, width - mark - tail_room, "");
  std::size_t tail = text.size();
  std::size_t used = 0;
  while (tail > head.size()) {
    std::size_t begin = tail - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) {
      --begin;
    }
    std::size_t at = begin;
    const std::size_t w = character_width(next_character(text, at));
    if (used + w > tail_room) {
      break;
    }
    used += w;
    tail = begin;
  }
  return head + std::string(ellipsis) + std::string(text.substr(tail));
}

std::string ascii(std::string_view text) {
  struct Transcription {
    char32_t from;
    std::string_view to;
  };
  static constexpr std::array<Transcription, 22> kTable{
      {{0x2026, "..."}, {0x2192, "->"}, {0x2190, "<-"}, {0x2013, "-"}, {0x2014, "-"}, {0x2212, "-"},
       {0x00D7, "x"},   {0x2265, ">="}, {0x2264, "<="}, {0x2018, "'"}, {0x2019, "'"}, {0x201C, "\""},
       {0x201D, "\""},  {0x00B7, "-"},  {0x2022, "*"},  {0x00B5, "u"}, {0x00A0, " "}, {0x2713, "+"},
       {0x2717, "x"},   {0x00B1, "+-"}, {0x2248, "~"},  {0x0394, "d"}}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    const auto found = std::find_if(kTable.begin(), kTable.end(), [c](const Transcription& t) { return t.from == c; });
    out += found == kTable.end() ? std::string_view("?") : found->to;
  }
  return out;
}

namespace {

/// A number and its unit stay on one line.
bool belong_together(std::string_view number, std::string_view unit) {
  static constexpr std::array<std::string_view, 9> kUnits{"B", "kB", "MB", "KiB", "MiB", "µs", "ms", "s", "min"};
  const std::size_t end = unit.find_first_of(",;:.)");
  const bool is_unit = std::find(kUnits.begin(), kUnits.end(), unit.substr(0, end)) != kUnits.end();
  return is_unit && !number.empty() && number.back() >= '0' && number.back() <= '9';
}

/// What wrap() may put on lines of their own. They are views of `text`.
std::vector<std::string_view> unbroken(std::string_view text) {
  std::vector<std::string_view> words;
  for (const std::string_view word : split(text, ' ')) {
    if (!words.empty() && belong_together(words.back(), word)) {
      const char* begin = words.back().data();
      words.back() = {begin, static_cast<std::size_t>(word.data() + word.size() - begin)};
    } else {
      words.push_back(word);
    }
  }
  return words;
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  width = std::max<std::size_t>(width, 8);
  std::vector<std::string> lines;
  std::string line;
  for (std::string_view word : unbroken(text)) {
    const std::size_t space = line.empty() ? 0 : 1;
    if (display_width(line) + space + display_width(word) <= width) {
      line += std::string(space, ' ') + std::string(word);
      continue;
    }
    if (!line.empty()) {
      lines.push_back(std::move(line));
      line.clear();
    }
    // Measured piece by piece: measuring the rest of a long word each time would take its length squared.
    std::size_t begin = 0;
    std::size_t used = 0;
    for (std::size_t at = 0; at < word.size();) {
      const std::size_t character = at;
      const std::size_t w = character_width(next_character(word, at));
      if (used + w > width) {
        lines.emplace_back(word.substr(begin, character - begin));
        begin = character;
        used = 0;
      }
      used += w;
    }
    line = word.substr(begin);
  }
  if (!line.empty() || lines.empty()) {
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  return begin == std::string_view::npos ? std::string_view()
                                         : text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += (i == 0 ? std::string_view() : separator);
    out += parts[i];
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower_of = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower_of(x) == lower_of(y); });
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  if (from.empty()) {
    return text;
  }
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, done)) {
    out.append(text, done, at - done).append(to);
    done = at + from.size();
  }
  return out.append(text, done);
}

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
  constexpr std::size_t kMaxLength = 256;
  std::string best;
  std::size_t best_distance = SIZE_MAX;
  for (const std::string& candidate : candidates) {
    // A name that was not found under its own name is not what was meant.
    if (candidate.empty() || candidate == name || candidate.size() > kMaxLength || name.size() > kMaxLength) {
      continue;
    }
    // Optimal string alignment distance, three rows.
    const std::size_t n = candidate.size();
    std::vector<std::size_t> before(n + 1), previous(n + 1), row(n + 1);
    for (std::size_t j = 0; j <= n; ++j) {
      previous[j] = j;
    }
    for (std::size_t i = 1; i <= name.size(); ++i) {
      row[0] = i;
      for (std::size_t j = 1; j <= n; ++j) {
        const bool same = lower(name.substr(i - 1, 1)) == lower(candidate.substr(j - 1, 1));
        row[j] = std::min({previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (same ? 0 : 1)});
        if (i > 1 && j > 1 && name[i - 1] == candidate[j - 2] && name[i - 2] == candidate[j - 1]) {
          row[j] = std::min(row[j], before[j - 2] + 1);
        }
      }
      before.swap(previous);
      previous.swap(row);
    }
    if (previous[n] < best_distance) {
      best_distance = previous[n];
      best = candidate;
    }
  }
  // What two dotted names begin with alike says nothing of how near the rest is: lighthouse.score is not
  // lighthouse.lcp.
  std::size_t alike = 0;
  for (std::size_t i = 0; i < std::min(name.size(), best.size()) && name[i] == best[i]; ++i) {
    alike = name[i] == '.' ? i + 1 : alike;
  }
  const std::size_t longer = std::max(name.size(), best.size()) - alike;
  const std::size_t allowed = std::max<std::size_t>(longer / 3, 1);
  return best_distance <= allowed && best_distance < longer ? best : std::string();
}

std::string counted(std::size_t n, std::string_view singular, std::string_view plural) {
  std::string out = std::to_string(n) + " ";
  if (n == 1) {
    return out.append(singular);
  }
  return plural.empty() ? out.append(singular).append("s") : out.append(plural);
}

}  // namespace budgetcheck
