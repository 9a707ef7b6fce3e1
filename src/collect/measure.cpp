#include "collect/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/joint_reader.h"
#include "collect/leading_text.h"
#include "collect/measured_file.h"
#include "collect/personal_data/input_search.h"
#include "collect/plan.h"
#include "collect/recognise.h"
#include "collect/text/checksum.h"
#include "collect/unpack.h"

namespace budgetcheck {
namespace {

class Measurer {
 public:
  Measurer(CollectContext context, const MeasureOptions& options, const std::vector<Format>& table)
      : context_(context), options_(options), table_(table) {
    context_.before = &schemas_;
  }

  /// So many files will be read. What is read together keeps the schema that it named until the end, so the list of
  /// schemas, at most one for each file, does not move while it grows.
  void expect(std::size_t files) { schemas_.queries.schemas.reserve(files); }

  void read(const Plan::File& file) {
    MeasuredInput one;
    Input input;
    input.path = file.disk_path == "-" ? "standard input" : file.disk_path;
    const Format* named = named_format(table_, file.spec->settings);
    piece_ = named == nullptr || !named->is_named_at_top ? options_.piece : PieceChoice();
    if (piece_.number > 0) {
      piece_.of = piece_.of.empty() ? input.path : piece_.of;
      input.path = piece_.of;
      input.message = fmt::format("part {} of {}", piece_.number, piece_.count);
    }
    read(file, input, one);
    one.facts.inputs.push_back(std::move(input));
    measured_.inputs.push_back(std::move(one));
  }

  void read(const FileGroup& group) {
    MeasuredInput one;
    one.place = MeasuredInput::Place::kGroup;
    group.collect(context_, one.facts);
    if (!one.facts.inputs.empty()) {
      measured_.inputs.push_back(std::move(one));
    }
  }

  /// What naming the inputs already told.
  void add_planned(Facts&& planned) {
    for (const Input& input : planned.inputs) {
      if (options_.piece.number > 0 && input.state == InputState::kUnreadable) {
        refused_ = Error{ErrorKind::kInput, input.message, Location::of(input.path), input.hint};
      }
    }
    if (!planned.inputs.empty() || !planned.notes.empty()) {
      MeasuredInput one;
      one.place = MeasuredInput::Place::kNoFile;
      one.facts = std::move(planned);
      measured_.inputs.push_back(std::move(one));
    }
  }

  /// What files say together.
  void finish_joints() {
    for (Joint& joint : joints_) {
      std::vector<Input*> inputs;
      for (const std::size_t i : joint.inputs) {
        inputs.push_back(&measured_.inputs[i].facts.inputs.front());
      }
      std::vector<JointReader::Result> results = joint.reader->finish(inputs);
      for (JointReader::Result& result : results) {
        MeasuredInput one;
        one.place = MeasuredInput::Place::kTraces;
        one.schema = std::move(result.schema);
        one.facts = std::move(result.facts);
        for (QueryLog& log : one.facts.queries.logs) {
          log.schema = log.schema == QueryLog::kNoSchema ? log.schema : 0;
        }
        measured_.inputs.push_back(std::move(one));
      }
    }
  }

  Expected<Measured> take() {
    if (refused_) {
      return tl::unexpected(std::move(*refused_));
    }
    drop_repeated();
    put_in_order(measured_);
    return std::move(measured_);
  }

