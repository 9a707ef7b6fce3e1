#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "budget/catalogue.h"
#include "budget/import/importer.h"
#include "budget/import/page_pattern.h"

namespace budgetcheck {
namespace {

constexpr double kDefaultScore = 0.9;
constexpr double kPoints = 100;

/// As lighthouse-ci does it: firstContentfulPaint is first-contentful-paint.
std::string kebab(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !out.empty() && out.back() >= 'a' && out.back() <= 'z') {
      out += '-';
    }
    out += c;
  }
  return lower(out);
}

/// An assertion's settings, its defaults filled in.
struct Assertion {
  Location from;
  std::string key;    ///< as written
  std::string audit;  ///< before the first ':'
  std::string rest;   ///< behind it
  bool is_warning = false;
  std::string aggregation;
  std::optional<double> min_score;
  std::optional<double> max_value;
  std::optional<double> max_length;
};

class LighthouseCiImport {
 public:
  explicit LighthouseCiImport(const std::string& path) : importer_(path, "lighthouse-ci", WhichHolds::kBoth) {}

  Import run(const json::Value& ci) {
    const json::Value* assert = ci.find("assert");
    if (const json::Value* extends = ci.find("extends")) {
      importer_.leave_out(importer_.at(*extends), "extends", "the other file is not followed; name it with --from too");
    }
    if (assert == nullptr || !assert->is_object()) {
      importer_.leave_out(importer_.at(ci), "assert", "there is none, so this file limits nothing");
    } else {
      read_assert(*assert);
      if (is_optimistic_) {
        importer_.say(importer_.at(*assert), "aggregationMethod",
                      "optimistic is lighthouse-ci's default: the best of the runs decides, which is written as stat: "
                      "min or max; remove 'stat' and the median decides, which hides less");
      }
      importer_.say(importer_.at(*assert), "assert",
                    "mobile and desktop runs of one page are judged separately here; lighthouse-ci mixes them");
    }
    importer_.add_input({".lighthouseci/lhr-*.json", "", "", {"where `npx lhci collect` writes its results"}});
    return importer_.take();
  }

 private:
  void read_assert(const json::Value& assert) {
    aggregation_ = assert.string_or("aggregationMethod", "");
    if (const json::Value* file = assert.find("budgetsFile")) {
      importer_.leave_out(importer_.at(*file), "budgetsFile",
                          fmt::format("name that file too: budgetcheck init --from {}",
                                      printable(file->is_string() ? *file->string() : "FILE")));
    }
    read_options(assert, "");
    const json::Value* matrix = assert.find("assertMatrix");
    if (matrix == nullptr || !matrix->is_array()) {
      return;
    }
    if (matrix->array()->size() > 1) {
      importer_.say(
          importer_.at(*matrix), "assertMatrix",
          "in lighthouse-ci all rows that match a page apply; here the most specific budget on a metric does");
    }
    for (const json::Value& row : *matrix->array()) {
      const json::Value* pattern = row.find("matchingUrlPattern");
      if (pattern == nullptr) {
        read_options(row, "");
        continue;
      }
      const auto page = pattern->is_string()
                            ? page_of_pattern(*pattern->string())
                            : tl::expected<std::string, std::string>(tl::unexpect, "it is not a string");
      if (!page) {
        importer_.leave_out(
            importer_.at(*pattern), "matchingUrlPattern",
            fmt::format("the pattern {} cannot be a glob of pages ({}), so its assertions are left out; "
                        "write them with where: {{ page: ... }}",
                        in_quotes(*pattern), page.error()));
        continue;
      }
      read_options(row, *page);
    }
  }

  /// A preset and a list of assertions, of all pages or of some.
  void read_options(const json::Value& options, const std::string& page) {
    if (const json::Value* preset = options.find("preset")) {
      importer_.leave_out(
          importer_.at(*preset), "preset",
          fmt::format("{} names assertions that are defined inside lighthouse-ci, mostly scores of single "
                      "audits; limit the score of the category instead: lighthouse.score.seo and so on",
                      in_quotes(*preset)));
    }
    const std::string outer = aggregation_;
    if (const json::Value* own = options.find("aggregationMethod"); own != nullptr && own->is_string()) {
      aggregation_ = *own->string();
    }
    const json::Value* assertions = options.find("assertions");
    if (assertions != nullptr && assertions->is_object()) {
      for (const json::Member& member : *assertions->object()) {
        if (!importer_.is_full(member.value)) {
          read_assertion(member, page);
        }
      }
    }
    aggregation_ = outer;
  }

