#include "unit/budget/import/import_testing.h"

namespace budgetcheck {
namespace {

const std::vector<ImportRow> kBundlemon{
    {"Hashes",
     ".bundlemonrc",
     R"({"baseDir":"./dist","files":[{"path":"*.<hash>.js","maxSize":"10kb","maxPercentIncrease":5}]})",
     {"bundle.gzip { asset: \"*.*.js\" } max 10 KiB max_increase 5%"},
     ""},
    {"GroupIsASum",
     "bundlemon.json",
     R"({"baseDir":"build","groups":[{"friendlyName":"JS","path":"**/*.js","maxSize":"1mb"}]})",
     {"JS: bundle.gzip { type: js } max 1 MiB"},
     ""},
    {"PercentOnly",
     ".bundlemonrc.yaml",
     "baseDir: dist\nfiles:\n  - path: a.js\n    maxPercentIncrease: 2.5\n    compression: brotli\n",
     {"bundle.brotli { asset: a.js } max_increase 2.5%"},
     ""},
    {"TheFirstHolds",
     "bundlemon.json",
     R"({"baseDir":"b","files":[{"path":"a.js","maxSize":"1kb"},{"path":"a.js","maxSize":"2kb"}]})",
     {"bundle.gzip { asset: a.js } max 1 KiB"},
     "the first one applies"},
    {"ShownOnly", "bundlemon.json", R"({"baseDir":"b","files":[{"path":"a.js"}]})", {}, "only shows it"},
};

BUDGETCHECK_IMPORT_TABLE(ImportBundlemon, kBundlemon);

}  // namespace
}  // namespace budgetcheck