 private:
  void read(const Plan::File& file, Input& input, MeasuredInput& one) {
    Expected<std::unique_ptr<FileContent>> content = context_.files->open(file.disk_path);
    content = content ? unpack(input.path, std::move(*content)) : std::move(content);
    if (!content) {
      describe_unreadable(content.error(), {}, input);
      refuse_piece(input);
      return;
    }
    input.bytes = (*content)->bytes().size();
    if (options_.checksums && piece_.number == 0) {
      one.checksum = checksum_of((*content)->bytes());
      (*content)->release_before((*content)->bytes().size());
    }
    if (piece_.is_file && piece_.number > 1) {
      read_piece({input.path, file.disk_path, content->get(), file.spec->settings, file.has_namesake}, nullptr, one);
      return;
    }
    Sniff seen;
    const Format* format = named_format(table_, file.spec->settings);
    if (format == nullptr && piece_.order == LogPiece::Order::kNumber) {
      constexpr std::size_t kLooked = std::size_t{1} << 20;
      const auto head = content_from_string(without_numbers((*content)->bytes().substr(0, kLooked)));
      format = recognise(table_, input.path, *head, seen);
    }
    format = format != nullptr ? format : recognise(table_, input.path, **content, seen);
    const FileContent* document = content->get();
    std::optional<LateDocument> late;
    if (format == nullptr) {
      Sniff seen_late;
      late = document_behind_text(input.path, **content);
      format = late ? recognise(table_, input.path, *late->content, seen_late) : nullptr;
      if (format == nullptr) {
        explain_unknown(table_, **content, std::move(seen), input);
        refuse_piece(input);
        search_unknown(**content, input, one);
        return;
      }
      document = late->content.get();
      input.message = fmt::format("its JSON begins in line {}; what is printed before it was passed over", late->line);
    }
    input.format = format->name;
    input.families.assign(format->families.begin(), format->families.end());
    input.feeds = format->feeds;
    const Source source{input.path, file.disk_path, document, file.spec->settings, file.has_namesake};
    if (piece_.number > 0) {
      read_piece(source, format, one);
      return;
    }
    if (format->is_measured) {
      add_measured(source, input);
      return;
    }
    if (format->is_named_at_top) {
      one.place = MeasuredInput::Place::kShared;
    }
    if (format->copy_is_same_run) {
      one.is_run = true;
      one.content = hash64(document->bytes());
    }
    if (format->joint != nullptr) {
      read_jointly(*format, source, input, one);
      return;
    }
    collect(*format, source, input, one);
  }

  void read_jointly(const Format& format, const Source& source, Input& input, MeasuredInput& one) {
    prepare(format, source, one);
    auto joint =
        std::find_if(joints_.begin(), joints_.end(), [&](const Joint& other) { return other.make == format.joint; });
    if (joint == joints_.end()) {
      joints_.push_back({format.joint, format.joint(context_), {}});
      joint = std::prev(joints_.end());
    }
    const Expected<void> read = joint->reader->read(source, input);
    if (!read) {
      describe_unreadable(read.error(), kWriteAgain, input);
      return;
    }
    if (settings_of_search() != nullptr && holds_telemetry(format)) {
      search_personal_data(*source.content, format.name, *settings_of_search(), input, one.facts);
    }
    joint->inputs.push_back(measured_.inputs.size());
    if (!source.content->unchanged()) {
      describe_changed(input);
    }
  }

  void collect(const Format& format, const Source& source, Input& input, MeasuredInput& one) {
    prepare(format, source, one);
    Facts found;
    const Expected<void> collected = format.collect(source, context_, input, found);
    if (!collected) {
      describe_unreadable(collected.error(), kWriteAgain, input);
    } else if (!source.content->unchanged()) {
      describe_changed(input);
    } else {
      if (settings_of_search() != nullptr && holds_telemetry(format) && found.personal.searched.empty()) {
        search_personal_data(*source.content, format.name, *settings_of_search(), input, found);
      }
      one.facts = std::move(found);
      for (QueryLog& log : one.facts.queries.logs) {  // the input has one schema at most, and names it
        log.schema = log.schema == QueryLog::kNoSchema ? log.schema : 0;
      }
    }
  }

  /// Null: personal data is not looked for.
  const PersonalDataSettings* settings_of_search() const {
    return context_.telemetry != nullptr && context_.telemetry->personal_data ? &*context_.telemetry->personal_data
                                                                              : nullptr;
  }

  /// Accounts of builds and results of laboratories hold what programs are made of, and nothing of who used them.
  static bool holds_telemetry(const Format& format) {
    static constexpr std::array<std::string_view, 4> kFamilies{"payload.", "queries.", "trace.", "logs."};
    return std::any_of(format.families.begin(), format.families.end(), [](std::string_view family) {
      return std::find(kFamilies.begin(), kFamilies.end(), family) != kFamilies.end();
    });
  }

