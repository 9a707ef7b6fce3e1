#include "collect/load_test/result_documents.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/text.h"
#include "collect/text/text_lines.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMost = 1'000;

tl::unexpected<Error> too_many(const Source& source) {
  return fail(ErrorKind::kInput, fmt::format("it holds more than {} results", kMost), Location::of(source.path),
              "write the results of each run to a file of its own");
}

/// Whether each line is a document: the first one is whole, and another follows.
bool is_lines(const FileContent& content) {
  const json::Selector nothing;
  std::size_t whole = 0;
  for (TextLines lines(content); lines.next();) {
    const std::string line(trim(lines.line()));
    if (line.empty()) {
      continue;
    }
    if (whole > 0) {
      return line.starts_with('{');
    }
    if (lines.too_long() || !line.starts_with('{') || !json::select_text("", line, nothing)) {
      return false;
    }
    ++whole;
  }
  return false;
}

Expected<ResultDocuments> read_lines(const Source& source, const json::Selector& wanted) {
  ResultDocuments documents;
  std::optional<Error> broken;
  std::string line;
  for (TextLines lines(*source.content); lines.next();) {
    line.assign(trim(lines.line()));
    if (line.empty()) {
      continue;
    }
    if (broken) {
      return tl::unexpected(*broken);
    }
    Expected<json::Value> value = json::select_text(source.path, line, wanted);
    if (lines.too_long() || !value) {
      broken = value ? Error{ErrorKind::kInput, "the line is too long", {}, {}, {}} : value.error();
      broken->location = Location{source.path, lines.number(), 0, {}};
      continue;
    }
    if (documents.all.size() >= kMost) {
      return too_many(source);
    }
    value->offset = lines.begin();
    documents.all.push_back({std::move(*value), fmt::format("/line {}", lines.number())});
  }
  if (broken) {  // in the last line
    documents.broken_off = fmt::format("line {} is not whole, so a run is missing", broken->location.line);
  }
  return documents;
}

}  // namespace

Expected<ResultDocuments> read_result_documents(const Source& source, const std::vector<std::string_view>& paths) {
  const std::string_view head = trim(source.content->bytes().substr(0, 64));
  const bool is_list = head.find('[') < head.find('{');
  json::Selector wanted;
  for (const std::string_view path : paths) {
    wanted.keep((is_list ? "*/" : "") + std::string(path));
  }
  if (!is_list && is_lines(*source.content)) {
    return read_lines(source, wanted);
  }
  Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  ResultDocuments documents;
  if (json::Array* list = document->array()) {
    if (list->size() > kMost) {
      return too_many(source);
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      documents.all.push_back({std::move((*list)[i]), fmt::format("/{}", i)});
    }
  } else {
    documents.all.push_back({std::move(*document), {}});
  }
  return documents;
}

}  // namespace budgetcheck
