#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "budget/catalogue.h"
#include "budget/import/importer.h"

namespace budgetcheck {
namespace {

const std::vector<std::string>& resource_types() {
  static const std::vector<std::string> kTypes{"total", "script",   "image", "stylesheet", "font",
                                               "media", "document", "other", "third-party"};
  return kTypes;
}

class LightWalletImport {
 public:
  explicit LightWalletImport(const std::string& path) : importer_(path, "LightWallet", WhichHolds::kBoth) {}

  Import run(const json::Value& budgets) {
    if (budgets.is_object()) {
      importer_.say(importer_.at(budgets), "budgets", "is one entry, but Lighthouse only reads a list of them");
      read(budgets);
      add_results();
      return importer_.take();
    }
    for (const json::Value& budget : *budgets.array()) {
      if (budget.is_object()) {
        read(budget);
      } else {
        importer_.leave_out(importer_.at(budget), "budget", "it is not an object");
      }
    }
    if (budgets.array()->size() > 1) {
      importer_.say(
          importer_.at(budgets), "budgets",
          "Lighthouse used only the last entry whose path matches; here the most specific budget on each metric "
          "applies");
    }
    add_results();
    return importer_.take();
  }

 private:
  void add_results() {
    importer_.add_input({".lighthouseci/lhr-*.json",
                         "",
                         "",
                         {"Lighthouse results. Five runs of each page, with Lighthouse CI:",
                          "npx lhci collect --numberOfRuns=5 --url=http://localhost:3000/"}});
  }

  void read(const json::Value& entry) {
    std::string page;
    const std::string_view path = entry.string_or("path", "");
    if (const json::Value* given = entry.find("path"); given != nullptr && !given->is_string()) {
      importer_.leave_out(importer_.at(*given), "path", "it is not a string, so the whole entry is left out");
      return;
    }
    if (path.find_first_of("?#") != std::string_view::npos) {
      importer_.leave_out(importer_.at(entry), path, "paths with a query have no counterpart in the label 'page'");
      return;
    }
    page = page_glob(path);
    read_rows(entry, "resourceSizes", page);
    read_rows(entry, "resourceCounts", page);
    read_rows(entry, "timings", page);
    const json::Value* options = entry.find("options");
    if (options != nullptr && options->find("firstPartyHostnames") != nullptr) {
      importer_.leave_out(importer_.at(*options), "firstPartyHostnames",
                          "third-party requests are counted as Lighthouse itself does it");
    }
  }

  /// As in robots.txt: the beginning of a path, * any characters, $ the end.
  static std::string page_glob(std::string_view path) {
    if (path.empty() || path == "/" || path == "/*" || path == "*") {
      return {};
    }
    std::string glob;
    const bool is_whole = path.ends_with('$');
    for (const char c : is_whole ? path.substr(0, path.size() - 1) : path) {
      glob += c == '{' || c == '}' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return is_whole || glob.ends_with('*') ? glob : glob + "*";
  }

  void read_rows(const json::Value& entry, std::string_view list, const std::string& page) {
    const json::Value* rows = entry.find(list);
    if (rows == nullptr) {
      return;
    }
    if (!rows->is_array()) {
      importer_.leave_out(importer_.at(*rows), list, "it is not a list");
      return;
    }
    for (const json::Value& row : *rows->array()) {
      if (!importer_.is_full(row)) {
        read_row(row, list, page);
      }
    }
  }

  void read_row(const json::Value& row, std::string_view list, const std::string& page) {
    const Location from = importer_.at(row);
    const bool is_timing = list == "timings";
    const std::string name(row.string_or(is_timing ? "metric" : "resourceType", ""));
    const std::string subject = std::string(list) + " " + (name.empty() ? "row" : name);
    const json::Value* limit = row.find("budget");
    if (limit == nullptr || !limit->is_number() || *limit->number() < 0 || !std::isfinite(*limit->number())) {
      importer_.leave_out(from, subject, "its 'budget' is not a number");
      return;
    }
    DraftBudget budget;
    if (!page.empty()) {
      budget.where = {{"page", page}};
    }
    const std::string number = format_number(*limit->number());
    if (is_timing) {
      read_timing(row, subject, name, number, std::move(budget));
      return;
    }
    if (std::find(resource_types().begin(), resource_types().end(), name) == resource_types().end()) {
      const std::string near = nearest(name, resource_types());
      importer_.leave_out(from, subject,
                          fmt::format("Lighthouse has no resource type {}{}", in_quotes(name),
                                      near.empty() ? "" : "; " + did_you_mean(name, near)));
      return;
    }
    const bool is_size = list == "resourceSizes";
    budget.metric = "lighthouse.resource." + name + (is_size ? ".bytes" : ".requests");
    budget.max = is_size ? number + " KiB" : number;
    importer_.carry(from, subject, std::move(budget));
  }

  void read_timing(const json::Value& row, const std::string& subject, const std::string& name,
                   const std::string& number, DraftBudget budget) {
    const auto metric = shipped_metrics().find("lighthouse." + name);
    const bool known = metric && (metric->unit == Unit::kMilliseconds || metric->metric_class == MetricClass::kCls);
    if (!known) {
      importer_.leave_out(importer_.at(row), subject, fmt::format("{} is not a timing of Lighthouse", in_quotes(name)));
      return;
    }
    budget.metric = metric->id;
    budget.max = number + (metric->unit == Unit::kMilliseconds ? " ms" : "");
    std::vector<std::string> notes;
    if (row.find("tolerance") != nullptr) {
      notes.emplace_back("'tolerance' is not carried over: noise is judged from the runs themselves");
    }
    importer_.carry(importer_.at(row), subject, std::move(budget), std::move(notes));
  }

  Importer importer_;
};

}  // namespace

Import import_lightwallet(const std::string& path, const json::Value& budgets) {
  return LightWalletImport(path).run(budgets);
}

}  // namespace budgetcheck
