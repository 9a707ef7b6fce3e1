#include "judge/change/causes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "judge/change/part_changes.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr double kTrivialShare = 0.01;

/// Metrics that the parts of another one explain: what is compressed and sent is what was there to send.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kAlsoExplains{
    {{"payload.body", "payload.decoded"},
     {"payload.transfer", "payload.decoded"},
     {"lighthouse.total-byte-weight", "lighthouse.resource.total.bytes"}}};

bool explains(const Part& part, const Verdict& verdict) {
  if (part.unit != verdict.unit) {
    return false;
  }
  if (part.metric == verdict.metric) {
    return true;
  }
  if (part.metric.ends_with('.')) {
    return verdict.metric.starts_with(part.metric);
  }
  return std::any_of(kAlsoExplains.begin(), kAlsoExplains.end(),
                     [&](const auto& pair) { return pair.first == verdict.metric && pair.second == part.metric; });
}

/// Which metrics have parts at all, so that it is worth a note when they are missing.
bool could_be_explained(const Verdict& verdict) {
  return verdict.metric == "bundle.raw" || verdict.metric == "bundle.gzip" || verdict.metric == "bundle.brotli";
}

bool is_style(std::string_view name) {
  constexpr std::array<std::string_view, 5> kStyles{".css", ".scss", ".sass", ".less", ".styl"};
  return std::any_of(kStyles.begin(), kStyles.end(), [&](std::string_view end) { return name.ends_with(end); });
}

/// Whether a part goes into files of `type`, as far as its name says. Packages are scripts.
bool is_of_type(const Part& part, std::string_view type) {
  if (is_rest(part)) {
    return type == "js" || part.kind == "asset";
  }
  if (is_package_kind(part.kind)) {
    return type == "js";
  }
  const std::string_view own = is_style(part.name) ? "css" : asset_type(part.name);
  const bool elsewhere = own == "css" || own == "image" || own == "font" || own == "media" || own == "wasm";
  return type == own || (is_module_kind(part.kind) && type == "js" && !elsewhere);
}

class Explainer {
 public:
  Explainer(const std::vector<Part>& head, const std::vector<Part>& base) {
    index(head, head_);
    index(base, base_);
  }

  struct Found {
    std::vector<Cause> causes;
    bool in_head = false;  ///< there are parts of this place
  };
  Found find(const Verdict& verdict) const {
    const auto [place, type] = place_of(verdict);
    std::vector<const Part*> head = parts_of(head_, place, type, verdict);
    std::vector<const Part*> base = parts_of(base_, place, type, verdict);
    Found found;
    found.in_head = !head.empty();
    // Packages say more than files: two inputs may tell of one build.
    const auto is_file = [](const Part* part) { return part->kind == "asset"; };
    if (!std::all_of(head.begin(), head.end(), is_file) && !std::all_of(base.begin(), base.end(), is_file)) {
      std::erase_if(head, is_file);
      std::erase_if(base, is_file);
    }
    found.causes = part_changes(base, head);
    return found;
  }

  /// The biggest parts of the place, at most `most` of them.
  std::vector<const Part*> biggest(const Verdict& verdict, std::size_t most) const {
    const auto [place, type] = place_of(verdict);
    std::vector<const Part*> parts = parts_of(head_, place, type, verdict);
    std::erase_if(parts, [](const Part* part) { return is_rest(*part); });
    const auto files = static_cast<std::size_t>(
        std::count_if(parts.begin(), parts.end(), [](const Part* part) { return part->kind == "asset"; }));
    if (files < parts.size() || files == 1) {  // packages say more than files, and one file is all that there is
      std::erase_if(parts, [](const Part* part) { return part->kind == "asset"; });
    }
    std::stable_sort(parts.begin(), parts.end(), [](const Part* a, const Part* b) { return a->size > b->size; });
    parts.resize(std::min(parts.size(), most));
    return parts;
  }

 private:
  using Index = std::map<Labels, std::vector<const Part*>>;

  /// Parts have no type: that of a verdict chooses among them.
  static std::pair<Labels, std::string> place_of(const Verdict& verdict) {
    std::pair<Labels, std::string> out{verdict.where, {}};
    const std::string* named = out.first.find("type");
    if (named != nullptr && verdict.metric.starts_with("bundle.")) {
      out.second = *named;
      out.first.erase("type");
    }
    return out;
  }

  static void index(const std::vector<Part>& parts, Index& by_place) {
    for (const Part& part : parts) {
      by_place[part.where].push_back(&part);
    }
  }

  static std::vector<const Part*> parts_of(const Index& index, const Labels& place, const std::string& type,
                                           const Verdict& verdict) {
    std::vector<const Part*> parts;
    const auto found = index.find(place);
    if (found != index.end()) {
      std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(parts), [&](const Part* part) {
        return explains(*part, verdict) && (type.empty() || is_of_type(*part, type));
      });
    }
    return parts;
  }

  Index head_;
  Index base_;
};

