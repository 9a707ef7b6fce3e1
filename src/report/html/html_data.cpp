#include "report/html/html_data.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "json/writer.h"

namespace budgetcheck {
namespace {

/// The worst verdicts have theirs: those of all would make a file of 5,000 too big.
constexpr std::size_t kMostHistories = 300;
constexpr std::size_t kMostBars = 500;  ///< of base and head side by side

/// Texts that come again and again are written once and named by their number; 0 is "".
class Texts {
 public:
  Texts() { (void)number(""); }

  std::size_t number(const std::string& text) {
    const auto [at, is_new] = numbers_.emplace(text, numbers_.size());
    if (is_new) {
      texts_.push_back(&at->first);
    }
    return at->second;
  }
  const std::vector<const std::string*>& all() const { return texts_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<const std::string*> texts_;
};

/// Four digits are more than a bar shows.
double rounded(double value) {
  constexpr double kScale = 10'000;
  const double whole = std::round(value * kScale);
  return std::isfinite(whole) && std::fabs(whole) < 1e15 ? whole / kScale : 0;
}

/// What a chart of 200 pixels can show.
double four_digits(double value) {
  constexpr int kDigits = 4;
  if (value == 0) {
    return value;
  }
  const double step = std::pow(10, std::floor(std::log10(std::fabs(value))) + 1 - kDigits);
  // Dividing by a power of ten instead of multiplying by its inverse keeps decimal values short.
  return step >= 1 ? std::round(value / step) * step : std::round(value / step) / std::round(1 / step);
}

/// How a verdict differs from its base, as a share of it, positive for worse.
std::optional<double> worse_by(const Verdict& v) {
  if (!v.delta || !v.base || *v.base == 0 || !std::isfinite(*v.delta) || !std::isfinite(*v.base)) {
    return std::nullopt;
  }
  return *v.delta / std::fabs(*v.base) * (v.higher_is_better ? -1 : 1);
}

void number_or_null(json::Writer& w, const std::optional<double>& value) {
  value&& std::isfinite(*value) ? w.number(rounded(*value)) : w.null();
}

/// An array with the fields in the order that report.js names; what is empty at its end is left off.
void write_verdict(json::Writer& w, const HtmlReport& html, std::size_t index, const std::vector<double>& history,
                   Texts& texts) {
  const Verdict& v = *html.verdicts[index];
  const VerdictWords words = verdict_words(v);
  const auto text = [&](const std::string& value) { w.number(static_cast<double>(texts.number(value))); };
  // The same files come again and again, at other lines.
  const auto place = [&](const std::string& where) {
    const std::size_t line = std::min(where.find(':'), where.size());
    text(where.substr(0, line));
    w.string(where.substr(line));
  };
  w.begin_array();
  text(std::string(gravity_class(words.gravity)) + " " + std::string(words.status));
  w.string(words.budget);
  text(words.metric);
  // The subject begins with the metric, which is written once.
  const bool shared = words.subject.starts_with(words.metric);
  w.string(shared ? words.subject.substr(words.metric.size()) : words.subject);
  w.string(words.value).string(words.base).string(words.delta);
  text(words.trend);
  text(words.limit);
  w.string(words.headroom);
  const double usage = limit_usage(v);
  number_or_null(w, usage < 0 ? std::nullopt : std::optional(usage));
  number_or_null(w, worse_by(v));
  text(words.message);
  text(words.step);
  text(words.why);
  text(words.owner);
  place(words.place);
  place(words.measured_in);
  const bool has_history = !history.empty();
  const std::optional<PairOfBars> bars = index < kMostBars ? bars_beside(v) : std::nullopt;
  const std::vector<PageLink> links = html.links_of(index);
  if (has_history || !words.causes.empty() || !words.interval.empty() || bars || !links.empty()) {
    text(words.interval);
    w.begin_array();
    for (const std::string& cause : words.causes) {
      w.string(cause);
    }
    w.end_array().begin_array();
    for (const int share : bars ? std::vector{bars->base, bars->now, bars->limit} : std::vector<int>()) {
      w.number(share);
    }
    w.end_array().begin_array();
    for (const PageLink& link : links) {
      text(link.target);
      text(link.words);
    }
    w.end_array();
  }
  if (has_history) {
    w.begin_array();
    for (const double value : history) {
      w.number(four_digits(value));
    }
    w.end_array();
    v.limit&& std::isfinite(*v.limit) ? w.number(*v.limit) : w.null();
    w.string(unit_symbol(v.unit));
  }
  w.end_array();
}

void write_layer(json::Writer& w, const PartLayer& layer) {
  w.begin_object();
  w.member("words", layer.words).member("unit", unit_symbol(layer.unit)).member("total", layer.total);
  if (layer.has_base) {
    w.member("base", layer.base_total);
  }
  if (layer.left_out > 0) {
    w.member("left", static_cast<std::uint64_t>(layer.left_out)).member("leftSize", layer.left_out_size);
  }
  w.key("parts").begin_array();
  for (const PlacePart& part : layer.parts) {
    w.begin_array().string(part.name).number(part.size);
    // -1: nothing is known of the base.
    w.number(part.base.value_or(-1));
    if (!part.importer.empty()) {
      w.string(part.importer);
    }
    w.end_array();
  }
  w.end_array().end_object();
}

}  // namespace

std::string html_data(const HtmlReport& html) {
  json::Writer w;
  Texts texts;
  w.begin_object().key("verdicts").begin_array();
  for (std::size_t i = 0; i < html.verdicts.size(); ++i) {
    write_verdict(w, html, i, i < kMostHistories ? html.histories[i] : std::vector<double>(), texts);
  }
  w.end_array().member("histories", static_cast<std::uint64_t>(std::min(kMostHistories, html.verdicts.size())));
  w.key("texts").begin_array();
  for (const std::string* text : texts.all()) {
    w.string(*text);
  }
  w.end_array().key("places").begin_array();
  for (const PartPlace& place : html.places) {
    if (place.group == kQueryGroup) {
      continue;  // tables say more of these
    }
    w.begin_object().member("title", place.title).member("group", place.group).key("layers").begin_array();
    for (const PartLayer& layer : place.layers) {
      write_layer(w, layer);
    }
    w.end_array().end_object();
  }
  w.end_array().end_object();
  return w.take();
}

}  // namespace budgetcheck
