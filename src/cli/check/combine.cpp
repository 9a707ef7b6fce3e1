#include "cli/check/combine.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "base/append.h"
#include "base/text.h"
#include "model/exit_code.h"
#include "report/words/order.h"
#include "report/words/run_words.h"

namespace budgetcheck {
namespace {

std::string name_of(const Report& report) { return report.app.empty() ? "root" : report.app; }

/// The label `app` of an app's measurement. A build that has one of its own keeps it behind the name.
void mark(Labels& where, const std::string& app) {
  const std::string* own = where.find("app");
  where.set("app", own == nullptr ? app : app + "/" + *own);
}

Verdict marked(Verdict verdict, const std::string& app) {
  verdict.app = app;
  const bool is_file = verdict.budget.empty() || verdict.budget == "*";
  verdict.budget = fmt::format("{}: {}", app, is_file ? "the budgets file" : verdict.budget);
  if (!verdict.metric.empty()) {
    mark(verdict.where, app);
  }
  return verdict;
}

Finding marked(Finding finding, const std::string& app) {
  finding.message = fmt::format("{}: {}", app, finding.message);
  finding.key = app + "/" + finding.key;
  return finding;
}

/// Samples and parts.
template <class Measured>
Measured marked(Measured measured, const std::string& app) {
  mark(measured.where, app);
  return measured;
}

/// One that says its place needs no name, nor does one of the command line.
Error marked(Error problem, const std::string& app) {
  if (problem.location.file.empty() && problem.kind == ErrorKind::kInput) {
    problem.message = fmt::format("{}: {}", app, problem.message);
  }
  return problem;
}

template <class Item>
void add(std::vector<Item>& to, const std::vector<Item>& from, const std::string& app) {
  std::transform(from.begin(), from.end(), std::back_inserter(to), [&](const Item& item) { return marked(item, app); });
}

/// Texts of several apps, each once: what all of them say stands without their names.
class Texts {
 public:
  void add(const std::vector<std::string>& texts, const std::string& app) {
    ++apps_;
    for (const std::string& text : texts) {
      auto at = std::find_if(said_.begin(), said_.end(), [&](const Said& said) { return said.text == text; });
      if (at == said_.end()) {
        at = said_.insert(said_.end(), {text, {}});
      }
      if (at->by.empty() || at->by.back() != app) {
        at->by.push_back(app);
      }
    }
  }

  std::vector<std::string> take() const {
    std::vector<std::string> out;
    for (const Said& said : said_) {
      out.push_back(said.by.size() == apps_ && apps_ > 1 ? said.text : names(said.by) + ": " + said.text);
    }
    return out;
  }

  static std::string names(const std::vector<std::string>& apps) {
    constexpr std::size_t kShown = 3;
    const std::vector<std::string> shown(apps.begin(),
                                         apps.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, apps.size())));
    return join(shown, ", ") + (apps.size() > kShown ? fmt::format(" and {} more", apps.size() - kShown) : "");
  }

 private:
  struct Said {
    std::string text;
    std::vector<std::string> by;
  };
  std::vector<Said> said_;
  std::size_t apps_ = 0;
};

/// The base of all, when they have the same; else what each was compared with.
BaseInfo base_of(const std::vector<const Report*>& reports) {
  const BaseInfo& first = reports.front()->base;
  const bool same = std::all_of(reports.begin(), reports.end(), [&](const Report* report) {
    return report->base.kind == first.kind && report->base.commit == first.commit && report->base.how == first.how &&
           report->base.commits_older == first.commits_older;
  });
  if (same) {
    return first;
  }
  Texts texts;
  for (const Report* report : reports) {
    const std::string words = base_words(report->base);
    texts.add({words.substr(words.find(": ") + 2)}, name_of(*report));
  }
  BaseInfo info;
  info.kind = "several";
  info.how = join(texts.take(), "; ");
  return info;
}

/// How much a code outweighs others: the order of model/exit_code.h.
std::size_t rank(int exit_code) {
  constexpr std::array<int, 6> kOrder{kExitInternalError, kExitUsage,  kExitFailed,
                                      kExitCannotJudge,   kExitNoBase, kExitDelivery};
  return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), exit_code) - kOrder.begin());
}

