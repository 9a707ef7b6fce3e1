#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/format.h"

namespace budgetcheck {

/// The results that Lighthouse CI keeps in a folder: the `lhr-*.json` that `lhci collect` writes into .lighthouseci, or
/// else those that the manifest names which `lhci upload --target=filesystem` writes. Paths as seen from where `folder`
/// is. Empty: it is no such folder.
std::vector<std::string> lighthouse_ci_results(const FileSystem& files, const std::string& folder);

/// The results that the file at `path` names, when it is such a manifest: each beside it, whatever folder of another
/// machine it tells. All runs count, and not the representative one alone. Empty: it is none.
std::vector<std::string> lighthouse_manifest_results(const FileSystem& files, const std::string& path);

/// Lighthouse CI's own notes beside the results (which assertions failed, where reports were uploaded): they measure
/// nothing, and a pattern like ".lighthouseci/*.json" takes them along.
bool recognises_lighthouse_ci_note(const Sniff& sniff);
Expected<void> collect_lighthouse_ci_note(const Source& source, const CollectContext& context, Input& input,
                                          Facts& facts);
/// Notes without any result among the inputs are incomplete: a run that was given these alone measured nothing.
void check_lighthouse_ci_notes(std::vector<Input>& inputs);

}  // namespace budgetcheck
