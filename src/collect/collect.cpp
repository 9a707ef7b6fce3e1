#include "collect/collect.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/append.h"
#include "base/glob.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/bundle/asset_files.h"
#include "collect/lighthouse/ci_folder.h"
#include "collect/logs/json_lines.h"
#include "collect/other_output.h"
#include "json/stream/sax.h"
#include "query/prisma/prisma_schema.h"

namespace budgetcheck {
namespace {

struct Planned {
  std::string disk_path;
  const InputSpec* spec;
};

Input missing_input(const FileSystem& files, const InputSpec& spec) {
  Input input;
  input.path = join_path(spec.folder, spec.path);
  input.state = InputState::kUnreadable;
  if (is_glob(spec.path)) {
    input.message = "no file matches this pattern";
  } else if (files.kind(input.path) == FileKind::kDirectory) {
    input.message = "a folder, not a file";
    input.hint = "name the files in it, for example '" + printable(input.path) + "/*.json'";
    return input;
  } else {
    input.message = "there is no such file";
  }
  input.hint = "check the path and the step that writes it";
  if (!spec.location.file.empty() && !spec.table_rows) {
    input.hint += ", or mark the input optional: true";
  }
  return input;
}

/// Puts the results in the place of a manifest that names them.
void expand_manifests(const FileSystem& files, std::vector<std::string>& paths) {
  std::vector<std::string> expanded;
  for (std::string& path : paths) {
    std::vector<std::string> results = lighthouse_manifest_results(files, path);
    if (results.empty()) {
      expanded.push_back(std::move(path));
    } else {
      append_to(expanded, std::move(results));
    }
  }
  paths = std::move(expanded);
}

std::vector<Planned> plan(const FileSystem& files, const std::vector<InputSpec>& specs, AssetFiles& assets,
                          Facts& facts) {
  std::vector<Planned> planned;
  std::map<std::string, std::size_t> by_path;
  for (const InputSpec& spec : specs) {
    std::vector<std::string> paths =
        spec.path == "-" ? std::vector<std::string>{"-"} : expand_path_glob(files, spec.folder, spec.path);
    if (paths.empty() && !is_glob(spec.path) && files.kind(join_path(spec.folder, spec.path)) == FileKind::kOther) {
      paths.push_back(join_path(spec.folder, spec.path));  // a pipe, such as <(command)
    }
    const bool has_own_format = spec.table_rows || spec.fields.any() || spec.path == "-";
    if (!has_own_format && assets.take(spec, paths) && paths.empty()) {
      continue;
    }
    const std::string folder = join_path(spec.folder, spec.path);
    if (!has_own_format && paths.empty() && !is_glob(spec.path) && files.kind(folder) == FileKind::kDirectory) {
      if (std::string document = next_document(files, folder); !document.empty()) {
        paths.push_back(std::move(document));
      } else if (paths = lighthouse_ci_results(files, folder); !paths.empty()) {
        // the results of `lhci collect`
      } else if (assets.take_folder(files, spec)) {
        continue;
      }
    }
    expand_manifests(files, paths);
    if (paths.empty() && spec.optional) {
      facts.notes.push_back("optional input '" + printable(join_path(spec.folder, spec.path)) + "': no file");
    } else if (paths.empty()) {
      facts.inputs.push_back(missing_input(files, spec));
    }
    for (std::string& path : paths) {
      const auto [at, is_new] = by_path.try_emplace(path, planned.size());
      if (is_new) {
        planned.push_back({std::move(path), &spec});
      } else if (spec.table_rows || (is_glob(planned[at->second].spec->path) && !is_glob(spec.path))) {
        planned[at->second].spec = &spec;
      }
    }
  }
  return planned;
}

const Format* format_named(std::string_view name) {
  const auto found =
      std::find_if(formats().begin(), formats().end(), [&](const Format& format) { return format.name == name; });
  return found == formats().end() ? nullptr : &*found;
}

/// The format that is said and not recognised: of files whose fields the budgets file names (names of their own tell
/// nothing to a recogniser), and of table sizes.
const Format* said_format(const InputSpec& spec) {
  if (spec.table_rows) {
    return format_named("table-rows");
  }
  return spec.fields.any() ? format_named(kMappedFormat) : nullptr;
}

const Format* recognise(const std::string& path, const FileContent& content, std::vector<std::string>& top_keys,
                        bool& is_lines) {
  for (const bool whole : {false, true}) {
    const Sniff seen = sniff(path, content, whole);
    for (const Format& format : formats()) {
      if (format.recognises(seen)) {
        return &format;
      }
    }
    top_keys = seen.top_keys;
    is_lines = seen.is_lines;
    if (content.bytes().size() <= seen.head.size()) {
      break;
    }
  }
  return nullptr;
}

constexpr std::string_view kWhatIsRead =
    "give the JSON that one of these writes: Lighthouse (--output=json, or the folder .lighthouseci), webpack or "
    "rspack (--json), esbuild "
    "(--metafile), "
    "Vite (build.manifest), rollup-plugin-visualizer (raw-data), Next.js (.next), webpack-bundle-analyzer (json), a "
    "HAR "
    "capture, curl's -w '%{json}' lines, an access log, "
    "Prisma's queries logged as one JSON object a line or on the console, OTLP spans, PostgreSQL's log with "
    "auto_explain, "
    "a slow-query log, pg_stat_statements, or a samples file (budgetcheck schema results)";
constexpr std::string_view kWriteAgain = "run the step that writes it again, and let it end before the gate reads it";

constexpr std::size_t kLooked = 4096;
constexpr std::string_view kLogHint =
    "if this is a program's log, let it write Prisma's queries: as lines that begin with 'prisma:query' with log: "
    "['query'], or better as JSON with what they belong to, with prisma.$on('query', (e) => logger.info({ query: "
    "e.query, params: e.params, duration: e.duration, reqId, route }))";

/// Text of another kind, such as a console log, and not JSON that was cut off or garbled on its way.
bool is_plain_text(std::string_view bytes) {
  const std::string_view text = trim(bytes.substr(0, kLooked));
  const bool is_binary = text.find('\0') != std::string_view::npos;
  return !text.empty() && !is_binary && text.front() > ' ' && text.front() < '\x7f' && text.front() != '{' &&
         text.front() != '[';
}

/// Says why a file is of no known format: broken JSON with its place, or which keys were found instead.
void explain_unknown(const FileContent& content, const std::vector<std::string>& top_keys, bool is_lines,
                     Input& input) {
  class Nothing final : public json::Events {
   public:
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number(double /*value*/) override { return true; }
    bool string(std::string_view /*value*/) override { return true; }
    bool key(std::string_view /*name*/) override { return true; }
    bool begin_object() override { return true; }
    bool end_object() override { return true; }
    bool begin_array() override { return true; }
    bool end_array() override { return true; }
  };
  input.state = InputState::kUnreadable;
  input.hint = kWhatIsRead;
  constexpr std::size_t kHead = std::size_t{64} << 10;
  if (const std::optional<OtherOutput> other = other_output(content.bytes().substr(0, kHead))) {
    input.message = other->what;
    input.hint = other->give;
    return;
  }
  if (is_lines) {
    input.message = "lines of JSON, and none of the first holds a query or a request";
    input.hint =
        "log Prisma's queries with the request they belong to: prisma.$on('query', (e) => logger.info({ "
        "query: e.query, params: e.params, duration: e.duration, reqId, route }))";
    return;
  }
  Nothing events;
  const Expected<void> parsed = json::parse(input.path, content, events);
  if (!parsed) {
    const Location& at = parsed.error().location;
    if (is_plain_text(content.bytes())) {
      input.message = "text that is not JSON";
      if (!trim(content.bytes().substr(0, kLooked)).starts_with('<')) {
        input.message += ", and no line near its beginning is a query that Prisma logged";
        input.hint = std::string(kLogHint) + ". Otherwise " + input.hint;
      }
      return;
    }
    input.message = parsed.error().message;
    input.hint = kWriteAgain;
    if (at.line != 0) {
      input.message += " (line " + std::to_string(at.line) + ", column " + std::to_string(at.column) + ")";
    }
    return;
  }
  constexpr std::size_t kShown = 6;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(kShown, top_keys.size()); ++i) {
    shown.push_back("'" + shorten(printable(top_keys[i]), 40) + "'");
  }
  input.message =
      shown.empty() ? "JSON of no known format" : "JSON of no known format, with the keys " + join(shown, ", ");
}

/// The schemas that query logs name, each read once. One that cannot be read is an input that could not be.
class Schemas {
 public:
  explicit Schemas(const FileSystem& files) : files_(files) {}

