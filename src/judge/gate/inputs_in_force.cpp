#include "judge/gate/inputs_in_force.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/glob.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

class Inputs {
 public:
  Inputs(const FileSystem& files, const BudgetsFile& head, const Excuses& excuses, std::vector<Verdict>& verdicts,
         std::vector<std::string>& remarks)
      : files_(files), head_(head), excuses_(excuses), verdicts_(verdicts), remarks_(remarks), inputs_(head.inputs) {}

  void compare(const InputSpec& then) {
    const auto now = std::find_if(inputs_.begin(), inputs_.end(), [&](const InputSpec& spec) {
      return join_path(spec.path, "") == join_path(then.path, "");
    });
    if (now == inputs_.end()) {
      dropped(then);
      return;
    }
    if (now->optional && !then.optional &&
        !is_accepted(then, fmt::format("makes the input {} optional", name(then)), "it has to be there",
                     now->location)) {
      now->optional = false;
    }
    compare_settings(*now, then);
  }

  std::vector<InputSpec> take() { return std::move(inputs_); }

 private:
  static std::string name(const InputSpec& spec) { return "'" + printable(spec.path) + "'"; }

  bool is_accepted(const InputSpec& then, std::string what, std::string held, Location location) {
    Excuses::Answer answer = excuses_.judge(
        {"inputs." + then.path, {}, std::move(what), std::move(held), Level::kError, std::move(location)});
    verdicts_.push_back(std::move(answer.verdict));
    return answer.accepted;
  }

  /// The files that an input names; a folder stands for itself.
  std::vector<std::string> files_of(const InputSpec& spec) const {
    std::vector<std::string> paths = expand_path_glob(files_, head_.folder, spec.path);
    const std::string folder = join_path(head_.folder, spec.path);
    if (paths.empty() && !is_glob(spec.path) && files_.kind(folder) == FileKind::kDirectory) {
      paths.push_back(folder);
    }
    return paths;
  }

  bool is_read(const std::string& path) {
    if (!knows_files_) {
      for (const InputSpec& spec : head_.inputs) {
        for (std::string& read : files_of(spec)) {
          read_.insert(std::move(read));
        }
      }
      knows_files_ = true;
    }
    return read_.contains(path);
  }

  void dropped(const InputSpec& then) {
    const std::vector<std::string> named = files_of(then);
    const bool names_files = !named.empty();
    const bool is_lost =
        std::any_of(named.begin(), named.end(), [&](const std::string& path) { return !is_read(path); });
    if ((names_files && !is_lost) || (!names_files && then.optional)) {
      return;  // its files are read under another name, or it has none here either
    }
    const Location location = excuses_.place_of({"inputs"});
    const std::string what = fmt::format("no longer reads the input {}", name(then));
    const std::string held = names_files ? "what it names is read all the same"
                                         : "it names no file here, so what it measured is not measured";
    if (!is_accepted(then, what, held, location) && names_files) {
      inputs_.push_back(then);
      inputs_.back().optional = true;
    }
  }

  void compare_settings(InputSpec& now, const InputSpec& then) {
    const json::Object* members = then.settings.of_file().object();
    if (members == nullptr) {
      return;
    }
    for (const json::Member& member : *members) {
      const json::Value* value = now.settings.of_file().find(member.key);
      if (value == nullptr) {
        const std::string what = fmt::format("takes '{}' from the input {}", printable(member.key), name(then));
        if (!is_accepted(then, what, "the base's holds", now.location)) {
          now.settings.hold(member.key, member.value);
        }
      } else if (!json::same_value(*value, member.value)) {
        remarks_.push_back(fmt::format("it gives the input {} another '{}'", name(then), printable(member.key)));
      }
    }
  }

  const FileSystem& files_;
  const BudgetsFile& head_;
  const Excuses& excuses_;
  std::vector<Verdict>& verdicts_;
  std::vector<std::string>& remarks_;
  std::vector<InputSpec> inputs_;
  std::set<std::string> read_;  ///< files that the head's inputs name
  bool knows_files_ = false;
};

}  // namespace

std::vector<InputSpec> inputs_in_force(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base,
                                       const Excuses& excuses, std::vector<Verdict>& verdicts,
                                       std::vector<std::string>& remarks) {
  Inputs inputs(files, head, excuses, verdicts, remarks);
  for (const InputSpec& then : base.inputs) {
    inputs.compare(then);
  }
  return inputs.take();
}

}  // namespace budgetcheck
