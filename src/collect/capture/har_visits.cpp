#include "collect/capture/har_visits.h"

#include <fmt/format.h>

#include "base/text.h"
#include "collect/http/error_answers.h"
#include "collect/http/redirect.h"
#include "collect/http/url_parts.h"
#include "model/exchange.h"

namespace budgetcheck {
void HarVisits::add_page(std::string_view id, std::string_view title, bool cached) {
  const bool is_url = title.starts_with("http://") || title.starts_with("https://");
  // WebPageTest loads every page a second time, with what the first left in the cache.
  const bool repeat_view = cached || title.ends_with("Repeat View");
  if ((is_url || repeat_view) && titles_.size() < kMaxPayloadGroups) {
    titles_.emplace(std::string(id),
                    Title{is_url ? shown_path(title) : "", is_url ? shown_host(title) : "", repeat_view});
  }
}

std::uint32_t HarVisits::visit_of(const HarEntry& entry) {
  if (entry.page_ref.empty()) {
    return kNone;
  }
  const auto [at, is_new] = ids_.emplace(entry.page_ref, static_cast<std::uint32_t>(visits_.size()));
  if (is_new) {
    Visit& visit = visits_.emplace_back();
    visit.load = ++loads_;
    const auto title = titles_.find(entry.page_ref);
    visit.repeat_view = title != titles_.end() && title->second.repeat_view;
  }
  Visit& visit = visits_[at->second];
  if (entry.exchange.type == "document") {
    navigate(visit, entry, loads_);
  } else if (visit.requests == 0 && failed(entry.exchange)) {
    visit.first_failed = entry.exchange.path;  // nothing came that could say what it is
    visit.host = entry.exchange.host;
  }
  visit.answered = visit.answered || !failed(entry.exchange);
  return at->second;
}

void HarVisits::navigate(Visit& visit, const HarEntry& entry, std::uint32_t& loads) {
  const Exchange& exchange = entry.exchange;
  const bool first = visit.page.empty();
  const bool same_frame = !entry.frame.empty() && entry.frame == visit.frame;
  // Before a redirect has led somewhere there is no document that could hold a frame.
  const bool goes_on = visit.redirecting && (same_frame || entry.frame.empty() || visit.frame.empty());
  if (first) {
    visit.page = exchange.path;
    visit.asked = exchange.path;
    visit.frame = entry.frame;
  } else if (!same_frame && !goes_on) {
    if (is_error_answer(visit.status) && exchange.path == visit.reached && exchange.host == visit.host &&
        !is_error_answer(exchange.status)) {
      visit.status = exchange.status;  // asked again, and answered
    }
    return;  // another frame, or a writer that does not distinguish frames
  }
  if (!visit.redirecting) {
    const bool again = !first && is_error_answer(visit.status) && exchange.path == visit.reached;
    visit.load = first ? visit.load : ++loads;
    visit.navigations += again ? 0U : 1U;
  }
  // Whoever is led to a login may log in and come back.
  const bool comes_back = is_other_page(visit.asked, visit.reached) && !is_other_page(visit.asked, exchange.path);
  if (visit.navigations <= 1 || comes_back) {
    visit.reached = exchange.path;
    visit.host = exchange.host;
    visit.status = exchange.status;
    visit.target = entry.target;
  }
  visit.redirecting = is_redirect(exchange.status);
}

void HarVisits::name_pages() {
  for (const auto& [id, index] : ids_) {
    Visit& visit = visits_[index];
    const auto title = titles_.find(id);
    if (title != titles_.end()) {
      visit.repeat_view = visit.repeat_view || title->second.repeat_view;
      if (visit.page.empty() && !title->second.path.empty()) {
        visit.page = title->second.path;
        visit.host = title->second.host;
      }
    }
    if (visit.page.empty() && !visit.answered) {
      visit.page = visit.first_failed;
      visit.asked = visit.first_failed;
    }
  }
}

std::uint32_t HarVisits::add_only(const std::string& page, const Visit& document) {
  visits_.push_back(document);
  visits_.back().page = page;
  visits_.back().load = 1;
  return static_cast<std::uint32_t>(visits_.size() - 1);
}

std::string HarVisits::wrong_document(const Visit& visit) {
  if (visit.asked.empty()) {
    return {};  // a name from elsewhere: the capture begins behind the document
  }
  if (is_redirect(visit.status)) {
    return visit.target.empty() || is_other_page(visit.asked, visit.target)
               ? fmt::format("is a redirect to {}", visit.target.empty() ? "something that the capture does not hold"
                                                                         : "'" + shown_path(visit.target) + "'")
               : std::string("is a redirect, and the capture does not hold what it leads to");
  }
  if (visit.status <= 0) {
    return "failed";
  }
  if (is_error_answer(visit.status)) {
    return fmt::format("is an error ({})", visit.status);
  }
  return is_other_page(visit.asked, visit.reached) ? fmt::format("led to '{}'", visit.reached) : std::string();
}

}  // namespace budgetcheck
