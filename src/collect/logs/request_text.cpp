#include "collect/logs/request_text.h"

#include <string>

#include "base/text.h"
#include "collect/logs/common_log.h"
#include "collect/logs/load_balancer_log.h"
#include "collect/logs/wrapped_line.h"
#include "collect/text/first_lines.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::size_t kSniffText = 20;

}  // namespace

AccessRecord RequestText::read(std::string_view line, bool& is_comment) {
  is_comment = false;
  AccessRecord record = read_common_log(line);
  if (record.kind == Kind::kNone) {
    record = read_load_balancer_log(line);
  }
  return record.kind == Kind::kNone ? w3c_.read(line, is_comment) : record;
}

bool has_text_requests(std::string_view head) {
  std::size_t lines = 0;
  std::size_t requests = 0;
  RequestText text;
  std::string buffer;
  for (FirstLines first(head); lines < kSniffText && first.next();) {
    if (!first.ended() && lines > 0) {
      break;  // cut off, perhaps
    }
    const std::string_view line = trim(unwrapped_line(first.guarded(), buffer));
    if (!line.empty()) {
      bool is_comment = false;
      requests += text.read(line, is_comment).kind != Kind::kNone ? 1U : 0U;
      lines += is_comment ? 0U : 1U;
    }
  }
  return requests > 0 && 2 * requests >= lines;
}

}  // namespace budgetcheck
