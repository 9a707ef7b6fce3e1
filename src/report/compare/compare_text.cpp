#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/compare/compare.h"
#include "report/compare/compare_words.h"
#include "report/words/cause_words.h"
#include "report/words/page.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostChanges = 40;
constexpr std::size_t kMostOneSided = 15;
constexpr std::size_t kMostPlaces = 12;
constexpr std::size_t kMostCauses = 15;
constexpr std::size_t kMostFindings = 20;
constexpr std::size_t kIndent = 2;

class CompareText {
 public:
  CompareText(const ResultsComparison& comparison, const Rendering& rendering) : c_(comparison), page_(rendering) {}

  std::string render() {
    page_.paragraph(0, "base", Paint::kDim, side_words(c_.base), 6);
    page_.paragraph(0, "head", Paint::kDim, side_words(c_.head), 6);
    std::vector<const SampleChange*> exact;
    std::vector<const SampleChange*> noisy;
    for (const SampleChange& change : c_.changed) {
      (change.exact ? exact : noisy).push_back(&change);
    }
    changes("What differs", exact);
    changes("What differs in noisy measurements (not significant with these runs)", noisy);
    one_sided("Only in the head", c_.added);
    one_sided("Only in the base", c_.gone);
    parts();
    findings("New findings", c_.findings_added);
    findings("Findings that are gone", c_.findings_gone);
    notes();
    return page_.take();
  }

 private:
  void more(std::size_t all, std::size_t shown, std::string_view what) {
    if (all > shown) {
      page_.paragraph(kIndent, "", Paint::kPlain,
                      fmt::format("and {} more{}; the json output lists all", all - shown, what), 0);
    }
  }

  static Paint paint_of(const SampleChange& change) {
    if (!change.exact || !change.base || !change.head || *change.base == *change.head) {
      return Paint::kPlain;
    }
    return (*change.head > *change.base) == change.higher_is_better ? Paint::kGreen : Paint::kRed;
  }

  void changes(const std::string& title, const std::vector<const SampleChange*>& all) {
    if (all.empty()) {
      return;
    }
    page_.heading(fmt::format("{} ({})", title, all.size()));
    for (std::size_t i = 0; i < std::min(all.size(), kMostChanges); ++i) {
      page_.paragraph(kIndent, "", Paint::kPlain, change_subject(*all[i]), 0);
      page_.paragraph(kIndent * 2, "", Paint::kPlain, change_values(*all[i]) + ", " + change_delta(*all[i]), 0,
                      paint_of(*all[i]));
    }
    more(all.size(), kMostChanges, ", none bigger than these");
  }

  void one_sided(const std::string& title, const std::vector<SampleChange>& all) {
    if (all.empty()) {
      return;
    }
    page_.heading(fmt::format("{} ({})", title, all.size()));
    for (std::size_t i = 0; i < std::min(all.size(), kMostOneSided); ++i) {
      page_.paragraph(kIndent, "", Paint::kPlain, fmt::format("{}: {}", change_subject(all[i]), change_values(all[i])),
                      0);
    }
    more(all.size(), kMostOneSided, "");
  }

  void parts() {
    const std::vector<const PartsChange*> places = distinct_parts(c_);
    for (std::size_t i = 0; i < std::min(places.size(), kMostPlaces); ++i) {
      const PartsChange& place = *places[i];
      page_.heading(fmt::format("What differs in {} ({})", parts_subject(place), place.causes.size()));
      for (std::size_t k = 0; k < std::min(place.causes.size(), kMostCauses); ++k) {
        page_.paragraph(kIndent, "", Paint::kPlain, cause_words(place.causes[k]), kIndent);
      }
      more(place.causes.size(), kMostCauses, "");
    }
    if (places.size() > kMostPlaces) {
      page_.gap();
      more(places.size(), kMostPlaces, " places whose parts differ");
    }
  }

  void findings(const std::string& title, const std::vector<Finding>& all) {
    if (all.empty()) {
      return;
    }
    page_.heading(fmt::format("{} ({})", title, all.size()));
    for (std::size_t i = 0; i < std::min(all.size(), kMostFindings); ++i) {
      page_.paragraph(kIndent, "", Paint::kPlain, finding_line(all[i]), 0);
    }
    more(all.size(), kMostFindings, "");
  }

  void notes() {
    page_.gap();
    for (const std::string& note : c_.notes) {
      page_.paragraph(0, "note", Paint::kDim, sentence_text(note), 0);
    }
    std::string same = fmt::format("{} the same", counted(c_.unchanged, "measurement is", "measurements are"));
    if (c_.findings_same > 0) {
      same += fmt::format(", {} on both sides", counted(c_.findings_same, "finding is", "findings are"));
    }
    page_.paragraph(0, "", Paint::kPlain, same, 0, Paint::kDim);
  }

  const ResultsComparison& c_;
  Page page_;
};

}  // namespace

std::string render_compare_text(const ResultsComparison& comparison, const Rendering& rendering) {
  return CompareText(comparison, rendering).render();
}

const std::vector<CompareFormat>& compare_formats() {
  static const std::vector<CompareFormat> kFormats{
      {"text", render_compare_text}, {"json", render_compare_json}, {"markdown", render_compare_markdown}};
  return kFormats;
}

}  // namespace budgetcheck
