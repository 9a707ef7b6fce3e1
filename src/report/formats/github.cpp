#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/text/log_text.h"
#include "model/exit_code.h"
#include "report/format.h"
#include "report/words/finding_words.h"
#include "report/words/order.h"
#include "report/words/paths.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

// What GitHub shows of one step for each level; what is printed beyond that is lost without a word.
constexpr std::size_t kMostOfALevel = 10;
constexpr std::size_t kLongestMessage = 1000;
constexpr std::size_t kLongestTitle = 120;

/// Escapes for the message of a workflow command. Other runners than GitHub's find theirs in the middle of a line.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : log_text(text)) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// Escapes for a property, where ':' and ',' mean something too.
std::string escaped_property(std::string_view text) {
  return replace_all(replace_all(escaped(text), ":", "%3A"), ",", "%2C");
}

struct Annotation {
  Location place;
  std::string title;
  std::string message;
};

class Annotations {
 public:
  explicit Annotations(const Report& report) : report_(report) {}

  std::string render() {
    for (const Error& problem : report_.problems) {
      errors_.push_back({problem.location.file.empty() ? Location::of(report_.budgets_path) : problem.location,
                         "budgetcheck", with_step(sentence_text(problem.message), sentence_text(problem.hint))});
    }
    for (const Verdict* v : worst_first(report_.verdicts)) {
      add(*v);
    }
    for (const Finding* f : worst_first(report_.findings)) {
      add(*f);
    }
    for (const Input& input : report_.inputs) {
      if (input.state != InputState::kRead) {
        const bool judged = report_.exit_code == kExitPass;
        (judged ? warnings_ : errors_)
            .push_back({Location::of(input.path), "budgetcheck input",
                        with_step(fmt::format("{} is {}", name_text(input.path), input_words(input)),
                                  sentence_text(input.hint))});
      }
    }
    if (errors_.empty() && report_.exit_code != kExitPass) {
      errors_.push_back({Location::of(report_.budgets_path), "budgetcheck", outcome_words(report_)});
    }
    std::string out;
    write(out, "error", errors_);
    write(out, "warning", warnings_);
    return out.empty() ? "::debug::budgetcheck: nothing to annotate\n" : out;
  }

 private:
  static std::string with_step(std::string message, const std::string& step) {
    return step.empty() ? message : fmt::format("{}. Do: {}", message, step);
  }

  void add(const Verdict& v) {
    const Gravity g = gravity(v);
    if (g == Gravity::kPasses || g == Gravity::kWaived) {
      return;
    }
    const bool is_error = breaks(v, report_.fail_level) || g == Gravity::kError || g == Gravity::kUnclear;
    (is_error ? errors_ : warnings_)
        .push_back({place_of(v, report_),
                    fmt::format("budgetcheck {}: {}", lower(status_word(v.status)), budget_words(v)),
                    with_step(message_words(v), next_step(v))});
  }

  void add(const Finding& f) {
    const Gravity g = gravity(f);
    if (g != Gravity::kFails && g != Gravity::kWarns) {
      return;
    }
    (breaks(f, report_.fail_level) ? errors_ : warnings_)
        .push_back({place_of(f, report_), "budgetcheck " + name_text(f.rule, kLongestTitle),
                    with_step(message_words(f), next_step(f, report_.rules))});
  }

  void write(std::string& out, std::string_view command, const std::vector<Annotation>& all) const {
    const std::size_t shown = all.size() > kMostOfALevel ? kMostOfALevel - 1 : all.size();
    for (std::size_t i = 0; i < shown; ++i) {
      write(out, command, all[i]);
    }
    if (shown < all.size()) {
      write(out, command,
            {Location::of(report_.budgets_path), fmt::format("budgetcheck: {} more", all.size() - shown),
             fmt::format("{} of {}, more than GitHub shows for one step: the log, the job summary and the json report "
                         "list all of them",
                         counted(all.size() - shown, fmt::format("more {}", command)), all.size())});
    }
  }

  void write(std::string& out, std::string_view command, const Annotation& annotation) const {
    std::vector<std::string> properties;
    if (const std::string file = repository_path(annotation.place.file, report_); !file.empty()) {
      properties.push_back("file=" + escaped_property(file));
      if (annotation.place.line > 0) {
        properties.push_back("line=" + std::to_string(annotation.place.line));
      }
    }
    properties.push_back("title=" + escaped_property(name_text(annotation.title, kLongestTitle)));
    const std::string message = sentence_text(annotation.message, kLongestMessage);
    out += "::" + std::string(command) + " " + join(properties, ",") +
           "::" + escaped(trim(message).empty() ? std::string("no message") : message) + "\n";
  }

  const Report& report_;
  std::vector<Annotation> errors_;
  std::vector<Annotation> warnings_;
};

}  // namespace

std::string render_github(const Report& report, const Rendering& /*rendering*/) { return Annotations(report).render(); }

}  // namespace budgetcheck
