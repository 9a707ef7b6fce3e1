#include "cli/commands.h"

#include "cli/baseline.h"
#include "cli/calibrate.h"
#include "cli/check/command.h"
#include "cli/comment.h"
#include "cli/compare.h"
#include "cli/completion/completion.h"
#include "cli/explain/command.h"
#include "cli/generate.h"
#include "cli/help.h"
#include "cli/history.h"
#include "cli/hook/hook.h"
#include "cli/init/command.h"
#include "cli/list/list.h"
#include "cli/measure.h"
#include "cli/merge.h"
#include "cli/review/review.h"
#include "cli/schema.h"
#include "cli/trace/trace.h"
#include "cli/update/command.h"
#include "cli/validate.h"
#include "cli/version.h"

namespace budgetcheck {

std::vector<Command> all_commands() {
  return {
      command_with(check_command),      command_with(baseline_command), command_with(comment_command),
      command_with(hook_command),       command_with(measure_command),  command_with(merge_command),
      command_with(list_command),       command_with(compare_command),  command_with(history_command),
      command_with(trace_command),      command_with(generate_command), command_with(review_command),
      command_with(calibrate_command),  command_with(init_command),     command_with(update_command),
      command_with(validate_command),   command_with(explain_command),  command_with(schema_command),
      command_with(completion_command), command_with(help_command),     version_command(),
  };
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : all_commands()) {
    names.emplace_back(command.name);
  }
  return names;
}

}  // namespace budgetcheck
