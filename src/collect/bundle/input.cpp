#include "collect/bundle/input.h"

#include <algorithm>
#include <cstddef>

#include "base/number.h"
#include "base/text.h"
#include "collect/bundle/parts.h"
#include "collect/bundle/samples.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxNameWidth = 200;

/// The same lack in many files: how many, and the first of them.
struct Lack {
  std::size_t count = 0;
  std::string first;

  void add(const std::string& text) {
    if (count++ == 0) {
      first = text;
    }
  }
};

/// What the tool told of an entry's files together must be what they have.
void remark_on_entries(const Build& build, const std::vector<FileSizes>& sizes, Account& account) {
  for (const BuildEntry& entry : build.entries) {
    double sum = 0;
    bool whole = !sizes.empty();
    for (const std::size_t i : entry.files) {
      whole = whole && sizes[i].state == FileSizes::State::kMeasured;
      sum += whole ? static_cast<double>(sizes[i].raw) : 0;
    }
    if (whole && entry.bytes && *entry.bytes != sum) {
      account.incomplete("the files of " + std::string(build.place) + " '" + printable(entry.name) + "' have " +
                             format_number(sum) + " bytes and not " + format_number(*entry.bytes),
                         "let one build write both, and change no file after it");
      return;
    }
  }
}

/// Files that a build leaves as they are go out compressed by nobody or by the server; here they are compressed, so
/// that a sum never mixes raw bytes in.
void remark_on_siblings(const Build& build, const std::vector<FileSizes>& sizes, Account& account) {
  std::size_t measured = 0;
  std::size_t own_gzip = 0;
  std::size_t own_brotli = 0;
  for (const FileSizes& size : sizes) {
    const bool is_measured = size.state == FileSizes::State::kMeasured;
    measured += is_measured ? 1 : 0;
    own_gzip += is_measured && size.own_gzip ? 1 : 0;
    own_brotli += is_measured && size.own_brotli ? 1 : 0;
  }
  if (own_gzip == measured && own_brotli == measured) {
    account.incomplete("no file" + in_app(build) + " has a .gz or .br beside it, though 'precompressed' asks for them",
                       "let the build write them (compression-webpack-plugin, vite-plugin-compression), or remove "
                       "'precompressed'");
  } else if (own_gzip + own_brotli != 0) {
    account.note("of " + counted(measured, "file") + in_app(build) + ", " + std::to_string(own_gzip) +
                 " without .gz and " + std::to_string(own_brotli) + " without .br were compressed here");
  }
}

}  // namespace

std::string given_root(const Source& source) { return source.settings.path("root"); }

std::string in_app(const Build& build) { return build.app.empty() ? "" : " in '" + build.app + "'"; }

std::vector<FileSizes> measure_build(const Build& build, const std::string& folder, const Source& source,
                                     const CollectContext& context, Account& account) {
  const FileSystem& files = *context.files;
  const std::string root = "'" + printable(folder) + "'";
  const std::string document(build.words.document);
  if (files.kind(folder) != FileKind::kDirectory) {
    account.incomplete("the root " + root + " is no folder", "name the folder that the build writes into as 'root'");
    return {};
  }
  const bool precompressed = source.settings.is_true("precompressed");
  std::vector<FileSizes> sizes =
      measure_files(files, folder, build.files, {context.sizes, precompressed, context.wishes.want("bundle.brotli")});
  Lack missing;
  Lack refused;
  Lack failed;
  Lack stale;
  std::size_t measured = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::string name = "'" + shorten_middle(printable(build.files[i].name), kMaxNameWidth) + "'";
    switch (sizes[i].state) {
      case FileSizes::State::kMeasured:
        ++measured;
        if (build.files[i].size && *build.files[i].size != static_cast<double>(sizes[i].raw)) {
          stale.add(name + " has " + std::to_string(sizes[i].raw) + " bytes and not " +
                    format_number(*build.files[i].size));
        }
        break;
      case FileSizes::State::kMissing:
        missing.add(name);
        break;
      case FileSizes::State::kRefused:
        refused.add(name + ": " + sizes[i].message);
        break;
      case FileSizes::State::kFailed:
        failed.add(name + ": " + sizes[i].message);
        break;
    }
  }
  const auto of_files = [&](const Lack& lack) {
    return std::to_string(lack.count) + " of " + counted(sizes.size(), "file") + in_app(build);
  };
  if (precompressed) {
    remark_on_siblings(build, sizes, account);
  }
  if (refused.count != 0) {
    account.incomplete("refused to read " + of_files(refused) + " under " + root + ", first " + refused.first,
                       document + std::string(build.words.verb(" are", " is")) +
                           " not of a build into this folder: check " + std::string(build.words.verb("them", "it")) +
                           ", and 'root'");
  }
  if (failed.count != 0) {
    account.incomplete("could not measure " + of_files(failed) + ", first " + failed.first,
                       "measure after the build has ended");
  }
  if (stale.count != 0) {
    account.incomplete(document + std::string(build.words.verb(" do", " does")) + " not belong to the files under " +
                           root + ": " + of_files(stale) + (stale.count == 1 ? " differs, " : " differ, first ") +
                           stale.first,
                       "let one build write both, and change no file after it");
  }
  if (missing.count != 0) {
    const bool all = missing.count == sizes.size();
    account.incomplete((all ? "none of " + counted(sizes.size(), "file") + in_app(build) + " is"
                            : of_files(missing) + (missing.count == 1 ? " is not" : " are not")) +
                           " under " + root + ", first " + missing.first,
                       "name the folder that the build writes into as 'root'");
  }
  return measured == 0 ? std::vector<FileSizes>() : sizes;
}

