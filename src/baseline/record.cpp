#include "baseline/record.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "baseline/repository.h"
#include "json/stream/select.h"
#include "json/writer.h"

namespace budgetcheck {
namespace {

using json::Value;

constexpr double kVersion = 1;
constexpr std::size_t kMaxApps = 1000;
constexpr std::size_t kMaxParents = 64;

using Fault = RecordFault;

tl::unexpected<Fault> fault(Fault::Kind kind, std::string message) {
  return tl::unexpected<Fault>(Fault{kind, std::move(message)});
}

tl::unexpected<Fault> wrong_type(std::string_view key) {
  return fault(Fault::Kind::kDamaged, fmt::format("are damaged: '{}' has the wrong type", key));
}

/// False: the key is there and is not a text.
bool read_text(const Value& document, std::string_view key, std::string& out) {
  const Value* value = document.find(key);
  if (value == nullptr) {
    return true;
  }
  if (value->string() == nullptr) {
    return false;
  }
  out = *value->string();
  return true;
}

bool read_parents(const Value& document, std::vector<std::string>& out) {
  const Value* parents = document.find("parents");
  if (parents == nullptr) {
    return true;
  }
  if (parents->array() == nullptr || parents->array()->size() > kMaxParents) {
    return false;
  }
  for (const Value& parent : *parents->array()) {
    if (parent.string() == nullptr || !is_commit_id(*parent.string())) {
      return false;
    }
    out.push_back(*parent.string());
  }
  return true;
}

tl::expected<Value, Fault> parse(const std::string& text) {
  const std::string_view begin = trim(std::string_view(text).substr(0, 64));
  if (text.size() > kMaxRecordBytes) {
    return fault(Fault::Kind::kDamaged, fmt::format("are larger than {} MiB", kMaxRecordBytes >> 20));
  }
  if (!begin.starts_with('{')) {
    return fault(Fault::Kind::kNotOurs, "are a note that budgetcheck did not write");
  }
  json::Selector everything;
  everything.keep("*");
  Expected<Value> document = json::select_text("note", text, everything);
  if (!document) {
    return fault(Fault::Kind::kDamaged, "are damaged: " + printable(document.error().message));
  }
  const Value* version = document->find("v");
  if (version == nullptr || document->find("apps") == nullptr) {
    return fault(Fault::Kind::kNotOurs, "are a note that budgetcheck did not write");
  }
  if (version->number() == nullptr) {
    return wrong_type("v");
  }
  if (*version->number() > kVersion) {
    return fault(Fault::Kind::kNewer, "were written by a newer budgetcheck");
  }
  if (*version->number() != kVersion) {
    return fault(Fault::Kind::kDamaged, "are of a version that does not exist");
  }
  return std::move(*document);
}

}  // namespace

const Value* Record::find(std::string_view app) const {
  const auto found = std::find_if(apps.begin(), apps.end(), [&](const auto& entry) { return entry.first == app; });
  return found == apps.end() ? nullptr : &found->second;
}

void Record::set(const std::string& app, Value document) {
  const auto at = std::lower_bound(apps.begin(), apps.end(), app,
                                   [](const auto& entry, const std::string& name) { return entry.first < name; });
  if (at != apps.end() && at->first == app) {
    at->second = std::move(document);
  } else {
    apps.emplace(at, app, std::move(document));
  }
}

tl::expected<Record, Fault> read_record(const std::string& text, const std::string& commit) {
  tl::expected<Value, Fault> document = parse(text);
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  Record record;
  for (const auto& [key, to] : {std::pair<std::string_view, std::string*>{"commit", &record.commit},
                                {"previous", &record.previous},
                                {"time", &record.time},
                                {"branch", &record.branch}}) {
    if (!read_text(*document, key, *to)) {
      return wrong_type(key);
    }
  }
  if (record.commit != commit) {
    return fault(Fault::Kind::kDamaged,
                 fmt::format("are not trusted: the note says that it is of {}, so it was edited or copied",
                             (is_commit_id(record.commit) ? short_id(record.commit) : "no commit")));
  }
  if (!read_parents(*document, record.parents)) {
    return wrong_type("parents");
  }
  if (!record.previous.empty() && !is_commit_id(record.previous)) {
    return wrong_type("previous");
  }
  if (const Value* tool = document->find("tool"); tool != nullptr) {
    record.tool_version = tool->string_or("version", "");
  }
  const Value* apps = document->find("apps");
  if (!apps->is_object() || apps->object()->size() > kMaxApps) {
    return wrong_type("apps");
  }
  for (const json::Member& member : *apps->object()) {
    if (!member.value.is_object()) {
      return wrong_type("apps/" + printable(member.key));
    }
    record.set(member.key, member.value);
  }
  return record;
}

std::optional<std::string> read_record_time(const std::string& text, const std::string& commit) {
  json::Selector wanted;
  wanted.keep("v").keep("commit").keep("time").keep("apps/no application is called like this");
  const Expected<Value> document = json::select_text("note", text, wanted);
  if (!document || document->find("apps") == nullptr || document->string_or("commit", "") != commit) {
    return std::nullopt;
  }
  const Value* version = document->find("v");
  const bool ours = version != nullptr && version->number() != nullptr && *version->number() == kVersion;
  return ours ? std::optional<std::string>(document->string_or("time", "")) : std::nullopt;
}

std::string write_record(const Record& record) {
  json::Writer writer;
  writer.begin_object();
  writer.member("v", kVersion).member("commit", record.commit);
  writer.key("parents").begin_array();
  for (const std::string& parent : record.parents) {
    writer.string(parent);
  }
  writer.end_array();
  if (!record.previous.empty()) {
    writer.member("previous", record.previous);
  }
  writer.member("time", record.time);
  if (!record.branch.empty()) {
    writer.member("branch", record.branch);
  }
  writer.key("tool").begin_object().member("name", "budgetcheck").member("version", record.tool_version).end_object();
  writer.key("apps").begin_object();
  for (const auto& [name, document] : record.apps) {
    writer.key(name).value(document);
  }
  writer.end_object();
  writer.end_object();
  return writer.take();
}

tl::expected<StoredRecord, std::string> read_stored(const Record& record, const std::string& app) {
  const Value* document = record.find(app);
  if (document == nullptr) {
    return tl::unexpected<std::string>(fmt::format("contain nothing of the application '{}'", printable(app)));
  }
  StoredRecord out;
  ExpectedAll<Results> results = read_results("note of " + short_id(record.commit), json::to_json(*document));
  if (!results) {
    return tl::unexpected<std::string>("are damaged: " + printable(results.error().empty()
                                                                       ? std::string("no reason given")
                                                                       : results.error().front().message));
  }
  out.commit = record.commit;
  out.parents = record.parents;
  out.branch = record.branch;
  out.outcome = document->string_or("outcome", "");
  out.verdicts = read_verdicts(*document);
  out.results = std::move(*results);
  out.results.app = app;
  out.results.commit = record.commit;
  out.results.parents = record.parents;
  if (out.results.measured_at.empty()) {
    out.results.measured_at = record.time;
  }
  return out;
}

}  // namespace budgetcheck
