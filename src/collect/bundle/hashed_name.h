#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// How a bundler puts a content hash into a file's name, as far as its configuration is the default.
enum class HashStyle {
  kHex,        ///< webpack, Next.js with webpack: "338.3b106824.js"
  kBase32,     ///< esbuild: "small-KWLEAB6D.js"
  kBase64Url,  ///< Rollup, Vite: "index-BfA6cGt_.js", "discussion-Ck5Lem5-.js", "sortBy-OxQUzw-w.js"
  kTurbopack,  ///< "0cz1d0mv5g_q7.js", "turbopack-2u1d16houkiyo.js"
  kAny,        ///< a folder of files whose bundler is not known
};

/// The name for labels: without query, and with "[hash]" in place of what stands where the style puts its hash and can
/// hardly be a word. Names without one are left alone, but for hexadecimal words as in stable_asset_name(). A hash that
/// looks like a word ("-settings") stays: seldom, and harmless but for a label that changes.
/// `known_stem`: what the tool says the name begins with ("sortBy"); what follows it and a '-' is a hash then, however
/// it looks.
std::string stable_hashed_name(std::string_view name, HashStyle style, std::string_view known_stem = {});

}  // namespace budgetcheck
