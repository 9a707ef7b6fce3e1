#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace budgetcheck {

/// How a bundler puts a content hash into a file's name, as far as its configuration is the default.
enum class HashStyle {
  kHex,        ///< webpack, Next.js with webpack: "338.3b106824.js"
  kBase32,     ///< esbuild, Angular, tsup: "small-KWLEAB6D.js"
  kBun,        ///< "main-82wqvqka.js"
  kBase64Url,  ///< Rollup, Vite: "index-BfA6cGt_.js", "discussion-Ck5Lem5-.js", "sortBy-OxQUzw-w.js"
  kTurbopack,  ///< "0cz1d0mv5g_q7.js", "turbopack-2u1d16houkiyo.js"
};

inline constexpr std::string_view kHashMark = "[hash]";

/// What the tool tells of one name.
struct KnownStem {
  std::string_view stem = {};  ///< what the name begins with ("sortBy"), perhaps behind folders; empty: not told
  std::size_t length = 0;      ///< of the hashes of this build; 0: not known
};

/// The name for labels: without query, and with "[hash]" in place of what stands where the style puts its hash and can
/// hardly be a word. Names without one are left alone, but for hexadecimal words as in stable_asset_name(). A hash that
/// looks like a word ("-settings") stays: seldom, and harmless but for a label that changes.
/// With a known stem, what follows it and a '-', '.' or '_' is a hash, however it looks, and a name that is that stem
/// alone has none. "legacy" between them (@vitejs/plugin-legacy) belongs to the name.
std::string stable_hashed_name(std::string_view name, HashStyle style, KnownStem known = {});

/// Length of what follows the known stem in the name and is a hash; 0: the stem is all of it. Nothing: the name does
/// not begin with the stem, or what follows is none.
std::optional<std::size_t> hash_behind_stem(std::string_view name, HashStyle style, std::string_view stem);

}  // namespace budgetcheck
