#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/compare/compare.h"
#include "report/compare/compare_words.h"
#include "report/words/cause_words.h"
#include "report/words/markup.h"

namespace budgetcheck {
namespace {

// Together far below the 65,536 characters that GitHub takes.
constexpr std::size_t kMostChanges = 40;
constexpr std::size_t kMostOneSided = 20;
constexpr std::size_t kMostPlaces = 10;
constexpr std::size_t kMostCauses = 10;
constexpr std::size_t kMostFindings = 20;
constexpr std::size_t kMostNotes = 20;

std::string more(std::size_t all, std::size_t shown) {
  return all > shown ? fmt::format("\n…and {} more; the json output lists all\n", all - shown) : std::string();
}

std::string table(const std::string& title, const std::vector<const SampleChange*>& all) {
  if (all.empty()) {
    return {};
  }
  std::string out = fmt::format("#### {} ({})\n\n", title, all.size());
  out += "| measurement | base → head | delta |\n|---|---:|---:|\n";
  for (std::size_t i = 0; i < std::min(all.size(), kMostChanges); ++i) {
    out += fmt::format("| {} | {} | {} |\n", markdown_code(change_subject(*all[i])), change_values(*all[i]),
                       change_delta(*all[i]));
  }
  return out + more(all.size(), kMostChanges) + "\n";
}

std::string one_sided(const std::string& title, const std::vector<SampleChange>& all) {
  if (all.empty()) {
    return {};
  }
  std::string out = fmt::format("#### {} ({})\n\n", title, all.size());
  for (std::size_t i = 0; i < std::min(all.size(), kMostOneSided); ++i) {
    out += fmt::format("- {}: {}\n", markdown_code(change_subject(all[i])), change_values(all[i]));
  }
  return out + more(all.size(), kMostOneSided) + "\n";
}

std::string parts(const ResultsComparison& comparison) {
  std::string out;
  const std::vector<const PartsChange*> places = distinct_parts(comparison);
  for (std::size_t i = 0; i < std::min(places.size(), kMostPlaces); ++i) {
    const PartsChange& place = *places[i];
    out += fmt::format("#### What differs in {}\n\n", markdown_text(parts_subject(place)));
    for (std::size_t k = 0; k < std::min(place.causes.size(), kMostCauses); ++k) {
      out += "- " + markdown_text(cause_words(place.causes[k])) + "\n";
    }
    out += more(place.causes.size(), kMostCauses) + "\n";
  }
  return out + more(places.size(), kMostPlaces);
}

std::string findings(const std::string& title, const std::vector<Finding>& all) {
  if (all.empty()) {
    return {};
  }
  std::string out = fmt::format("#### {} ({})\n\n", title, all.size());
  for (std::size_t i = 0; i < std::min(all.size(), kMostFindings); ++i) {
    out += "- " + markdown_text(finding_line(all[i])) + "\n";
  }
  return out + more(all.size(), kMostFindings) + "\n";
}

}  // namespace

std::string render_compare_markdown(const ResultsComparison& c, const Rendering& /*rendering*/) {
  std::string out = "### budgetcheck compare" + (c.app.empty() ? std::string() : " " + markdown_code(c.app)) + "\n\n";
  out += fmt::format("base {}, head {}\n\n", markdown_code(side_words(c.base)), markdown_code(side_words(c.head)));
  std::vector<const SampleChange*> exact;
  std::vector<const SampleChange*> noisy;
  for (const SampleChange& change : c.changed) {
    (change.exact ? exact : noisy).push_back(&change);
  }
  out += table("What differs", exact);
  out += table("What differs in noisy measurements (not significant with these runs)", noisy);
  out += one_sided("Only in the head", c.added);
  out += one_sided("Only in the base", c.gone);
  out += parts(c);
  out += findings("New findings", c.findings_added);
  out += findings("Findings that are gone", c.findings_gone);
  for (std::size_t i = 0; i < std::min(c.notes.size(), kMostNotes); ++i) {
    out += "- note: " + markdown_text(c.notes[i]) + "\n";
  }
  out += more(c.notes.size(), kMostNotes);
  return fmt::format("{}\n{} the same\n", out, counted(c.unchanged, "measurement is", "measurements are"));
}

}  // namespace budgetcheck