  /// Sets the number and the database of the schema at `source.schema`.
  void find(Source& source, Facts& facts) {
    if (source.schema.empty()) {
      return;
    }
    const auto [known, is_new] = numbers_.try_emplace(source.schema, QueryLog::kNoSchema);
    if (is_new) {
      known->second = read(source.schema, facts);
    }
    source.schema_number = known->second;
    if (known->second != QueryLog::kNoSchema) {
      source.database = facts.queries.schemas[known->second].kind;
      source.tables = &facts.queries.schemas[known->second];
    }
  }

 private:
  std::uint32_t read(const std::string& path, Facts& facts) {
    Input input;
    input.path = path;
    input.format = "prisma-schema";
    input.bytes = files_.size(path);
    ExpectedAll<DatabaseSchema> schema = read_prisma_schema(files_, path);
    if (!schema) {
      input.state = InputState::kUnreadable;
      describe(schema.error(), input);
      facts.inputs.push_back(std::move(input));
      return QueryLog::kNoSchema;
    }
    facts.inputs.push_back(std::move(input));
    append_to(facts.notes, std::move(schema->remarks));
    facts.queries.schemas.push_back(std::move(*schema));
    return static_cast<std::uint32_t>(facts.queries.schemas.size() - 1);
  }

  static void describe(const Errors& errors, Input& input) {
    constexpr std::size_t kShown = 10;
    std::vector<std::string> shown;
    for (const Error& error : errors) {
      if (shown.size() == kShown) {
        shown.push_back(std::to_string(errors.size() - kShown) + " more");
        break;
      }
      const Location& at = error.location;
      const std::string place = at.line == 0 ? std::string()
                                             : (at.file == input.path ? "line " : printable(at.file) + ":") +
                                                   std::to_string(at.line) +
                                                   (at.column == 0 ? "" : ":" + std::to_string(at.column)) + ": ";
      shown.push_back(place + error.message);
    }
    input.message = join(shown, "; ");
    input.hint = errors.empty() || errors.front().hint.empty() ? "npx prisma validate shows the same file's errors"
                                                               : errors.front().hint;
  }

