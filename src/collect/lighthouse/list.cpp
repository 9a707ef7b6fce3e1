#include "collect/lighthouse/list.h"

#include <fmt/format.h>

#include <string>

#include "base/text.h"
#include "collect/account.h"
#include "collect/lighthouse/field_data.h"
#include "collect/lighthouse/result.h"
#include "collect/lighthouse/wrapped.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

/// Each brings a hundred reasons for what it does not measure.
constexpr std::size_t kMaxResults = 1000;

bool recognises(const Sniff& sniff) {
  return sniff.is_array && sniff.head.find("\"lighthouseVersion\"") != std::string_view::npos;
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  Account account(input, kMaxLighthouseNotes);
  json::Selector wanted;
  WrappedResult result(wanted, "*/");
  select_field_data(wanted, "*/");
  std::size_t elements = 0;
  wanted.each("*", [&](std::string_view index, json::Value&& element) {
    ++elements;
    const LighthousePlace place{source.path, fmt::format("/{}", index), ""};
    collect_wrapped_result(element, result, place, account, facts);
    result.clear();
    return elements < kMaxResults;
  });
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted, lighthouse_limits());
  if (!document) {
    return tl::unexpected(document.error());
  }
  if (elements >= kMaxResults) {
    account.incomplete(fmt::format("only the first {} were read", counted(kMaxResults, "result")),
                       "pass the results as files of their own", "lighthouse.", Location::of(source.path), facts);
  }
  return {};
}

}  // namespace

Format lighthouse_list_format() {
  Format format{"lighthouse-list", {"lighthouse.", "crux."}, recognises, collect};
  format.page =
      "Several results in one JSON list, each as Lighthouse writes it or in a member `lhr` or `lighthouseResult`. Each "
      "is one run.";
  format.copy_is_same_run = true;
  return format;
}

}  // namespace budgetcheck
