#include "collect/lighthouse/html_page.h"

#include "base/text.h"
#include "collect/lighthouse/flow.h"
#include "collect/lighthouse/lighthouse.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kRun = "window.__LIGHTHOUSE_JSON__ = ";
constexpr std::string_view kFlow = "window.__LIGHTHOUSE_FLOW_JSON__ = ";

bool recognises(const Sniff& sniff) {
  return trim(sniff.head).starts_with('<') &&
         (sniff.head.find("<title>Lighthouse Report</title>") != std::string_view::npos ||
          sniff.head.find("<title>Lighthouse Flow Report</title>") != std::string_view::npos ||
          sniff.head.find(kRun) != std::string_view::npos);
}

Error without_result(const Source& source, std::string_view what) {
  return {ErrorKind::kInput, std::string(what), Location::of(source.path),
          "write the result itself: lighthouse URL --output=json --output-path=lhr.json"};
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  const std::string_view page = source.content->bytes();
  const bool is_flow = page.find(kRun) == std::string_view::npos;
  const std::string_view mark = is_flow ? kFlow : kRun;
  const std::size_t at = page.find(mark);
  if (at == std::string_view::npos) {
    return tl::unexpected(without_result(source, "Lighthouse's page holds no result"));
  }
  const std::size_t begin = at + mark.size();
  const std::size_t end = page.find("</script>", begin);
  if (end == std::string_view::npos) {
    return tl::unexpected(without_result(source, "Lighthouse's page is cut off in the middle of the result"));
  }
  std::string_view document = trim(page.substr(begin, end - begin));
  if (document.ends_with(';')) {
    document.remove_suffix(1);
  }
  const std::unique_ptr<FileContent> content = content_from_string(document);
  Source inside = source;
  inside.content = content.get();
  const Format format = is_flow ? lighthouse_flow_format() : lighthouse_format();
  return format.collect(inside, context, input, facts);
}

}  // namespace

Format lighthouse_page_format() {
  Format format{"lighthouse-page", {"lighthouse."}, recognises, collect};
  format.page =
      "Lighthouse's report as an HTML page (`--output=html`), of one run or of a user flow: the result is in it.";
  format.copy_is_same_run = true;
  return format;
}

}  // namespace budgetcheck