  /// A log that nothing is measured of is an input all the same where personal data is looked for.
  void search_unknown(const FileContent& content, Input& input, MeasuredInput& one) {
    if (settings_of_search() == nullptr || piece_.number > 0 || !can_be_searched(input.path, content)) {
      return;
    }
    const std::string reason = std::exchange(input.message, {});
    input.hint.clear();
    input.state = InputState::kRead;
    Account(input).note(fmt::format("looked through for personal data alone: {}", reason));
    search_personal_data(content, {}, *settings_of_search(), input, one.facts);
  }

  static void describe_changed(Input& input) {
    input.state = InputState::kUnreadable;
    input.message = "the file changed while it was read";
    input.hint = "run the gate after the step that writes it has ended";
  }

  /// Reads the schema that the input names, unless one before it did.
  void prepare(const Format& format, const Source& source, MeasuredInput& one) {
    if (format.prepare == nullptr) {
      return;
    }
    one.schema = source.settings.path("schema");
    const std::size_t inputs = schemas_.inputs.size();
    const std::size_t notes = schemas_.notes.size();
    const std::size_t schemas = schemas_.queries.schemas.size();
    format.prepare(source, *context_.files, schemas_);
    if (schemas_.inputs.size() > inputs) {
      MeasuredSchema schema;
      schema.input = schemas_.inputs.back();
      schema.remarks.assign(schemas_.notes.begin() + static_cast<std::ptrdiff_t>(notes), schemas_.notes.end());
      if (schemas_.queries.schemas.size() > schemas) {
        schema.schema = schemas_.queries.schemas.back();
      }
      measured_.schemas.push_back(std::move(schema));
    }
  }

  /// A piece of something that cannot be read is no piece.
  void refuse_piece(const Input& input) {
    if (piece_.number > 0) {
      refused_ = Error{ErrorKind::kInput, input.message, Location::of(input.path), input.hint};
    }
  }

  void read_piece(const Source& source, const Format* format, MeasuredInput& one) {
    if (settings_of_search() != nullptr) {
      refused_ = Error{ErrorKind::kUsage,
                       fmt::format("'{}' cannot be read in parts: personal data is looked for in whole files",
                                   printable(source.path)),
                       context_.telemetry->personal_data->location,
                       "measure it without --part, or leave telemetry.personal_data to a run of its own"};
      return;
    }
    if (format != nullptr && !format->may_be_cut) {
      refused_ = Error{ErrorKind::kUsage,
                       fmt::format("'{}' ({}) cannot be read in parts", printable(source.path), format->name),
                       {},
                       "only logs of one JSON object per line and access logs are: give each part of the run whole "
                       "files instead"};
      return;
    }
    prepare(named_schema(format), source, one);
    Expected<LogPiece> piece = read_log_piece(source, context_, format == nullptr ? "" : format->name, piece_);
    if (!piece) {
      refused_ = std::move(piece.error());
    } else if (!source.content->unchanged()) {
      Input changed;
      describe_changed(changed);
      refused_ = Error{ErrorKind::kInput, changed.message, Location::of(source.path), changed.hint};
    } else {
      one.piece = std::move(*piece);
    }
  }

  /// Pieces behind the first are of the same format, and its schema is theirs.
  const Format& named_schema(const Format* format) const {
    if (format != nullptr) {
      return *format;
    }
    return *std::find_if(table_.begin(), table_.end(), [](const Format& one) { return one.may_be_cut; });
  }

  /// The inputs in it are as if they were read now. The file itself is one too: who judges looks where inputs are from.
  void add_measured(const Source& source, Input& input) {
    Expected<Measured> file = read_measured(source.path, *source.content);
    if (file) {
      file = check_measured(source.path, std::move(*file), options_.settings);
    }
    if (!file) {
      describe_unreadable(file.error(), {}, input);
      return;
    }
    input.message = fmt::format("{} measured elsewhere", counted(file->inputs.size(), "input"));
    elsewhere_.push_back({input.path, measured_.inputs.size(), file->inputs.size()});
    std::move(file->schemas.begin(), file->schemas.end(), std::back_inserter(measured_.schemas));
    std::move(file->inputs.begin(), file->inputs.end(), std::back_inserter(measured_.inputs));
  }

