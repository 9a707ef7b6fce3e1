#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace budgetcheck {

/// How many bytes `gzip -9` makes of these: zlib's deflate at level 9 with the 18 bytes of a gzip frame that holds no
/// file name. zlib builds differ by some tenths of a per cent, so compare only sizes that this program measured.
std::uint64_t gzip_size(std::string_view bytes);

/// Whether a gzip file holds exactly these bytes: it is unpacked and compared, as far as it goes on like them.
bool gzip_holds(std::string_view gzip, std::string_view bytes);
/// Whether a brotli stream holds exactly these bytes: it is unpacked and compared.
bool brotli_holds(std::string_view brotli, std::string_view bytes);

/// Names both compressors for Environment::parts: {"gzip": "zlib 9", "brotli": "brotli 11"}. A zlib that compresses
/// otherwise (zlib-ng) says so. Without `brotli` only the first. `found`: files that the build compressed were taken as
/// they are.
std::map<std::string, std::string> compressors(bool found = false, bool brotli = true);

/// How many bytes `brotli -q 11 FILE` makes of these. The window grows with the file, as it does in that program.
std::uint64_t brotli_size(std::string_view bytes);

}  // namespace budgetcheck
