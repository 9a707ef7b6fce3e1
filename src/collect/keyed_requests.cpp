#include "collect/keyed_requests.h"

#include <utility>

#include "base/text.h"
#include "collect/capture/har_keys.h"
#include "collect/format.h"
#include "collect/logs/keys/keyed_lines.h"
#include "collect/recognise.h"
#include "collect/unpack.h"

namespace budgetcheck {

Expected<KeyedCounts> read_keyed_requests(const FileSystem& files, const std::string& path, const KeyPlace& key,
                                          const KeyPlace& plan, const TakeKeyedRequest& take) {
  auto opened = files.open(path);
  if (!opened) {
    return tl::unexpected(opened.error());
  }
  const auto content = unpack(path, std::move(*opened));
  if (!content) {
    return tl::unexpected(content.error());
  }
  Sniff seen;
  const Format* format = recognise(formats(), path, **content, seen);
  Expected<KeyedCounts> counts = format != nullptr && format->name == "har"
                                     ? read_keyed_har(path, **content, key, plan, take)
                                     : Expected<KeyedCounts>(read_keyed_lines(**content, key, plan, take));
  if (counts && counts->requests == 0) {
    return fail(ErrorKind::kInput, "it holds no requests", Location::of(path),
                "pass an access log (docs/inputs.md says in which forms), or a HAR capture");
  }
  return counts;
}

}  // namespace budgetcheck
