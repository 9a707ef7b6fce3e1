#include "unit/budget/import/import_testing.h"

namespace budgetcheck {
namespace {

const std::vector<ImportRow> kBundlewatch{
    {"KiloIs1024",
     "bundlewatch.config.json",
     R"({"files":[{"path":"./dist/*.js","maxSize":"150 kB"}]})",
     {"bundle.gzip { asset: \"*.js\" } max 150 KiB"},
     ""},
    {"Brotli",
     "package.json",
     R"({"bundlewatch":{"defaultCompression":"brotli","files":[{"path":"dist/a-[0-9a-f].js","maxSize":"2MB"}]}})",
     {"bundle.brotli { asset: \"a-?.js\" } max 2 MiB"},
     ""},
    {"Garbage",
     "bundlewatch.config.json",
     R"({"files":[{"path":"a.js","maxSize":"15O kB"}]})",
     {},
     "maxSize '15O kB' is not a size"},
    {"WithCi",
     "bundlewatch.config.json",
     R"({"ci":{"trackBranches":["main"]},"files":[{"path":"a.js","maxSize":"1 kB"}]})",
     {"bundle.gzip { asset: a.js } max 1 KiB"},
     ""},
    {"TheLastHolds",
     "bundlewatch.config.json",
     R"({"files":[{"path":"a.js","maxSize":"1 kB"},{"path":"a.js","maxSize":"2 kB"}]})",
     {"bundle.gzip { asset: a.js } max 2 KiB"},
     ""},
    {"ExtendedGlob",
     "bundlewatch.config.json",
     R"({"files":[{"path":"dist/!(x).js","maxSize":"1 kB"}]})",
     {},
     "have no counterpart"},
    {"ManyBuilds",
     "bundlewatch.config.json",
     R"({"files":[{"path":"packages/*/dist/a.js","maxSize":"1 kB"}]})",
     {},
     "several builds"},
    {"Uncompressed",
     "bundlewatch.config.json",
     R"({"files":[{"path":"a.js","maxSize":"800B","compression":"none"}]})",
     {"bundle.raw { asset: a.js } max 800 B"},
     ""},
};

BUDGETCHECK_IMPORT_TABLE(ImportBundlewatch, kBundlewatch);

const std::vector<ImportRow> kBundlesize{
    {"List",
     "package.json",
     R"({"bundlesize":[{"path":"./build/vendor.js","maxSize":"3.5 kb"}]})",
     {"bundle.gzip { asset: vendor.js } max 3.5 KiB"},
     ""},
    {"File",
     "bundlesize.config.json",
     R"({"files":[{"path":"a.css","maxSize":"2 kB","compression":"zip"}]})",
     {},
     "is not gzip, brotli or none"},
};

BUDGETCHECK_IMPORT_TABLE(ImportBundlesize, kBundlesize);

}  // namespace
}  // namespace budgetcheck