  const FileSystem& files_;
  std::map<std::string, std::uint32_t> numbers_;
};

/// Results of Lighthouse are runs of one page: a copy under another name would count as a further run.
class Copies {
 public:
  /// The path of an equal file that was read before; empty: there was none, and this one is remembered.
  std::string first_of(const std::string& format, const std::string& path, std::string_view bytes) {
    if (!format.starts_with("lighthouse")) {
      return {};
    }
    const auto [known, is_new] = paths_.try_emplace({bytes.size(), hash64(bytes)}, path);
    return is_new ? std::string() : known->second;
  }

 private:
  std::map<std::pair<std::size_t, std::uint64_t>, std::string> paths_;
};

void read_one(const FileSystem& files, const Planned& planned, const CollectContext& context, Schemas& schemas,
              Copies& copies, Facts& facts) {
  Input input;
  input.path = planned.disk_path == "-" ? "standard input" : planned.disk_path;
  Expected<std::unique_ptr<FileContent>> content = files.open(planned.disk_path);
  if (!content) {
    input.state = InputState::kUnreadable;
    input.message = content.error().message;
    input.hint = content.error().hint;
    facts.inputs.push_back(std::move(input));
    return;
  }
  input.bytes = (*content)->bytes().size();
  std::vector<std::string> top_keys;
  bool is_lines = false;
  const Format* format = said_format(*planned.spec);
  format = format != nullptr ? format : recognise(input.path, **content, top_keys, is_lines);
  if (format == nullptr) {
    explain_unknown(**content, top_keys, is_lines, input);
    facts.inputs.push_back(std::move(input));
    return;
  }
  input.format = format->name;
  for (const std::string_view family : format->families) {
    input.families.emplace_back(family);
  }
  if (const std::string first = copies.first_of(input.format, input.path, (*content)->bytes()); !first.empty()) {
    input.message = "the same as '" + printable(first) + "', so it is no further run";
    facts.inputs.push_back(std::move(input));
    return;
  }
  const InputSpec& spec = *planned.spec;
  Source source{input.path, planned.disk_path, content->get(),
                spec.root.empty() ? std::string() : join_path(spec.folder, spec.root),
                spec.schema.empty() ? std::string() : join_path(spec.folder, spec.schema)};
  if (std::find(format->families.begin(), format->families.end(), "queries.") != format->families.end()) {
    schemas.find(source, facts);
  }
  source.precompressed = spec.precompressed;
  source.fields = spec.fields;
  Facts found;
  const Expected<void> collected = format->collect(source, context, input, found);
  if (!collected) {
    input.state = InputState::kUnreadable;
    input.message = collected.error().message;
    input.hint = collected.error().hint.empty() ? kWriteAgain : collected.error().hint;
    const Location& at = collected.error().location;
    if (at.line != 0) {
      input.message +=
          " (line " + std::to_string(at.line) + (at.column == 0 ? "" : ", column " + std::to_string(at.column)) + ")";
    }
  } else if (!(*content)->unchanged()) {
    input.state = InputState::kUnreadable;
    input.message = "the file changed while it was read";
    input.hint = "run the gate after the step that writes it has ended";
  } else {
    facts.append(std::move(found));
  }
  facts.inputs.push_back(std::move(input));
}

/// That a log of requests holds no queries is worth a word only where no other log has them.
void forget_missing_queries(Facts& facts) {
  std::erase_if(facts.unmeasured, [&](const Unmeasured& gap) {
    return gap.metric == "queries." && std::any_of(facts.inputs.begin(), facts.inputs.end(), [&](const Input& input) {
             return input.format == "access-log" && input.path == gap.location.file;
           });
  });
}

}  // namespace

Facts collect(const FileSystem& files, const std::vector<InputSpec>& inputs, const std::vector<std::string>& routes,
              const CollectOptions& options) {
  Facts facts;
  const RouteTable route_table(routes);
  const CollectContext context{&files, &route_table, options.brotli, options.sizes};
  Schemas schemas(files);
  Copies copies;
  AssetFiles assets;
  for (const Planned& planned : plan(files, inputs, assets, facts)) {
    read_one(files, planned, context, schemas, copies, facts);
  }
  if (!assets.empty()) {
    assets.collect(context, facts);
  }
  if (!facts.queries.logs.empty()) {
    forget_missing_queries(facts);
  }
  check_lighthouse_ci_notes(facts.inputs);
  merge_samples(facts);
  merge_parts(facts.parts);
  return facts;
}

}  // namespace budgetcheck
