#include "detect/capture/over_fetching.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "base/units.h"

namespace budgetcheck {
namespace {

/// With fewer elements, equal values are to be expected.
constexpr std::uint64_t kFewestElements = 20;
/// What never varies counts from this share of an answer.
constexpr double kShare = 0.2;
constexpr std::size_t kShownFields = 5;

struct Overhead {
  const ListFields* list = nullptr;
  std::vector<const ListFields::Field*> constant;  ///< biggest first
  double constant_bytes = 0;
  double list_bytes = 0;
  bool always_the_same_set = true;
};

Overhead overhead_of(const ListFields& list) {
  Overhead found;
  found.list = &list;
  for (const ListFields::Field& field : list.fields) {
    found.list_bytes += field.bytes;
    found.always_the_same_set = found.always_the_same_set && field.everywhere;
    if (field.everywhere && field.constant) {
      found.constant.push_back(&field);
      found.constant_bytes += field.bytes;
    }
  }
  std::stable_sort(found.constant.begin(), found.constant.end(),
                   [](const auto* a, const auto* b) { return a->bytes > b->bytes; });
  return found;
}

bool is_much(const Rule& rule, const Overhead& found) {
  const double min_bytes = rule.param("min_bytes");
  const bool never_varies = found.constant_bytes >= min_bytes && found.constant_bytes >= kShare * found.list->bytes;
  const bool wide = found.always_the_same_set && found.list_bytes >= min_bytes &&
                    static_cast<double>(found.list->fields.size()) >= rule.param("min_fields");
  return found.list->elements >= kFewestElements && (never_varies || wide);
}

std::string shown(const std::string& name) {
  constexpr std::size_t kWidth = 60;
  return "'" + shorten(printable(name), kWidth) + "'";
}

Finding finding_of(const Rule& rule, const Overhead& found) {
  const ListFields& list = *found.list;
  std::string message = fmt::format("'{}' sends {} fields for each of {} {}", list.route, list.fields.size(),
                                    list.elements, list.list == "(body)" ? "answers" : shown(list.list));
  if (found.always_the_same_set) {
    message += ", always the same ones";
  }
  if (!found.constant.empty()) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(kShownFields, found.constant.size()); ++i) {
      names.push_back(shown(found.constant[i]->name));
    }
    message +=
        fmt::format("; {} of them have the same value everywhere ({}{}), {} of {}", found.constant.size(),
                    join(names, ", "), found.constant.size() > kShownFields ? ", …" : "",
                    format_quantity(found.constant_bytes, Unit::kBytes), format_quantity(list.bytes, Unit::kBytes));
  } else {
    message += ": " + format_quantity(found.list_bytes, Unit::kBytes);
  }
  Finding finding;
  finding.rule = rule.id;
  finding.level = std::min(rule.level, Level::kNote);
  finding.subject = list.route;
  finding.message = std::move(message);
  finding.location = list.location;
  finding.evidence.count = list.answers;
  finding.evidence.route = list.route;
  finding.evidence.input = list.location.file;
  finding.evidence.details = {{"list", printable(list.list)}};
  finding.fix.text =
      "If no caller reads them, name what is sent (Prisma: select in place of include; in the API: ?fields=), and send "
      "what is the same for all rows once, beside the list.";
  finding.magnitude = std::max(found.constant_bytes, found.list_bytes);
  finding.key = finding_key(rule.id, {list.route, list.list});
  return finding;
}

}  // namespace

void detect_over_fetching(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  std::map<std::string, Finding> by_route;
  for (const ListFields& list : facts.capture.list_fields) {
    const Overhead found = overhead_of(list);
    if (!is_much(rule, found)) {
      continue;
    }
    Finding finding = finding_of(rule, found);
    const auto [at, is_new] = by_route.try_emplace(list.route, finding);
    if (!is_new && finding.magnitude > at->second.magnitude) {
      at->second = std::move(finding);
    }
  }
  for (auto& [route, finding] : by_route) {
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
