#include "report/words/wording.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "model/exit_code.h"
#include "report/words/order.h"

namespace budgetcheck {
namespace {

/// A number that a report may show: no number at all when it is not finite.
std::optional<double> finite(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

/// "12.4%" of |part / whole|; empty when the whole is 0.
std::string percent(double part, double whole, bool with_sign) {
  if (whole == 0) {
    return {};
  }
  const double share = part / std::fabs(whole) * 100;
  const std::string digits = format_rounded(share, std::fabs(share) >= 100 ? 0 : 1);
  return (with_sign && share > 0 ? "+" : "") + digits + "%";
}

/// Stored results keep microseconds, or six digits of what is not whole: less than that is no difference.
bool is_rounding(double delta, double base, Unit unit) {
  constexpr double kStoredPrecision = 1e-5;
  const bool in_digits = base != std::trunc(base) && std::fabs(delta) <= std::fabs(base) * kStoredPrecision;
  return in_digits || (unit == Unit::kMilliseconds && std::fabs(delta) <= 1e-3);
}

std::optional<double> delta_of(const Verdict& v) {
  const auto value = finite(v.value);
  const auto base = finite(v.base);
  std::optional<double> delta = finite(v.delta);
  if (!delta && value && base) {
    delta = finite(*value - *base);
  }
  return delta && base && is_rounding(*delta, *base, v.unit) ? 0.0 : delta;
}

/// Positive: kept by that much.
std::optional<double> headroom_of(const Verdict& v) {
  const auto value = finite(v.value);
  const auto limit = finite(v.limit);
  if (!value || !limit) {
    return std::nullopt;
  }
  return finite(v.limit_is_min ? *value - *limit : *limit - *value);
}

std::string sentence_of_code(std::string_view code) {
  for (const CodeText& text : verdict_codes()) {
    if (text.code == code) {
      return std::string(text.sentence);
    }
  }
  return {};
}

void append(std::string& out, std::string_view separator, const std::string& text) {
  if (!text.empty()) {
    out += out.empty() ? "" : separator;
    out += text;
  }
}

}  // namespace

std::string_view status_word(Status status) {
  switch (status) {
    case Status::kPass:
      return "PASS";
    case Status::kWarn:
      return "WARN";
    case Status::kFail:
      return "FAIL";
    case Status::kInconclusive:
      return "UNCLEAR";
    case Status::kWaived:
      return "WAIVED";
    case Status::kError:
      return "ERROR";
  }
  return "ERROR";
}

std::string_view status_word(const Finding& finding) {
  switch (gravity(finding)) {
    case Gravity::kFails:
      return "FAIL";
    case Gravity::kWarns:
      return "WARN";
    case Gravity::kKnown:
      return "KNOWN";
    case Gravity::kWaived:
      return "WAIVED";
    default:
      return "NOTE";
  }
}

std::string_view state_words(FindingState state) {
  switch (state) {
    case FindingState::kNew:
      return "new";
    case FindingState::kSame:
      return "the same on the base";
    case FindingState::kWorse:
      return "worse than on the base";
    case FindingState::kBetter:
      return "better than on the base";
    case FindingState::kWaived:
      return "waived";
  }
  return "new";
}

std::string name_text(std::string_view name, std::size_t width) {
  // Cut the bytes first: a name of megabytes must not be decoded as a whole, twice.
  constexpr std::size_t kMostBytesPerColumn = 8;
  if (name.size() > width * kMostBytesPerColumn * 2) {
    const std::size_t half = width * kMostBytesPerColumn;
    return shorten_middle(printable(name.substr(0, half)) + printable(name.substr(name.size() - half)), width);
  }
  return shorten_middle(printable(name), width);
}

std::string sentence_text(std::string_view text, std::size_t width) {
  constexpr std::size_t kMostBytesPerColumn = 8;
  return shorten(printable(trim(text.substr(0, width * kMostBytesPerColumn))), width);
}

std::string sql_text(std::string_view sql, std::size_t width) {
  constexpr std::string_view kSelect = "SELECT ";
  constexpr std::string_view kFrom = " FROM ";
  constexpr std::string_view kReturning = " RETURNING ";
  constexpr std::size_t kLongList = 40;
  std::string text(sql);
  const std::size_t from = text.find(kFrom);
  if (text.starts_with(kSelect) && from != std::string::npos && from > kSelect.size() + kLongList &&
      text.find('(') > from) {
    text.replace(kSelect.size(), from - kSelect.size(), "…");
  }
  const std::size_t returning = text.rfind(kReturning);
  if (returning != std::string::npos && text.size() > returning + kReturning.size() + kLongList) {
    text.replace(returning + kReturning.size(), std::string::npos, "…");
  }
  return sentence_text(text, width);
}

std::string budget_words(const Verdict& verdict) {
  return verdict.budget.empty() || verdict.budget == "*" ? "the budgets file" : name_text(verdict.budget);
}

std::string subject_words(const Verdict& verdict) {
  std::string out = name_text(verdict.metric);
  append(out, ", ", name_text(to_string(verdict.where)));
  if (verdict.runs > 1 && verdict.unit != Unit::kRatio) {
    out += " (" + std::string(to_string(verdict.stat)) + " of " + std::to_string(verdict.runs) + ")";
  } else if (verdict.runs > 1) {
    out += " (of " + std::to_string(verdict.runs) + ")";
  }
  return out;
}

Numbers numbers(const Verdict& v) {
  Numbers out;
  const auto value = finite(v.value);
  const auto limit = finite(v.limit);
  const auto base = finite(v.base);
  if (limit) {
    out.limit = value ? format_quantity(*limit, v.unit, *value) : format_quantity(*limit, v.unit);
  }
  if (base) {
    out.base = value ? format_quantity(*base, v.unit, *value) : format_quantity(*base, v.unit);
  }
  if (value) {
    out.value = limit  ? format_quantity(*value, v.unit, *limit)
                : base ? format_quantity(*value, v.unit, *base)
                       : format_quantity(*value, v.unit);
  }
  if (const auto delta = delta_of(v)) {
    const std::string share = base ? percent(*delta, *base, true) : std::string();
    out.delta = *delta == 0 ? "no change" : format_delta(*delta, v.unit) + (share.empty() ? "" : " (" + share + ")");
  }
  if (const auto headroom = headroom_of(v)) {
    out.over = *headroom < 0;
    const std::string share = percent(std::fabs(*headroom), *limit, false);
    out.headroom = format_quantity(std::fabs(*headroom), v.unit) + (share.empty() ? "" : " (" + share + ")");
  }
  return out;
}

std::optional<double> headroom_share(const Verdict& verdict) {
  const auto headroom = headroom_of(verdict);
  if (!headroom || *verdict.limit == 0) {
    return std::nullopt;
  }
  return *headroom / std::fabs(*verdict.limit);
}

bool is_improvement(const Verdict& verdict) {
  const auto delta = delta_of(verdict);
  return verdict.status == Status::kPass && delta && (verdict.higher_is_better ? *delta > 0 : *delta < 0);
}

std::string numbers_sentence(const Verdict& verdict) {
  const Numbers n = numbers(verdict);
  if (n.value.empty()) {
    return {};
  }
  std::string out = n.base.empty() || n.delta == "no change" ? n.value : n.base + " → " + n.value;
  if (!n.delta.empty()) {
    out += n.delta == "no change" ? ", no change" : ", " + n.delta;
  }
  if (!n.limit.empty()) {
    out += std::string(", limit ") + (verdict.limit_is_min ? "at least " : "") + n.limit + ": ";
    out += n.over ? (verdict.limit_is_min ? "short by " : "over by ") + n.headroom : n.headroom + " left";
  }
  return out;
}

std::string message_words(const Verdict& verdict) {
  if (!verdict.message.empty()) {
    return sentence_text(verdict.message);
  }
  std::string text = numbers_sentence(verdict);
  if (!text.empty()) {
    return text;
  }
  const std::string sentence = sentence_of_code(verdict.code);
  return sentence.substr(0, sentence.find(". "));
}

std::string next_step(const Verdict& verdict) {
  if (!verdict.hint.empty()) {
    return sentence_text(verdict.hint);
  }
  const std::string sentence = sentence_of_code(verdict.code);
  const std::size_t advice = sentence.find(". ");
  if (advice != std::string::npos) {
    return sentence.substr(advice + 2);
  }
  const bool is_fine = verdict.status == Status::kPass || verdict.status == Status::kWaived;
  return is_fine || sentence.empty() ? std::string() : "run budgetcheck explain " + name_text(verdict.code);
}

std::string rule_title(std::string_view rule, const RuleSet& rules) {
  const Rule* found = rules.find(rule);
  return name_text(found == nullptr || found->title.empty() ? rule : std::string_view(found->title));
}

std::vector<std::pair<std::string, std::string>> evidence_lines(const Finding& finding) {
  std::vector<std::pair<std::string, std::string>> out;
  const Evidence& e = finding.evidence;
  std::string seen;
  const bool is_repetition = !e.sql.empty() || !e.route.empty();  // elsewhere the message counts what there is
  if (e.count > 0 && is_repetition) {
    seen = e.count == 1 ? "once" : std::to_string(e.count) + " times";
    if (e.distinct_params == 1 && e.count > 1) {
      seen += " with the same parameters";
    } else if (e.distinct_params > 0) {
      seen += " with " + counted(static_cast<std::size_t>(e.distinct_params), "different parameter list");
    }
  }
  append(seen, " on ", name_text(e.route));
  append(seen, ", request ", name_text(e.scope, 60));
  if (!seen.empty()) {
    out.emplace_back("seen", seen);
  }
  const bool is_elsewhere = e.input != finding.location.file || e.line != finding.location.line;
  if (!e.input.empty() && is_elsewhere) {
    out.emplace_back("in", name_text(to_string(Location{e.input, e.line, 0, {}})));
  }
  constexpr std::size_t kMostDetails = 20;
  for (std::size_t i = 0; i < std::min(e.details.size(), kMostDetails); ++i) {
    out.emplace_back(name_text(e.details[i].first, 24), name_text(e.details[i].second));
  }
  if (e.details.size() > kMostDetails) {
    out.emplace_back("more", std::to_string(e.details.size() - kMostDetails) + " not shown");
  }
  return out;
}

std::string message_words(const Finding& finding) {
  if (!finding.message.empty()) {
    return sentence_text(finding.message);
  }
  return name_text(finding.subject.empty() ? finding.rule : finding.subject);
}

std::string next_step(const Finding& finding, const RuleSet& rules) {
  if (!finding.fix.text.empty()) {
    return sentence_text(finding.fix.text);
  }
  const Rule* rule = rules.find(finding.rule);
  return rule == nullptr ? std::string() : sentence_text(rule->help);
}

std::string base_words(const BaseInfo& base) {
  if (base.kind == "none" || base.kind.empty()) {
    const std::string how = name_text(base.how);
    return "base: none" + (how.empty() ? "" : " (" + how + ")") + ", absolute limits only";
  }
  constexpr std::size_t kShortCommit = 7;
  std::string out = "base: ";
  out += base.commit.empty() ? name_text(base.kind) : name_text(base.commit.substr(0, kShortCommit));
  append(out, ", ", name_text(base.how));
  if (base.commits_older > 0) {
    out += ", nearest: " + counted(base.commits_older, "commit") + " older";
  }
  return out;
}

std::string input_words(const Input& input) {
  std::string out = input.state == InputState::kUnreadable   ? "not usable"
                    : input.state == InputState::kIncomplete ? "incomplete"
                                                             : "";
  append(out, ": ", sentence_text(input.message));
  return out;
}

std::string_view exit_meaning(int exit_code) {
  switch (exit_code) {
    case kExitPass:
      return "within budgets";
    case kExitFailed:
      return "a budget or a rule failed";
    case kExitUsage:
      return "the command line or the budgets file is wrong";
    case kExitCannotJudge:
      return "cannot judge: an input is missing or incomplete, or a verdict is unclear";
    case kExitNoBase:
      return "a base was required and not found";
    case kExitDelivery:
      return "the results could not be delivered";
    default:
      return "an internal error";
  }
}

std::string counts_words(const Report& report) {
  const Tally t = tally(report);
  const std::string total = " of " + counted(t.budgets, "budget");
  std::string out;
  const auto part = [&](std::size_t n, std::string_view what) {
    if (n > 0) {
      append(out, ", ", std::to_string(n) + (out.empty() ? total : std::string()) + std::string(what));
    }
  };
  part(t.failed, report.outcome == Outcome::kFail ? "" : " failed");
  part(t.errors, " wrong");
  part(t.unclear, " unclear");
  part(t.warned, t.failed + t.errors + t.unclear == 0 ? " with a warning" : " warned");
  if (out.empty() && t.budgets > 0) {
    out = counted(t.budgets, "budget") + " kept";
    append(out, ", ", t.waived > 0 ? std::to_string(t.waived) + " of them by a waiver" : std::string());
  }
  if (out.empty()) {
    out = report.inputs.empty() ? "nothing was measured" : "no budgets";
  }
  const auto more = [&](std::size_t n, std::string_view singular, std::string_view plural) {
    append(out, ", ", n > 0 ? counted(n, singular, plural) : std::string());
  };
  more(t.findings_failing, "finding", "findings");
  more(t.findings_warning, "rule warning", "rule warnings");
  more(t.findings_known, "known finding", "known findings");
  more(t.bad_inputs, "input not fully usable", "inputs not fully usable");
  more(t.problems, "problem", "problems");
  return out;
}

std::string_view outcome_word(const Report& report) {
  switch (report.outcome) {
    case Outcome::kPass:
      return "PASSED";
    case Outcome::kFail:
      return "FAILED";
    case Outcome::kInconclusive:
      return "CANNOT JUDGE";
    case Outcome::kError:
      return "ERROR";
  }
  return "ERROR";
}

std::string outcome_words(const Report& report) {
  const Tally t = tally(report);
  const bool unenforced = report.exit_code == kExitPass && t.failed + t.findings_failing > 0;
  std::string out(outcome_word(report));
  out += ": " + counts_words(report) + " (exit " + std::to_string(report.exit_code);
  if (unenforced) {
    out += ": nothing is enforced";
  } else if (report.exit_code != kExitPass && report.exit_code != kExitFailed) {
    out += ": " + std::string(exit_meaning(report.exit_code));
  }
  return out + ")";
}

}  // namespace budgetcheck
