#include "collect/bundle/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "collect/bundle/hashed_name.h"
#include "collect/bundle/parts.h"
#include "collect/bundle/samples.h"
#include "collect/bundle/tell_apart.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxNameWidth = 200;

/// The same fault of many files: how many, and the first of them.
struct Fault {
  std::size_t count = 0;
  std::string first;

  void add(const std::string& text) {
    if (count++ == 0) {
      first = text;
    }
  }
};

/// A step that comes after the bundler's account explains the difference: a line that names the source map, a banner,
/// a locale's texts. A file of the same content hash is of the same build.
bool is_explained(const Build& build, const BuildFile& file, const FileSizes& size) {
  const auto raw = static_cast<double>(size.raw);
  const double told = file.size.value_or(raw);
  return (raw > told && size.added.explains(static_cast<std::uint64_t>(raw - told))) ||
         (build.texts_come_later && raw > 0 && file.label.find(kHashMark) != std::string::npos);
}

/// What some files lack makes the sums that hold them lower bounds, and no other: the input is incomplete only when
/// nothing of it was measured.
void say_of_files(std::string_view text, std::string_view hint, bool all, Account& account) {
  if (all) {
    account.incomplete(text, hint);
  } else {
    account.note(text, hint);
  }
}

/// What the tool reports of an entry's files together must be what they have.
void compare_entries(const Build& build, const std::vector<FileSizes>& sizes, Account& account) {
  for (const BuildEntry& entry : build.entries) {
    double sum = 0;
    bool whole = !sizes.empty();
    for (const std::size_t i : entry.files) {
      whole = whole && sizes[i].state == FileSizes::State::kMeasured;
      sum += whole ? static_cast<double>(sizes[i].raw) : 0;
    }
    if (whole && entry.bytes && *entry.bytes != sum) {
      account.incomplete(fmt::format("the files of {} '{}' have {} bytes and not {}", build.place,
                                     printable(entry.name), format_number(sum), format_number(*entry.bytes)),
                         "let one build write both, and change no file after it");
      return;
    }
  }
}

/// Files that a build leaves as they are go out compressed by nobody or by the server; here they are compressed, so
/// that a sum never mixes raw bytes in.
void describe_siblings(const Build& build, const std::vector<FileSizes>& sizes, Account& account) {
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
    account.incomplete(
        fmt::format("no file{} has a .gz or .br beside it, though 'precompressed' asks for them", in_app(build)),
        "let the build write them (compression-webpack-plugin, vite-plugin-compression), or remove "
        "'precompressed'");
  } else if (own_gzip + own_brotli != 0) {
    account.note(fmt::format("of {}{}, {} without .gz and {} without .br were compressed here",
                             counted(measured, "file"), in_app(build), own_gzip, own_brotli));
  }
}

/// What the files have together: on the disk, else as the tool tells. Nothing: the size of none is known.
std::optional<double> bytes_of(const Build& build, const std::vector<FileSizes>& sizes) {
  std::optional<double> sum;
  for (std::size_t i = 0; i < build.files.size(); ++i) {
    if (!sizes.empty() && sizes[i].state == FileSizes::State::kMeasured) {
      sum = sum.value_or(0) + static_cast<double>(sizes[i].raw);
    } else if (sizes.empty() && build.files[i].size) {
      sum = sum.value_or(0) + *build.files[i].size;
    }
  }
  return sum;
}

}  // namespace

std::string given_root(const Source& source) { return source.settings.path("root"); }

std::string root_hint(const Source& source) {
  return fmt::format("name it in the budgets file: {{ path: {}, root: {} }}", printable(source.path),
                     printable(folder_of(source.path)));
}

std::string in_app(const Build& build) { return build.app.empty() ? "" : fmt::format(" in '{}'", build.app); }

std::vector<FileSizes> measure_build(const Build& build, const std::string& folder, const Source& source,
                                     const CollectContext& context, Account& account) {
  const FileSystem& files = *context.files;
  const std::string root = fmt::format("'{}'", printable(folder));
  const std::string document(build.words.document);
  if (files.kind(folder) != FileKind::kDirectory) {
    account.incomplete(fmt::format("the root {} is not a folder", root),
                       "name the folder that the build writes into as 'root'");
    return {};
  }
  const bool precompressed = source.settings.is_true("precompressed");
  std::vector<FileSizes> sizes =
      measure_files(files, folder, build.files, {context.sizes, precompressed, context.wishes.want("bundle.brotli")});
  Fault missing;
  Fault refused;
  Fault failed;
  Fault stale;
  Fault later;
  std::size_t measured = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::string name = fmt::format("'{}'", shorten_middle(printable(build.files[i].name), kMaxNameWidth));
    switch (sizes[i].state) {
      case FileSizes::State::kMeasured:
        ++measured;
        if (build.files[i].size && *build.files[i].size != static_cast<double>(sizes[i].raw)) {
          (is_explained(build, build.files[i], sizes[i]) ? later : stale)
              .add(fmt::format("{} has {} bytes and not {}", name, sizes[i].raw, format_number(*build.files[i].size)));
        }
        break;
      case FileSizes::State::kMissing:
        missing.add(name);
        break;
      case FileSizes::State::kRefused:
        refused.add(fmt::format("{}: {}", name, sizes[i].message));
        break;
      case FileSizes::State::kFailed:
        failed.add(fmt::format("{}: {}", name, sizes[i].message));
        break;
    }
  }
  const auto of_files = [&](const Fault& fault) {
    return fmt::format("{} of {}{}", fault.count, counted(sizes.size(), "file"), in_app(build));
  };
  if (precompressed) {
    describe_siblings(build, sizes, account);
  }
  if (refused.count != 0) {
    account.incomplete(fmt::format("refused to read {} under {}, first {}", of_files(refused), root, refused.first),
                       fmt::format("{}{} not of a build into this folder: check {}, and 'root'", document,
                                   build.words.verb(" are", " is"), build.words.verb("them", "it")));
  }
  if (failed.count != 0) {
    say_of_files(fmt::format("could not measure {}, first {}", of_files(failed), failed.first),
                 "measure after the build has ended", measured == 0, account);
  }
  if (later.count != 0) {
    account.note(
        fmt::format("{} {} another size than {}{}, because {} added later: the size on the disk counts (first "
                    "{})",
                    of_files(later), later.count == 1 ? "has" : "have", document, build.words.verb(" tell", " tells"),
                    build.texts_come_later ? "a locale's texts are" : "a comment is", later.first));
  }
  if (stale.count != 0) {
    account.incomplete(
        fmt::format("{}{} not belong to the files under {}: {} {}{}", document, build.words.verb(" do", " does"), root,
                    of_files(stale), stale.count == 1 ? "differs, " : "differ, first ", stale.first),
        "let one build write both, and change no file after it");
  }
  if (missing.count != 0) {
    const bool all = missing.count == sizes.size();
    say_of_files(all ? fmt::format("none of {}{} is under {}, first {}", counted(sizes.size(), "file"), in_app(build),
                                   root, missing.first)
                     : fmt::format("{} {} not under {}, first {}", of_files(missing), missing.count == 1 ? "is" : "are",
                                   root, missing.first),
                 "name the folder that the build writes into as 'root'", measured == 0, account);
  }
  return measured == 0 ? std::vector<FileSizes>() : sizes;
}

