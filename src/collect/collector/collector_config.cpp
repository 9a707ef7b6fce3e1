#include "collect/collector/collector_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "collect/account.h"
#include "collect/collector/endpoints.h"
#include "collect/collector/sampling_policies.h"
#include "collect/collector/settings.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

using collector::entries_of;
using collector::is_variable;
using collector::place_of;
using collector::text_of;
using collector::truth_of;
using Kind = CollectorPart::Kind;

/// More than anybody writes, and few enough to be compared with each other.
constexpr std::size_t kMaxPipelines = 200;
constexpr std::size_t kMaxParts = 2'000;
constexpr std::size_t kMaxName = 200;

struct Room {
  std::string_view key;  ///< at the top of the file
  Kind kind;
  std::string_view word;
};
constexpr std::array<Room, 5> kRooms{{{"receivers", Kind::kReceiver, "receiver"},
                                      {"processors", Kind::kProcessor, "processor"},
                                      {"exporters", Kind::kExporter, "exporter"},
                                      {"connectors", Kind::kConnector, "connector"},
                                      {"extensions", Kind::kExtension, "extension"}}};

const json::Value& member_of(const json::Value& object, std::string_view key) {
  static const json::Value kNothing;
  const json::Value* found = object.find(key);
  return found == nullptr ? kNothing : *found;
}

std::string name_of(std::string_view text) { return shorten(printable(trim(text)), kMaxName); }

/// Every text in `value` that is one of `names`.
void texts_among(const json::Value& value, const std::set<std::string>& names, std::set<std::string>& found) {
  if (const std::string* text = value.string()) {
    if (names.contains(*text)) {
      found.insert(*text);
    }
  } else if (const json::Array* entries = value.array()) {
    for (const json::Value& entry : *entries) {
      texts_among(entry, names, found);
    }
  } else if (const json::Object* members = value.object()) {
    for (const json::Member& member : *members) {
      texts_among(member.value, names, found);
    }
  }
}

class ConfigReader {
 public:
  ConfigReader(const std::string& file, const json::Value& document, const Telemetry* telemetry)
      : file_(file), document_(document) {
    config_.input = file;
    if (telemetry != nullptr && telemetry->sampling) {
      const Sampling& sampling = *telemetry->sampling;
      const auto part = [](const std::optional<double>& percent) {
        return percent ? std::optional(*percent / 100) : std::nullopt;
      };
      config_.agreed = AgreedSampling{sampling.keep_errors, sampling.keep_slower_than_ms,
                                      part(sampling.baseline_min_percent), part(sampling.baseline_max_percent)};
    }
  }

  void read() {
    read_pipelines();
    read_parts();
    mark_extensions();
  }

  const std::vector<std::string>& undefined() const { return undefined_; }
  bool has_variables() const {
    return std::any_of(config_.pipelines.begin(), config_.pipelines.end(),
                       [](const CollectorPipeline& pipeline) { return !pipeline.is_whole; });
  }
  CollectorConfig take() { return std::move(config_); }

 private:
  void read_pipelines() {
    const json::Object* pipelines = member_of(member_of(document_, "service"), "pipelines").object();
    if (pipelines == nullptr) {
      return;
    }
    for (const json::Member& member : *pipelines) {
      if (config_.pipelines.size() == kMaxPipelines) {
        return;
      }
      CollectorPipeline pipeline;
      pipeline.name = name_of(member.key);
      pipeline.location = place_of(file_, member.value, "processors", json::location_of(file_, member));
      pipeline.is_whole = !is_variable(member.value);
      read_names(member.value, "receivers", pipeline.receivers, pipeline);
      read_names(member.value, "processors", pipeline.processors, pipeline);
      read_names(member.value, "exporters", pipeline.exporters, pipeline);
      config_.pipelines.push_back(std::move(pipeline));
    }
  }

  void read_names(const json::Value& of, std::string_view key, std::vector<std::string>& names,
                  CollectorPipeline& pipeline) {
    const json::Value* list = of.find(key);
    if (!collector::length_of(list)) {
      pipeline.is_whole = false;
    }
    for (const json::Value& entry : entries_of(list)) {
      if (!text_of(&entry).empty()) {
        names.push_back(name_of(text_of(&entry)));
      }
    }
  }