  void read_assertion(const json::Member& member, const std::string& page) {
    Assertion assertion;
    assertion.from = importer_.at(member);
    assertion.key = member.key;
    assertion.aggregation = aggregation_;
    const std::string key = kebab(member.key);
    const std::size_t mark = key.find_first_of(":.");
    assertion.audit = key.substr(0, mark);
    assertion.rest = mark == std::string::npos ? "" : key.substr(mark + 1);

    const bool is_pair = member.value.is_array() && !member.value.array()->empty();
    const json::Value& level = is_pair ? member.value.array()->front() : member.value;
    if (!level.is_string()) {
      importer_.leave_out(assertion.from, member.key, "it has no level");
      return;
    }
    if (*level.string() == "off") {
      importer_.say(assertion.from, member.key, "is off, so there is nothing to carry over");
      return;
    }
    if (*level.string() != "warn" && *level.string() != "error") {
      importer_.leave_out(
          assertion.from, member.key,
          fmt::format("the level {} is not off, warn or error; lighthouse-ci shows such an assertion as "
                      "failed and passes",
                      in_quotes(level)));
      return;
    }
    assertion.is_warning = *level.string() == "warn";
    if (is_pair && member.value.array()->size() > 1 && !read_limits((*member.value.array())[1], assertion)) {
      return;
    }
    if (!assertion.max_value && !assertion.max_length && !assertion.min_score) {
      assertion.min_score = kDefaultScore;
    }
    carry(assertion, page);
  }

  bool read_limits(const json::Value& options, Assertion& assertion) {
    static const std::vector<std::string> kNames{"minScore", "maxNumericValue", "maxLength", "aggregationMethod"};
    if (!options.is_object()) {
      importer_.leave_out(assertion.from, assertion.key, "its options are not an object");
      return false;
    }
    for (const json::Member& option : *options.object()) {
      const json::Value& value = option.value;
      if (option.key == "aggregationMethod" && value.is_string()) {
        assertion.aggregation = *value.string();
        continue;
      }
      const bool known = std::find(kNames.begin(), kNames.end(), option.key) != kNames.end();
      if (!known || !value.is_number() || *value.number() < 0 || !std::isfinite(*value.number())) {
        const std::string near = known ? "" : nearest(option.key, kNames);
        const std::string hint = near.empty() ? ":" : ", " + did_you_mean(option.key, near);
        importer_.leave_out(
            assertion.from, assertion.key,
            known ? fmt::format("{} is not a number", in_quotes(option.key))
                  : fmt::format("the option {} is not known{} lighthouse-ci ignores it and requires a score of 0.9",
                                in_quotes(option.key), hint));
        return false;
      }
      (option.key == "minScore"          ? assertion.min_score
       : option.key == "maxNumericValue" ? assertion.max_value
                                         : assertion.max_length) = *value.number();
    }
    return true;
  }

  void carry(const Assertion& assertion, const std::string& page) {
    if (assertion.audit == "performance-budget" || assertion.audit == "timing-budget") {
      importer_.leave_out(assertion.from, assertion.key,
                          "it uses a budget.json, which Lighthouse 12 and later do not read; name that file: "
                          "budgetcheck init --from budget.json");
      return;
    }
    if (assertion.max_length) {
      importer_.leave_out(assertion.from, assertion.key,
                          "maxLength: how many items an audit lists is not a metric here");
    }
    if (assertion.min_score) {
      carry_score(assertion, page);
    }
    if (assertion.max_value) {
      carry_value(assertion, page);
    }
  }

