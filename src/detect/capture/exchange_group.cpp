#include "detect/capture/exchange_group.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <unordered_map>

#include "base/text.h"
#include "base/units.h"
#include "detect/capture/page_load.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

/// Bundlers write 8 or more characters of hexadecimal, base 32 or base64url. A word has fewer than two digits, and
/// capitals count only in base64url's usual 8 characters: "ChartPanelView" is a name.
bool looks_like_hash(std::string_view text) {
  constexpr std::size_t kShortest = 8;
  const auto in_alphabet = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  if (text.size() < kShortest || !std::all_of(text.begin(), text.end(), in_alphabet)) {
    return false;
  }
  const auto digits = std::count_if(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  const auto capitals =
      std::count_if(text.begin() + 1, text.end(), [](unsigned char c) { return std::isupper(c) != 0; });
  return digits >= 2 || (text.size() == kShortest && digits + capitals >= 2);
}

/// One part of a file name between dots: "index-BfA6cGt_" is "index-*". The hash begins behind the last dash that one
/// can follow; it may hold or end with a dash itself ("discussion-Ck5Lem5-").
std::string without_hash(std::string_view part) {
  const bool bare = part.find('-') == std::string_view::npos;
  if (bare) {
    return looks_like_hash(part) ? "*" : std::string(part);
  }
  for (std::size_t i = part.size(); i-- > 0;) {
    if (part[i] == '-' && looks_like_hash(part.substr(i + 1))) {
      return std::string(part.substr(0, i + 1)) + "*";
    }
  }
  return std::string(part);
}

}  // namespace

std::string without_content_hash(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string_view folder = path.substr(0, begin);
  const std::string_view name = path.substr(begin);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) {
    return std::string(path);
  }
  std::vector<std::string> parts;
  for (const std::string_view part : split(name.substr(0, dot), '.')) {
    parts.push_back(without_hash(part));
  }
  return std::string(folder) + join(parts, ".") + std::string(name.substr(dot));
}

std::vector<ExchangeGroup> offending_groups(const Facts& facts, const Rule& rule, OffendingBytes bytes) {
  std::vector<ExchangeGroup> groups;
  std::unordered_map<std::string, std::size_t> index;
  for (const Exchange& exchange : facts.capture.exchanges) {
    const double offending = bytes(exchange, rule);
    if (offending < 0) {
      continue;
    }
    const std::string& subject = is_routed(exchange) ? exchange.route : exchange.path;
    if (is_ignored(rule, exchange, subject)) {
      continue;
    }
    std::string stable = is_routed(exchange) ? subject : without_content_hash(subject);
    const auto [at, is_new] = index.emplace(stable, groups.size());
    if (is_new) {
      groups.push_back({subject, std::move(stable), nullptr, -1, 0, 0});
    }
    ExchangeGroup& group = groups[at->second];
    ++group.count;
    group.total_bytes += offending;
    if (offending > group.worst_bytes) {
      group.worst_bytes = offending;
      group.worst = &exchange;
      group.subject = subject;
    }
  }
  std::sort(groups.begin(), groups.end(), [](const ExchangeGroup& a, const ExchangeGroup& b) {
    return a.worst_bytes != b.worst_bytes ? a.worst_bytes > b.worst_bytes : a.subject < b.subject;
  });
  return groups;
}

std::string in_all(const ExchangeGroup& group) {
  if (group.count == 1) {
    return {};
  }
  return fmt::format(" ({} responses, {} in all)", group.count, format_quantity(group.total_bytes, Unit::kBytes));
}

}  // namespace budgetcheck
