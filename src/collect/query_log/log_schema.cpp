#include "collect/query_log/log_schema.h"

#include <fmt/format.h>

#include "base/append.h"
#include "base/text.h"
#include "query/prisma/prisma_schema.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kSetting = "schema";
constexpr std::string_view kFormat = "prisma-schema";

std::string place_of(const Location& at, const std::string& path) {
  if (at.line == 0) {
    return {};
  }
  const std::string file = at.file == path ? "line " : printable(at.file) + ":";
  return at.column == 0 ? fmt::format("{}{}: ", file, at.line) : fmt::format("{}{}:{}: ", file, at.line, at.column);
}

void describe(const Errors& errors, Input& input) {
  constexpr std::size_t kShown = 10;
  std::vector<std::string> shown;
  for (const Error& error : errors) {
    if (shown.size() == kShown) {
      shown.push_back(fmt::format("{} more", errors.size() - kShown));
      break;
    }
    shown.push_back(place_of(error.location, input.path) + error.message);
  }
  input.state = InputState::kUnreadable;
  input.message = join(shown, "; ");
  input.hint = errors.empty() || errors.front().hint.empty() ? "npx prisma validate shows the same file's errors"
                                                             : errors.front().hint;
}

/// The number of the schema at `path` among those that were read. Nothing: it was not read; kNoSchema: it could not be.
std::optional<std::uint32_t> number_of(const std::string& path, const std::vector<Input>& inputs) {
  std::uint32_t number = 0;
  for (const Input& input : inputs) {
    if (input.format != kFormat) {
      continue;
    }
    const bool is_read = input.state == InputState::kRead;
    if (input.path == path) {
      return is_read ? number : QueryLog::kNoSchema;
    }
    number += is_read ? 1U : 0U;
  }
  return std::nullopt;
}

}  // namespace

void read_log_schema(const Source& source, const FileSystem& files, Facts& facts) {
  Input input;
  input.path = source.settings.path(kSetting);
  if (input.path.empty() || number_of(input.path, facts.inputs)) {
    return;
  }
  input.format = kFormat;
  input.feeds = {FactKind::kAccessPaths};
  input.bytes = files.size(input.path);
  ExpectedAll<DatabaseSchema> schema = read_prisma_schema(files, input.path);
  if (schema) {
    append_to(facts.notes, std::move(schema->remarks));
    facts.queries.schemas.push_back(std::move(*schema));
  } else {
    describe(schema.error(), input);
  }
  facts.inputs.push_back(std::move(input));
}

LogSchema schema_of(const Source& source, const CollectContext& context) {
  const std::string path = source.settings.path(kSetting);
  if (path.empty() || context.before == nullptr) {
    return {};
  }
  const std::uint32_t number = number_of(path, context.before->inputs).value_or(QueryLog::kNoSchema);
  const std::vector<DatabaseSchema>& schemas = context.before->queries.schemas;
  return number < schemas.size() ? LogSchema{number, &schemas[number]} : LogSchema{};
}

}  // namespace budgetcheck
