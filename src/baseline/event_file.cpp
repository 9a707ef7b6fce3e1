#include "baseline/event_file.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/text.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

/// GitHub's own limit of a payload is 25 MB.
constexpr std::uint64_t kMaxEventBytes = std::uint64_t{32} << 20;

tl::unexpected<Error> unread(const std::string& why) {
  Error error;
  error.message = "the event of this run (GITHUB_EVENT_PATH) was not read: " + why;
  return tl::unexpected(std::move(error));
}

}  // namespace

Expected<json::Value> read_event_file(const FileSystem& files, const std::string& path,
                                      std::initializer_list<std::string_view> wanted) {
  if (files.size(path) > kMaxEventBytes) {
    return unread(fmt::format("it is larger than {} MiB", kMaxEventBytes >> 20));
  }
  const auto content = files.open(path);
  if (!content) {
    return unread(printable(content.error().message));
  }
  json::Selector selector;
  for (const std::string_view part : wanted) {
    selector.keep(std::string(part));
  }
  Expected<json::Value> event = json::select(path, **content, selector);
  if (!event) {
    return unread(printable(event.error().message));
  }
  return event;
}

}  // namespace budgetcheck
