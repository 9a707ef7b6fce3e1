#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "collect/other_output.h"
#include "collect/sniff.h"
#include "model/facts.h"
#include "model/input_spec.h"
#include "model/route.h"
#include "model/telemetry.h"

namespace budgetcheck {

/// One opened input.
struct Source {
  std::string path;  ///< for reports: as the user would write it
  std::string disk_path;
  const FileContent* content = nullptr;
  InputSettings settings = {};
  bool has_namesake = false;  ///< the name of another input differs from this one's only in its extension
};

class SizeCache;
class JointReader;
class TraceTaker;

/// Which metrics budgets and rules are on. What takes much time to measure is left out when nobody asks for it.
struct Wishes {
  bool everything = true;
  std::vector<std::string> metrics;  ///< ids and globs

  bool want(std::string_view metric) const;
  /// What either asks for.
  void add(const Wishes& other);
};

struct CollectContext {
  const FileSystem* files = nullptr;
  const RouteTable* routes = nullptr;
  Wishes wishes = {};
  SizeCache* sizes = nullptr;                         ///< compressed sizes of before; null: none are kept
  unsigned threads = 0;                               ///< for one big input; 0: as many as the machine has cores
  const std::vector<QueueSetting>* queues = nullptr;  ///< what is declared of queues; null: nothing
  const Telemetry* telemetry = nullptr;               ///< what requests and records have to carry; null: nothing
  TraceTaker* traces = nullptr;                       ///< is shown each trace that is complete; null: nobody
  const Facts* before = nullptr;  ///< the schemas that inputs so far named, each with its entry in `inputs`
};

/// Files that are one input together, such as those of a build: several specs may name them. Made once for a run.
class FileGroup {
 public:
  FileGroup() = default;
  FileGroup(const FileGroup&) = delete;
  FileGroup& operator=(const FileGroup&) = delete;
  virtual ~FileGroup() = default;

  /// Takes what belongs to it out of the files that the spec names. Tells whether it took any.
  virtual bool take(const InputSpec& spec, std::vector<std::string>& paths) = 0;
  /// Takes the files below the folder that the spec names, when no format expands it. False: none belongs to it.
  virtual bool take_folder(const FileSystem& files, const InputSpec& spec) = 0;
  /// After all other inputs: adds what was taken, with an Input of its own; nothing when nothing was taken.
  virtual void collect(const CollectContext& context, Facts& facts) const = 0;
};

/// One input format: everything that the rest of the program has to know of it. What a format does not need stays null.
struct Format {
  std::string_view name;
  std::vector<std::string_view> families = {};  ///< metric prefixes that it supplies: "bundle."
  /// Null: the format is named, or a group of files.
  bool (*recognises)(const Sniff& sniff) = nullptr;
  /// Appends to facts (never to facts.inputs) and tells through `input` how far it got: state, message, hint (see
  /// Account). A returned error means unreadable: nothing of this file is used then.
  Expected<void> (*collect)(const Source& source, const CollectContext& context, Input& input, Facts& facts) = nullptr;

  /// How the input comes about, as a part of a sentence: "Lighthouse (--output=json)". Empty: another row says it.
  std::string_view is_given_as = {};
  /// In place of `collect`: files that say something only together are read by one reader, see joint_reader.h. Formats
  /// with the same function share it.
  std::unique_ptr<JointReader> (*joint)(const CollectContext& context) = nullptr;

  /// What stands in such files, to name this format when a file is none but looks like one: keys of JSON in quotes, or
  /// words of a text. The more of them a file has, the nearer it is.
  std::vector<std::string_view> looks_like = {};
  /// For docs/inputs.md, in Markdown: how a pipeline writes it, and the input's settings that it reads. Empty: no page.
  std::string_view page = {};

  /// What rules find in its inputs, when the file at hand does not leave it out. Empty: only samples.
  std::vector<FactKind> feeds = {};

  /// The files that stand for `path`, when it is a folder or a list of results of this format; none when it is not.
  std::vector<std::string> (*expand)(const FileSystem& files, const std::string& path) = nullptr;
  std::unique_ptr<FileGroup> (*group)() = nullptr;
  /// A setting that says the format: such an input is read as nothing else, recognised or not. "fields.queue": a member
  /// of one; formats named by that stand before those named by the setting.
  std::string_view named_by = {};
  /// `named_by` is a key of the budgets file itself and no setting of one of its inputs.
  bool is_named_at_top = false;
  /// Its files hold inputs that were measured elsewhere, and stand for them (see measured_file.h).
  bool is_measured = false;
  /// Its files may be read in pieces, on machines that see nothing of each other (see logs/pieces/log_pieces.h).
  bool may_be_cut = false;
  /// A copy of a file that was read already is not another run.
  bool copy_is_same_run = false;
  /// Before `collect`: reads the schema that belongs to the input and is shared with others, unless `facts` has it.
  void (*prepare)(const Source& source, const FileSystem& files, Facts& facts) = nullptr;
  /// What a file is that no format recognised; asked of every format in their order.
  std::optional<OtherOutput> (*explain)(const Sniff& sniff) = nullptr;
  /// After all inputs: what only holds when there are no others.
  void (*finish)(Facts& facts) = nullptr;
};

/// Every format, in the order in which they are asked: the more particular first.
const std::vector<Format>& formats();

}  // namespace budgetcheck
