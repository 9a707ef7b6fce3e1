#include "collect/collect.h"

#include <fmt/format.h>

#include <map>

#include "base/hash.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/leading_text.h"
#include "collect/merge_samples.h"
#include "collect/plan.h"
#include "collect/recognise.h"
#include "collect/unpack.h"

namespace budgetcheck {
namespace {

/// Files whose copies under another name are not other runs.
class Copies {
 public:
  /// The path of an equal file that was read before; empty: there was none, and this one is remembered.
  std::string first_of(const std::string& path, std::string_view bytes) {
    const auto [known, is_new] = paths_.try_emplace({bytes.size(), hash64(bytes)}, path);
    return is_new ? std::string() : known->second;
  }

 private:
  std::map<std::pair<std::size_t, std::uint64_t>, std::string> paths_;
};

class Collector {
 public:
  Collector(const CollectContext& context, const std::vector<Format>& table, Facts& facts)
      : context_(context), table_(table), facts_(facts) {}

  void read(const Plan::File& file) {
    Input input;
    input.path = file.disk_path == "-" ? "standard input" : file.disk_path;
    read(file, input);
    facts_.inputs.push_back(std::move(input));
  }

 private:
  void read(const Plan::File& file, Input& input) {
    Expected<std::unique_ptr<FileContent>> content = context_.files->open(file.disk_path);
    content = content ? unpack(input.path, std::move(*content)) : std::move(content);
    if (!content) {
      describe_unreadable(content.error(), {}, input);
      return;
    }
    input.bytes = (*content)->bytes().size();
    Sniff seen;
    const Format* format = named_format(table_, file.spec->settings);
    format = format != nullptr ? format : recognise(table_, input.path, **content, seen);
    const FileContent* document = content->get();
    std::optional<LateDocument> late;
    if (format == nullptr) {
      Sniff seen_late;
      late = document_behind_text(input.path, **content);
      format = late ? recognise(table_, input.path, *late->content, seen_late) : nullptr;
      if (format == nullptr) {
        explain_unknown(table_, **content, std::move(seen), input);
        return;
      }
      document = late->content.get();
      input.message = fmt::format("its JSON begins in line {}; what is printed before it was passed over", late->line);
    }
    input.format = format->name;
    input.families.assign(format->families.begin(), format->families.end());
    input.feeds = format->feeds;
    if (format->copy_is_same_run) {
      if (const std::string first = copies_.first_of(input.path, document->bytes()); !first.empty()) {
        input.message = fmt::format("the same as '{}', so it is not another run", printable(first));
        return;
      }
    }
    read(*format, {input.path, file.disk_path, document, file.spec->settings}, input);
  }

  void read(const Format& format, const Source& source, Input& input) {
    if (format.prepare != nullptr) {
      format.prepare(source, *context_.files, facts_);
    }
    Facts found;
    const Expected<void> collected = format.collect(source, context_, input, found);
    if (!collected) {
      describe_unreadable(collected.error(), kWriteAgain, input);
    } else if (!source.content->unchanged()) {
      input.state = InputState::kUnreadable;
      input.message = "the file changed while it was read";
      input.hint = "run the gate after the step that writes it has ended";
    } else {
      facts_.append(std::move(found));
    }
  }

  const CollectContext& context_;
  const std::vector<Format>& table_;
  Facts& facts_;
  Copies copies_;
};

}  // namespace

Facts collect(const FileSystem& files, const std::vector<InputSpec>& inputs, const std::vector<std::string>& routes,
              const CollectOptions& options, const std::vector<Format>& table) {
  Facts facts;
  const RouteTable route_table(routes, options.route_names);
  CollectContext context;
  context.files = &files;
  context.routes = &route_table;
  context.wishes = options.wishes;
  context.sizes = options.sizes;
  context.before = &facts;
  const Plan plan = plan_inputs(files, inputs, table, facts);
  Collector collector(context, table, facts);
  for (const Plan::File& file : plan.files) {
    collector.read(file);
  }
  for (const std::unique_ptr<FileGroup>& group : plan.groups) {
    group->collect(context, facts);
  }
  for (const Format& format : table) {
    if (format.finish != nullptr) {
      format.finish(facts);
    }
  }
  merge_samples(facts);
  merge_parts(facts.parts);
  return facts;
}

}  // namespace budgetcheck
