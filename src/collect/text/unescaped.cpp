#include "collect/text/unescaped.h"

#include "json/scan/escapes.h"

namespace budgetcheck {

std::string unescaped(std::string_view raw) {
  std::string text;
  if (raw.find('\\') == std::string_view::npos || !json::unescape(raw, text)) {
    text = raw;
  }
  return text;
}

}  // namespace budgetcheck
