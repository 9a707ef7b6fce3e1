#include "judge/change/part_changes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "judge/change/unnamed_files.h"

namespace budgetcheck {
namespace {

/// Packages and modules are reported together: a project may well have none of one of them.
std::string_view reported_with(std::string_view kind) {
  return kind == "package" ? "module" : kind == "bundled package" ? "bundled module" : kind;
}

std::set<std::string_view> kinds_of(const std::vector<const Part*>& parts) {
  std::set<std::string_view> kinds;
  for (const Part* part : parts) {
    kinds.insert(reported_with(part->kind));
  }
  return kinds;
}

std::string first_importer(const Part& part) { return part.importers.empty() ? std::string() : part.importers.front(); }

/// One side's parts of one kind.
struct Side {
  NamedParts named;
  std::optional<double> rest;
  double smallest = 0;  ///< of those that are named

  void add(const Part& part) {
    if (is_rest(part)) {
      rest = rest.value_or(0) + part.size;
      return;
    }
    smallest = named.empty() ? part.size : std::min(smallest, part.size);
    named.emplace(part.name, &part);
  }
  /// The most that a part which is not named can have.
  double most_unnamed() const { return rest ? std::min(smallest, *rest) : 0; }
};

class KindChanges {
 public:
  KindChanges(std::string kind, Unit unit, const Side& base, const Side& head, std::vector<Cause>& causes)
      : kind_(std::move(kind)), unit_(unit), base_(base), head_(head), causes_(causes) {}

  void find() {
    for (const auto& [name, part] : head_.named) {
      const auto before = base_.named.find(name);
      if (before == base_.named.end()) {
        only_in_head(*part);
      } else if (std::abs(part->size - before->second->size) >= 1) {
        const bool bigger = part->size > before->second->size;
        add(*part, bigger ? Cause::Change::kBigger : Cause::Change::kSmaller, before->second->size, part->size);
      }
    }
    for (const auto& [name, part] : base_.named) {
      if (!head_.named.contains(name)) {
        only_in_base(*part);
      }
    }
    rest();
  }

 private:
  Cause& add(const Part& part, Cause::Change change, double base, double now) {
    return causes_.emplace_back(Cause{change, part.kind, part.name, part.unit, base, now, first_importer(part)});
  }

  void only_in_head(const Part& part) {
    if (!base_.rest) {
      add(part, Cause::Change::kNew, 0, part.size);
      return;
    }
    unnamed_ += part.size;
    const double most = base_.most_unnamed();
    if (part.size - most >= 1) {
      add(part, Cause::Change::kBigger, most, part.size).at_least = true;
      explained_ += part.size - most;
    }
  }

  void only_in_base(const Part& part) {
    if (!head_.rest) {
      add(part, Cause::Change::kGone, part.size, 0);
      return;
    }
    unnamed_ -= part.size;
    const double most = head_.most_unnamed();
    if (part.size - most >= 1) {
      add(part, Cause::Change::kSmaller, part.size, most).at_least = true;
      explained_ -= part.size - most;
    }
  }

  void rest() {
    if (!base_.rest && !head_.rest) {
      return;
    }
    const double left = head_.rest.value_or(0) - base_.rest.value_or(0) + unnamed_ - explained_;
    if (std::abs(left) >= 1) {
      const double before = base_.rest.value_or(0);
      causes_.push_back({left > 0 ? Cause::Change::kBigger : Cause::Change::kSmaller,
                         kind_,
                         rest_name(kind_),
                         unit_,
                         before,
                         before + left,
                         {}});
    }
  }

  std::string kind_;
  Unit unit_;
  const Side& base_;
  const Side& head_;
  std::vector<Cause>& causes_;
  double unnamed_ = 0;    ///< of head less base, of what the other side may have summed up
  double explained_ = 0;  ///< of that, what named causes explain
};

}  // namespace

bool are_comparable(const std::vector<const Part*>& base, const std::vector<const Part*>& head) {
  const std::set<std::string_view> in_base = kinds_of(base);
  const std::set<std::string_view> in_head = kinds_of(head);
  return std::any_of(in_base.begin(), in_base.end(), [&](std::string_view kind) { return in_head.contains(kind); });
}

std::vector<Cause> part_changes(const std::vector<const Part*>& base, const std::vector<const Part*>& head) {
  const std::set<std::string_view> in_base = kinds_of(base);
  const std::set<std::string_view> in_head = kinds_of(head);
  struct Kind {
    Side base;
    Side head;
    Unit unit = Unit::kNone;
  };
  const auto both = [&](std::string_view kind) { return in_base.contains(kind) && in_head.contains(kind); };
  const bool modules = both("module") || both("bundled module");
  std::map<std::string, Kind> kinds;
  for (const auto& [parts, side] : {std::pair{&base, &Kind::base}, std::pair{&head, &Kind::head}}) {
    for (const Part* part : *parts) {
      if (both(reported_with(part->kind)) && !(modules && part->kind == "asset")) {
        Kind& kind = kinds[part->kind];
        (kind.*side).add(*part);
        kind.unit = part->unit;
      }
    }
  }
  std::vector<Cause> causes;
  for (auto& [name, kind] : kinds) {
    if (name == "asset") {
      pair_unnamed_files(kind.base.named, kind.head.named);
    }
    KindChanges(name, kind.unit, kind.base, kind.head, causes).find();
  }
  std::stable_sort(causes.begin(), causes.end(), [](const Cause& a, const Cause& b) {
    const double left = std::abs(a.now - a.base);
    const double right = std::abs(b.now - b.base);
    return left != right ? left > right : a.name < b.name;
  });
  return causes;
}

}  // namespace budgetcheck