  /// A log beside the file that holds what was measured of it, or in two such files, is one log. Its name and size
  /// alone do not say so: each machine may have an app.log of its own.
  void drop_repeated() {
    std::vector<MeasuredInput>& inputs = measured_.inputs;
    std::vector<bool> dropped(inputs.size());
    for (const Elsewhere& file : elsewhere_) {
      for (std::size_t i = file.first; i < file.first + file.count; ++i) {
        for (std::size_t other = 0; other < inputs.size() && !dropped[i]; ++other) {
          const bool is_in_file = other >= file.first && other < file.first + file.count;
          dropped[i] = !is_in_file && !dropped[other] && are_one_log(inputs[i], inputs[other]);
        }
        if (dropped[i]) {
          note_repeated(file.path, inputs[i].facts.inputs.front().path);
        }
      }
    }
    std::size_t at = 0;
    inputs.erase(std::remove_if(inputs.begin(), inputs.end(), [&](const MeasuredInput&) { return dropped[at++]; }),
                 inputs.end());
  }

  bool are_one_log(const MeasuredInput& measured, const MeasuredInput& other) const {
    using Place = MeasuredInput::Place;
    if (measured.place != Place::kFile || other.place != Place::kFile || measured.checksum == 0 ||
        measured.facts.inputs.empty() || other.facts.inputs.empty()) {
      return false;
    }
    const Input& a = measured.facts.inputs.front();
    const Input& b = other.facts.inputs.front();
    if (a.path != b.path || a.bytes != b.bytes || b.state == InputState::kUnreadable) {
      return false;
    }
    if (other.checksum != 0) {
      return other.checksum == measured.checksum;
    }
    // Who only checks asks for no checksums, so it is read once more, which is seldom.
    Expected<std::unique_ptr<FileContent>> content = context_.files->open(b.path);
    content = content ? unpack(b.path, std::move(*content)) : std::move(content);
    return content && checksum_of((*content)->bytes()) == measured.checksum;
  }

  void note_repeated(const std::string& file, const std::string& path) {
    for (MeasuredInput& one : measured_.inputs) {
      for (Input& input : one.facts.inputs) {
        if (input.path == file) {
          Account(input).note(fmt::format("'{}' in it is among the other inputs too, and counted once", path));
        }
      }
    }
  }

  /// The inputs that came from a file that measure wrote.
  struct Elsewhere {
    std::string path;
    std::size_t first = 0;
    std::size_t count = 0;
  };

  struct Joint {
    std::unique_ptr<JointReader> (*make)(const CollectContext&) = nullptr;
    std::unique_ptr<JointReader> reader;
    std::vector<std::size_t> inputs;  ///< that it could read, indices into those measured
  };

  CollectContext context_;
  const MeasureOptions& options_;
  std::vector<Joint> joints_;
  PieceChoice piece_;  ///< of the present file
  const std::vector<Format>& table_;
  Measured measured_;
  std::vector<Elsewhere> elsewhere_;
  Facts schemas_;  ///< that were read so far, see CollectContext::before
  std::optional<Error> refused_;
};

}  // namespace

Expected<Measured> measure_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                                  const std::vector<std::string>& routes, const MeasureOptions& options,
                                  const std::vector<Format>& table) {
  const RouteTable route_table(routes, options.route_names);
  CollectContext context;
  context.files = &files;
  context.routes = &route_table;
  context.wishes = options.wishes;
  context.sizes = options.sizes;
  context.telemetry = options.telemetry;
  context.traces = options.traces;
  context.queues = options.queues;
  Measurer measurer(context, options, table);
  Facts planned;
  const Plan plan = plan_inputs(files, inputs, table, planned);
  measurer.add_planned(std::move(planned));
  measurer.expect(plan.files.size());
  for (const Plan::File& file : plan.files) {
    measurer.read(file);
  }
  measurer.finish_joints();
  for (const std::unique_ptr<FileGroup>& group : plan.groups) {
    measurer.read(*group);
  }
  return measurer.take();
}

}  // namespace budgetcheck