void order(std::vector<Cause>& causes, double delta) {
  const auto pulls = [delta](const Cause& cause) { return (cause.now > cause.base) == (delta > 0); };
  std::stable_partition(causes.begin(), causes.end(), pulls);
  double biggest = 0;
  for (const Cause& cause : causes) {
    biggest = std::max(biggest, std::abs(cause.now - cause.base));
  }
  causes.erase(std::remove_if(causes.begin(), causes.end(),
                              [&](const Cause& c) { return std::abs(c.now - c.base) < biggest * kTrivialShare; }),
               causes.end());
  causes.resize(std::min(causes.size(), kMostCauses));
}

/// What to do about the biggest parts of a kind, before their names.
std::string_view advice_on(std::string_view kind) {
  return kind == "field"     ? "send less of the biggest fields"
         : kind == "query"   ? "of the statements of one request, run fewer of the commonest"
         : kind == "request" ? "compress, resize, drop or load later what is biggest"
         : kind == "asset"   ? "split or drop the biggest files"
                             : "split, replace or drop the biggest";
}

/// Where nothing is known to have grown, a limit that is broken is broken by something: the biggest parts are named.
void name_biggest(Verdict& verdict, const Explainer& explainer) {
  constexpr std::size_t kShown = 3;
  constexpr std::size_t kNameWidth = 80;
  const std::vector<const Part*> biggest = explainer.biggest(verdict, kShown);
  std::vector<std::string> shown;
  for (const Part* part : biggest) {
    const bool is_source = part->kind == "package" || part->kind == "module";
    shown.push_back(fmt::format("{} ({}{})", shorten_middle(printable(part->name), kNameWidth),
                                format_quantity(part->size, part->unit), is_source ? " of source" : ""));
  }
  if (!shown.empty()) {
    verdict.hint = fmt::format("{}: {}", advice_on(biggest.front()->kind), join(shown, ", "));
  }
}

/// What grew is named where it is known: general advice says to look for it.
void name_grown(Verdict& verdict) {
  constexpr std::size_t kShown = 3;
  constexpr std::size_t kNameWidth = 80;
  std::vector<std::string> grown;
  for (const Cause& cause : verdict.causes) {
    if (cause.now > cause.base && grown.size() < kShown && cause.name != rest_name(cause.kind)) {
      grown.push_back(shorten_middle(printable(cause.name), kNameWidth));
    }
  }
  const bool is_growth = verdict.code == "LIMIT_EXCEEDED" || verdict.code == "REGRESSED";
  if (is_growth && !verdict.higher_is_better && !grown.empty()) {
    const std::string& kind = verdict.causes.front().kind;
    const std::string_view what = kind == "field"     ? "leave out what no caller reads"
                                  : kind == "query"   ? "run once, or not at all"
                                  : kind == "request" ? "compress, resize, drop or load later"
                                                      : "remove, replace or load later";
    verdict.hint = fmt::format("{}: {}", what, join(grown, ", "));
  }
}

}  // namespace

void explain_changes(std::vector<Verdict>& verdicts, const std::vector<Part>& head, const std::vector<Part>* base,
                     std::vector<std::string>& notes) {
  if (base == nullptr) {
    const Explainer alone(head, {});
    for (Verdict& verdict : verdicts) {
      if (verdict.code == "LIMIT_EXCEEDED" && verdict.value) {
        name_biggest(verdict, alone);
      }
    }
    return;
  }
  const Explainer explainer(head, *base);
  bool base_has_none = false;
  bool head_has_none = false;
  for (Verdict& verdict : verdicts) {
    const bool differs = verdict.value && verdict.base && verdict.delta && *verdict.delta != 0;
    Explainer::Found found = differs ? explainer.find(verdict) : Explainer::Found();
    if (differs) {
      order(found.causes, *verdict.delta);
      verdict.causes = std::move(found.causes);
    }
    if (verdict.causes.empty() && verdict.code == "LIMIT_EXCEEDED" && verdict.value) {
      name_biggest(verdict, explainer);
    }
    name_grown(verdict);
    if (!differs) {
      continue;
    }
    base_has_none = base_has_none || (found.in_head && base->empty());
    head_has_none = head_has_none || (!found.in_head && head.empty() && could_be_explained(verdict));
  }
  if (base_has_none) {
    notes.emplace_back(
        "what grew is not known in detail: the base's results contain no parts; results that this version stores do");
  }
  if (head_has_none) {
    notes.emplace_back(
        "what grew in the bundle is not known in detail: no input lists every module of it; webpack's stats do with "
        "stats: { modules: true, modulesSpace: Infinity, nestedModules: true, ids: true }, esbuild's metafile, and for "
        "Vite rollup-plugin-visualizer's raw data; turbopack writes no such list");
  }
}

}  // namespace budgetcheck