void add_bundle(const Build& build, const std::string& root, const Source& source, const CollectContext& context,
                Input& input, Facts& facts) {
  Account account(input);
  const Location location{source.path, source.content == nullptr ? 0U : 1U, 0, {}};  // a folder has no lines
  const std::string document(build.words.document);
  if (build.files.empty()) {
    const std::string text =
        document + std::string(build.words.verb(" name", " names")) + " no file that a browser loads";
    const std::string hint = "run the build again, and let it end before the gate reads what it wrote";
    account.incomplete(text, hint);
    facts.unmeasured.push_back({"bundle.", {}, text, hint, location, true});
    return;
  }
  if (build.too_many_imports) {
    const std::string text =
        document + std::string(build.words.verb(" hold", " holds")) + " too many imports to follow";
    const std::string hint = "check that it is what the bundler wrote";
    account.incomplete(text, hint);
    facts.unmeasured.push_back({"bundle.", {}, text, hint, location, true});
    return;
  }
  for (const BuildEntry& entry : build.entries) {
    const std::string name = std::string(build.place) + " '" + printable(entry.name) + "'";
    if (entry.files.empty()) {
      account.incomplete(name + " has no file", "check that the build wrote it");
    } else if (entry.unwritten != 0) {
      account.note(name + " names " + counted(entry.unwritten, "file") + " that " + document +
                   std::string(build.words.verb(" do", " does")) + " not tell of");
    }
  }
  std::vector<FileSizes> sizes;
  std::string reason = "no folder of the build's files is given, so they cannot be compressed";
  std::string hint = "give it in the budgets file: { path: " + printable(source.path) +
                     ", root: " + printable(folder_of(source.path)) + " }";
  if (!root.empty() && context.files != nullptr) {
    sizes = measure_build(build, root, source, context, account);
    reason = "no file of the build could be read under '" + printable(root) + "'";
    hint = "name the folder that the build writes into as 'root'";
  }
  const bool told =
      std::any_of(build.files.begin(), build.files.end(), [](const auto& f) { return f.size.has_value(); }) ||
      std::any_of(build.entries.begin(), build.entries.end(), [](const auto& e) { return e.bytes.has_value(); });
  if (sizes.empty() && !told) {
    // What the files lack is said once, and not of each of them: another input may well measure the same build.
    const std::string text = document + std::string(build.words.verb(" tell", " tells")) + " no size of a file";
    if (build.words.sizes) {
      account.incomplete(text, hint);
    } else if (root.empty()) {
      account.note(text + ", so the input gives packages and modules only");
    }
    facts.unmeasured.push_back({"bundle.", {}, text, hint, location, true});
  } else {
    remark_on_entries(build, sizes, account);
    add_bundle_samples(build, sizes, reason, hint, location, facts);
  }
  add_packages(build, location, facts);
  add_bundle_parts(build, facts);
}

}  // namespace budgetcheck