  bool is_named(Kind kind, const std::string& name) const {
    const auto names = [&](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    return std::any_of(config_.pipelines.begin(), config_.pipelines.end(), [&](const CollectorPipeline& pipeline) {
      switch (kind) {
        case Kind::kReceiver:
          return names(pipeline.receivers);
        case Kind::kProcessor:
          return names(pipeline.processors);
        case Kind::kExporter:
          return names(pipeline.exporters);
        case Kind::kConnector:
          return names(pipeline.receivers) || names(pipeline.exporters);
        case Kind::kExtension:
          break;
      }
      return false;
    });
  }

  void read_parts() {
    for (const Room& room : kRooms) {
      const json::Value* found = document_.find(room.key);
      const json::Object* members = found == nullptr ? nullptr : found->object();
      for (const json::Member& member : members == nullptr ? json::Object() : *members) {
        if (config_.parts.size() == kMaxParts) {
          return;
        }
        CollectorPart part{room.kind, name_of(member.key), false, json::location_of(file_, member)};
        part.used = is_named(room.kind, part.name) || has_variables();
        defined_.insert({room.kind, part.name});
        if (part.used) {
          read_settings(part, *found->find(member.key));
        }
        config_.parts.push_back(std::move(part));
      }
    }
    find_undefined();
  }

  void read_settings(const CollectorPart& part, const json::Value& settings) {
    const std::string_view type = part.type();
    if (part.kind == Kind::kReceiver) {
      collector::add_open_endpoints(file_, part.name, settings, config_.open);
    } else if (part.kind == Kind::kExporter) {
      read_exporter(part, settings);
    } else if (part.kind == Kind::kProcessor && type == "redaction") {
      read_redaction(part, settings);
    } else if (part.kind == Kind::kProcessor && (type == "tail_sampling" || type == "probabilistic_sampler")) {
      const double slow_ms = config_.agreed ? config_.agreed->keep_slower_than_ms : 0;
      CollectorSampler sampler = type == "tail_sampling"
                                     ? collector::tail_sampler(file_, settings, part.location, slow_ms)
                                     : collector::probabilistic_sampler(file_, settings, part.location);
      sampler.name = part.name;
      config_.samplers.push_back(std::move(sampler));
    }
  }

  void read_exporter(const CollectorPart& part, const json::Value& settings) {
    if (part.type() != "debug" && part.type() != "logging") {
      if (auto sink = collector::insecure_sink(file_, part.name, settings, part.location)) {
        config_.insecure.push_back(std::move(*sink));
      }
      return;
    }
    std::string verbosity = lower(text_of(settings.find("verbosity")));
    // `logging` had levels before 0.76.
    if (verbosity.empty() && lower(text_of(settings.find("loglevel"))) == "debug") {
      verbosity = "detailed";
    }
    if (verbosity == "detailed" || verbosity == "normal") {
      config_.printers.push_back(
          {part.name, verbosity,
           place_of(file_, settings, "verbosity", place_of(file_, settings, "loglevel", part.location))});
    }
  }

  void read_redaction(const CollectorPart& part, const json::Value& settings) {
    CollectorRedaction redaction;
    redaction.name = part.name;
    redaction.location = part.location;
    redaction.values_location = place_of(file_, settings, "blocked_values", part.location);
    redaction.summary_location = place_of(file_, settings, "summary", part.location);
    redaction.is_verbose = lower(text_of(settings.find("summary"))) == "debug";
    const auto has_any = [&](std::string_view key) {
      const json::Value* list = settings.find(key);
      return (list != nullptr && list->is_object()) || collector::length_of(list).value_or(1) > 0;
    };
    const bool keeps_all_keys = truth_of(settings.find("allow_all_keys"), false).value_or(false);
    const bool masks_otherwise = truth_of(settings.find("redact_all_types"), false).value_or(true) &&
                                 settings.find("redact_all_types") != nullptr;
    redaction.masks_values = is_variable(settings) || !keeps_all_keys || has_any("blocked_values");
    redaction.masks_keys = has_any("blocked_key_patterns") || masks_otherwise;
    config_.redactions.push_back(std::move(redaction));
  }

  /// An extension is in use when the service lists it, or when another part names it: for authentication, storage, …
  void mark_extensions() {
    std::set<std::string> names;
    for (const CollectorPart& part : config_.parts) {
      if (part.kind == Kind::kExtension) {
        names.insert(part.name);
        config_.limits_memory = config_.limits_memory || part.type() == "memory_limiter";
      }
    }
    std::set<std::string> found;
    texts_among(document_, names, found);
    const bool unknown = is_variable(member_of(document_, "service").find("extensions"));
    for (CollectorPart& part : config_.parts) {
      if (part.kind == Kind::kExtension) {
        part.used = unknown || found.contains(part.name);
      }
    }
  }

  void find_undefined() {
    const auto check = [&](const CollectorPipeline& pipeline, const std::vector<std::string>& names,
                           std::initializer_list<Kind> kinds, std::string_view word) {
      for (const std::string& name : names) {
        if (std::none_of(kinds.begin(), kinds.end(), [&](Kind kind) { return defined_.contains({kind, name}); })) {
          undefined_.push_back(fmt::format("the pipeline '{}' names the {} '{}'", pipeline.name, word, name));
        }
      }
    };
    for (const CollectorPipeline& pipeline : config_.pipelines) {
      check(pipeline, pipeline.receivers, {Kind::kReceiver, Kind::kConnector}, "receiver");
      check(pipeline, pipeline.processors, {Kind::kProcessor}, "processor");
      check(pipeline, pipeline.exporters, {Kind::kExporter, Kind::kConnector}, "exporter");
    }
  }

  const std::string& file_;
  const json::Value& document_;
  CollectorConfig config_;
  std::set<std::pair<Kind, std::string>> defined_;
  std::vector<std::string> undefined_;
};

bool is_config(const json::Value& value) {
  const json::Object* pipelines = member_of(member_of(value, "service"), "pipelines").object();
  return pipelines != nullptr && !pipelines->empty();
}

/// The configuration in a document: itself, or what a resource or a chart holds.
const json::Value* config_in(const json::Value& document) {
  if (is_config(document)) {
    return &document;
  }
  for (const std::initializer_list<std::string_view>& path :
       {std::initializer_list<std::string_view>{"spec", "config"}, {"config"}, {"opentelemetry-collector", "config"}}) {
    const json::Value* found = document.at(path);
    if (found != nullptr && is_config(*found)) {
      return found;
    }
  }
  return nullptr;
}

tl::unexpected<Error> no_config(const std::string& path, const json::Value& document) {
  const auto refuse = [&](std::string message, const json::Value& at, std::string hint) {
    return fail(ErrorKind::kInput, std::move(message), json::location_of(path, at), std::move(hint));
  };
  if (!document.is_object()) {
    return refuse("it is no collector's configuration: not a mapping", document,
                  "name the file that otelcol reads with --config");
  }
  const json::Value* inner = document.at({"spec", "config"});
  inner = inner == nullptr ? document.find("config") : inner;
  if ((inner != nullptr && inner->is_string()) || document.find("data") != nullptr) {
    return refuse("the collector's configuration is a text inside of this document",
                  inner == nullptr ? document : *inner, "keep the configuration in a file of its own, and name that");
  }
  if (document.find("pipelines") != nullptr) {
    return refuse("it is the configuration of a collector before 0.6: its pipelines stand at the top",
                  *document.find("pipelines"), "move 'pipelines' below 'service'");
  }
  const json::Value* service = document.find("service");
  if (const json::Value* pipelines = document.at({"service", "pipelines"}); pipelines != nullptr) {
    return is_variable(*pipelines)
               ? refuse("its service.pipelines is a variable, so what is in use is not known", *pipelines,
                        "name a file in which the pipelines are written out")
               : refuse("its service.pipelines has no pipelines, so nothing in it is in use", *pipelines,
                        "write them there, by name: traces: { receivers: [otlp], exporters: [otlp] }");
  }
  const bool is_part =
      std::any_of(kRooms.begin(), kRooms.end(), [&](const Room& room) { return document.find(room.key) != nullptr; });
  if (is_part || service != nullptr) {
    return refuse("it has no service.pipelines, so nothing in it is in use", service == nullptr ? document : *service,
                  "if otelcol reads several files, name one with all that they say");
  }
  return refuse("it is no collector's configuration: it has no receivers, exporters and service.pipelines", document,
                "name the file that otelcol reads with --config");
}

Expected<json::Value> document_of(const Source& source) {
  const std::string_view bytes = source.content->bytes();
  ExpectedAll<json::Value> document = json::is_json_document(source.path, bytes)
                                          ? json::read_json(source.path, bytes)
                                          : json::read_yaml(source.path, bytes, json::YamlMerges::kFollowed);
  if (!document) {
    Error error = std::move(document.error().front());
    error.kind = ErrorKind::kInput;
    if (error.message.find("nothing but comments") != std::string::npos) {
      error.hint = "name the file that otelcol reads with --config";
    }
    return tl::unexpected(std::move(error));
  }
  return std::move(*document);
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  const Expected<json::Value> document = document_of(source);
  if (!document) {
    return tl::unexpected(document.error());
  }
  const json::Value* config = config_in(*document);
  if (config == nullptr) {
    return no_config(source.path, *document);
  }
  ConfigReader reader(source.path, *config, context.telemetry);
  reader.read();
  Account account(input);
  if (!reader.undefined().empty()) {
    const std::size_t more = reader.undefined().size() - 1;
    account.incomplete(fmt::format("{}, which is not defined in this file{}", reader.undefined().front(),
                                   more == 0 ? "" : fmt::format(", and {} more", counted(more, "such name"))),
                       "otelcol does not start with it; if it reads several files, name one with all that they say");
  }
  if (reader.has_variables()) {
    account.note("a pipeline's list is a variable, so that pipeline could not be judged");
  }
  facts.collector.configs.push_back(reader.take());
  if (facts.collector.configs.back().pipelines.size() == kMaxPipelines) {
    account.incomplete(fmt::format("only its first {} pipelines were read", kMaxPipelines), "split the collector");
  }
  return {};
}

}  // namespace

Format collector_config_format() {
  Format format{"collector-config", {}, nullptr, collect};
  format.page =
      "The configuration of an OpenTelemetry Collector: name it as `telemetry: { collector: ops/otel-collector.yaml }` "
      "in the budgets file. It is compared with what stands beside it there ([docs/telemetry.md](telemetry.md)).";
  format.feeds = {FactKind::kCollector};
  format.named_by = "collector";
  format.is_named_at_top = true;
  return format;
}

}  // namespace budgetcheck
