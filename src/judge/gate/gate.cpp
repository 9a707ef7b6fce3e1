#include "judge/gate/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "judge/gate/excuses.h"
#include "judge/gate/inputs_in_force.h"
#include "judge/gate/limits_in_force.h"
#include "judge/gate/queues_in_force.h"
#include "judge/gate/routes_in_force.h"
#include "judge/gate/rules_in_force.h"
#include "judge/gate/telemetry_in_force.h"

namespace budgetcheck {
namespace {

/// A waiver carries owner, reason and expiry itself, so a new or wider one is only said.
void remark_on_waivers(const BudgetsFile& head, const BudgetsFile& base, std::vector<std::string>& remarks) {
  for (const Waiver& now : head.waivers) {
    const auto then = std::find_if(base.waivers.begin(), base.waivers.end(), [&](const Waiver& waiver) {
      return waiver.budget == now.budget && waiver.where == now.where;
    });
    const std::string what = fmt::format("the waiver for '{}', until {} ({}: {})", printable(now.budget), now.expires,
                                         printable(now.owner), printable(now.reason));
    if (!now.missing.empty()) {
      continue;  // it holds for nothing, and is an error
    }
    if (then == base.waivers.end()) {
      remarks.push_back("it adds " + what);
    } else if (now.expires > then->expires || now.ceiling != then->ceiling) {
      remarks.push_back("it changes " + what);
    }
  }
}

void hold_table_rows(const BudgetsFile& head, const BudgetsFile& base, const Excuses& excuses, Gate& gate) {
  const bool same = head.table_rows && base.table_rows && head.table_rows->path == base.table_rows->path;
  if (!base.table_rows || same) {
    return;
  }
  Excuses::Answer answer =
      excuses.judge({"table_rows",
                     {},
                     fmt::format("no longer reads the sizes of tables from '{}'", printable(base.table_rows->path)),
                     "that file is read all the same, if it is there",
                     Level::kError,
                     excuses.place_of({"table_rows"})});
  gate.verdicts.push_back(std::move(answer.verdict));
  if (!answer.accepted) {
    gate.more.push_back(*base.table_rows);
    gate.more.back().optional = true;
  }
}

/// An app that is not judged any more. One whose folder is gone, or that has another name, is only told of.
void hold_apps(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base, const Excuses& excuses,
               Gate& gate) {
  for (const App& was : base.apps) {
    const auto now =
        std::find_if(head.apps.begin(), head.apps.end(), [&](const App& app) { return app.path == was.path; });
    if (now != head.apps.end()) {
      if (now->name != was.name) {
        gate.remarks.push_back(fmt::format("it calls the app in '{}' '{}', which is '{}' at the base",
                                           printable(was.path), printable(now->name), printable(was.name)));
      }
      continue;
    }
    if (files.kind(join_path(head.folder, was.path)) == FileKind::kMissing) {
      gate.remarks.push_back(
          fmt::format("it removes the app '{}' with its folder '{}'", printable(was.name), printable(was.path)));
      continue;
    }
    gate.verdicts.push_back(
        excuses
            .judge({"apps." + was.name,
                    {},
                    fmt::format("no longer judges the app '{}' in '{}'", printable(was.name), printable(was.path)),
                    {},
                    Level::kError,
                    excuses.place_of({"apps"})})
            .verdict);
  }
}

void remark_on_the_unread(const BudgetsFile& base, std::vector<std::string>& remarks) {
  if (!base.unread.empty()) {
    remarks.push_back(fmt::format(
        "what it loosens besides limits is not fully known, as the base's budgets file has {}: {}",
        base.unread.size() == 1 ? "an error" : counted(base.unread.size(), "error"), to_string(base.unread.front())));
  }
}

}  // namespace

Gate own_gate(const BudgetsFile& head) {
  return {head.rules, head.inputs, {}, {}, head.routes, head.telemetry, head.limits, head.queues, {}, {}};
}

Gate gate_in_force(const FileSystem& files, const BudgetsFile& head, const GateBase& base, const GateRun& run) {
  Gate gate = own_gate(head);
  const Excuses excuses(head, base.file, run.today);
  if (!base.file.project.empty() && base.file.project != head.project) {
    gate.remarks.push_back(fmt::format("it calls the project '{}', which is '{}' at the base", printable(head.project),
                                       printable(base.file.project)));
  }
  gate.rules = rules_in_force(head, base.file, excuses, gate.verdicts);
  gate.routes = routes_in_force(head, base.file, base.results, excuses, gate.verdicts, gate.remarks);
  gate.telemetry = telemetry_in_force(files, head, base.file, excuses, gate.verdicts, gate.remarks, gate.more);
  gate.limits = limits_in_force(files, head, base.file, excuses, gate.verdicts, gate.remarks);
  gate.queues = queues_in_force(head, base.file, excuses, gate.verdicts);
  if (!run.names_inputs) {
    gate.inputs = inputs_in_force(files, head, base.file, excuses, gate.verdicts, gate.remarks);
  }
  if (!run.names_table_rows) {
    hold_table_rows(head, base.file, excuses, gate);
  }
  hold_apps(files, head, base.file, excuses, gate);
  remark_on_waivers(head, base.file, gate.remarks);
  remark_on_the_unread(base.file, gate.remarks);
  return gate;
}

}  // namespace budgetcheck
