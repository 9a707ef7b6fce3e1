#include "collect/capture/har_account.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

class Description {
 public:
  Description(const HarCounts& counts, const Location& location, Account& account, Facts& facts)
      : counts_(counts), location_(location), account_(account), facts_(facts) {}

  void add_missing() {
    if (counts_.requests + counts_.repeated == 0) {
      incomplete(counts_.seen == 0 ? "the capture has no entries" : "the capture has no HTTP requests",
                 "Close the browser context before the capture is read, and check what the capture filters");
    }
    if (counts_.malformed != 0) {
      incomplete(
          fmt::format("{} of {} without a request URL", counted(counts_.malformed, "entry", "entries"), counts_.seen),
          "Record the capture again");
    }
    if (counts_.left_out != 0) {
      incomplete(fmt::format("{} not measured one by one: more than {} routes or pages",
                             counted(counts_.left_out, "request"), kMaxPayloadGroups),
                 "Name templates for the routes under routes:");
    }
    if (counts_.errors.all()) {
      incomplete(counts_.errors.all_note(), ErrorAnswers::kHint);
    } else if (counts_.wrong_pages != 0) {
      const std::size_t others = counts_.wrong_pages - 1;
      account_.incomplete(
          others == 0 ? counts_.wrong_page : fmt::format("{} (and {} like it)", counts_.wrong_page, others),
          counts_.wrong_hint);
    }
  }

  void add_requests() {
    const bool all_wrong = counts_.errors.all();
    if (counts_.broken != 0 && !all_wrong) {
      account_.note(fmt::format("{} failed or blocked ({}'{}')", counted(counts_.broken, "request"),
                                counts_.broken == 1 ? "" : "first: ", counts_.first_broken));
    }
    if (const std::string note = counts_.errors.note(); !note.empty() && !all_wrong) {
      account_.note(note);
    }
    if (counts_.closed != 0) {
      account_.note(fmt::format("{} closed by the page, of unknown size", counted(counts_.closed, "stream")));
    }
    if (counts_.cached != 0) {
      account_.note(fmt::format("{} from a cache, 0 bytes on the wire", counted(counts_.cached, "response")));
    }
    if (counts_.repeated != 0) {
      account_.note(fmt::format("{} of repeat views left out, which load less: the first view filled the cache",
                                counted(counts_.repeated, "request")));
    }
  }

  void add_pages(const std::vector<HarVisits::Visit>& visits) {
    std::size_t homeless = counts_.strays - (counts_.workers_paged ? counts_.by_workers : 0);
    for (const HarVisits::Visit& visit : visits) {
      homeless += visit.page.empty() ? visit.requests : 0;
    }
    if (homeless != 0) {
      account_.note(strays_note(homeless));
    }
    const auto several =
        std::find_if(visits.begin(), visits.end(), [](const HarVisits::Visit& visit) { return visit.navigations > 1; });
    if (several != visits.end()) {
      account_.note(fmt::format("the page '{}' holds {}, and its sums are those of all of them", several->page,
                                counted(several->navigations, "navigation")));
    }
  }

  void add_rest() {
    if (counts_.other_scheme != 0) {
      account_.note(fmt::format("{} other than HTTP left out (WebSocket, extension)",
                                counted(counts_.other_scheme, "entry", "entries")));
    }
    if (counts_.implausible != 0) {
      account_.note(fmt::format("{} not possible, taken as unknown",
                                counted(counts_.implausible, "size or time", "sizes or times")));
    }
    if (counts_.not_kept != 0) {
      account_.note(fmt::format("the rules look at {} of {}: the first ones, and the biggest of each route and file",
                                counts_.kept, counted(counts_.requests, "request")));
    }
  }

 private:
  void incomplete(const std::string& text, std::string_view hint) {
    account_.incomplete(text, hint, "payload.", location_, facts_);
  }

  const HarCounts& counts_;
  const Location& location_;
  Account& account_;
  Facts& facts_;
};

}  // namespace

void HarCounts::add(const Exchange& exchange) {
  const std::string& name = is_routed(exchange) ? exchange.route : exchange.path;
  ++requests;
  cached += exchange.from_cache ? 1U : 0U;
  closed += exchange.closed ? 1U : 0U;
  if (failed(exchange) && !exchange.closed && broken++ == 0) {
    first_broken = name;
  }
  if (!exchange.closed || exchange.status > 0) {
    errors.add(exchange.status, name);
  }
}

void describe_har(const HarCounts& counts, const std::vector<HarVisits::Visit>& visits, const Location& location,
                  Account& account, Facts& facts) {
  Description description(counts, location, account, facts);
  description.add_missing();
  description.add_requests();
  description.add_pages(visits);
  description.add_rest();
}

}  // namespace budgetcheck
