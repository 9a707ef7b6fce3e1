#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/keyed_hash.h"
#include "base/variables.h"
#include "collect/format.h"
#include "collect/measure.h"
#include "model/budget.h"
#include "model/facts.h"

namespace budgetcheck {

/// The folder for what runs keep between them: BUDGETCHECK_CACHE_DIR, else the user's cache folder by the XDG rules,
/// which CI does not use: other jobs may have written it. Empty: there is none, or BUDGETCHECK_CACHE_DIR is "none".
std::string cache_folder(const Variables& variables);

/// The key of what is in that folder: BUDGETCHECK_CACHE_KEY, else the secret in the user's folder for state by the XDG
/// rules, which is made when it is missing. Nothing: no home folder, or the secret's file is not private.
std::optional<HashKey> cache_key(const Variables& variables);

/// The metrics that budgets and rules of the file are on. A file without budgets wants everything.
Wishes wishes_of(const BudgetsFile& budgets);

/// A key of all in the file that says how inputs are read: their settings, routes, and which metrics are asked for. Not
/// of its limits.
std::string reading_settings(const BudgetsFile& budgets);

/// Reads the inputs with the user's cache of compressed sizes, and keeps the new ones there. What nobody wishes and
/// takes much time (sizes by brotli of big builds) is not measured.
Facts collect_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                     const std::vector<std::string>& routes, const Wishes& wishes = {}, const RouteNames& names = {},
                     const std::string& settings = {}, const Telemetry* telemetry = nullptr,
                     const std::vector<QueueDeclaration>& queues = {});

/// The same input by input, as `measure` writes it.
Expected<Measured> measure_inputs_of(const FileSystem& files, const std::vector<InputSpec>& inputs,
                                     const BudgetsFile& budgets, const PieceChoice& piece);

}  // namespace budgetcheck