/// "3 apps: admin failed; web passed": none of them goes without saying.
std::string summary(const std::vector<Report>& apps) {
  constexpr std::array<std::pair<Outcome, std::string_view>, 4> kWords{
      {{Outcome::kError, "not judged because of an error"},
       {Outcome::kFail, "failed"},
       {Outcome::kInconclusive, "could not be judged"},
       {Outcome::kPass, "passed"}}};
  std::string out = counted(apps.size(), "app");
  std::string_view before = ": ";
  for (const auto& [outcome, words] : kWords) {
    std::vector<std::string> names;
    for (const Report& app : apps) {
      if (app.outcome == outcome) {
        names.push_back(name_of(app));
      }
    }
    if (!names.empty()) {
      out += fmt::format("{}{} {}", std::exchange(before, "; "), join(names, ", "), words);
    }
  }
  return out;
}

void add_rules(const RuleSet& rules, RuleSet& to) {
  for (const Rule& rule : rules.all()) {
    Rule* known = to.find(rule.id);
    if (known == nullptr) {
      to.add(rule);
    } else if (known->level == Level::kOff) {
      *known = rule;
    }
  }
}

void add(const Report& app, Report& whole) {
  const std::string name = name_of(app);
  whole.inputs.insert(whole.inputs.end(), app.inputs.begin(), app.inputs.end());
  add(whole.samples, app.samples, name);
  add(whole.parts, app.parts, name);
  whole.exchanges.insert(whole.exchanges.end(), app.exchanges.begin(), app.exchanges.end());
  whole.traces.insert(whole.traces.end(), app.traces.begin(), app.traces.end());
  add(whole.base_samples, app.base_samples, name);
  add(whole.base_parts, app.base_parts, name);
  add(whole.verdicts, app.verdicts, name);
  add(whole.findings, app.findings, name);
  add(whole.problems, app.problems, name);
  add_rules(app.rules, whole.rules);
  whole.unbudgeted += app.unbudgeted;
  if (rank(app.exit_code) < rank(whole.exit_code)) {
    whole.exit_code = app.exit_code;
    whole.outcome = app.outcome;
  }
}

bool says_something(const Report& root) {
  return !root.problems.empty() || !root.verdicts.empty() || !root.findings.empty() || !root.gate.empty();
}

/// One app that looks for personal data makes the whole report one without it; what one of them allows may stay.
void add_settings(const Report& app, Report& whole) {
  if (app.personal_data) {
    PersonalDataSettings& all = whole.personal_data ? *whole.personal_data : whole.personal_data.emplace();
    append_to(all.allow, std::vector<std::string>(app.personal_data->allow));
  }
}

}  // namespace

Report combine(Report root, bool has_own, std::vector<Report> apps) {
  Report whole;
  whole.tool_version = root.tool_version;
  whole.project = root.project;
  whole.app = root.app;
  whole.commit = root.commit;
  whole.parents = root.parents;
  whole.measured_at = root.measured_at;
  whole.budgets = root.budgets;
  whole.budgets_path = root.budgets_path;
  whole.path_prefix = root.path_prefix;
  whole.repository_root = root.repository_root;
  whole.fail_level = root.fail_level;
  const bool root_is_listed = has_own || says_something(root) || apps.empty();
  if (root_is_listed) {
    apps.insert(apps.begin(), std::move(root));
  }
  Texts gate;
  Texts notes;
  std::vector<const Report*> compared;
  for (const Report& app : apps) {
    add(app, whole);
    add_settings(app, whole);
    gate.add(app.gate, name_of(app));
    const bool is_measured = has_own || !root_is_listed || &app != &apps.front();
    if (is_measured) {
      notes.add(app.notes, name_of(app));
      if (app.base.kind != "none" || !app.base.how.empty()) {  // it was looked for
        compared.push_back(&app);
      }
    }
  }
  whole.base = compared.empty() ? BaseInfo() : base_of(compared);
  whole.gate = gate.take();
  whole.notes = notes.take();
  if (!compared.empty() || apps.size() > 1) {
    whole.notes.insert(whole.notes.begin(), summary(apps));
  }
  const auto by_gravity = [](const auto& a, const auto& b) { return gravity(a) < gravity(b); };
  std::stable_sort(whole.verdicts.begin(), whole.verdicts.end(), by_gravity);
  std::stable_sort(whole.findings.begin(), whole.findings.end(), by_gravity);
  whole.apps = std::move(apps);
  return whole;
}

}  // namespace budgetcheck