  void carry_score(const Assertion& assertion, const std::string& page) {
    if (assertion.audit != "categories" || assertion.rest.empty()) {
      importer_.leave_out(
          assertion.from, assertion.key,
          "the score of a single audit is not a metric here; limit its number (max) or the score of its "
          "category: lighthouse.score.performance, .accessibility, .best-practices, .seo");
      return;
    }
    if (*assertion.min_score * kPoints <= 1 || *assertion.min_score > 1) {
      importer_.leave_out(
          assertion.from, assertion.key,
          fmt::format("minScore {} is not a useful score from 0 to 1", format_number(*assertion.min_score)));
      return;
    }
    DraftBudget budget = draft(assertion, page, false);
    budget.metric = "lighthouse.score." + assertion.rest;
    budget.min = format_rounded(*assertion.min_score * kPoints, 4);
    importer_.carry(assertion.from, assertion.key, std::move(budget), notes_of(assertion));
  }

  void carry_value(const Assertion& assertion, const std::string& page) {
    DraftBudget budget = draft(assertion, page, true);
    std::vector<std::string> notes = notes_of(assertion);
    if (assertion.audit == "categories") {
      importer_.leave_out(assertion.from, assertion.key, "a category has a score but no maxNumericValue");
      return;
    }
    if (assertion.audit == "resource-summary") {
      const std::size_t mark = assertion.rest.find_first_of(":.");
      const std::string what = mark == std::string::npos ? "" : assertion.rest.substr(mark + 1);
      if (what != "size" && what != "count") {
        importer_.leave_out(assertion.from, assertion.key, "write it as resource-summary:TYPE:size or :count");
        return;
      }
      budget.metric =
          "lighthouse.resource." + assertion.rest.substr(0, mark) + (what == "size" ? ".bytes" : ".requests");
      budget.max = what == "size" ? bytes_text(*assertion.max_value) : format_number(*assertion.max_value);
    } else if (assertion.audit == "user-timings" && !assertion.rest.empty()) {
      const std::string written = assertion.key.substr(assertion.key.find_first_of(":.") + 1);
      budget.metric = "lighthouse.user-timing." + written;
      budget.max = format_number(*assertion.max_value) + " ms";
      notes.emplace_back(
          "write the name as the page sets it: lighthouse-ci does not distinguish case, spaces and dashes");
    } else if (!assertion.rest.empty()) {
      importer_.leave_out(assertion.from, assertion.key, "an audit has no such property");
      return;
    } else {
      const auto metric = shipped_metrics().find("lighthouse." + assertion.audit);
      if (!metric) {
        importer_.leave_out(assertion.from, assertion.key, "an audit cannot have this name");
        return;
      }
      budget.metric = metric->id;
      budget.max = metric->unit == Unit::kMilliseconds ? format_number(*assertion.max_value) + " ms"
                   : metric->unit == Unit::kBytes      ? bytes_text(*assertion.max_value)
                                                       : format_number(*assertion.max_value);
    }
    importer_.carry(assertion.from, assertion.key, std::move(budget), std::move(notes));
  }

  /// The runs that decide: the best of them unless the configuration says otherwise.
  DraftBudget draft(const Assertion& assertion, const std::string& page, bool is_max) {
    DraftBudget budget;
    if (!page.empty()) {
      budget.where = {{"page", page}};
    }
    budget.level = assertion.is_warning ? "warning" : "";
    if (assertion.aggregation == "pessimistic") {
      budget.stat = is_max ? "max" : "min";
    } else if (assertion.aggregation != "median" && assertion.aggregation != "median-run") {
      budget.stat = is_max ? "min" : "max";
      is_optimistic_ = true;
    }
    return budget;
  }

  static std::vector<std::string> notes_of(const Assertion& assertion) {
    static constexpr std::array<std::string_view, 5> kMethods{"", "optimistic", "median", "pessimistic", "median-run"};
    if (assertion.aggregation == "median-run") {
      return {"lighthouse-ci uses all values of one middle run; here each metric has its own median"};
    }
    if (std::find(kMethods.begin(), kMethods.end(), assertion.aggregation) == kMethods.end()) {
      return {
          fmt::format("the aggregationMethod {} is not known; read as optimistic", in_quotes(assertion.aggregation))};
    }
    return {};
  }

  Importer importer_;
  std::string aggregation_;
  bool is_optimistic_ = false;
};

}  // namespace

Import import_lighthouse_ci(const std::string& path, const json::Value& ci) { return LighthouseCiImport(path).run(ci); }

}  // namespace budgetcheck
