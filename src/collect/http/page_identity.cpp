#include "collect/http/page_identity.h"

#include <map>
#include <set>
#include <vector>

#include "base/text.h"
#include "model/route.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kHost = "host";
constexpr std::string_view kPage = "page";
constexpr std::string_view kOwn = "self";
constexpr std::size_t kMaxHost = 100;

/// The labels of all that the family says.
std::vector<Labels*> labels_of(Facts& facts, std::string_view family) {
  std::vector<Labels*> all;
  for (Sample& sample : facts.samples) {
    if (sample.metric.starts_with(family)) {
      all.push_back(&sample.where);
    }
  }
  for (Unmeasured& gap : facts.unmeasured) {
    if (gap.metric.starts_with(family)) {
      all.push_back(&gap.where);
    }
  }
  return all;
}

std::string_view without_slash(std::string_view page) {
  return page.size() > 1 && page.ends_with('/') ? page.substr(0, page.size() - 1) : page;
}

void settle_slashes(const std::vector<Labels*>& all) {
  std::map<std::pair<std::string, std::string>, std::string> spelled;  // by host and page
  for (Labels* labels : all) {
    if (const std::string* page = labels->find(kPage)) {
      const std::string* host = labels->find(kHost);
      const auto [first, is_new] =
          spelled.try_emplace({host == nullptr ? std::string() : *host, std::string(without_slash(*page))}, *page);
      if (!is_new && first->second != *page) {
        labels->set(kPage, first->second);
      }
    }
  }
}

void settle_hosts(const std::vector<Labels*>& all) {
  std::set<std::string> hosts;
  std::string own;
  for (const Labels* labels : all) {
    if (const std::string* host = labels->find(kHost)) {
      own = hosts.empty() ? *host : own;
      hosts.insert(*host);
    }
  }
  for (Labels* labels : all) {
    const std::string* host = labels->find(kHost);
    if (host != nullptr && hosts.size() == 1) {
      labels->erase(kHost);
    } else if (host != nullptr && *host == own) {
      labels->set(kHost, std::string(kOwn));
    }
  }
}

}  // namespace

std::string host_label_of(std::string_view url) { return shorten(printable(host_of_url(url)), kMaxHost); }

void settle_pages(Facts& facts, std::string_view family) {
  const std::vector<Labels*> all = labels_of(facts, family);
  settle_slashes(all);
  settle_hosts(all);
}

}  // namespace budgetcheck
