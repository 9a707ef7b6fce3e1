#include "collect/bundle/module_scan.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "collect/bundle/package_path.h"

namespace budgetcheck {
namespace {

/// Runtime, externals, contexts and what else the bundler writes itself: told apart, they would only be noise.
constexpr std::string_view kGenerated = "(written by the bundler)";

}  // namespace

std::uint32_t ModuleScan::owner_number(std::string name, bool package) {
  const auto [at, is_new] =
      owners_.try_emplace((package ? "p" : "m") + name, static_cast<std::uint32_t>(found_.owners.size()));
  if (is_new) {
    found_.owners.push_back({std::move(name), package});
  }
  return at->second;
}

std::uint32_t ModuleScan::owner_of(std::string_view name, std::string_view condition) {
  std::string file = module_file(name);
  PackagePath where = package_of(file);
  if (where.package.empty() && file.empty() && may_be_in_package(condition)) {
    file = replace_all(std::string(condition.substr(0, condition.find('?'))), "\\", "/") + "/";
    where = package_of(file);  // views into it
    if (where.package.empty()) {
      file.clear();
    }
  }
  if (!where.package.empty()) {
    return owner_number(std::move(where.package), true);
  }
  return owner_number(file.empty() ? std::string(kGenerated) : std::move(file), false);
}

/// Of two who ask for a package, the project's own code tells more than another package.
bool ModuleScan::is_better(std::uint32_t owner, std::uint32_t importer, std::uint32_t known) const {
  if (importer == BundledModules::kNone || importer == owner || found_.owners[importer].name == kGenerated) {
    return false;
  }
  return known == BundledModules::kNone || (found_.owners[known].package && !found_.owners[importer].package);
}

std::uint32_t ModuleScan::add(const Listing& listing) {
  if (listing.identity.empty() && listing.name.empty()) {
    return BundledModules::kNone;
  }
  const std::uint64_t identity = hash64(listing.identity.empty() ? listing.name : listing.identity);
  auto found = by_identity_.find(identity);
  if (found == by_identity_.end()) {
    if (found_.modules.size() >= kMaxModules) {
      found_.too_many = true;
      return BundledModules::kNone;
    }
    found = by_identity_.emplace(identity, static_cast<std::uint32_t>(found_.modules.size())).first;
    found_.modules.push_back({owner_of(listing.name.empty() ? listing.identity : listing.name, listing.condition),
                              BundledModules::kNone, BundledModules::kNone, -1});
  }
  BundledModules::Module& module = found_.modules[found->second];
  module.bytes = module.bytes < 0 ? listing.bytes : module.bytes;
  if (module.importer == BundledModules::kNone && !listing.importer.empty()) {
    const std::uint32_t importer = owner_of(listing.importer, {});
    module.importer = is_better(module.owner, importer, BundledModules::kNone) ? importer : module.importer;
  }
  return found->second;
}

void ModuleScan::note_importer(const Listing& listing) {
  if (listing.importer.empty() || !may_be_in_package(listing.name)) {
    return;
  }
  const std::uint32_t owner = owner_of(listing.name, {});
  const std::uint32_t importer = owner_of(listing.importer, {});
  const auto known = noted_importers_.find(owner);
  if (is_better(owner, importer, known == noted_importers_.end() ? BundledModules::kNone : known->second)) {
    noted_importers_[owner] = importer;
  }
}

std::uint32_t ModuleScan::chunk_number(std::string_view id) {
  return chunks_.try_emplace(std::string(id), static_cast<std::uint32_t>(chunks_.size())).first->second;
}

std::uint32_t ModuleScan::set_number(std::vector<std::uint32_t> chunks) {
  const auto known = sets_.find(chunks);
  if (known != sets_.end()) {
    return known->second;
  }
  set_members_ += chunks.size();
  if (set_members_ > kMaxSetMembers) {
    found_.too_many = true;
    return BundledModules::kNone;
  }
  const auto number = static_cast<std::uint32_t>(found_.chunk_sets.size());
  found_.chunk_sets.push_back(chunks);
  sets_.emplace(std::move(chunks), number);
  return number;
}

void ModuleScan::place(std::uint32_t module, const std::vector<std::uint32_t>& chunks) {
  if (module == BundledModules::kNone || chunks.empty()) {
    return;
  }
  std::vector<std::uint32_t> sorted = chunks;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::uint32_t& set = found_.modules[module].chunks;
  if (set != BundledModules::kNone) {
    std::vector<std::uint32_t> both;
    const std::vector<std::uint32_t>& known = found_.chunk_sets[set];
    std::set_union(known.begin(), known.end(), sorted.begin(), sorted.end(), std::back_inserter(both));
    sorted = std::move(both);
  }
  set = set_number(std::move(sorted));
}

BundledModules ModuleScan::take() {
  for (BundledModules::Module& module : found_.modules) {
    const auto noted = noted_importers_.find(module.owner);
    if (noted != noted_importers_.end() && is_better(module.owner, noted->second, module.importer)) {
      module.importer = noted->second;
    }
  }
  BundledModules out = std::move(found_);
  *this = ModuleScan();
  return out;
}

}  // namespace budgetcheck