bool is_empty_build(const Build& build, const std::vector<FileSizes>& sizes, const Location& location, Account& account,
                    Facts& facts) {
  if (build.files.empty() || bytes_of(build, sizes) != 0) {
    return false;
  }
  const std::size_t count = build.files.size();
  account.incomplete(count == 1 ? fmt::format("the only file{} is empty", in_app(build))
                                : fmt::format("all of the {}{} are empty", counted(count, "file"), in_app(build)),
                     "run the build again, and let it end before the gate reads what it wrote", "bundle.", location,
                     facts);
  return true;
}

namespace {

void add_named(Build build, const std::string& root, const Source& source, const CollectContext& context, Input& input,
               Facts& facts) {
  Account account(input);
  const Location location{source.path, source.content == nullptr ? 0U : 1U, 0, {}};  // a folder has no lines
  const std::string document(build.words.document);
  if (build.files.empty()) {
    const std::string text =
        fmt::format("{}{} no file that a browser loads", document, build.words.verb(" name", " names"));
    const std::string hint = "run the build again, and let it end before the gate reads what it wrote";
    account.incomplete(text, hint, "bundle.", location, facts);
    return;
  }
  if (build.too_many_imports) {
    const std::string text =
        fmt::format("{}{} too many imports to follow", document, build.words.verb(" have", " has"));
    const std::string hint = "check that it is what the bundler wrote";
    account.incomplete(text, hint, "bundle.", location, facts);
    return;
  }
  for (const BuildEntry& entry : build.entries) {
    const std::string name = fmt::format("{} '{}'", build.place, printable(entry.name));
    if (entry.files.empty()) {
      account.incomplete(fmt::format("{} has no file", name), "check that the build wrote it");
    } else if (entry.unwritten != 0) {
      account.note(fmt::format("{} names {} that {}{} not contain", name, counted(entry.unwritten, "file"), document,
                               build.words.verb(" do", " does")));
    }
  }
  unite_entries(build);
  std::vector<FileSizes> sizes;
  std::string reason = "no folder of the build's files is named, so they cannot be compressed";
  std::string hint = root_hint(source);
  if (!root.empty() && context.files != nullptr) {
    sizes = measure_build(build, root, source, context, account);
    reason = fmt::format("no file of the build could be read under '{}'", printable(root));
    hint = "name the folder that the build writes into as 'root'";
  }
  if (is_empty_build(build, sizes, location, account, facts)) {
    return;
  }
  const bool told =
      std::any_of(build.files.begin(), build.files.end(), [](const auto& f) { return f.size.has_value(); }) ||
      std::any_of(build.entries.begin(), build.entries.end(), [](const auto& e) { return e.bytes.has_value(); });
  if (sizes.empty() && !told) {
    // What is unknown of the files is reported once, and not of each of them: another input may well measure the same
    // build.
    const std::string text = fmt::format("{}{} no size of a file", document, build.words.verb(" contain", " contains"));
    if (build.words.sizes) {
      account.incomplete(text, hint);
    } else if (root.empty()) {
      account.note(fmt::format("{}, so only packages and modules are known", text));
    }
    facts.unmeasured.push_back({"bundle.", {}, text, hint, location, true});
  } else {
    compare_entries(build, sizes, account);
    tell_files_apart(build, sizes);
    add_bundle_samples(build, sizes, reason, hint, location, facts);
  }
  add_packages(build, location, facts);
  add_bundle_parts(build, sizes, facts);
}

}  // namespace

void add_bundle(Build build, const std::string& root, const Source& source, const CollectContext& context, Input& input,
                Facts& facts) {
  const std::string app = source.settings.text("app");
  if (!app.empty()) {
    build.app = build.app.empty() ? app : fmt::format("{}/{}", app, build.app);
  }
  add_named(std::move(build), root, source, context, input, facts);
}

}  // namespace budgetcheck
